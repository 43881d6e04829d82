"""`annotator finish` and `import --finished`: work of other tools counts, and is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Annotator = Callable[..., Any]
TEXTS = {
    "one": ("Mia Stone met Bo Lee.", [("PERSON", 0, 9), ("PERSON", 14, 20)]),
    "two": ("Ann Weber left Oslo.", [("PERSON", 0, 9)]),
    "three": ("Cy Rossi paid Gus Novak.", [("PERSON", 0, 8)]),
    "four": ("Nothing happened at all.", []),
}


@pytest.fixture
def brat(annotator: Annotator, tmp_path: Path) -> Path:
    """A project in the working folder, and the work of some other tool beside it."""
    assert annotator("init", "--scheme", "conll2003").code == 0
    folder = tmp_path / "brat"
    folder.mkdir()
    for name, (text, spans) in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        lines = [
            f"T{n}\t{label.replace('PERSON', 'PER')} {start} {end}\t{text[start:end]}\n"
            for n, (label, start, end) in enumerate(spans, 1)
        ]
        (folder / f"{name}.ann").write_text("".join(lines), encoding="utf-8")
    return folder


def imported(annotator: Annotator, brat: Path, name: str, *more: str) -> Any:
    answer = annotator("import", "brat", "--annotator", name, "--no-suggest", *more)
    assert answer.code == 0, answer.err
    return answer


def test_reports_name_what_to_do_where_nothing_is_finished(
    annotator: Annotator, brat: Path
) -> None:
    for name in ("anna", "ben"):
        imported(annotator, brat, name)
    assert "3 documents of anna, 3 documents of ben" in annotator("agreement").err
    for answer in (
        annotator("agreement"),
        annotator("adjudicate", "--list"),
        annotator("export", "spacy", "--annotator", "anna", "--task", "spancat"),
    ):
        assert "annotator finish" in answer.err
        assert "annotator import --finished" in answer.err


def test_what_is_finished_counts_for_agreement_and_trains(annotator: Annotator, brat: Path) -> None:
    for name in ("anna", "ben"):
        imported(annotator, brat, name)
        answer = annotator("finish", "--annotator", name)
        assert answer.code == 0
        assert f"3 documents of {name}: finished" in answer.err
    assert "annotator finish" not in annotator("agreement").err
    assert annotator("agreement", "--fail-under", "span_f1=1").code == 0
    assert annotator("export", "spacy", "--annotator", "anna", "--task", "spancat").code == 0
    assert annotator("finish", "--annotator", "anna", "--reopen").code == 0
    assert "annotator finish" in annotator("agreement").err
    assert annotator("verify").code == 0


def test_an_import_may_say_that_the_work_is_finished_also_where_nothing_is_marked(
    annotator: Annotator, brat: Path
) -> None:
    answer = imported(annotator, brat, "anna", "--finished")
    assert "4 documents of anna: finished" in answer.err
    again = imported(annotator, brat, "anna", "--finished")
    assert ": finished" not in again.err
    assert annotator("finish", "--annotator", "anna").code == 1


def test_work_that_came_in_before_is_finished_by_importing_it_again_as_finished(
    annotator: Annotator, brat: Path
) -> None:
    imported(annotator, brat, "anna")
    answer = imported(annotator, brat, "anna", "--finished")
    assert "4 documents of anna: finished" in answer.err


def test_suggestions_and_articles_are_never_finished(annotator: Annotator, brat: Path) -> None:
    wrong = annotator("import", "brat", "--as", "suggestions", "--finished")
    assert wrong.code == 2
    (brat / "four.ann").unlink()
    answer = imported(annotator, brat, "anna", "--finished")
    assert "3 documents of anna: finished" in answer.err


def test_a_mistyped_document_is_told_and_nothing_is_finished(
    annotator: Annotator, brat: Path
) -> None:
    imported(annotator, brat, "anna")
    answer = annotator("finish", "one", "tow", "--annotator", "anna")
    assert answer.code == 3
    assert "tow" in answer.err
    assert annotator("finish", "--annotator", "anna").err.startswith("3 documents")
