"""The page on measures: every function is there, and every example comes out as printed."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

from annotator import agreement

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


def examples() -> list[doctest.Example]:
    """The prompts of all Python blocks of the page, at their lines."""
    text = PAGE.read_text(encoding="utf-8")
    found: list[doctest.Example] = []
    for block in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        first = text.count("\n", 0, block.start(1))
        for example in doctest.DocTestParser().get_examples(block[1]):
            example.lineno += first
            found.append(example)
    return found


def test_every_example_comes_out_as_printed() -> None:
    page = doctest.DocTest(examples(), {}, PAGE.name, str(PAGE), 0, None)
    told: list[str] = []
    results = doctest.DocTestRunner().run(page, out=told.append)
    assert results.attempted > 40
    assert not results.failed, "".join(told)


def test_every_public_function_has_an_example() -> None:
    shown = "".join(example.source for example in examples())
    functions = [name for name in agreement.__all__ if inspect.isfunction(getattr(agreement, name))]
    assert len(functions) > 20
    assert [name for name in functions if not re.search(rf"\b{name}\(", shown)] == []
