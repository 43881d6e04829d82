"""A pattern that takes too long stops no command: it is named, and all else is done."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.project.project import Project
from annotator.store import suggestions

Annotator = Callable[..., Any]

ENDLESS = {"label": "ORG", "pattern": [{"LOWER": {"REGEX": "^(a|aa)+$"}}]}
WORD = "a" * 60 + "b"
PATTERNS = Path("labels") / "news-events.patterns.jsonl"


@pytest.fixture
def project(annotator: Annotator, tmp_path: Path) -> Path:
    """A project with a pattern that does not end, one that does, and articles in three files."""
    assert annotator("init").code == 0
    write_patterns(tmp_path, ENDLESS)
    for name, text in (
        ("one", "aaa spoke."),
        ("two", f"{WORD} spoke."),
        ("three", "aaa spoke too."),
    ):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def write_patterns(root: Path, *lines: dict[str, object]) -> None:
    """The lines, and one that finds "spoke"."""
    every = [*lines, {"label": "PERSON", "pattern": [{"LOWER": "spoke"}]}]
    (root / PATTERNS).write_text("\n".join(map(json.dumps, every)), encoding="utf-8")


def suggested(root: Path) -> dict[str, list[str]]:
    """The words that are suggested now, by document."""
    with Project.open(root) as project:
        source = next(iter(suggestions.sources(project.database)))
        found = suggestions.current(project.database, source, ["one", "two", "three"])
        texts = {name: (root / f"{name}.txt").read_text(encoding="utf-8") for name in found}
        return {
            name: sorted(suggestion.span.surface(texts[name]) for suggestion in of_document)
            for name, of_document in found.items()
        }


def test_import_names_the_pattern_and_does_all_else(annotator: Annotator, project: Path) -> None:
    answer = annotator("import", "one.txt", "two.txt", "three.txt")
    assert answer.code == 1
    assert "Imported 3 documents" in answer.err
    assert f"{PATTERNS}:1: left out from document two on" in answer.err
    assert f"{PATTERNS}:2" not in answer.err
    assert WORD not in answer.err
    assert suggested(project) == {"one": ["aaa", "spoke"], "two": ["spoke"], "three": ["spoke"]}


def test_suggest_tells_again_until_the_line_is_mended(annotator: Annotator, project: Path) -> None:
    annotator("import", "one.txt", "two.txt", "three.txt")
    for words in (("suggest",), ("suggest", "--again"), ("suggest",)):
        answer = annotator(*words)
        assert answer.code == 1
        assert answer.err.count(f"{PATTERNS}:1: left out") == 1
    assert "in 2 documents." in answer.err
    write_patterns(project, {"label": "ORG", "pattern": [{"LOWER": {"REGEX": "^a+$"}}]})
    answer = annotator("suggest")
    assert answer.code == 0
    assert "left out" not in answer.err
    assert suggested(project)["three"] == ["aaa", "spoke"]
    assert "in 0 documents." in annotator("suggest").err


def test_import_and_suggest_end_with_the_shared_pattern(
    annotator: Annotator, shared: Path, tmp_path: Path
) -> None:
    assert annotator("init").code == 0
    case = shared / "cases" / "regex"
    shutil.copy(case / "regex.patterns.jsonl", tmp_path / PATTERNS)
    answer = annotator("import", case / "y.txt")
    assert "Imported 1 document" in answer.err
    assert (answer.code == 1) == ("news-events.patterns.jsonl:1: left out" in answer.err)
    assert annotator("suggest").code == answer.code


def test_the_first_start_tells_of_the_pattern_and_shows_the_screen(project: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("needs a pseudo-terminal")
    from terminal import Terminal

    for name in ("one", "two"):
        shutil.copy(project / f"{name}.txt", project / "corpus")
    terminal = Terminal([sys.executable, "-m", "annotator"], project)
    terminal.wait_for(lambda screen: "1/2" in screen, "the first of two documents")
    terminal.kill()
    assert b"left out from document two on" in bytes(terminal.raw)
