"""A widget that shows finished strips, repaints only the lines that differ, and tells of clicks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.difference import last_difference


class Sheet(Widget):
    """Shows the strips it is given, one a line."""

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """Something with a name was clicked."""

        sheet: Sheet
        name: str

        @property
        def control(self) -> Sheet:
            """The sheet, for selectors."""
            return self.sheet

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

    def on_click(self, event: events.Click) -> None:
        """Tell the name of what was clicked, where it has one."""
        name = event.style.meta.get("name")
        if isinstance(name, str):
            self.post_message(self.Chosen(self, name))
