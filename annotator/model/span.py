"""A labelled stretch of text, and the algebra of half-open ranges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Range = tuple[int, int]
"""Half-open `(start, end)` in code points."""


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled span. `ranges` has one range, or several for a discontinuous span.

    Spans may nest, cross and be equal to one another. Ranges are sorted, not empty, and do not
    touch or overlap within one span.
    """

    id: str
    ranges: tuple[Range, ...]
    label: str

    def __post_init__(self) -> None:
        if not self.ranges:
            raise ValueError(f"span {self.id!r} needs at least one range")
        previous_end = -1
        for start, end in self.ranges:
            if not (0 <= start < end) or start <= previous_end:
                raise ValueError(
                    f"span {self.id!r} has ranges {self.ranges}: expected 0 <= start < end, "
                    "in order, with a gap between ranges"
                )
            previous_end = end
        if not self.label:
            raise ValueError(f"span {self.id!r} needs a label, not ''")

    @classmethod
    def of(cls, id: str, start: int, end: int, label: str) -> Span:  # noqa: A002
        """A span of one range."""
        return cls(id, ((start, end),), label)

    @property
    def start(self) -> int:
        """The first code point of the hull."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """The end of the hull, half-open."""
        return self.ranges[-1][1]

    @property
    def is_discontinuous(self) -> bool:
        """Whether the span is in several pieces."""
        return len(self.ranges) > 1

    def surface(self, text: str) -> str:
        """The span's words; pieces of a discontinuous span are joined by one space."""
        return " ".join(text[start:end] for start, end in self.ranges)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return ranges_overlap(self.ranges, other.ranges)


def ranges_overlap(a: Iterable[Range], b: Iterable[Range]) -> bool:
    """Whether any range of `a` shares a code point with any of `b`."""
    others = tuple(b)
    return any(s < oe and os < e for s, e in a for os, oe in others)


def merged_ranges(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The same code points as sorted ranges that neither touch nor overlap."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
