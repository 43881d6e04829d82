"""One terminal row as cells to draw on, handed out as a strip."""

from __future__ import annotations

from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.page.cells import cells


class Canvas:
    """A row of cells, blank at first; what is put outside it is cut off."""

    __slots__ = ("_base", "_shown", "_styles", "width")

    def __init__(self, width: int, base: Style) -> None:
        self.width = width
        self._base = base
        self._shown = [" "] * width
        self._styles: list[Style] = [base] * width

    def put(self, column: int, text: str, style: Style, limit: int | None = None) -> int:
        """Draw `text` from a column, at most up to `limit`; the column after it comes back."""
        end = self.width if limit is None else min(limit, self.width)
        if column >= 0 and text.isascii() and text.isprintable():
            return self._put_plain(column, text[: max(end - column, 0)], style)
        for shown, width in cells(text):
            if width == 0:
                self._stack(column, shown, end)
                continue
            if column + width > end:
                break
            if column >= 0:
                self._cut(column)
                self._cut(column + width)
                self._shown[column : column + width] = _in_cells(shown, width)
                self._styles[column : column + width] = [style] * width
            column += width
        return column

    def _put_plain(self, column: int, text: str, style: Style) -> int:
        """Draw a text that has a cell for each character: most have."""
        after = column + len(text)
        if text:
            self._cut(column)
            self._cut(after)
            self._shown[column:after] = text
            self._styles[column:after] = [style] * len(text)
        return after

    def fill(self, left: int, right: int, char: str, style: Style) -> None:
        """Draw one character in each cell from `left` to `right`, half-open."""
        left, right = max(left, 0), min(right, self.width)
        if left < right:
            self._cut(left)
            self._cut(right)
            self._shown[left:right] = [char] * (right - left)
            self._styles[left:right] = [style] * (right - left)

    def is_free(self, column: int) -> bool:
        """Whether nothing was drawn in a cell."""
        return 0 <= column < self.width and self._shown[column] == " "

    def segments(self) -> list[Segment]:
        """The row as few segments as there are changes of style."""
        segments: list[Segment] = []
        begin = 0
        for _, run in groupby(self._styles, key=id):
            cells = list(run)
            end = begin + len(cells)
            segments.append(Segment("".join(self._shown[begin:end]), cells[0]))
            begin = end
        return segments

    def strip(self) -> Strip:
        """The row as a strip."""
        return Strip(self.segments(), self.width)

    def _cut(self, column: int) -> None:
        """Blank a wide character that lies half before a column and half behind it."""
        if 0 < column < self.width and not self._shown[column]:
            self._shown[column - 1 : column + 1] = [" ", " "]

    def _stack(self, column: int, mark: str, end: int) -> None:
        """Put a combining mark on the character before a column."""
        if 0 < column <= end:
            wide = not self._shown[column - 1]
            self._shown[column - 1 - wide] += mark


def _in_cells(shown: str, width: int) -> list[str]:
    """A character as one entry a cell: the other half of a wide one is empty."""
    return list(shown) if shown.isspace() else [shown, ""][:width]
