from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.cli.main import run


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Annotator = Callable[..., Answer]


@pytest.fixture
def annotator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Annotator:
    """Runs `annotator` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["annotator", *map(str, words)])
        capfd.readouterr()
        code = 0
        try:
            run()
        except SystemExit as error:
            code = int(error.code or 0)
        out, err = capfd.readouterr()
        return Answer(code, out, err)

    return call
