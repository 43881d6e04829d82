"""One terminal row as cells to draw on, handed out as a strip."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.cells import cells


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
        for shown, width in cells(text):
            if width == 0:
                if 0 < column <= end:
                    self._shown[column - 1] += shown
                continue
            if column + width > end:
                break
            if column >= 0:
                self._shown[column] = shown
                self._styles[column] = style
                for extra in range(column + 1, column + width):
                    self._shown[extra] = ""
                    self._styles[extra] = style
            column += width
        return column

    def fill(self, left: int, right: int, char: str, style: Style) -> None:
        """Draw one character in each cell from `left` to `right`, half-open."""
        for column in range(max(left, 0), min(right, self.width)):
            self._shown[column] = char
            self._styles[column] = style

    def is_free(self, column: int) -> bool:
        """Whether nothing was drawn in a cell."""
        return 0 <= column < self.width and self._shown[column] == " "

    def strip(self) -> Strip:
        """The row as a strip of as few segments as there are changes of style."""
        segments: list[Segment] = []
        begin = 0
        for column in range(1, self.width + 1):
            if column == self.width or self._styles[column] is not self._styles[begin]:
                segments.append(Segment("".join(self._shown[begin:column]), self._styles[begin]))
                begin = column
        return Strip(segments, self.width)
