"""kill -9 in the middle of an import: importing again gives what one import would have given."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.project.importing import import_paths
from annotator.project.project import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")

ROOT = Path(__file__).parents[2]
DOCUMENTS = 2500
KILLED_AT = (1000, 1500, 2000)
"""The document with which a batch is full, and soon written, when the kill comes."""
STEPS = 6_000_000
"""Up to so many steps of nothing before the kill, for a batch takes a while to be written."""
ASKING = """
import sys
from contextlib import contextmanager
from annotator.cli import output
from annotator.cli.main import run

@contextmanager
def asking(title):
    def ask(done, total):
        print("may I?", flush=True)
        sys.stdin.readline()
    yield ask

output.progress_bar = asking
run()
"""
"""The program itself, which asks whether it may go on where it would show how far it is."""
A_STEP = 50
"""Documents from one question to the next."""


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
    asking = [sys.executable, "-c", ASKING, "--project"]
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
    for number in KILLED_AT:
        _kill_at(number, [*asking, tmp_path / "killed", *words], chance.randrange(STEPS))
        with Project.open(tmp_path / "killed") as project:
            kept.append(project.document_count)
    assert kept == sorted(kept)
    assert 0 < kept[0] < DOCUMENTS
    subprocess.run(
        [*command, tmp_path / "killed", *words], cwd=ROOT, check=True, capture_output=True
    )
    assert content(tmp_path / "killed") == content(tmp_path / "whole")


def _kill_at(number: int, command: list[str | Path], steps: int) -> None:
    """Let an import come to a document, and kill it some steps later."""
    child = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=-3, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    for _ in range(number // A_STEP):
        assert child.stdout.readline() == "may I?\n"
        child.stdin.write("yes\n")
        child.stdin.flush()
    for _ in range(steps):
        pass
    child.send_signal(signal.SIGKILL)
    child.communicate()


def test_what_is_there_is_not_written_again(tmp_path: Path, corpus: Path) -> None:
    with Project.create(tmp_path / "project") as project:
        import_paths(project, [corpus])
        pages = int(project.database.value("PRAGMA page_count"))
        rows = project.database.value("SELECT max(seq) FROM history")
        import_paths(project, [corpus])
        assert int(project.database.value("PRAGMA page_count")) == pages
        assert project.database.value("SELECT max(seq) FROM history") == rows
