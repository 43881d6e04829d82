"""Where an edge may stand when it does not go by tokens: characters and punctuation."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from annotator.model.span import Range

_JOINER = "\u200d"
_INDICATORS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
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
    reached = end
    for index in range(bisect_right(tokens, end, key=lambda token: token[1]), len(tokens)):
        start, token_end = tokens[index]
        stops = all(_is_punctuation(char) for char in text[start:token_end])
        if "\n" in text[reached:start] or (stops and reached > end):
            break
        reached = token_end
    return reached


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char).startswith("P") and char not in _WITHIN_WORDS


def _is_within_character(text: str, offset: int) -> bool:
    if _JOINER in text[offset - 1 : offset + 1]:
        return True
    if text[offset] in _INDICATORS:  # two of them are a flag
        before = text[:offset]
        return (len(before) - len(before.rstrip(_INDICATORS))) % 2 == 1
    return text[offset] in _SKIN_TONES or unicodedata.category(text[offset]).startswith("M")
