"""`annotator import` and its options, as a user types them."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.project.project import Project
from annotator.store import entries

Annotator = Callable[..., Any]

ROW = {"id": 1, "text": "Mia met Bo.", "label": [[0, 3, "PERS"], [4, 7, "talk"], [8, 10, "PERS"]]}


@pytest.fixture
def project(annotator: Annotator, tmp_path: Path) -> Path:
    """A project in the working folder, and a file of doccano's."""
    assert annotator("init").code == 0
    (tmp_path / "x.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    return tmp_path


def labels(root: Path, annotator: str = "mia") -> list[str]:
    with Project.open(root) as project:
        [records] = [records for _, records in entries.all_of(project.database, annotator)]
        found = (record for (kind, _), record in records.items() if kind in ("entity", "event"))
        return sorted(record.get("label") or record["type"] for record in found)


def documents(root: Path) -> int:
    with Project.open(root) as project:
        return project.document_count


def test_unknown_labels_are_listed_with_what_to_do(annotator: Annotator, project: Path) -> None:
    answer = annotator("import", "x.jsonl", "--annotator", "mia", "--no-suggest")
    assert answer.code == 0
    assert "3 annotations by mia." in answer.err
    assert "Not in the scheme: PERS (2), talk (1)." in answer.err
    assert "--extend-scheme" in answer.err


def test_a_map_renames_labels(annotator: Annotator, project: Path) -> None:
    (project / "names.toml").write_text('PERS = "PERSON"\ntalk = ""\n', encoding="utf-8")
    answer = annotator("import", "x.jsonl", "--annotator", "mia", "--map", "names.toml")
    assert answer.code == 0
    assert "Left out: talk (1)." in answer.err
    assert "Not in the scheme" not in answer.err
    assert labels(project) == ["PERSON", "PERSON"]


def test_a_map_that_cannot_be_read_stops_everything(annotator: Annotator, project: Path) -> None:
    (project / "names.toml").write_text("PERS = PERSON\n", encoding="utf-8")
    answer = annotator("import", "x.jsonl", "--map", "names.toml")
    assert answer.code == 3
    assert "names.toml" in answer.err
    assert documents(project) == 0


def test_extend_scheme_adds_labels_and_a_dry_run_only_says_so(
    annotator: Annotator, project: Path
) -> None:
    scheme = project / "labels" / "news-events.toml"
    before = scheme.read_text(encoding="utf-8")
    dry = annotator("import", "x.jsonl", "--extend-scheme", "--dry-run")
    assert "Would add to" in dry.err
    assert "PERS, talk" in dry.err
    assert scheme.read_text(encoding="utf-8") == before
    assert documents(project) == 0
    real = annotator("import", "x.jsonl", "--extend-scheme")
    assert real.code == 0
    assert "Added to" in real.err
    assert scheme.read_text(encoding="utf-8").startswith(before)
    assert annotator("status").code == 0


def test_extending_a_scheme_that_came_with_the_program_makes_it_the_projects(
    annotator: Annotator, project: Path
) -> None:
    scheme = project / "labels" / "news-events.toml"
    shipped = scheme.read_bytes()
    for path in (project / "labels").iterdir():
        path.unlink()
    assert annotator("import", "x.jsonl", "--extend-scheme", "--no-suggest").code == 0
    assert scheme.read_bytes().startswith(shipped)
    assert (project / "labels" / "news-events.md").exists()


def test_strict_stops_at_the_first_problem_with_nothing_imported(
    annotator: Annotator, project: Path
) -> None:
    (project / "more.jsonl").write_text('{"text": "Fine."}\n{"text": 3}\n', encoding="utf-8")
    answer = annotator("import", "more.jsonl", "--strict")
    assert answer.code == 1
    assert "more.jsonl:2:" in answer.err
    assert "Nothing was imported" in answer.err
    assert documents(project) == 0
    unknown = annotator("import", "x.jsonl", "--strict")
    assert unknown.code == 1
    assert "is not in the scheme" in unknown.err
    assert documents(project) == 0


def test_by_line_column_and_language_reach_the_formats(annotator: Annotator, project: Path) -> None:
    (project / "lines.txt").write_text("Eins.\nZwei.\n", encoding="utf-8")
    assert (
        annotator("import", "lines.txt", "--by-line", "--language", "de", "--no-suggest").code == 0
    )
    with Project.open(project) as opened:
        rows = opened.database.rows("SELECT id, language FROM documents ORDER BY position")
    assert rows == [("lines-1", "de"), ("lines-2", "de")]
    row = {"body": "Mia met Bo.", "label": [[0, 3, "PERSON"]]}
    (project / "body.jsonl").write_text(json.dumps(row), encoding="utf-8")
    words = [
        "import",
        "body.jsonl",
        "--format",
        "doccano",
        "--column",
        "body",
        "--annotator",
        "mia",
    ]
    assert annotator(*words).code == 0
    assert labels(project) == ["PERSON"]


def test_split_labels_takes_cells_with_several_labels(annotator: Annotator, project: Path) -> None:
    (project / "x.conll").write_text("Acme\tB-ORG,B-PERSON\nfell\tO\n", encoding="utf-8")
    refused = annotator("import", "x.conll")
    assert refused.code == 1
    assert annotator("import", "x.conll", "--split-labels", "--annotator", "mia").code == 0
    assert labels(project) == ["ORG", "PERSON"]


def test_a_zip_of_doccanos_has_a_file_for_each_member(annotator: Annotator, project: Path) -> None:
    with zipfile.ZipFile(project / "export.zip", "w") as file:
        for name in ("mia", "tom"):
            file.writestr(f"{name}.jsonl", json.dumps(ROW))
    answer = annotator("import", "export.zip", "--no-suggest")
    assert answer.code == 0
    assert "Imported 1 document; 1 were there already." in answer.err
    assert labels(project, "mia") == labels(project, "tom") == ["PERS", "PERS", "talk"]


def test_a_gz_file_is_imported_like_what_it_holds(annotator: Annotator, project: Path) -> None:
    (project / "a.txt.gz").write_bytes(gzip.compress(b"Rain fell on Oslo."))
    assert annotator("import", "a.txt.gz").code == 0
    assert documents(project) == 1


def test_new_articles_that_are_nearly_others_are_named(annotator: Annotator, project: Path) -> None:
    words = " ".join(f"word{number}" for number in range(90))
    (project / "a.txt").write_text(words, encoding="utf-8")
    (project / "b.txt").write_text(f"{words} more", encoding="utf-8")
    assert "b is nearly the same as a" in annotator("import", "a.txt", "b.txt", "--dry-run").err
    assert "nearly" not in annotator("import", "a.txt", "b.txt", "--no-compare").err
