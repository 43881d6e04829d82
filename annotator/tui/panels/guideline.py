"""A guideline as it is shown: of Markdown, headings and bold words are known, lists stay lists."""

from __future__ import annotations

import re

from textual.content import Content

from annotator.text.safe_text import pictured

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_OWN_LINE = re.compile(r"\s*(?:[-*+] |\d+[.)] |#|\||>)")


def guideline_content(text: str) -> Content:
    """The text with its paragraphs as lines, so that they wrap anew."""
    return Content("\n").join(_line(line) for line in _unwrapped(text))


def _unwrapped(text: str) -> list[str]:
    """The lines of a text, each with those that go on with it."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        goes_on = lines and lines[-1] and line.strip() and not _OWN_LINE.match(line)
        if goes_on and not lines[-1].startswith("#"):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.rstrip())
    return lines


def _line(line: str) -> Content:
    heading = line.lstrip("#")
    if heading != line:
        return Content.styled(pictured(heading.strip()), "bold")
    parts = _BOLD.split(line)  # every other one is bold
    return Content("").join(
        Content.styled(pictured(part), "bold") if number % 2 else Content(pictured(part))
        for number, part in enumerate(parts)
    )
