"""A list of any length: it paints the lines that are on the screen and knows the current one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotator.tui.widgets.direct import Direct

Paint = Callable[[int, int, bool], Strip]
"""Index of a line, width in cells, whether it is the current one."""


class RowList(Direct, ScrollView, can_focus=False):
    """Shows `count` lines, each one cell high.

    The lines beyond them are painted too: the first has the index -1, the next -2 and so on.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RowList {
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $foreground 25%;
        scrollbar-color-hover: $primary;
        scrollbar-color-active: $primary;
    }
    """

    @dataclass
    class Moved(Message):
        """Another line is the current one."""

        index: int

    @dataclass
    class Chosen(Message):
        """The current line was clicked."""

        index: int

    def __init__(self, paint: Paint, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._paint = paint
        self.count = 0
        self.current = 0

    def show(self, count: int, current: int = 0) -> None:
        """Show other lines."""
        self.count = count
        self.current = min(max(current, 0), max(count - 1, 0))
        self.virtual_size = Size(self.size.width, count)
        self.refresh()
        self._reveal()

    def grow(self, count: int) -> None:
        """Show more lines after those that are shown."""
        self.count = count
        self.virtual_size = Size(self.size.width, count)
        self.refresh()

    def move(self, step: int) -> None:
        """Make another line the current one, as far as there are any."""
        target = min(max(self.current + step, 0), max(self.count - 1, 0))
        if target != self.current:
            self.current = target
            self.refresh()
            self._reveal()
            self.post_message(self.Moved(target))

    def page(self, step: int) -> None:
        """Move by most of a screen."""
        self.move(step * max(self.size.height - 2, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.scrollable_content_region.width
        index = y + round(self.scroll_y)
        if index >= self.count:
            index = self.count - index - 1
        return self._paint(index, width, index == self.current)

    def on_click(self, event: events.Click) -> None:
        """Make a line the current one, or choose it where it is so already."""
        index = event.y + round(self.scroll_y)
        if index >= self.count:
            return
        if index == self.current:
            self.post_message(self.Chosen(index))
        else:
            self.move(index - self.current)

    def on_resize(self) -> None:
        """Keep the current line in view."""
        self.virtual_size = Size(self.size.width, self.count)
        self._reveal()

    def _reveal(self) -> None:
        height = self.size.height
        if not height:
            return
        first = round(self.scroll_y)
        if self.current < first:
            self.scroll_to(y=self.current, animate=False, immediate=True)
        elif self.current >= first + height:
            self.scroll_to(y=self.current - height + 1, animate=False, immediate=True)
