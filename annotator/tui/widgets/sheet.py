"""A widget that shows finished strips, and repaints only the lines that differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.difference import last_difference


class Sheet(Widget):
    """Shows the strips it is given, one a line."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._strips: tuple[Strip, ...] = ()

    def show(self, strips: Sequence[Strip]) -> None:
        """Show other strips."""
        old, self._strips = self._strips, tuple(strips)
        for line, (before, after) in enumerate(zip_longest(old, self._strips)):
            width = self.size.width
            end = last_difference(before, after) if before and after else width
            if end:
                self.refresh(Region(0, line, min(end, width), 1))

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        if y < len(self._strips):
            return self._strips[y].adjust_cell_length(self.size.width)
        return Strip.blank(self.size.width, self.rich_style)
