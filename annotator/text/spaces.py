"""Blanks that look like spaces, mapped to spaces one for one."""

from __future__ import annotations

KIN_OF_SPACE = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u202f\u205f\u3000"
)
"""NBSP and its kin: one code point each, so replacing them moves no offset."""

_TO_SPACE = str.maketrans(dict.fromkeys(KIN_OF_SPACE, " "))


def plain_spaces(text: str) -> str:
    """`text` with NBSP and its kin as plain spaces; the length stays the same."""
    return text.translate(_TO_SPACE)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its edges; `(start, start)` where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
