"""The wheel carries what the program reads: schemes, sample articles and the screen's style."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annotator import __version__

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names of the files in a wheel that was built just now."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        check=True,
    )
    (path,) = folder.glob(f"annotator-{__version__}-py3-none-any.whl")
    with zipfile.ZipFile(path) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("folder", ["labels", "corpus"])
def test_every_scheme_and_article_is_in_the_wheel(wheel: frozenset[str], folder: str) -> None:
    files = {path.name for path in (ROOT / folder).iterdir() if path.is_file()}
    assert len(files) > 5
    assert {name for name in files if f"annotator/shipped/{folder}/{name}" not in wheel} == set()


def test_every_module_and_style_is_in_the_wheel(wheel: frozenset[str]) -> None:
    package = ROOT / "annotator"
    files = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.suffix in (".py", ".tcss", ".json")
    }
    assert {"annotator/tui/app.tcss", "annotator/formats/jsonl/schema.json"} <= files
    assert files - wheel == set()


def test_nothing_else_is_in_the_wheel(wheel: frozenset[str]) -> None:
    about = f"annotator-{__version__}.dist-info/"
    assert {name for name in wheel if not name.startswith(("annotator/", about))} == set()


def test_the_command_and_the_licence_are_in_the_wheel(wheel: frozenset[str]) -> None:
    about = f"annotator-{__version__}.dist-info"
    assert {f"{about}/entry_points.txt", f"{about}/licenses/LICENSE"} <= wheel
