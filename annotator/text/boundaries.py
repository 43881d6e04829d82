"""Where an edge may stand when it does not go by tokens: characters and punctuation."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from annotator.model.span import Range

_JOINER = "\u200d"
_WITHIN_WORDS = frozenset("%‰&@#*/\\'’-‐‑·")
"""Punctuation that separates nothing."""


def stepped(text: str, offset: int, step: int) -> int:
    """The offset one character on (1) or back (-1), never between a letter and its marks."""
    offset += step
    while 0 < offset < len(text) and _is_within_character(text, offset):
        offset += step
    return min(max(offset, 0), len(text))


def before_punctuation(text: str, tokens: Sequence[Range], end: int) -> int:
    """The end of the last token before the next punctuation or line feed after `end`.

    Punctuation right at `end` is passed over, so that going on again gets further. `end` itself
    where nothing follows.
    """
    index = bisect_left(tokens, end, key=lambda token: token[0])
    reached = end
    if index < len(tokens) and _stops(text, tokens, index, reached):
        reached = tokens[index][1]
        index += 1
    while index < len(tokens) and not _stops(text, tokens, index, reached):
        reached = tokens[index][1]
        index += 1
    return reached


def _stops(text: str, tokens: Sequence[Range], index: int, reached: int) -> bool:
    start, end = tokens[index]
    return "\n" in text[reached:start] or all(_is_punctuation(char) for char in text[start:end])


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char).startswith("P") and char not in _WITHIN_WORDS


def _is_within_character(text: str, offset: int) -> bool:
    if _JOINER in text[offset - 1 : offset + 1]:
        return True
    return unicodedata.category(text[offset]).startswith("M")
