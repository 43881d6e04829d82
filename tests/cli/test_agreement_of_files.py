"""`annotator agreement`: tables, JSON, CSV and thresholds, of files and of a project."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.agreement.report.rows import COLUMNS

Annotator = Callable[..., Any]

TEXT = "Tokayev sent troops to Almaty."
ANNA = [(0, 7, "PERSON"), (13, 19, "GROUP"), (23, 29, "GPE")]
BEN = [(0, 7, "PERSON"), (8, 19, "GROUP"), (23, 29, "LOC")]


def write_jsonl(
    path: Path, spans: list[tuple[int, int, str]], *, text: str = TEXT, count: int = 3, **more: Any
) -> None:
    """Documents that one annotator marked alike."""
    lines = [
        json.dumps(
            {
                "format": "annotator",
                "version": 1,
                "id": f"d{number}",
                "text": text,
                "annotations": [
                    {
                        "annotator": more.get("annotator", ""),
                        "entities": [
                            {"id": f"e{i}", "label": label, "ranges": [[start, end]]}
                            for i, (start, end, label) in enumerate(spans)
                        ],
                        "events": [],
                        "relations": [],
                        "comments": [],
                        "flags": more.get("flags", []) if number else more.get("first", []),
                    }
                ],
            }
        )
        for number in range(count)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_brat(folder: Path, spans: list[tuple[int, int, str]]) -> None:
    """A brat folder with two documents, the second with nothing marked."""
    folder.mkdir()
    for name, marked in (("one", spans), ("two", [])):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        lines = [
            f"T{i}\t{label} {start} {end}\t{TEXT[start:end]}\n"
            for i, (start, end, label) in enumerate(marked, 1)
        ]
        (folder / f"{name}.ann").write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """`anna.jsonl` and `ben.jsonl`, which do not name their annotators."""
    write_jsonl(tmp_path / "anna.jsonl", ANNA)
    write_jsonl(tmp_path / "ben.jsonl", BEN)
    return tmp_path


def test_files_are_compared_without_a_project(annotator: Annotator, files: Path) -> None:
    answer = annotator("agreement", "anna.jsonl", "ben.jsonl", "--json")
    assert answer.code == 0, answer.err
    report = json.loads(answer.out)
    assert report["annotators"] == ["anna", "ben"]
    (pair,) = report["layers"]["entities"]["pairs"]
    assert (pair["documents"], pair["spans"]) == (3, [9, 9])
    assert pair["numbers"]["span_f1"]["value"] == pytest.approx(1 / 3)
    assert pair["numbers"]["span_f1"]["interval"] == pytest.approx([1 / 3, 1 / 3])


def test_folders_of_brat_are_compared_and_an_empty_document_is_an_answer(
    annotator: Annotator, tmp_path: Path
) -> None:
    write_brat(tmp_path / "anna", ANNA)
    write_brat(tmp_path / "ben", BEN)
    report = json.loads(annotator("agreement", "anna", "ben", "--json").out)
    (pair,) = report["layers"]["entities"]["pairs"]
    assert pair["annotators"] == ["anna", "ben"]
    assert (pair["documents"], pair["spans"]) == (2, [3, 3])
    assert pair["by_document"]["two"]["span_f1"] is None


def test_the_name_that_a_file_gives_goes_before_that_of_the_file(
    annotator: Annotator, files: Path
) -> None:
    write_jsonl(files / "anna.jsonl", ANNA, annotator="zoe")
    report = json.loads(annotator("agreement", "anna.jsonl", "ben.jsonl", "--json").out)
    assert report["annotators"] == ["ben", "zoe"]


def test_where_a_file_says_what_is_finished_the_rest_is_not(
    annotator: Annotator, files: Path
) -> None:
    write_jsonl(files / "anna.jsonl", ANNA, flags=["done"])
    report = json.loads(annotator("agreement", "anna.jsonl", "ben.jsonl", "--json").out)
    assert report["layers"]["entities"]["pairs"][0]["documents"] == 2


def test_texts_that_differ_are_refused_with_the_place(annotator: Annotator, files: Path) -> None:
    write_jsonl(files / "ben.jsonl", BEN, text=TEXT.replace("troops", "troupe"))
    answer = annotator("agreement", "anna.jsonl", "ben.jsonl")
    assert answer.code == 3
    assert answer.out == ""
    assert "d0 has two texts, which part at character 16" in answer.err
    assert "'Tokayev sent troops to Almaty.' in anna.jsonl" in answer.err
    assert "'Tokayev sent troupe to Almaty.' in ben.jsonl" in answer.err


def test_what_cannot_be_read_is_refused(annotator: Annotator, files: Path) -> None:
    with (files / "ben.jsonl").open("a", encoding="utf-8") as file:
        file.write("{\n")
    answer = annotator("agreement", "anna.jsonl", "ben.jsonl")
    assert answer.code == 3
    assert "ben.jsonl:4" in answer.err


def test_one_annotator_alone_or_twice_is_no_agreement(annotator: Annotator, files: Path) -> None:
    assert annotator("agreement", "anna.jsonl").code == 1
    (files / "again").mkdir()
    write_jsonl(files / "again" / "anna.jsonl", BEN)
    answer = annotator("agreement", "anna.jsonl", "again/anna.jsonl")
    assert answer.code == 2
    assert "anna has d0 twice" in answer.err
    assert annotator("agreement", "anna.jsonl", "ben.jsonl", "--annotators", "zoe").code == 2


def test_the_table_begins_with_the_headline(annotator: Annotator, files: Path) -> None:
    answer = annotator("agreement", "anna.jsonl", "ben.jsonl", "--layer", "entities")
    assert answer.code == 0
    assert answer.out.startswith("Entities: strict F1 0.333 (95 % 0.333-0.333)")
    for words in ("relaxed F1", "unlabelled F1", "alpha of tokens", "too small to trust", "GROUP"):
        assert words in answer.out
    assert "Event" not in answer.out


def test_the_csv_has_a_row_for_each_number(annotator: Annotator, files: Path) -> None:
    out = annotator("agreement", "anna.jsonl", "ben.jsonl", "--csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert tuple(rows[0]) == COLUMNS
    (strict,) = [
        row
        for row in rows
        if (row["layer"], row["scope"], row["label"], row["measure"])
        == ("entities", "pair", "", "span_f1")
    ]
    assert float(strict["value"]) == pytest.approx(1 / 3)
    assert (strict["annotators"], strict["documents"], strict["n"]) == ("anna; ben", "3", "18")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["span_f1=0.3"], 0),
        (["span_f1=0.4"], 1),
        (["span_f1=0.3", "token_alpha=0.9"], 1),
        (["kappa=0.5", "alpha=0.5"], 0),
        (["role_classification_f1=0"], 1),
        (["trigger_identification_f1=0"], 1),
        (["charm=0.5"], 2),
        (["span_f1"], 2),
        (["span_f1=nan"], 2),
        (["span_f1=2"], 2),
    ],
)
def test_a_threshold_is_held_by_every_number_and_not_by_an_undefined_one(
    annotator: Annotator, files: Path, asked: list[str], code: int
) -> None:
    words = [word for threshold in asked for word in ("--fail-under", threshold)]
    answer = annotator("agreement", "anna.jsonl", "ben.jsonl", *words)
    assert answer.code == code
    assert ("undefined" in answer.err) or code != 1 or "below" in answer.err


def test_json_and_csv_do_not_go_together(annotator: Annotator, files: Path) -> None:
    assert annotator("agreement", "anna.jsonl", "ben.jsonl", "--json", "--csv").code == 2


def test_the_spans_for_pygamma_are_of_one_continuum(annotator: Annotator, files: Path) -> None:
    answer = annotator("agreement", "anna.jsonl", "ben.jsonl", "--pygamma", "spans.csv")
    assert answer.code == 0
    rows = list(csv.reader((files / "spans.csv").open(encoding="utf-8")))
    assert len(rows) == 18
    assert rows[0] == ["anna", "PERSON", "0", "7"]
    assert ["ben", "GROUP", str(8 + 2 * len(TEXT)), str(19 + 2 * len(TEXT))] in rows


def test_what_points_to_nothing_is_counted_and_the_rest_compared(
    annotator: Annotator, tmp_path: Path, shared: Path
) -> None:
    row = (shared / "cases" / "dangling.jsonl").read_text(encoding="utf-8")
    for name in ("anna", "ben"):
        (tmp_path / f"{name}.jsonl").write_text(row.replace("anna", name), encoding="utf-8")
    answer = annotator("agreement", "anna.jsonl", "ben.jsonl")
    assert answer.code == 0
    assert "Left out: arguments whose filler is gone (2)." in answer.err
