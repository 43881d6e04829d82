"""What opens the screen, and the plain ways to say it, which are read without Typer.

Typer and what it loads to read one option take about as long as the rest of a start. So words that
can mean one thing only are read here; help, mistakes and all other commands are Typer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_OPTIONS = {"--annotator": "annotator", "--order": "order"}
_EXPANDED = frozenset("~*?[$%")
"""What Typer may replace by something else, which it does on Windows."""


class Order(StrEnum):
    """Which document comes after one that was finished."""

    IMPORT = "import"
    SHORTEST = "shortest"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Start:
    """Where the screen opens."""

    project: Path = Path()
    document: str | None = None
    """None for where the annotator left off."""
    annotator: str | None = None
    order: Order = Order.IMPORT
    makes_project: bool = False
    """Whether a project is made where there is none, as `annotator` alone does."""
    opens_agreement: bool = False
    """Whether the agreement of all annotators is shown first."""


def plain_start(words: Sequence[str]) -> Start | None:
    """What the words of a command line open; None where that is for Typer to say."""
    project, rest = Path(), list(words)
    if len(rest) > 1 and rest[0] == "--project" and _is_plain(rest[1]):
        project, rest = Path(rest[1]), rest[2:]
    if not rest:
        return Start(project, makes_project=True)
    said = _said(rest[1:]) if rest[0] == "annotate" else None
    if said is None or said.get("order", Order.IMPORT) not in tuple(Order):
        return None
    order = Order(said.get("order", Order.IMPORT))
    return Start(project, said.get("document"), said.get("annotator"), order)


def _said(words: Sequence[str]) -> dict[str, str] | None:
    """The parameters of `annotate` by name, none of them twice; None where it is not so plain."""
    said: dict[str, str] = {}
    name = "document"
    for word in words:
        if name == "document" and word in _OPTIONS:
            name = _OPTIONS[word]
        elif name in said or not _is_plain(word):
            return None
        else:
            said[name] = word
            name = "document"
    return said if name == "document" else None


def _is_plain(word: str) -> bool:
    return word != "" and word[0] != "-" and _EXPANDED.isdisjoint(word)
