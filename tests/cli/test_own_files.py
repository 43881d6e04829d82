"""An export never takes the place of the project's own files, whichever command writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Annotator = Callable[..., Any]

WRITERS = (
    ("export", "jsonl", "--out"),
    ("export", "brat", "--out"),
    ("export", "spacy", "--out"),
    ("agreement", "--html"),
    ("agreement", "--pygamma"),
)


@pytest.mark.parametrize("words", WRITERS)
@pytest.mark.parametrize("name", ["annotator.db", "annotator.toml", "labels", "corpus"])
def test_a_writer_refuses_the_projects_own_files(
    annotator: Annotator, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    assert annotator("init").code == 0
    before = (tmp_path / "annotator.db").read_bytes()
    answer = annotator(*words, name)
    assert answer.code == 2
    assert f"{name} belongs to the project" in answer.err
    assert (tmp_path / "annotator.db").read_bytes() == before
    assert annotator("verify").code == 0


def test_an_export_to_a_device_leaves_the_device(annotator: Annotator, device: Path) -> None:
    assert annotator("init").code == 0
    before = device.stat()
    assert annotator("export", "jsonl", "--out", device).code == 0
    after = device.stat()
    assert (before.st_ino, before.st_rdev) == (after.st_ino, after.st_rdev)
