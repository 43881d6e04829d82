"""kill -9 in the middle of an import: importing again gives what one import would have given."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.project.importing import import_paths
from annotator.project.project import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")

ROOT = Path(__file__).parents[2]
DOCUMENTS = 2500
KILLS = 3


def content(root: Path) -> tuple[Any, ...]:
    """Everything in a project but times and random names; raises where it is not sound."""
    with Project.open(root) as project:
        assert project.verify() == ()
        db = project.database
        return (
            db.rows("SELECT position, id, sha256, meta FROM documents ORDER BY position"),
            db.rows("SELECT * FROM entries ORDER BY annotator, document_id, kind, id"),
            db.rows("SELECT document_id, id, source, current, item FROM suggestions ORDER BY 1, 2"),
            db.rows("SELECT document_id, annotator, changes FROM history ORDER BY document_id"),
            db.rows("SELECT count(*) FROM documents_search('word7')"),
        )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    with path.open("wb") as file:
        for number in range(DOCUMENTS):
            words = " ".join(f"word{(number * step) % 991}" for step in range(1, 60))
            spans = [{"start": n, "end": n + 4, "label": "PERSON"} for n in range(0, 30, 3)]
            row = {"text": f"{number} {words}", "spans": spans, "answer": "accept"}
            file.write(orjson.dumps(row) + b"\n")
    return path


@pytest.mark.parametrize("role", ["annotations", "suggestions"])
def test_an_import_that_is_killed_and_run_again_gives_the_same(
    tmp_path: Path, corpus: Path, role: str
) -> None:
    for name in ("whole", "killed"):
        Project.create(tmp_path / name).close()
    command = [sys.executable, "-m", "annotator", "--project"]
    words = [
        "import",
        "--as",
        role,
        "--annotator",
        "mia",
        "--no-suggest",
        "--no-compare",
        str(corpus),
    ]
    subprocess.run(
        [*command, tmp_path / "whole", *words], cwd=ROOT, check=True, capture_output=True
    )
    chance = random.Random(role)
    kept: list[int] = []
    for _ in range(KILLS):
        child = subprocess.Popen([*command, tmp_path / "killed", *words], cwd=ROOT, stderr=-3)
        _wait_for_more(tmp_path / "killed", kept[-1] if kept else 0)
        time.sleep(chance.uniform(0, 0.05))
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=30)
        with Project.open(tmp_path / "killed") as project:
            kept.append(project.document_count)
    assert kept == sorted(kept)
    assert 0 < kept[0] < DOCUMENTS
    subprocess.run(
        [*command, tmp_path / "killed", *words], cwd=ROOT, check=True, capture_output=True
    )
    assert content(tmp_path / "killed") == content(tmp_path / "whole")


def _wait_for_more(root: Path, before: int) -> None:
    """Until the import has written something that was not there."""
    deadline = time.monotonic() + 60
    with Project.open(root) as project:
        while project.document_count <= before < DOCUMENTS:
            assert time.monotonic() < deadline
            time.sleep(0.002)


def test_what_is_there_is_not_written_again(tmp_path: Path, corpus: Path) -> None:
    with Project.create(tmp_path / "project") as project:
        import_paths(project, [corpus])
        pages = int(project.database.value("PRAGMA page_count"))
        rows = project.database.value("SELECT max(seq) FROM history")
        import_paths(project, [corpus])
        assert int(project.database.value("PRAGMA page_count")) == pages
        assert project.database.value("SELECT max(seq) FROM history") == rows
