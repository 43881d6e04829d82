"""Where two strips differ, so that only what changed is sent to the terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip


def last_difference(before: Strip, after: Strip) -> int:
    """The cell after the last one that differs, 0 where the strips look the same.

    Textual sends a line from its first cell up to a column, so the end is all that matters.
    """
    if before is after:
        return 0
    end = max(before.cell_length, after.cell_length)
    if before.cell_length != after.cell_length:
        return end
    left, right = list(before), list(after)
    while left and right:
        old, new = left.pop(), right.pop()
        if old.style != new.style:
            return end
        same = min(len(old.text), len(new.text))
        if old.text[-same:] != new.text[-same:]:
            return end
        end -= cell_len(new.text[-same:])
        _put_back(left, old, same)
        _put_back(right, new, same)
    return end


def _put_back(segments: list[Segment], segment: Segment, same: int) -> None:
    """Keep what a segment has before its last `same` characters."""
    rest = segment.text[:-same]
    if rest:
        segments.append(Segment(rest, segment.style))
