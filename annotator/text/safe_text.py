"""Text made safe to show: no code of it can move a cursor, set a title or turn text around.

Article text, labels, names and file names are data. Whatever a terminal could obey is shown as a
picture, one code point for one, so offsets in the shown text are offsets in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

REPLACEMENT = "�"
BIDI_PICTURE = "¤"

_BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINE_BREAKS = "\u0085\u2028\u2029"


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table[0x7F] = "␡"
    table.update(dict.fromkeys(range(0x80, 0xA0), REPLACEMENT))
    table.update({ord(char): BIDI_PICTURE for char in _BIDI})
    table.update({ord(char): "⏎" for char in _LINE_BREAKS})
    table.update(dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT))
    table.update(dict.fromkeys(range(0xE0000, 0xE0080), REPLACEMENT))
    table.update({ord(char): REPLACEMENT for char in "\ufff9\ufffa\ufffb\ufffe\uffff"})
    return table


def _any_of(codes: Iterable[int]) -> re.Pattern[str]:
    """Finds one of some code points, put as ranges: one by one they take long to compile."""
    parts: list[str] = []
    for _, run in groupby(enumerate(sorted(codes)), lambda pair: pair[1] - pair[0]):
        numbers = [code for _, code in run]
        parts.append(f"\\U{numbers[0]:08x}-\\U{numbers[-1]:08x}")
    return re.compile(f"[{''.join(parts)}]")


_TABLE = _table()
_UNSAFE = _any_of(_TABLE)


def picture(char: str) -> str:
    """One code point to show for one code point of text."""
    shown = _TABLE.get(ord(char))
    if shown is not None:
        return shown
    return REPLACEMENT if unicodedata.category(char) in ("Cn", "Co", "Cs") else char


def pictured(text: str) -> str:
    """`text` on one line, every code a terminal could obey as its picture; same length."""
    return _UNSAFE.sub(lambda match: _TABLE[ord(match[0])], text)


def shortened(text: str, length: int) -> str:
    """`text` on one safe line of at most `length` code points, with an ellipsis where cut."""
    line = pictured(" ".join(text.split()))
    return line if len(line) <= length else line[: max(length - 1, 0)] + "…"
