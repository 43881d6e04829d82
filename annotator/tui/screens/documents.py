"""The list of documents: sorted, filtered, searched by what is typed, and opened."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input

from annotator.errors import AnnotatorError
from annotator.session.filtering import filter_text, typed_filter
from annotator.session.session import Session
from annotator.store.filter import Filter, Standing
from annotator.store.search import Column, Listed
from annotator.tui.panels.catalogue_panel import (
    document_strip,
    headings_strip,
    keys_strip,
    note_strip,
    standings_strip,
)
from annotator.tui.theme import Palette
from annotator.tui.widgets.row_list import RowList
from annotator.tui.widgets.sheet import Sheet

_PAGE = 64
"""Documents read at a time."""
_HINTS = (
    ("Enter", "open"),
    ("Tab", "status"),
    ("F2-F7", "sort"),
    ("Ctrl+F", "go through these"),
    ("Esc", "back"),
)
_STANDINGS = (None, *Standing)
_COLUMNS = tuple(Column)


@dataclass(frozen=True, slots=True)
class DocumentChoice:
    """The document to go to, and the filter through which the queue is to go from now on."""

    document_id: str
    filter: Filter | None = None


class DocumentsScreen(Screen[DocumentChoice | None]):
    """Gives the chosen document, None where it was left with Esc.

    Only the lines on the screen are read; what is asked for is looked up in a thread.
    """

    BLANK = True
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("escape", "leave", "back", priority=True),
        Binding("down", "move(1)", "next", priority=True),
        Binding("up", "move(-1)", "previous", priority=True),
        Binding("pagedown", "page(1)", "page down", priority=True),
        Binding("pageup", "page(-1)", "page up", priority=True),
        Binding("ctrl+end", "page(10000000)", "last", priority=True),
        Binding("ctrl+home", "page(-10000000)", "first", priority=True),
        Binding("tab", "standing(1)", "status", priority=True),
        Binding("shift+tab", "standing(-1)", "status", priority=True),
        Binding("ctrl+s", "next_column", "sort", priority=True),
        Binding("ctrl+r", "turn", "other way round", priority=True),
        Binding("ctrl+f", "keep", "go through these", priority=True),
        *(
            Binding(f"f{number}", f"sort('{column}')", "sort", priority=True)
            for number, column in enumerate(Column, 2)
        ),
    ]

    def __init__(self, session: Session, palette: Palette) -> None:
        super().__init__()
        self._session = session
        self._catalogue = session.catalogue
        self._palette = palette
        self._standing = session.filter.standing
        self._column = Column.NUMBER
        self._falling = False
        self._positions: tuple[int, ...] | None = None
        self._lines: dict[int, tuple[Listed, ...]] = {}
        self._problem = ""
        self._total = session.position[1]
        self._top, self._headings, self._keys = (
            Sheet(id="top"),
            Sheet(id="headings"),
            Sheet(id="keys"),
        )
        typed = filter_text(replace(session.filter, standing=None))
        hint = "words of the title or text, label:ORG, source:patterns, score:<0.5"
        self._typed = Input(typed, placeholder=hint, id="asked", compact=True)
        self._list = RowList(self._paint, id="list")

    def compose(self) -> ComposeResult:
        """What is asked for, then the documents."""
        yield self._top
        yield self._typed
        yield self._headings
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """Show all documents at once; where there is a filter, what it finds follows."""
        self._typed.focus()
        if self._session.filter.is_empty:
            self._positions = self._catalogue.all()
            self._show(keep=True)
        else:
            self._ask(keep=True)

    def on_resize(self) -> None:
        """Draw the lines anew."""
        self._draw()

    # -- asking -------------------------------------------------------------------------------

    @property
    def filter(self) -> Filter:
        """What is asked for."""
        typed = typed_filter(self._typed.value)
        return replace(typed, standing=self._standing or typed.standing)

    @on(Input.Changed, "#asked")
    def _changed(self) -> None:
        self._ask(keep=False)

    def _ask(self, *, keep: bool) -> None:
        """Look for what is asked for now; with `keep` the open document stays the current line."""
        self._draw()
        self.run_worker(self._find(keep=keep), group="find", exclusive=True)

    async def _find(self, *, keep: bool) -> None:
        find = self._catalogue.matching
        self._problem = ""
        try:
            self._positions = await asyncio.to_thread(
                find, self.filter, self._column, falling=self._falling
            )
        except AnnotatorError as error:
            self._positions, self._problem = (), str(error)
        self._show(keep=keep)

    def _show(self, *, keep: bool) -> None:
        positions = self._positions or ()
        self._lines.clear()
        here = self._session.position[0]
        self._list.show(len(positions), positions.index(here) if keep and here in positions else 0)
        self._draw()

    # -- keys and mouse -----------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Go to another line."""
        self._list.move(step)

    def action_page(self, step: int) -> None:
        """Go on by a screen."""
        self._list.page(step)

    def action_standing(self, step: int) -> None:
        """Ask for the next standing."""
        place = _STANDINGS.index(self._standing)
        self._standing = _STANDINGS[(place + step) % len(_STANDINGS)]
        self._ask(keep=True)

    def action_sort(self, column: str) -> None:
        """Sort by a column, and the other way round where it is sorted by it already."""
        chosen = Column(column)
        self._falling = chosen is self._column and not self._falling
        self._column = chosen
        self._ask(keep=True)

    def action_next_column(self) -> None:
        """Sort by the next column."""
        place = _COLUMNS.index(self._column)
        self.action_sort(_COLUMNS[(place + 1) % len(_COLUMNS)])

    def action_turn(self) -> None:
        """Sort the other way round."""
        self.action_sort(self._column)

    def action_keep(self) -> None:
        """Open the document, and let the queue go through what matches."""
        self._choose(self.filter)

    def action_leave(self) -> None:
        """Go back to the document."""
        self.dismiss(None)

    @on(Input.Submitted, "#asked")
    @on(RowList.Chosen)
    def _open(self) -> None:
        self._choose(None)

    @on(Sheet.Chosen, "#top")
    def _standing_clicked(self, event: Sheet.Chosen) -> None:
        self._standing = Standing(event.name) if event.name in list(Standing) else None
        self._ask(keep=True)

    @on(Sheet.Chosen, "#headings")
    def _heading_clicked(self, event: Sheet.Chosen) -> None:
        self.action_sort(event.name)

    def _choose(self, kept: Filter | None) -> None:
        line = self._line(self._list.current)
        if line is not None:
            self.dismiss(DocumentChoice(line.id, kept))

    # -- showing ------------------------------------------------------------------------------

    def _draw(self) -> None:
        width, palette = self.size.width, self._palette
        if not width:
            return
        found = None if self._positions is None else len(self._positions)
        standing = self.filter.standing
        self._top.show([standings_strip(standing, found, self._total, palette, width)])
        self._headings.show([headings_strip(self._column, palette, width, falling=self._falling)])
        self._keys.show([keys_strip(_HINTS, palette, width)])

    def _paint(self, index: int, width: int, current: bool) -> Strip:  # noqa: FBT001
        line = self._line(index) if index >= 0 else None
        if line is not None:
            name = self._session.annotator
            return document_strip(line, name, self._palette, width, current=current)
        nothing = "No document matches." if self._total else "There are no documents."
        is_note = index == -1 and self._positions == ()
        return note_strip((self._problem or nothing) if is_note else "", self._palette, width)

    def _line(self, index: int) -> Listed | None:
        """The document of a line; read with those around it."""
        positions = self._positions or ()
        if not 0 <= index < len(positions):
            return None
        page, place = divmod(index, _PAGE)
        if page not in self._lines:
            self._lines[page] = self._catalogue.lines(positions[page * _PAGE : (page + 1) * _PAGE])
        return self._lines[page][place]
