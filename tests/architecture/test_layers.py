"""The walls between the layers, as pyproject.toml draws them, stand."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"


def linted(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the package in a folder that has pyproject.toml too."""
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_contract_is_kept() -> None:
    result = linted(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("model/span.py", "import annotator.store.database", "Layers point one way"),
        ("store/entries.py", "import annotator.suggest.registry", "Layers point one way"),
        ("project/progress.py", "import textual", "Only the screen knows Textual"),
        ("session/state.py", "import typer", "Only the commands know Typer"),
        ("project/progress.py", "import sqlite3", "Only the store knows SQLite"),
        ("agreement/coefficients/kappa.py", "import spacy", "Values and numbers are pure"),
    ],
)
def test_an_import_through_a_wall_is_found(
    tmp_path: Path, module: str, line: str, contract: str
) -> None:
    shutil.copytree(
        ROOT / "annotator", tmp_path / "annotator", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    with (tmp_path / "annotator" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = linted(tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout
