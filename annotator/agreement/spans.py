"""Marks: labelled spans as plain tuples, and which of them share text.

A mark is `(start, end, label)`, or `(ranges, label)` where a span is in several pieces. Offsets are
half-open code points. Both spellings of the same code points are the same mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

Range = tuple[int, int]
"""Half-open `(start, end)`."""
Ranges = tuple[Range, ...]
Mark = tuple[int, int, str] | tuple[Ranges, str]
"""One annotator's labelled span."""
Canonical = tuple[Ranges, str]
"""A mark with its ranges sorted, not empty, and neither touching nor overlapping."""


def canonical(mark: Mark) -> Canonical:
    """The one spelling of a mark; raises ValueError where a range is empty or none is there."""
    if len(mark) == 3:
        start, end, label = mark
        if start < 0 or start >= end:
            raise ValueError(f"a mark needs 0 <= start < end, not {mark!r}")
        return ((start, end),), label
    ranges, label = mark
    if len(ranges) == 1 and 0 <= ranges[0][0] < ranges[0][1]:
        return tuple(ranges), label
    if not ranges or any(start < 0 or start >= end for start, end in ranges):
        raise ValueError(f"a mark needs ranges with 0 <= start < end, not {mark!r}")
    return _merged(ranges), label


def _merged(ranges: Iterable[Range]) -> Ranges:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def canonical_marks(marks: Iterable[Mark]) -> list[Canonical]:
    """Every mark in its one spelling, in the same order."""
    return [canonical(mark) for mark in marks]


def overlaps(a: Sequence[Ranges], b: Sequence[Ranges]) -> list[set[int]]:
    """For each of `a`, the indices of `b` that share at least one code point with it.

    One sweep over the text: the work grows with the number of pieces and of overlapping pairs.
    """
    found: list[set[int]] = [set() for _ in a]
    pieces = sorted(
        (start, end, side, index)
        for side, spans in enumerate((a, b))
        for index, ranges in enumerate(spans)
        for start, end in ranges
    )
    open_pieces: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, index in pieces:
        others = [piece for piece in open_pieces[1 - side] if piece[0] > start]
        open_pieces[1 - side][:] = others
        for _, other in others:
            found[other if side else index].add(index if side else other)
        open_pieces[side].append((end, index))
    return found


def has_overlaps(marks: Iterable[Mark]) -> bool:
    """Whether two of one annotator's marks share a code point, as nested and crossing ones do."""
    pieces = sorted(piece for ranges, _ in canonical_marks(marks) for piece in ranges)
    return any(after[0] < before[1] for before, after in pairwise(pieces))
