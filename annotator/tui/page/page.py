"""A document laid out: its rows, the marks under each, and on which line each row lies.

Knows cells and lines, nothing of Textual. A change of marks lays out only the rows it touches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import accumulate

from annotator.tui.page.lanes import Piece, laned
from annotator.tui.page.marks import Mark, Status
from annotator.tui.page.rows import row_at, rows_of, wrap


class Density(StrEnum):
    """How much room the marks get."""

    ROOMY = "roomy"
    """Brackets under the line, and a line for the roles of events."""
    COMPACT = "compact"
    """Brackets under the line; a role stands in the place of its filler's label."""
    TEXT = "text only"
    """Colours in the text and nothing under it."""

    @property
    def is_roomy(self) -> bool:
        """Whether rows keep a line free for roles."""
        return self is Density.ROOMY


class Page:
    """The layout of one text at one width."""

    def __init__(
        self,
        text: str,
        width: int,
        marks: Iterable[Mark],
        *,
        density: Density = Density.ROOMY,
        show_rejected: bool = False,
    ) -> None:
        self.width = width
        self.density = density
        self.show_rejected = show_rejected
        self.rows = wrap(text, width)
        self.marks = {mark.id: mark for mark in marks}
        self._linked: Counter[str] = Counter()
        self._in_row: list[dict[str, Mark]] = [{} for _ in self.rows]
        self._pieces: list[tuple[Piece, ...]] = []
        for mark in self.marks.values():
            self._link(mark, 1)
            for index in rows_of(self.rows, mark.ranges):
                self._in_row[index][mark.id] = mark
        self._pieces = [self._laned(index) for index in range(len(self.rows))]
        self._heights: list[int] = []
        for index in range(len(self.rows)):
            self._heights.append(self._height(index))
        self._tops = [0, *accumulate(self._heights)]

    @property
    def lines(self) -> int:
        """Terminal lines of the whole page."""
        return self._tops[-1]

    def top(self, row: int) -> int:
        """The line of a row's text."""
        return self._tops[row]

    def height(self, row: int) -> int:
        """Lines of a row: its text, the lanes, and the line for roles; none for some blank ones."""
        return self._heights[row]

    def at_line(self, line: int) -> tuple[int, int]:
        """The row at a line, and the line within that row."""
        row = min(max(bisect_right(self._tops, line) - 1, 0), len(self.rows) - 1)
        return row, line - self._tops[row]

    def pieces(self, row: int) -> tuple[Piece, ...]:
        """What is drawn under a row."""
        return self._pieces[row]

    def visible_marks(self, row: int) -> list[Mark]:
        """The marks that touch a row, but for rejected ones that are not shown."""
        return [mark for mark in self._in_row[row].values() if self._is_shown(mark)]

    def row_of(self, offset: int) -> int:
        """The row that holds a code point."""
        return row_at(self.rows, offset)

    def beside(self, offset: int, step: int) -> int:
        """The offset in the next row with text, above (`step` -1) or below (1), in its column."""
        row = self.row_of(offset)
        column = self.rows[row].column(offset)
        target = row + step
        while 0 < target < len(self.rows) - 1 and self.rows[target].is_blank:
            target += step
        if not 0 <= target < len(self.rows) or self.rows[target].is_blank:
            return offset
        place = self.rows[target]
        found = place.offset(min(column, max(place.width - 1, 0)))
        return place.start if found is None else found

    def further(self, offset: int, lines: int) -> int:
        """Where the row begins that is so many lines below, or above where it is negative."""
        here = self.top(self.row_of(offset))
        row, _ = self.at_line(min(max(here + lines, 0), self.lines - 1))
        return self.rows[row].start

    def rows_of(self, mark_id: str) -> tuple[int, ...]:
        """The rows that a mark touches; none where there is no such mark."""
        mark = self.marks.get(mark_id)
        return tuple(rows_of(self.rows, mark.ranges)) if mark is not None else ()

    def frame(self, event_id: str) -> tuple[int, ...]:
        """The rows in which an event's trigger and fillers begin, first to last."""
        event = self.marks.get(event_id)
        if event is None or not event.arguments:
            return ()
        found = (
            self.marks.get(item_id) for item_id in (event_id, *(t for _, t in event.arguments))
        )
        members = [member for member in found if member is not None and self._is_shown(member)]
        return tuple(sorted({self.row_of(member.start) for member in members}))

    def has_role_line(self, row: int) -> bool:
        """Whether the row keeps a line free for the roles of events."""
        return self.density is Density.ROOMY and any(
            self._linked[piece.mark.id] and piece.begins for piece in self._pieces[row]
        )

    def change(self, changed: Mapping[str, Mark | None]) -> tuple[set[int], bool]:
        """Put marks in the place of those with their ids; None takes one out.

        Gives the rows that look different now, and whether rows moved to other lines.
        """
        dirty: set[int] = set()
        for mark_id, mark in changed.items():
            dirty.update(self._take_out(mark_id))
            if mark is not None:
                dirty.update(self._put_in(mark))
        moved = False
        for row in dirty:
            self._pieces[row] = self._laned(row)
        for row in sorted(dirty | {row + 1 for row in dirty if row + 1 < len(self.rows)}):
            height = self._height(row)
            if height != self._heights[row]:
                moved = True
                dirty.add(row)
            self._heights[row] = height
        if moved:
            self._tops = [0, *accumulate(self._heights)]
        return dirty, moved

    def _take_out(self, mark_id: str) -> set[int]:
        old = self.marks.pop(mark_id, None)
        if old is None:
            return set()
        rows = set(rows_of(self.rows, old.ranges)) | self._rows_of_fillers(old)
        for row in rows:
            self._in_row[row].pop(mark_id, None)
        self._link(old, -1)
        return rows

    def _put_in(self, mark: Mark) -> set[int]:
        self.marks[mark.id] = mark
        rows = set(rows_of(self.rows, mark.ranges))
        for row in rows:
            self._in_row[row][mark.id] = mark
        self._link(mark, 1)
        return rows | self._rows_of_fillers(mark)

    def _rows_of_fillers(self, mark: Mark) -> set[int]:
        return {row for _, target in mark.arguments for row in self.rows_of(target)}

    def _link(self, mark: Mark, count: int) -> None:
        if mark.arguments and self._is_shown(mark):
            self._linked[mark.id] += count
            self._linked.update(dict.fromkeys({t for _, t in mark.arguments}, count))

    def _laned(self, row: int) -> tuple[Piece, ...]:
        if self.density is Density.TEXT or not self._in_row[row]:
            return ()
        return laned(self.rows[row], self.visible_marks(row), self.width)

    def _height(self, row: int) -> int:
        """Lines of a row; a blank one takes none where a line for roles parts it already."""
        if self.rows[row].is_blank and row and self.has_role_line(row - 1):
            return 0
        pieces = self._pieces[row]
        lanes = max((piece.lane for piece in pieces), default=-1) + 1
        return 1 + lanes + self.has_role_line(row)

    def _is_shown(self, mark: Mark) -> bool:
        return self.show_rejected or mark.status is not Status.REJECTED
