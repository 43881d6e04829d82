"""Whoever leaves, or is thrown out, comes back to the same document."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.project.suggesting import suggest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from terminal import Terminal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("one", "two", "three"):
        text = f"Police in Almaty met Reuters.\nArticle {name}.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "project") as project:
        import_paths(project, [tmp_path / f"{name}.txt" for name in ("one", "two", "three")])
        suggest(project)
    return tmp_path / "project"


def opened(root: Path, number: str, word: str = "saved") -> Terminal:
    command = [sys.executable, "-m", "annotator", "--project", str(root), "annotate"]
    terminal = Terminal([*command, "--annotator", "mia"], root)
    terminal.wait_for(lambda screen: number in screen and word in screen, f"document {number}")
    return terminal


def test_who_quits_comes_back_to_the_same_document_and_item(root: Path) -> None:
    terminal = opened(root, "1/3")
    terminal.send(">")
    terminal.wait_for(lambda screen: "2/3" in screen, "the second document")
    terminal.send("j")
    terminal.wait_for(lambda screen: " GPE " in screen, "Almaty in hand")
    terminal.send("q")
    assert terminal.exit_status() == 0
    again = opened(root, "2/3", " GPE ")
    again.kill()


def test_who_is_killed_comes_back_to_the_same_document(root: Path) -> None:
    terminal = opened(root, "1/3")
    terminal.send(">")
    terminal.wait_for(lambda screen: "2/3" in screen, "the second document")
    terminal.kill()
    opened(root, "2/3").kill()
