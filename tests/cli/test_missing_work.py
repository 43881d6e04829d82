"""Settings whose work is gone: nothing is made in its place, and what is left is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.project.project import Project

Annotator = Callable[..., Any]
COMMANDS = (
    ("status",),
    ("verify",),
    ("suggest",),
    ("export", "jsonl"),
    ("agreement",),
    ("adjudicate", "--list"),
    ("import", "corpus"),
)


@pytest.fixture
def files(annotator: Annotator, tmp_path: Path) -> Callable[[], dict[str, bytes]]:
    """A project in the working folder, and what there is of it."""
    assert annotator("init").code == 0
    return lambda: {
        str(path.relative_to(tmp_path)): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize("empty", [False, True])
def test_a_command_refuses_a_project_whose_work_is_gone(
    annotator: Annotator,
    tmp_path: Path,
    files: Callable[[], dict[str, bytes]],
    words: tuple[str, ...],
    empty: bool,
) -> None:
    shutil.copyfile(tmp_path / "annotator.db", tmp_path / "annotator.db.bak-v1-20261201T000000Z")
    (tmp_path / "annotator.db").unlink()
    if empty:
        (tmp_path / "annotator.db").touch()
    before = files()
    answer = annotator(*words)
    assert answer.code == 3
    assert "annotator.db" in answer.err
    assert "annotator.db.bak-v1-20261201T000000Z" in answer.err
    assert "annotator init" in answer.err
    assert files() == before


def test_a_log_that_is_left_alone_stays_whatever_is_tried(
    annotator: Annotator, tmp_path: Path, files: Callable[[], dict[str, bytes]]
) -> None:
    (tmp_path / "annotator.db").unlink()
    (tmp_path / "annotator.db-wal").write_bytes(b"saved work")
    before = files()
    for words in (*COMMANDS, ("init",)):
        answer = annotator(*words)
        assert answer.code == 3, words
        assert "annotator.db-wal with saved work is there" in answer.err
        assert files() == before


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal is needed")
def test_the_screen_does_not_open_on_work_that_is_gone(
    tmp_path: Path, files: Callable[[], dict[str, bytes]]
) -> None:
    import pty

    (tmp_path / "annotator.db").unlink()
    (tmp_path / "annotator.db-wal").write_bytes(b"saved work")
    before = files()
    outer, inner = pty.openpty()
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "annotator"],
            cwd=tmp_path, stdin=inner, stdout=inner, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    finally:
        os.close(outer)
        os.close(inner)
    assert answer.returncode == 3
    assert b"annotator.db-wal with saved work is there" in answer.stderr
    assert files() == before


def test_init_makes_an_empty_file_where_there_are_settings_only(
    annotator: Annotator, tmp_path: Path, files: Callable[[], dict[str, bytes]]
) -> None:
    """As in a checkout that keeps settings and labels, and not the work."""
    settings = (tmp_path / "annotator.toml").read_bytes() + b"# mine\n"
    (tmp_path / "annotator.toml").write_bytes(settings)
    (tmp_path / "annotator.db").unlink()
    assert annotator("status").code == 3
    assert annotator("init").code == 0
    assert annotator("status").code == 0
    assert (tmp_path / "annotator.toml").read_bytes() == settings
    again = annotator("init")
    assert again.code == 3
    assert "is a project already" in again.err


def test_a_first_start_that_was_cut_short_before_its_settings_is_made_to_the_end(
    annotator: Annotator, tmp_path: Path, files: Callable[[], dict[str, bytes]]
) -> None:
    settings = (tmp_path / "annotator.toml").read_bytes()
    (tmp_path / "annotator.toml").unlink()
    with Project.open_or_create(tmp_path) as project:
        assert project.layout.config.read_bytes() == settings
    (tmp_path / "annotator.toml").unlink()
    (tmp_path / "annotator.db").write_bytes(b"")
    with Project.open_or_create(tmp_path) as project:
        assert project.layout.config.read_bytes() == settings
        assert project.document_count == 0
