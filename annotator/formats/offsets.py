"""Offsets in UTF-16 units, which formats from browsers and Java count in, and code points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Utf16Offsets:
    """The offsets of one text both ways; an offset takes O(log n) in its astral characters."""

    length: int
    """Of the text, in code points."""
    astral: Sequence[int]
    """Where the characters of two units are, in code points."""
    astral_units: Sequence[int]
    """Where the same characters are, in units."""

    @classmethod
    def of(cls, text: str) -> Self:
        """The offsets of `text`."""
        astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        return cls(len(text), astral, [place + before for before, place in enumerate(astral)])

    @property
    def length_in_units(self) -> int:
        """Of the text, in UTF-16 units."""
        return self.length + len(self.astral)

    def to_units(self, code_points: int) -> int:
        """The offset in UTF-16 units; raises ValueError outside of the text."""
        if not 0 <= code_points <= self.length:
            raise ValueError(f"{code_points} is outside the text ({self.length} characters)")
        return code_points + bisect_left(self.astral, code_points)

    def to_code_points(self, units: int) -> int:
        """The offset in code points; raises ValueError inside a surrogate pair or outside."""
        if not 0 <= units <= self.length_in_units:
            size = self.length_in_units
            raise ValueError(f"{units} is outside the text ({size} UTF-16 units)")
        before = bisect_left(self.astral_units, units)
        if before and self.astral_units[before - 1] == units - 1:
            raise ValueError(f"{units} is inside a surrogate pair (UTF-16)")
        return units - before
