"""Where in a text a token pattern can match at all, told by one of its words.

spaCy's matcher asks every pattern at every token. Most patterns have a token that must be one of
a few words; asked only around those words, they cost next to nothing where the words are absent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from annotator.model.span import Range
from annotator.suggest.patterns.tokens import TokenPattern

_SPELLED = ("LOWER", "ORTH", "TEXT")
_UNLIMITED = 10**9


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words one of which stands in every match, in lower case."""

    words: frozenset[str]
    before: int
    """How many tokens of a match can stand before the word, and after it."""
    after: int

    def window(self, index: int, length: int) -> Range:
        """The token range that holds every match with its word at `index`."""
        return max(0, index - self.before), min(length, index + self.after + 1)


def anchor_of(tokens: Sequence[TokenPattern]) -> Anchor | None:
    """The anchor with the fewest words; None where no token has to be one of some words."""
    counts = [_counts(token.get("OP", "{1}")) for token in tokens]
    found: list[Anchor] = []
    for index, token in enumerate(tokens):
        words = _words(token)
        least, most = counts[index]
        if words and least > 0:
            before = sum(high for _, high in counts[:index]) + most - 1
            after = sum(high for _, high in counts[index + 1 :]) + most - 1
            found.append(Anchor(words, min(before, _UNLIMITED), min(after, _UNLIMITED)))
    return min(found, key=lambda anchor: len(anchor.words), default=None)


def merged_windows(windows: Sequence[Range]) -> list[Range]:
    """The same tokens as ranges in order that do not overlap."""
    merged: list[Range] = []
    for start, end in windows:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _words(token: TokenPattern) -> frozenset[str]:
    """The spellings of which a token must have one, in lower case; empty where it may have any."""
    for name in _SPELLED:
        value: Any = token.get(name)
        if isinstance(value, str):
            return frozenset({value.lower()})
        if isinstance(value, dict) and "IN" in value:
            words = cast("list[str]", value["IN"])
            return frozenset(word.lower() for word in words)
    return frozenset()


def _counts(repeat: str) -> tuple[int, int]:
    """The fewest and the most tokens that a token with this OP stands for."""
    plain = {"!": (0, 1), "?": (0, 1), "*": (0, _UNLIMITED), "+": (1, _UNLIMITED)}
    if repeat in plain:
        return plain[repeat]
    least, comma, most = re.sub(r"[{}]", "", repeat).partition(",")
    low = int(least or 0)
    return low, (int(most) if most else _UNLIMITED) if comma else low
