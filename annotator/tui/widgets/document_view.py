"""The article with its marks: one scrolling widget that draws its own rows.

It is told what to show (`show`, `change`, `focus_on`) and reports what the mouse did. Only rows
that look different are drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from annotator.model.span import Range
from annotator.tui.page.focus import Focus
from annotator.tui.page.marks import Mark
from annotator.tui.page.page import Density, Page
from annotator.tui.page.painter import GUTTER, Painter
from annotator.tui.page.pointing import edge_at, item_at, nearest_offset, offset_at
from annotator.tui.theme import Palette, styled
from annotator.tui.widgets.direct import Direct

_WIDEST_TEXT = 110
"""Longer lines are hard to read, so a wide terminal leaves the rest blank."""
_ROLL = 0.05
"""Seconds for each line by which the text rolls while the mouse is drawn beyond its end."""
_DOUBLE = 2


@dataclass(slots=True)
class _Drag:
    """What the mouse has got hold of: an end of a bracket, else the text."""

    edge: tuple[Mark, bool] | None
    """The mark, and whether it is drawn by where it begins."""
    start: int | None
    """Where in the text it began."""
    to: int | None = None


class DocumentView(Direct, ScrollView, can_focus=True):
    """Shows one document; scrolls by the screen, so that most keys repaint a few rows only."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DocumentView {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
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
    class ItemClicked(Message):
        """The bracket of a span or event was clicked."""

        item_id: str

    @dataclass
    class EdgeDragged(Message):
        """An end of a bracket was drawn to a character of the text."""

        item_id: str
        at_start: bool
        offset: int

    @dataclass
    class TextClicked(Message):
        """A character of the text was clicked."""

        offset: int

    @dataclass
    class TextDragged(Message):
        """The mouse was drawn over the text from one character to another, onward or back."""

        start: int
        end: int

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._text = ""
        self._title: Range = (0, 0)
        self._density = Density.ROOMY
        self._show_rejected = False
        self._focus = Focus()
        self._page = Page("", 80, ())
        self._painter = Painter(self._page, palette, self._title)
        self._cache: dict[int, list[Strip]] = {}
        self._drag: _Drag | None = None
        self._pointer = (0, 0)
        self._rolling: Timer | None = None

    # -- what is shown ------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The layout in force."""
        return self._page

    @property
    def density(self) -> Density:
        """How much room the marks get."""
        return self._density

    def show(self, text: str, marks: Iterable[Mark], title: Range, focus: Focus) -> None:
        """Show another document."""
        self._text = text
        self._title = title
        self._focus = focus
        self._lay_out(marks)
        self.scroll_to(y=0, animate=False, immediate=True)
        self._reveal()

    def change(self, changed: Mapping[str, Mark | None], focus: Focus) -> None:
        """Show marks that are new or different, None takes one away; then move the focus."""
        before = self._rows_in(self._focus)
        dirty, moved = self._page.change(changed)
        self._focus = focus
        if moved:
            self.virtual_size = Size(self.size.width, self._page.lines)
        self._repaint(dirty | before | self._rows_in(focus), below=moved)
        self._reveal()

    def focus_on(self, focus: Focus) -> None:
        """Move cursor, current item, selection and hints."""
        old, self._focus = self._focus, focus
        if old != focus:
            self._repaint(self._rows_in(old) | self._rows_in(focus))
            self._reveal()

    def set_density(self, density: Density) -> None:
        """Give the marks more or less room."""
        self._density = density
        self._lay_out(self._page.marks.values())
        self._reveal()

    def set_rejected(self, *, shown: bool) -> None:
        """Show or hide what was rejected."""
        self._show_rejected = shown
        self._lay_out(self._page.marks.values())
        self._reveal()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self._palette = palette
        self._painter = Painter(self._page, palette, self._title)
        self._cache.clear()
        self.refresh()

    def visible_ids(self) -> list[str]:
        """The ids of the marks on the screen, in reading order."""
        first, _ = self._page.at_line(round(self.scroll_y))
        last, _ = self._page.at_line(round(self.scroll_y) + max(self.size.height - 1, 0))
        seen: dict[str, Mark] = {}
        for row in range(first, last + 1):
            seen.update({mark.id: mark for mark in self._page.visible_marks(row)})
        return sorted(seen, key=lambda key: (seen[key].start, -seen[key].end))

    def visible_range(self) -> Range:
        """The text on the screen, in code points."""
        page = self._page
        first, above = page.at_line(round(self.scroll_y))
        last, _ = page.at_line(round(self.scroll_y) + max(self.size.height - 1, 0))
        return page.rows[min(first + (above > 0), last)].start, page.rows[last].end

    # -- painting -----------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a part of the widget, wrapped first where the width is another one."""
        if self._page.width != self._text_width:
            self._lay_out(self._page.marks.values())
            self._reveal()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        return self._line(y, self.scrollable_content_region.width)

    def _line(self, y: int, width: int) -> Strip:
        line = y + round(self.scroll_y)
        if line >= self._page.lines:
            blank = styled(self._palette.foreground, self._palette.background)
            return Strip([Segment(" " * width, blank)], width)
        row, sub = self._page.at_line(line)
        strips = self._cache.get(row)
        if strips is None:
            strips = self._cache[row] = self._painter.strips(row, self._focus, width)
        return strips[sub]

    def on_resize(self) -> None:
        """Wrap anew where the width changed."""
        if self._page.width != self._text_width:
            self._lay_out(self._page.marks.values())
        self._cache.clear()
        self._reveal()

    @property
    def _text_width(self) -> int:
        room = self.scrollable_content_region.width - GUTTER - 1
        return max(min(room, _WIDEST_TEXT), 8)

    def _lay_out(self, marks: Iterable[Mark]) -> None:
        has_room = self.size.width > 0  # else there is no width yet to wrap at
        self._page = Page(
            self._text if has_room else "",
            self._text_width if has_room else 0,
            list(marks),
            density=self._density,
            show_rejected=self._show_rejected,
        )
        self._painter = Painter(self._page, self._palette, self._title)
        self._cache.clear()
        self.virtual_size = Size(self.size.width, self._page.lines)
        self.refresh()

    def _repaint(self, dirty: set[int], *, below: bool = False) -> None:
        """Draw rows anew, and all lines `below` the first of them; refresh what looks different."""
        for row in dirty:
            self._cache.pop(row, None)
        page, first, height = self._page, round(self.scroll_y), self.size.height
        lines = {page.top(row) + sub for row in dirty for sub in range(page.height(row))}
        if below and dirty:
            lines.update(range(max(page.top(min(dirty)), first), first + height))
        width = self.scrollable_content_region.width
        for y in sorted(line - first for line in lines if first <= line < first + height):
            drawn, line = self.drawn(y), self._line(y, width)
            if line is not drawn and line != drawn:
                self.touch(y)

    def _rows_in(self, focus: Focus) -> set[int]:
        page = self._page
        first, last = focus.cursor
        rows = {*page.rows_of(focus.current)}
        rows.update(range(page.row_of(first), page.row_of(max(last - 1, first)) + 1))
        if focus.event:
            frame = page.frame(focus.event)
            rows.update(range(frame[0], frame[-1] + 1) if frame else ())
            mark = page.marks.get(focus.event)
            for _, target in mark.arguments if mark else ():
                rows.update(page.rows_of(target))
        if focus.selection:
            first, last = focus.selection
            rows.update(range(page.row_of(first), page.row_of(max(last - 1, first)) + 1))
        for item_id in focus.hints:
            rows.update(page.rows_of(item_id))
        rows.update(page.row_of(offset) for offset in focus.word_hints)
        for first, last in (*focus.occurrences, *focus.hits):
            rows.update(range(page.row_of(first), page.row_of(last - 1) + 1))
        return rows

    def _reveal(self) -> None:
        """Scroll by most of a screen where the cursor's row is not wholly visible."""
        if self.size.height == 0 or self._drag is not None:
            return
        page = self._page
        row = page.row_of(self._focus.cursor[0])
        top, bottom = page.top(row), page.top(row) + page.height(row)
        first = round(self.scroll_y)
        if first <= top and bottom <= first + self.size.height:
            return
        lead = self.size.height // 5 if top > first else self.size.height * 3 // 5
        self.scroll_to(y=max(top - lead, 0), animate=False, immediate=True)

    # -- the mouse ----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag, or report a click on a bracket."""
        line, column = event.y + round(self.scroll_y), event.x - GUTTER
        if event.button != 1 or not 0 <= line < self._page.lines:
            return
        item_id = item_at(self._page, line, column)
        offset = offset_at(self._page, line, column)
        edge = edge_at(self._page, line, column)
        if item_id:
            self.post_message(self.ItemClicked(item_id))
        elif offset is not None:
            self.post_message(self.TextClicked(offset))
        if edge is not None or offset is not None:
            self._drag = _Drag(edge, offset)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with a drag; beyond the first or last line the text rolls."""
        if self._drag is None:
            return
        self._pointer = event.x, event.y
        if 0 <= event.y < self.size.height:
            self._stop_rolling()
        elif self._rolling is None:
            self._rolling = self.set_interval(_ROLL, self._roll)
        self._drag_on(self._drag)

    def on_mouse_up(self) -> None:
        """End a drag."""
        drag, self._drag = self._drag, None
        self._stop_rolling()
        if drag is not None:
            self.release_mouse()
            if drag.edge is not None and drag.to is not None:
                mark, at_start = drag.edge
                self.post_message(self.EdgeDragged(mark.id, at_start, drag.to))

    def on_click(self, event: events.Click) -> None:
        """Report the word of a double click as one that was drawn over."""
        offset = offset_at(self._page, event.y + round(self.scroll_y), event.x - GUTTER)
        if event.chain == _DOUBLE and offset is not None:
            self.post_message(self.TextDragged(offset, offset))

    def _roll(self) -> None:
        """Scroll by a line towards the pointer."""
        step = -1 if self._pointer[1] < 0 else 1
        self.scroll_to(y=self.scroll_y + step, animate=False, immediate=True)
        if self._drag is not None:
            self._drag_on(self._drag)

    def _stop_rolling(self) -> None:
        if self._rolling is not None:
            self._rolling.stop()
            self._rolling = None

    def _drag_on(self, drag: _Drag) -> None:
        """Report how far a drag over text has come; of an edge, only show it."""
        x, y = self._pointer
        line = min(max(y, 0), self.size.height - 1) + round(self.scroll_y)
        offset = nearest_offset(self._page, line, x - GUTTER)
        if offset is None or offset == (drag.start if drag.to is None else drag.to):
            return
        drag.to = offset
        if drag.edge is None:
            self.post_message(self.TextDragged(drag.start or 0, offset))
            return
        mark, at_start = drag.edge
        start, end = (offset, mark.end) if at_start else (mark.start, offset + 1)
        self.focus_on(replace(self._focus, selection=(start, end) if start < end else None))
