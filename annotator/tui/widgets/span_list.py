"""The list of a document's spans and events, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotator.text.safe_text import shortened
from annotator.tui.page.marks import Mark, Status
from annotator.tui.panels.lines import blank_strips, span_strip
from annotator.tui.theme import Palette
from annotator.tui.widgets.direct import Direct

_LONG = 120


class SpanList(Direct, ScrollView, can_focus=False):
    """One line a mark; the current one is kept in view."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    SpanList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-color: $foreground 25%;
    }
    """

    @dataclass
    class ItemClicked(Message):
        """A line was clicked."""

        item_id: str

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._text = ""
        self._marks: dict[str, Mark] = {}
        self._order: list[str] = []
        self._lines: dict[str, int] = {}
        self._current = ""
        self._show_rejected = False
        self._wanted: tuple[str, ...] = ()

    def show(self, text: str, marks: Iterable[Mark]) -> None:
        """Show another document's marks."""
        self._text = text
        self._marks = {mark.id: mark for mark in marks}
        self._current = ""
        self._sort()

    def change(self, changed: Mapping[str, Mark | None]) -> None:
        """Show marks that are new or different; None takes one away."""
        before = self._order
        stays = all(self._keeps_place(mark_id, mark) for mark_id, mark in changed.items())
        for mark_id, mark in changed.items():
            if mark is None:
                self._marks.pop(mark_id, None)
            else:
                self._marks[mark_id] = mark
        if not stays:
            self._sort()
        if before == self._order:
            for mark_id in changed:
                self._refresh(mark_id)

    def point_at(self, item_id: str) -> None:
        """Make another item the current one."""
        if item_id == self._current:
            return
        old, self._current = self._current, item_id
        self._refresh(old)
        self._refresh(item_id)
        self._reveal()

    def set_rejected(self, *, shown: bool) -> None:
        """Show or hide what was rejected."""
        self._show_rejected = shown
        self._sort()

    def narrow(self, typed: str) -> None:
        """Show only what every typed word is found in: label, status or text."""
        self._wanted = tuple(typed.casefold().split())
        self._sort()
        self._reveal()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self._palette = palette
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width = self.scrollable_content_region.width
        line = y + round(self.scroll_y)
        if line >= len(self._order):
            return blank_strips(1, self._palette, width)[0]
        mark = self._marks[self._order[line]]
        return span_strip(
            mark,
            shortened(self._words(mark), _LONG),
            self._palette,
            width,
            current=mark.id == self._current,
        )

    def on_resize(self) -> None:
        """Keep the current line in view."""
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Report the line that was clicked."""
        line = event.y + round(self.scroll_y)
        if line < len(self._order):
            self.post_message(self.ItemClicked(self._order[line]))

    def _sort(self) -> None:
        shown = [mark for mark in self._marks.values() if self._is_shown(mark)]
        shown.sort(key=lambda mark: (mark.start, -mark.end, mark.is_trigger, mark.id))
        order = [mark.id for mark in shown]
        if order != self._order:
            self._order = order
            self._lines = {mark_id: line for line, mark_id in enumerate(order)}
            self.virtual_size = Size(self.size.width, len(order))
            self.refresh()

    def _keeps_place(self, mark_id: str, mark: Mark | None) -> bool:
        """Whether the list looks the same but for this line."""
        old = self._marks.get(mark_id)
        if old is None or mark is None or old.ranges != mark.ranges:
            return False
        return self._is_shown(old) == self._is_shown(mark)

    def _words(self, mark: Mark) -> str:
        return " ".join(self._text[start:end] for start, end in mark.ranges)

    def _is_shown(self, mark: Mark) -> bool:
        if mark.status is Status.REJECTED and not self._show_rejected:
            return False
        if not self._wanted:
            return True
        found = f"{mark.tag} {mark.status.value} {self._words(mark)}".casefold()
        return all(word in found for word in self._wanted)

    def _refresh(self, item_id: str) -> None:
        line = self._lines.get(item_id)
        if line is not None and 0 <= line - round(self.scroll_y) < self.size.height:
            self.touch(line - round(self.scroll_y))

    def _reveal(self) -> None:
        line = self._lines.get(self._current)
        if line is None or not self.size.height:
            return
        if not 0 <= line - round(self.scroll_y) < self.size.height:
            self.scroll_to(y=max(line - self.size.height // 3, 0), animate=False, immediate=True)
