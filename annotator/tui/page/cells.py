"""What one code point looks like in terminal cells, and how wide it is.

Terminals disagree about the width of emoji sequences, flags and variation selectors. Only what
all of them agree on is shown: the first code point of a joined emoji, letters for flags. Nothing
here changes the text; every code point of it keeps a place, be it of width 0.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

from annotator.text.safe_text import picture

Cell = tuple[str, int]
"""What is shown for one code point, and its width in terminal cells."""

TAB_WIDTH = 4
_COMBINING_LIMIT = 4
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\u180e")
_JOINERS = frozenset("\u200c\u200d")
_VARIATION = frozenset("\ufe0e\ufe0f")
_KEYCAP = "\u20e3"
_ZWJ = "\u200d"
_SHORT = 64
"""Code points of a text that is likely to be shown again: a label, a bracket, a number."""


def cells(text: str) -> list[Cell]:
    """One cell entry per code point of `text`, in order."""
    if text.isascii() and text.isprintable():
        return [(char, 1) for char in text]
    return list(_short(text)) if len(text) <= _SHORT else _cells(text)


@lru_cache(maxsize=2048)
def _short(text: str) -> tuple[Cell, ...]:
    return tuple(_cells(text))


def _cells(text: str) -> list[Cell]:
    found: list[Cell] = []
    stacked = 0
    for index, char in enumerate(text):
        shown, width = _cell(char)
        if _is_swallowed(text, index, char):
            shown, width = "", 0
        stacked = stacked + 1 if width == 0 and shown else 0
        if stacked > _COMBINING_LIMIT:
            shown = ""
        if width == 0 and shown and not found:
            shown, width = "◌" + shown, 1
        found.append((shown, width))
    return found


def cell_width(text: str) -> int:
    """The width of `text` as it is shown."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(width for _, width in cells(text))


def fitted(text: str, width: int) -> str:
    """`text` as it is shown, cut with an ellipsis so that it is at most `width` cells wide."""
    shown = cells(text)
    if sum(w for _, w in shown) <= width:
        return "".join(char for char, _ in shown)
    kept: list[str] = []
    used = 0
    for char, char_width in shown:
        if used + char_width > width - 1:
            break
        kept.append(char)
        used += char_width
    return "".join(kept) + "…" if width > 0 else ""


def is_wide(char: str) -> bool:
    """Whether a line may break beside this character, as in Chinese or Japanese."""
    return _cell(char)[1] == 2


@lru_cache(maxsize=8192)
def _cell(char: str) -> Cell:
    if " " <= char < "\x7f":
        return char, 1
    if char == "\t":
        return " " * TAB_WIDTH, TAB_WIDTH
    if char in _INVISIBLE:
        return "·", 1
    if char in _JOINERS or char in _VARIATION or char == _KEYCAP:
        return "", 0
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return chr(ord(char) - 0x1F1E6 + ord("A")), 1
    shown = picture(char)
    if shown != char:
        return shown, 1
    category = unicodedata.category(char)
    if category == "Zs":
        width = max(get_character_cell_size(char), 1)
        return " " * width, width
    if category == "Cf":
        return "·", 1
    return char, get_character_cell_size(char)


def _is_swallowed(text: str, index: int, char: str) -> bool:
    """Whether the code point only changes the look of the emoji before it."""
    if index == 0:
        return False
    before = text[index - 1]
    if before == _ZWJ and unicodedata.category(char) in ("So", "Sk"):
        return True
    return "\U0001f3fb" <= char <= "\U0001f3ff" and before >= "\u2190"
