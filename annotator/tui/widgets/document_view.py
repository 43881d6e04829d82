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

from annotator.model.span import Range
from annotator.tui.difference import last_difference
from annotator.tui.focus import Focus
from annotator.tui.marks import Mark
from annotator.tui.page import Density, Page
from annotator.tui.painter import GUTTER, Painter
from annotator.tui.theme import Palette, styled

_WIDEST_TEXT = 110
"""Longer lines are hard to read, so a wide terminal leaves the rest blank."""


class DocumentView(ScrollView, can_focus=True):
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
        """The mouse was drawn over the text from one character to another."""

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
        self._shown: dict[int, Strip] = {}
        """The strips that were given out last, by line."""
        self._drag_from: int | None = None
        self._drag_edge: tuple[Mark, bool] | None = None
        self._edge_to: int | None = None

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
        self._repaint(dirty | before | self._rows_in(focus))
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

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        strip = self._shown[y] = self._line(y, self.scrollable_content_region.width)
        return strip

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

    def _repaint(self, dirty: Iterable[int]) -> None:
        """Draw rows anew, and send what looks different then."""
        for row in dirty:
            self._cache.pop(row, None)
        width = self.scrollable_content_region.width
        for y in range(self.size.height):
            shown = self._shown.get(y)
            end = last_difference(shown, self._line(y, width)) if shown is not None else width
            if end:
                self.refresh(Region(0, y, end, 1))

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
        if self.size.height == 0:
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
        item_id, offset = self._hit(event.x, event.y)
        if item_id:
            self.post_message(self.ItemClicked(item_id))
            self._drag_edge, self._edge_to = self._edge(event.x, event.y), None
            if self._drag_edge is not None:
                self.capture_mouse()
        elif offset is not None:
            self._drag_from = offset
            self.capture_mouse()
            self.post_message(self.TextClicked(offset))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Report how far a drag has come; of an edge, only show it."""
        if self._drag_edge is not None:
            mark, at_start = self._drag_edge
            self._show_edge(event, mark, at_start=at_start)
            return
        if self._drag_from is None:
            return
        _, offset = self._hit(event.x, event.y)
        if offset is not None and offset != self._drag_from:
            start, end = sorted((self._drag_from, offset))
            self.post_message(self.TextDragged(start, end + 1))

    def on_mouse_up(self) -> None:
        """End a drag."""
        if self._drag_edge is not None:
            (mark, at_start), self._drag_edge = self._drag_edge, None
            self.release_mouse()
            if self._edge_to is not None:
                self.post_message(self.EdgeDragged(mark.id, at_start, self._edge_to))
        if self._drag_from is not None:
            self._drag_from = None
            self.release_mouse()

    def _hit(self, x: int, y: int) -> tuple[str, int | None]:
        """The item whose bracket is at a cell of the widget, or the offset of the text there."""
        line = y + round(self.scroll_y)
        if not 0 <= line < self._page.lines:
            return "", None
        row, sub = self._page.at_line(line)
        column = x - GUTTER
        if sub == 0:
            return "", self._page.rows[row].offset(column)
        for piece in self._page.pieces(row):
            right = max(piece.right, piece.left + len(piece.mark.tag) + 1)
            if piece.lane == sub - 1 and piece.left <= column < right:
                return piece.mark.id, None
        return "", None

    def _edge(self, x: int, y: int) -> tuple[Mark, bool] | None:
        """The mark whose bracket ends at a cell of the widget, and whether it begins there."""
        row, sub = self._page.at_line(y + round(self.scroll_y))
        column = x - GUTTER
        for piece in self._page.pieces(row):
            first, last = piece.stretches[0], piece.stretches[-1]
            if piece.lane != sub - 1:
                continue
            if column == last.right - 1 and last.ends and not piece.joins_after:
                return piece.mark, False
            if column == first.left and piece.begins:
                return piece.mark, True
        return None

    def _show_edge(self, event: events.MouseMove, mark: Mark, *, at_start: bool) -> None:
        """Select what the mark would be if the drag ended here."""
        line = event.y + round(self.scroll_y)
        row = self._page.rows[self._page.at_line(min(max(line, 0), self._page.lines - 1))[0]]
        offset = row.offset(min(max(event.x - GUTTER, 0), max(row.width - 1, 0)))
        if offset is None:
            return
        self._edge_to = offset
        start, end = (offset, mark.end) if at_start else (mark.start, offset + 1)
        selection = (start, end) if start < end else None
        self.focus_on(replace(self._focus, selection=selection))
