"""What the annotator did, the newest first, and every comment: to look at and to go there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip

from annotator.session.history_entries import PAGE, HistoryEntry
from annotator.session.history_text import HistoryText
from annotator.session.session import Session
from annotator.text.safe_text import pictured, shortened
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import fitted
from annotator.tui.panels.catalogue_panel import keys_strip, note_strip
from annotator.tui.theme import Palette, styled
from annotator.tui.widgets.row_list import RowList
from annotator.tui.widgets.sheet import Sheet

_HINTS = (("↑↓", "choose"), ("Enter", "go there"), ("Tab", "what is listed"), ("Esc", "back"))
_TIME = 13
_SHOWN = 3
"""Deeds of one row that are told; of the others only how many there are."""


class Scope(StrEnum):
    """What is listed."""

    ALL = "all documents"
    HERE = "this document"
    COMMENTS = "comments"


_SCOPES = tuple(Scope)
HistoryPlace = tuple[str, str]
"""The id of a document and of an item in it, empty for none."""


class HistoryScreen(Screen[HistoryPlace | None]):
    """Gives the place of the chosen line, None where it was left with Esc."""

    BLANK = True
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("escape,q", "leave", "back", priority=True),
        Binding("down,j", "move(1)", "next", priority=True),
        Binding("up,k", "move(-1)", "previous", priority=True),
        Binding("pagedown,space", "page(1)", "page down", priority=True),
        Binding("pageup", "page(-1)", "page up", priority=True),
        Binding("home", "page(-10000000)", "newest", priority=True),
        Binding("end", "page(10000000)", "oldest of those read", priority=True),
        Binding("tab", "scope(1)", "what is listed", priority=True),
        Binding("shift+tab", "scope(-1)", "what is listed", priority=True),
        Binding("enter", "choose", "go there", priority=True),
    ]

    def __init__(self, session: Session, palette: Palette) -> None:
        super().__init__()
        self._chronicle = session.history_entries
        self._here = session.state.document.id
        self._palette = palette
        self._scope = Scope.ALL
        self._rows: list[HistoryEntry] = []
        self._has_more = False
        self._top, self._keys = Sheet(id="top"), Sheet(id="keys")
        self._list = RowList(self._paint, id="list")

    def compose(self) -> ComposeResult:
        """What is listed, then the rows."""
        yield self._top
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """Read the newest rows."""
        self._read()

    def on_resize(self) -> None:
        """Draw the lines anew."""
        self._draw()

    def action_move(self, step: int) -> None:
        """Go to another line."""
        self._list.move(step)
        self._grow_at_end()

    def action_page(self, step: int) -> None:
        """Go on by a screen."""
        self._list.page(step)
        self._grow_at_end()

    def action_scope(self, step: int) -> None:
        """List something else."""
        self._scope = _SCOPES[(_SCOPES.index(self._scope) + step) % len(_SCOPES)]
        self._read()

    def action_leave(self) -> None:
        """Go back to the document."""
        self.dismiss(None)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Go to where the current line happened."""
        if self._rows:
            row = self._rows[self._list.current]
            self.dismiss((row.document_id, row.item_id))

    @on(Sheet.Chosen, "#top")
    def _scope_clicked(self, event: Sheet.Chosen) -> None:
        self._scope = Scope(event.name)
        self._read()

    def _read(self) -> None:
        if self._scope is Scope.COMMENTS:
            self._rows, self._has_more = list(self._chronicle.comments()), False
        else:
            self._rows = []
            self._read_on()
        self._list.show(len(self._rows))
        self._draw()

    def _read_on(self) -> None:
        """Read the rows before those that are there."""
        before = self._rows[-1].seq if self._rows else None
        only = self._here if self._scope is Scope.HERE else None
        found = self._chronicle.page(before, only)
        self._rows += found
        self._has_more = len(found) == PAGE

    def _grow_at_end(self) -> None:
        if self._list.current == len(self._rows) - 1:
            self._grow()

    def _grow(self) -> None:
        if self._has_more:
            self._read_on()
            self._list.grow(len(self._rows))

    # -- showing ------------------------------------------------------------------------------

    def _draw(self) -> None:
        width, palette = self.size.width, self._palette
        if not width:
            return
        canvas = Canvas(width, styled(palette.foreground, palette.panel))
        canvas.put(0, "▌", styled(palette.primary, palette.panel))
        column = canvas.put(2, "History", styled(palette.foreground, palette.panel, bold=True)) + 2
        for scope in Scope:
            chosen = scope is self._scope
            faint = styled(palette.faint, palette.panel)
            style = palette.chip(palette.primary) if chosen else faint
            meant = style + Style(meta={"name": str(scope)})
            column = canvas.put(column, f" {scope} ", meant) + 1
        self._top.show([canvas.strip()])
        self._keys.show([keys_strip(_HINTS, palette, width)])

    def _paint(self, index: int, width: int, current: bool) -> Strip:  # noqa: FBT001
        if index < 0:
            is_note = index == -1 and not self._rows
            nothing = "No comments." if self._scope is Scope.COMMENTS else "Nothing was done yet."
            return note_strip(nothing if is_note else "", self._palette, width)
        if index == len(self._rows) - 1 and self._has_more:
            self.call_later(self._grow)
        return self._row_strip(self._rows[index], width, current=current)

    def _row_strip(self, row: HistoryEntry, width: int, *, current: bool) -> Strip:
        palette = self._palette
        background = palette.panel if current else palette.background
        canvas = Canvas(width, styled(palette.foreground, background))
        faint = styled(palette.faint, background)
        if current:
            canvas.put(0, "▌", styled(palette.primary, background))
        column = 2
        if row.at:
            canvas.put(column, _local(row.at), faint)
            column += _TIME
        if self._scope is not Scope.HERE:
            room = min(max(width // 4, 8), 40)
            canvas.put(column, fitted(shortened(row.title, 100), room - 2), faint)
            column += room
        column = canvas.put(column, row.prefix, faint)
        for number, deed in enumerate(row.history_texts[:_SHOWN]):
            column = canvas.put(column, "; " if number else "", faint)
            column = self._put_deed(canvas, column, deed, background, current=current)
        if len(row.history_texts) > _SHOWN:
            canvas.put(column, f" and {len(row.history_texts) - _SHOWN} more", faint)
        return canvas.strip()

    def _put_deed(
        self, canvas: Canvas, column: int, deed: HistoryText, background: str, *, current: bool
    ) -> int:
        palette = self._palette
        plain = styled(palette.foreground, background, bold=current)
        column = canvas.put(column, pictured(deed.verb), plain)
        if deed.label:
            hue = palette.event if deed.is_event else palette.label(deed.label)
            label = f" {'◆' if deed.is_event else ''}{pictured(deed.label)}"
            column = canvas.put(column, label, styled(hue, background, bold=True))
            column = canvas.put(column, f" “{deed.words}”", plain)
        detail = f" {pictured(deed.detail)}" if deed.detail else ""
        return canvas.put(column, detail, styled(palette.faint, background))


def _local(at: str) -> str:
    """A time in UTC as the clock on the wall shows it, without the year."""
    return f"{datetime.fromisoformat(at).astimezone():%m-%d %H:%M}"
