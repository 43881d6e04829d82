"""Which lane under a row each mark is drawn in, so that no two tags touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.tui.page.cells import cell_width
from annotator.tui.page.marks import Mark
from annotator.tui.page.rows import TextRow

TAG_FRAME = 2
"""Cells that a tag takes beside its words: a corner or a blank on either side."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Cells `left` to `right` of one range of a mark within a row."""

    left: int
    right: int
    begins: bool
    """Whether the range starts here; else it goes on from the row before."""
    ends: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a mark that lies in one row: several stretches where it is discontinuous."""

    mark: Mark
    stretches: tuple[Stretch, ...]
    lane: int
    tag: int
    """The cell where the tag and its frame begin."""
    begins: bool
    """Whether the mark starts in this row."""
    joins_before: bool
    """Whether an earlier range of the mark lies in another row."""
    joins_after: bool

    @property
    def left(self) -> int:
        """The first cell."""
        return self.stretches[0].left

    @property
    def right(self) -> int:
        """The cell after the last."""
        return self.stretches[-1].right


def laned(row: TextRow, marks: Iterable[Mark], width: int) -> tuple[Piece, ...]:
    """The pieces of the marks in a row, each with its lane, in reading order within a lane.

    Short marks lie next to the text and what contains them below, so that brackets nest even
    where a wide tag pushed the inner one down. A tag wider than its mark keeps its room free: to
    the right, or to the left where it would not fit within `width`.
    """
    found = [(mark, stretches) for mark in marks if (stretches := _stretches(row, mark))]
    found.sort(key=_nearness)
    lanes: list[list[tuple[int, int]]] = []
    pieces: list[Piece] = []
    for mark, stretches in found:
        left, right = stretches[0].left, stretches[-1].right
        first = max((p.lane + 1 for p in pieces if left <= p.left and p.right <= right), default=0)
        tag = _tag(mark, stretches[0], width)
        before = mark.start < row.start and stretches[0].begins
        after = mark.end > row.end and stretches[-1].ends
        begin = 0 if before else min(left, tag)
        end = width if after else max(right, tag + cell_width(mark.tag) + TAG_FRAME)
        lane = _free_lane(lanes, begin, end, first)
        lanes[lane].append((begin, end))
        begins = mark.start >= row.start
        pieces.append(Piece(mark, stretches, lane, tag, begins, before, after))
    pieces.sort(key=lambda piece: (piece.lane, piece.left))
    return tuple(pieces)


def _tag(mark: Mark, stretch: Stretch, width: int) -> int:
    """Where the tag begins: with its mark, unless it ends with it for want of room."""
    room = cell_width(mark.tag) + TAG_FRAME
    if stretch.left + room <= max(width, stretch.right):
        return stretch.left
    return max(stretch.right - room, 0)


def _nearness(found: tuple[Mark, tuple[Stretch, ...]]) -> tuple[int, int, bool, str]:
    mark, stretches = found
    left, right = stretches[0].left, stretches[-1].right
    return right - left, left, mark.is_trigger, mark.id


def _stretches(row: TextRow, mark: Mark) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    shown_end = row.words_end
    for start, end in mark.ranges:
        first = max(start, row.start)
        last = min(end, row.end, max(shown_end, first + 1))
        if first < last:
            left = row.column(first)
            right = max(row.column(last), left + 1)
            found.append(Stretch(left, right, start >= row.start, end <= row.end))
    return tuple(found)


def _free_lane(lanes: list[list[tuple[int, int]]], left: int, right: int, first: int) -> int:
    for index in range(first, len(lanes)):
        if all(right <= a or left >= b for a, b in lanes[index]):
            return index
    lanes.append([])
    return len(lanes) - 1
