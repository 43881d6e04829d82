"""A text wrapped to rows. Rows tile the text: every code point lies in exactly one of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.model.span import Range
from annotator.tui.page.cells import Cell, cells, is_wide


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of wrapped text, `start` to `end` in code points."""

    start: int
    end: int
    shown: tuple[str, ...]
    """What is shown for each code point, possibly nothing."""
    columns: tuple[int, ...]
    """The cell where each code point begins, and after the last the row's width."""
    is_blank: bool = False

    @property
    def width(self) -> int:
        """Cells that the row takes."""
        return self.columns[-1]

    @property
    def words_end(self) -> int:
        """The end of what is shown, without the white space at which the row breaks."""
        index = len(self.shown)
        while index and not self.shown[index - 1].strip():
            index -= 1
        return self.start + index

    def column(self, offset: int) -> int:
        """The cell where `offset` begins; an offset outside is drawn in to the nearer edge."""
        return self.columns[min(max(offset - self.start, 0), len(self.columns) - 1)]

    def offset(self, column: int) -> int | None:
        """The code point shown at a cell, None beyond the row's text."""
        if not 0 <= column < self.width:
            return None
        return self.start + bisect_right(self.columns, column) - 1

    def text(self, start: int, end: int) -> str:
        """What is shown for the code points `start` to `end`."""
        return "".join(self.shown[max(start - self.start, 0) : max(end - self.start, 0)])


def wrap(text: str, width: int) -> tuple[TextRow, ...]:
    """The rows of `text` at a width in cells; several blank lines in a row become one.

    A row breaks after white space or beside a wide character, and inside a word only where the
    word alone is wider than the row.
    """
    width = max(width, 8)
    rows: list[TextRow] = []
    for start, end, following in _lines(text):
        line = cells(text[start:end])
        if not any(shown.strip() for shown, _ in line):
            _add_blank(rows, start, following)
            continue
        breaks = [*_breaks(text, start, line, width), end]
        for first, last in zip([start, *breaks[:-1]], breaks, strict=True):
            tail = following - last if last == end else 0
            rows.append(_row(line[first - start : last - start], first, last, tail, width))
    return tuple(rows) or (TextRow(0, 0, (), (0,), is_blank=True),)


def row_at(rows: Sequence[TextRow], offset: int) -> int:
    """The index of the row that holds `offset`."""
    index = bisect_right(rows, offset, key=lambda row: row.start) - 1
    return min(max(index, 0), len(rows) - 1)


def rows_of(rows: Sequence[TextRow], ranges: Sequence[Range]) -> Iterator[int]:
    """The indices of the rows that share a code point with any of the ranges, in order."""
    last = -1
    for start, end in ranges:
        for index in range(max(row_at(rows, start), last + 1), row_at(rows, end - 1) + 1):
            yield index
            last = index


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each line, and where the next begins; a CR before LF is no text."""
    start = 0
    for match in re.finditer(r"\r?\n", text):
        yield start, match.start(), match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text), len(text)


def _add_blank(rows: list[TextRow], start: int, following: int) -> None:
    if rows and rows[-1].is_blank:
        start = rows.pop().start
    size = following - start
    rows.append(TextRow(start, following, ("",) * size, (0,) * (size + 1), is_blank=True))


def _row(line: list[Cell], start: int, end: int, tail: int, width: int) -> TextRow:
    columns = [0]
    shown: list[str] = []
    for char, char_width in line:
        column = min(columns[-1] + char_width, width)
        shown.append(char[: column - columns[-1]] if char.isspace() else char)
        columns.append(column)
    columns += [columns[-1]] * tail
    return TextRow(start, end + tail, (*shown, *("",) * tail), tuple(columns))


def _breaks(text: str, start: int, line: list[Cell], width: int) -> Iterator[int]:
    """Offsets at which a new row begins within one line."""
    row_start = begin = 0  # the row's first cell entry, and that of the word being read
    used = word = 0  # cells up to the word, and cells of the word
    for index, (shown, char_width) in enumerate(line):
        if word and char_width and _is_beside_wide(text, start + index):
            used, word, begin = used + word, 0, index
        if shown.isspace():  # a white space that shows as a picture is part of a word
            used, word, begin = used + word + char_width, 0, index + 1
            continue
        word += char_width
        if used + word <= width:
            continue
        if begin > row_start:
            yield start + begin
            row_start, used = begin, 0
        if word > width:
            yield start + index
            row_start = begin = index
            used, word = 0, char_width


def _is_beside_wide(text: str, offset: int) -> bool:
    return is_wide(text[offset]) or is_wide(text[offset - 1])
