"""Formats as a user meets them: listed, described, written to folders, read by their columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.csv.tables import TABLES

Annotator = Callable[..., Any]


@pytest.fixture
def project(annotator: Annotator, tmp_path: Path) -> Path:
    """A project with two articles from a table, in the working folder."""
    (tmp_path / "news.csv").write_text(
        "id,headline\none,Police in Almaty arrested 40 protesters on Thursday.\ntwo,Troops left.\n"
    )
    assert annotator("init").code == 0
    return tmp_path


def test_the_schema_of_our_own_lines_is_printed(annotator: Annotator) -> None:
    schema = json.loads(annotator("formats", "--schema").out)
    assert schema["properties"]["version"] == {"const": 1}


def test_a_table_is_imported_by_the_column_that_is_named(
    annotator: Annotator, project: Path
) -> None:
    refused = annotator("import", "news.csv")
    assert refused.code == 3
    assert "id, headline" in refused.err
    assert "--column NAME" in refused.err
    taken = annotator("import", "news.csv", "--format", "csv", "--column", "headline")
    assert taken.code == 0
    assert "2 documents" in taken.err


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("csv", sorted(f"{table}.csv" for table in TABLES)),
        ("huggingface", ["README.md", "data/train.jsonl"]),
    ],
)
def test_a_folder_is_written_to_exports(
    annotator: Annotator, project: Path, name: str, files: list[str]
) -> None:
    annotator("import", "news.csv", "--format", "csv", "--column", "headline")
    assert annotator("export", name).code == 0
    folder = project / "exports" / name
    found = (path for path in folder.rglob("*") if path.is_file())
    assert sorted(path.relative_to(folder).as_posix() for path in found) == files
