"""Guidelines of a scheme: a Markdown file with a section for each label."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.schemes.files import read_text

GENERAL = ""
"""The name under which stands what belongs to no label."""

_CLOSING = re.compile(r"\s#+\s*$")


def read(path: Path) -> dict[str, str]:
    """The sections of a guideline file; raises SchemeError where it cannot be read."""
    return sections(read_text(path))


def sections(markdown: str) -> dict[str, str]:
    """The text for each label, as Markdown without its heading.

    A heading `## LABEL` begins a label's section; `## ONE, TWO` begins one for both. What stands
    before the first, or after a level-1 heading, is under `""`. A label with several sections
    gets them all, in order.
    """
    found: dict[str, list[str]] = {}
    labels = [GENERAL]
    fence = ""
    for line in markdown.replace("\r\n", "\n").split("\n"):
        fence = _fence_after(line, fence)
        heading = "" if fence else line
        if heading.startswith("## "):
            labels = _labels(heading) or [GENERAL]
            line = ""
        elif heading.startswith("# "):
            labels = [GENERAL]
        for label in labels:
            found.setdefault(label, []).append(line)
    texts = {label: "\n".join(lines).strip() for label, lines in found.items()}
    return {label: text for label, text in texts.items() if text or label != GENERAL}


def _labels(heading: str) -> list[str]:
    names = _CLOSING.sub("", heading.removeprefix("##")).split(", ")
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _fence_after(line: str, fence: str) -> str:
    """The mark of the code block that is open after `line`, empty where none is."""
    mark = next((mark for mark in ("```", "~~~") if line.lstrip().startswith(mark)), "")
    if not fence:
        return mark
    return "" if mark == fence else fence
