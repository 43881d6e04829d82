"""The spans behind a number: where annotators differ, kind by kind, to go there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip

from annotator.agreement.differences import Difference
from annotator.agreement.tallies.statistics import Pair
from annotator.model.document import Document
from annotator.text.safe_text import pictured
from annotator.tui.agreement.listing import (
    Group,
    Row,
    detail_strips,
    difference_strip,
    group_strip,
    groups,
    rows,
)
from annotator.tui.agreement.query import Query
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import fitted
from annotator.tui.panels.catalogue_panel import keys_strip, note_strip
from annotator.tui.theme import Palette, styled
from annotator.tui.widgets.row_list import RowList
from annotator.tui.widgets.sheet import Sheet

Find = Callable[[tuple[Pair, ...]], tuple[Difference, ...]]
_ALL = "all"
_HINTS = (("↑↓", "choose"), ("Enter", "go there"), ("Tab", "kind"), ("Esc", "back"))
_ADJUDICATE = ("a", "adjudicate")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where annotators differ."""

    document_id: str
    item_ids: tuple[str, ...]
    """What the two have there, by the ids of either."""
    offset: int
    adjudicates: bool = False
    """Whether to settle it there, or only to look at it."""


class DifferencesScreen(Screen[Spot | None]):
    """Gives the place of the chosen difference, None where it was left with Esc."""

    BLANK = True
    AUTO_FOCUS = ""
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("escape,q", "leave", "back"),
        Binding("down,j", "move(1)", "next"),
        Binding("up,k", "move(-1)", "previous"),
        Binding("pagedown,space", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
        Binding("home", "page(-10000000)", "first"),
        Binding("end", "page(10000000)", "last"),
        Binding("tab", "kind(1)", "kind"),
        Binding("shift+tab", "kind(-1)", "kind"),
        Binding("enter", "choose", "go there"),
        Binding("a", "adjudicate", "adjudicate"),
    ]

    def __init__(
        self,
        sought: Query,
        find: Find,
        document: Callable[[str], Document],
        palette: Palette,
        *,
        can_adjudicate: bool = False,
    ) -> None:
        super().__init__()
        self._sought, self._find, self._document = sought, find, document
        self._palette = palette
        self._can_adjudicate = can_adjudicate
        self._groups: tuple[Group, ...] | None = None
        self._kind = _ALL
        self._rows: list[Row] = []
        self._top, self._detail, self._keys = (
            Sheet(id="top"),
            Sheet(id="detail"),
            Sheet(id="keys"),
        )
        self._list = RowList(self._paint, id="list")

    def compose(self) -> ComposeResult:
        """What is listed, the rows, and the current one in the words around it."""
        yield self._top
        yield self._list
        yield self._detail
        yield self._keys

    def on_mount(self) -> None:
        """Look for the differences in a thread."""
        self._draw()
        self.run_worker(self._look(), exclusive=True)

    def on_resize(self) -> None:
        """Draw the lines anew."""
        self._draw()

    async def _look(self) -> None:
        found = await asyncio.to_thread(self._find, self._sought.pairs)
        self._groups = groups(one for one in found if self._sought.fits(one))
        self._show()

    def _show(self) -> None:
        shown = [g for g in self._groups or () if self._kind in (_ALL, g.name)]
        self._rows = rows(shown)
        self._list.show(len(self._rows), 1)
        self._draw()

    # -- keys and mouse -----------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Go to another difference, over the names of kinds."""
        here = self._list.current + step
        while 0 <= here < len(self._rows) and isinstance(self._rows[here], Group):
            here += step
        if 0 <= here < len(self._rows):
            self._list.move(here - self._list.current)

    def action_page(self, step: int) -> None:
        """Go on by a screen."""
        self._list.page(step)
        if self.current is None:
            self.action_move(-1 if self._list.current else 1)

    def action_kind(self, step: int) -> None:
        """List another kind only."""
        names = [_ALL, *(group.name for group in self._groups or ())]
        self._kind = names[(names.index(self._kind) + step) % len(names)]
        self._show()

    def action_leave(self) -> None:
        """Go back to the numbers."""
        self.dismiss(None)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        """Go to the current difference in its document."""
        self._go(adjudicates=False)

    def action_adjudicate(self) -> None:
        """Settle the current difference, where that can be done."""
        if self._can_adjudicate:
            self._go(adjudicates=True)

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._draw()

    @on(Sheet.Chosen, "#top")
    def _kind_clicked(self, event: Sheet.Chosen) -> None:
        self._kind = event.name
        self._show()

    @property
    def current(self) -> Difference | None:
        """The difference that keys act on."""
        here = self._list.current
        row = self._rows[here] if 0 <= here < len(self._rows) else None
        return row if isinstance(row, Difference) else None

    def _go(self, *, adjudicates: bool) -> None:
        one = self.current
        if one is not None:
            ids = tuple(item for item in (one.id_a, one.id_b) if item is not None)
            self.dismiss(Spot(one.document_id, ids, one.place[0], adjudicates))

    # -- showing ------------------------------------------------------------------------------

    def _draw(self) -> None:
        width, palette = self.size.width, self._palette
        if not width:
            return
        self._top.show([self._top_strip(width)])
        one = self.current
        self._detail.show(
            detail_strips(one, self._document(one.document_id), palette, width) if one else []
        )
        hints = (*_HINTS[:2], _ADJUDICATE, *_HINTS[2:]) if self._can_adjudicate else _HINTS
        self._keys.show([keys_strip(hints, palette, width)])

    def _top_strip(self, width: int) -> Strip:
        palette = self._palette
        canvas = Canvas(width, styled(palette.foreground, palette.panel))
        faint = styled(palette.faint, palette.panel)
        canvas.put(0, "▌", styled(palette.primary, palette.panel))
        strong = styled(palette.foreground, palette.panel, bold=True)
        title = fitted(pictured(self._sought.title), width // 2)
        column = canvas.put(2, title, strong) + 2
        total = sum(len(group.found) for group in self._groups or ())
        names = [(_ALL, total), *((group.name, len(group.found)) for group in self._groups or ())]
        for name, count in names:
            style = palette.chip(palette.primary) if name == self._kind else faint
            meant = style + Style(meta={"name": name})
            column = canvas.put(column, f" {name} {count:,} ", meant) + 1
        return canvas.strip()

    def _paint(self, index: int, width: int, current: bool) -> Strip:  # noqa: FBT001
        if not 0 <= index < len(self._rows):
            return note_strip(self._note() if index == -1 else "", self._palette, width)
        row: Any = self._rows[index]
        if isinstance(row, Group):
            return group_strip(row, self._palette, width)
        document = self._document(row.document_id)
        return difference_strip(row, document, self._palette, width, current=current)

    def _note(self) -> str:
        if self._groups is None:
            return "Looking…"
        return "" if self._rows else "Nothing differs here."
