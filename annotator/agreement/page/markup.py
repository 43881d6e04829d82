"""HTML that cannot be made but by escaping: an element takes text as data, and markup as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from annotator.text.safe_text import pictured

EMPTY_ELEMENTS = {"meta", "br", "col", "rect", "line", "circle", "path", "polyline"}
"""Those that are written without an end: in HTML they have none, in SVG they close themselves."""


@dataclass(frozen=True, slots=True)
class Markup:
    """Finished HTML."""

    html: str


Content = Markup | str
NOTHING = Markup("")


def element(name: str, /, *content: Content, **attributes: str | float) -> Markup:
    """An element. Text is escaped, and codes that could turn it around are shown as pictures.

    An attribute's name is written with `_` for `-`, `class_` for `class`; numbers have at most two
    places.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
    )
    if name in EMPTY_ELEMENTS:
        return Markup(f"<{name}{given}/>")
    return Markup(f"<{name}{given}>{joined(content).html}</{name}>")


def joined(content: Iterable[Content]) -> Markup:
    """Several pieces, one after the other."""
    return Markup("".join(c.html if isinstance(c, Markup) else _text(c) for c in content))


def isolated(text: str) -> Markup:
    """A name from the data in running text, whose direction does not turn the rest around."""
    return element("bdi", text)


def _attribute(value: str | float) -> str:
    if isinstance(value, str):
        return _text(value)
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _text(text: str) -> str:
    return escape(pictured(text), quote=True)
