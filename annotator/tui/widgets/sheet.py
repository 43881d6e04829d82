"""A widget that shows finished strips, repaints only the lines that differ, and tells of clicks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from annotator.tui.widgets.direct import Direct


class Sheet(Direct):
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
            if before is not after and before != after:
                self.touch(line)

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        if y < len(self._strips):
            return self._strips[y].adjust_cell_length(self.size.width)
        return _blank(self.size.width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Tell the name of what was clicked, where it has one."""
        name = event.style.meta.get("name")
        if isinstance(name, str):
            self.post_message(self.Chosen(self, name))


@lru_cache(maxsize=8)
def _blank(width: int, style: Style) -> Strip:
    """The same strip each time, for which Textual keeps what it makes of it."""
    return Strip.blank(width, style)
