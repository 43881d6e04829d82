"""One cell of a WebAnno TSV file: escapes, stacked pieces, disambiguation ids."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOTHING = "_"
"""The cell of a unit that has no annotation of the layer."""
NO_VALUE = "*"

_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n*]")
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_VALUE_ESCAPES = {"\t": "t", "\n": "n"}
_TEXT_ESCAPES = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b", "\\": "\\"}
_TEXT_RESERVED = re.compile(r"[\x00-\x0a\x0c-\x1f\\]")
_JAVA_ESCAPED = re.compile(r"\\(u+[0-9a-fA-F]{4}|.)", re.DOTALL)
_CHARACTER = re.compile(r"\\.|.", re.DOTALL)
_SUFFIX = re.compile(r"((?:\\.|[^\\])*)\[(\d{1,9})(?:_(\d{1,9}))?\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class StackedPiece:
    """One of the annotations that are stacked in a cell."""

    raw: str
    """Without its ids, with its escapes."""
    id: int = 0
    """What tells it from others, 0 where nothing does."""
    second_id: int = 0
    """For a relation the id of its target; the first one is its source's."""

    @property
    def value(self) -> str | None:
        """What it says, None where it says nothing."""
        return None if self.raw in (NO_VALUE, NOTHING) else unescaped(self.raw)


def pieces(cell: str) -> list[StackedPiece]:
    """The stacked annotations of a cell, each with its id."""
    return [] if cell == NOTHING else [_piece(part) for part in split(cell, "|")]


def parts(raw: str) -> list[StackedPiece]:
    """The roles or the targets in a piece; none where there is no link."""
    return [] if raw in (NO_VALUE, NOTHING) else [_piece(part) for part in split(raw, ";")]


def split(cell: str, separator: str) -> list[str]:
    """The parts of a cell between separators that are not escaped."""
    if "\\" not in cell:
        return cell.split(separator)
    found = [""]
    for match in _CHARACTER.finditer(cell):
        if match[0] == separator:
            found.append("")
        else:
            found[-1] += match[0]
    return found


def escaped(value: str) -> str:
    """A value as it stands in a cell."""
    return _RESERVED.sub(lambda m: "\\" + _VALUE_ESCAPES.get(m[0], m[0]), value)


def unescaped(raw: str) -> str:
    """The value of a cell."""
    chars = {escape: char for char, escape in _VALUE_ESCAPES.items()}
    return _ESCAPED.sub(lambda m: chars.get(m[1], m[1]), raw)


def escaped_text(text: str) -> str:
    """A line of text as it stands after `#Text=`."""
    return _TEXT_RESERVED.sub(lambda m: "\\" + _TEXT_ESCAPES.get(m[0], m[0]), text)


def unescaped_text(raw: str, *, as_java: bool) -> str:
    """The line of text after `#Text=`; before version 3.2 Java's escapes are in it.

    Raises ValueError where these are half a surrogate pair.
    """
    chars = {escape: char for char, escape in _TEXT_ESCAPES.items()}
    if not as_java:
        return _ESCAPED.sub(lambda m: chars.get(m[1], m[1]), raw)
    text = _JAVA_ESCAPED.sub(
        lambda m: chr(int(m[1][-4:], 16)) if len(m[1]) > 1 else chars.get(m[1], m[1]), raw
    )
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise ValueError("the text holds half a surrogate pair") from error


def _piece(raw: str) -> StackedPiece:
    match = _SUFFIX.fullmatch(raw)
    if match is None:
        return StackedPiece(raw)
    return StackedPiece(match[1], int(match[2]), int(match[3] or 0))
