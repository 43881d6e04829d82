"""The agreement screen: how far annotators agree, and from any number to the spans behind it."""

from __future__ import annotations

import asyncio

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from annotator.agreement.document_annotations import LAYERS
from annotator.agreement.report.report import Report
from annotator.agreement.tallies.statistics import GOLD
from annotator.errors import AnnotatorError
from annotator.project.live_agreement import AgreementSelection, LiveAgreement
from annotator.text.safe_text import pictured
from annotator.tui.agreement.board import Board
from annotator.tui.agreement.charts import Chart
from annotator.tui.agreement.heat import Matrix
from annotator.tui.agreement.numbers import brief
from annotator.tui.agreement.report_view import (
    LAYER_NAMES,
    MEASURES,
    ReportView,
    Scope,
    label_of,
    scopes,
)
from annotator.tui.agreement.view_state import AskedFor, ViewState, asked
from annotator.tui.agreement.views import View, content
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import fitted
from annotator.tui.panels.catalogue_panel import keys_strip
from annotator.tui.screens.differences import DifferencesScreen, Spot
from annotator.tui.theme import Palette, styled
from annotator.tui.widgets.sheet import Sheet

_HINTS = (
    ("Enter", "spans behind it"),
    ("Tab", "view"),
    ("n", "whose"),
    ("e", "entities/events"),
    ("m", "measure"),
    ("/", "filter"),
    ("Esc", "back"),
)
_TYPING = (("Enter", "keep"), ("Esc", "no filter"))
_PLACEHOLDER = "annotator:mia label:ORG is:done, words of the title or text"
_VIEWS = tuple(View)
_NOTHING_FINISHED = "No document was finished by two. Imported work: `annotator finish`."
_SPINNER = "|/-\\"
_TURN, _LOOK, _PAUSE = 0.1, 1.0, 0.2
"""Seconds: between turns of the spinner, looks for changes, and after a typed character."""


class AgreementScreen(Screen[Spot | None]):
    """Gives a place where annotators differ, None where it was left with Esc.

    What is counted is counted in a thread; what others or the annotator change meanwhile is taken
    in as it comes.
    """

    BLANK = True
    AUTO_FOCUS = ""
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("escape,q", "leave", "back"),
        Binding("down,j", "move(1,0)", "down"),
        Binding("up,k", "move(-1,0)", "up"),
        Binding("right,l", "move(0,1)", "right"),
        Binding("left,h", "move(0,-1)", "left"),
        Binding("pagedown,space", "move(10,0)", "page down"),
        Binding("pageup", "move(-10,0)", "page up"),
        Binding("home", "move(-100000,0)", "first"),
        Binding("end", "move(100000,0)", "last"),
        Binding("tab", "view(1)", "view"),
        Binding("shift+tab", "view(-1)", "view"),
        Binding("n", "whose(1)", "whose"),
        Binding("N", "whose(-1)", "whose"),
        Binding("e", "layer", "entities or events"),
        Binding("m", "measure", "measure"),
        Binding("slash", "filter", "filter"),
        Binding("enter", "choose", "the spans behind it"),
    ]

    def __init__(
        self,
        live: LiveAgreement,
        annotator: str,
        palette: Palette,
        standpoint: ViewState,
        *,
        can_adjudicate: bool = False,
    ) -> None:
        super().__init__()
        self._live = live
        self._annotator = annotator
        self._palette = palette
        self._at = standpoint
        self._can_adjudicate = can_adjudicate
        self._report: Report | None = live.latest
        self._contents: dict[View, Chart | Matrix] = {}
        self._problem = ""
        self._is_counting = True
        self._turn = 0
        self._top, self._scope, self._board = Sheet(id="top"), Sheet(id="scope"), Sheet(id="board")
        self._note, self._keys = Sheet(id="note"), Sheet(id="keys")
        self._typed = Input(standpoint.typed, placeholder=_PLACEHOLDER, id="asked", compact=True)

    def compose(self) -> ComposeResult:
        """Views, whose, what is asked for, the numbers, and what the current one rests on."""
        yield self._top
        yield self._scope
        yield self._typed
        yield self._board
        yield self._note
        yield self._keys

    def on_mount(self) -> None:
        """Count in a thread, and look for changes from now on."""
        self._typed.display = bool(self._at.typed)
        self.set_interval(_TURN, self._spin)
        self.set_interval(_LOOK, self._look_for_changes)
        self._count()

    def on_resize(self) -> None:
        """Draw the lines anew."""
        self.call_after_refresh(self._draw)

    # -- counting -----------------------------------------------------------------------------

    def _count(self, pause: float = 0.0) -> None:
        self._is_counting = True
        self._draw()
        self.run_worker(self._take_report(pause), group="count", exclusive=True)

    async def _take_report(self, pause: float) -> None:
        await asyncio.sleep(pause)
        try:
            self._report = await asyncio.to_thread(self._live.report, self._selection())
            self._problem = "" if self._report.documents else _NOTHING_FINISHED
        except AnnotatorError as error:
            self._problem = f"{error} {error.hint}".strip()
        self._is_counting = False
        self._look_anew()

    def _selection(self) -> AgreementSelection:
        wanted = self._asked
        names = () if self._asked_scope() else wanted.annotators
        return AgreementSelection(names, wanted.documents, self._annotator)

    def _look_for_changes(self) -> None:
        if not self._is_counting and self._live.has_changed:
            self._count()

    def _spin(self) -> None:
        if self._is_counting:
            self._turn += 1
            self._draw_scope()

    # -- what is looked at --------------------------------------------------------------------

    @property
    def _asked(self) -> AskedFor:
        return asked(self._at.typed)

    def _asked_scope(self) -> Scope:
        """One annotator with the others, where one was typed."""
        names = self._asked.annotators
        if len(names) != 1:
            return ()
        wanted = names[0].casefold()
        known = [name for name in self._live.names if name != GOLD]
        found = [name for name in known if name.casefold() == wanted]
        found = found or [name for name in known if wanted in name.casefold()]
        return (found[0],) if len(found) == 1 else ()

    @property
    def report_view(self) -> ReportView | None:
        """What is looked at; None before it was counted for the first time."""
        report = self._report
        if report is None:
            return None
        at, label = self._at, self._asked.label
        wanted = self._asked_scope() or at.scope
        scope = wanted if wanted in scopes(report) else ()
        return ReportView(
            report, at.layer, scope, at.measure, label_of(report, label) if label else ""
        )

    def _content(self, view: View) -> Chart | Matrix:
        shown = self.report_view
        if view not in self._contents and shown is not None:
            self._contents[view] = content(view, shown)
        return self._contents.get(view, Chart("", ()))

    @property
    def cursor(self) -> tuple[int, int]:
        """The row and column that keys act on; never on a heading, if there is anything else."""
        shown = self._content(self._at.view)
        rows, columns = shown.shape
        row, column = self._at.cursors.get(self._at.view) or _first(shown)
        row, column = min(row, max(rows - 1, 0)), min(column, max(columns - 1, 0))
        while row < rows - 1 and shown.at(row, column) is None:
            row += 1
        return row, column

    def _look_anew(self) -> None:
        self._contents.clear()
        self._draw()

    # -- keys and mouse -----------------------------------------------------------------------

    def action_move(self, down: int, right: int) -> None:
        """Go to another number."""
        shown = self._content(self._at.view)
        rows, columns = shown.shape
        row, column = self.cursor
        column = min(max(column + right, 0), max(columns - 1, 0))
        target = min(max(row + down, 0), max(rows - 1, 0))
        onward, back = range(target, rows), range(target, -1, -1)
        ways = (onward, back) if down > 0 else (back, onward)  # headings have no number
        found = (row for way in ways for row in way if shown.at(row, column) is not None)
        self._at.cursors[self._at.view] = next(found, row), column
        self._draw()

    def action_view(self, step: int) -> None:
        """Show another view."""
        self.set_focus(None)
        self._at.view = _VIEWS[(_VIEWS.index(self._at.view) + step) % len(_VIEWS)]
        self._draw()

    def action_whose(self, step: int) -> None:
        """Look at the next pair of annotators, at one with the others, or at all."""
        shown = self.report_view
        if shown is not None:
            known = scopes(shown.report)
            self._at.scope = known[(known.index(shown.scope) + step) % len(known)]
            self._look_anew()

    def action_layer(self) -> None:
        """Look at entities or at the triggers of events."""
        self._at.layer = LAYERS[(LAYERS.index(self._at.layer) + 1) % len(LAYERS)]
        self._look_anew()

    def action_measure(self) -> None:
        """Look at the next measure, in the matrix of annotators and by label."""
        names = list(MEASURES)
        self._at.measure = names[(names.index(self._at.measure) + 1) % len(names)]
        self._look_anew()

    def action_filter(self) -> None:
        """Type which annotators, label and documents are meant."""
        self._typed.display = True
        self.set_focus(self._typed)
        self._draw_keys()

    def action_leave(self) -> None:
        """Take the filter off while it is typed, else go back to the document."""
        if self._typed.has_focus:
            self._typed.clear()
            self._keep_filter()
        else:
            self.dismiss(None)

    def action_choose(self) -> None:
        """List the spans behind the current number."""
        found = self._content(self._at.view).at(*self.cursor)
        if found is not None and found.sought is not None:
            screen = DifferencesScreen(
                found.sought,
                self._live.differences,
                self._live.document,
                self._palette,
                can_adjudicate=self._can_adjudicate,
            )
            self.app.push_screen(screen, self._chosen)  # pyright: ignore[reportUnknownMemberType]  # open there

    def _chosen(self, spot: Spot | None) -> None:
        if spot is not None:
            self.dismiss(spot)

    @on(Input.Submitted, "#asked")
    def _keep_filter(self) -> None:
        self.set_focus(None)
        self._typed.display = bool(self._typed.value)
        self._draw()

    @on(Input.Changed, "#asked")
    def _changed(self) -> None:
        if self._typed.value != self._at.typed:
            self._at.typed = self._typed.value
            self._at.cursors.clear()
            self._contents.clear()
            self._count(_PAUSE)

    @on(Sheet.Chosen, "#top")
    def _view_clicked(self, event: Sheet.Chosen) -> None:
        self._at.view = View(event.name)
        self._draw()

    # -- showing ------------------------------------------------------------------------------

    def _draw(self) -> None:
        if not self.size.width:
            return
        self._draw_top()
        self._draw_scope()
        self._draw_board()
        self._draw_note()
        self._draw_keys()

    def _draw_top(self) -> None:
        width, palette = self.size.width, self._palette
        canvas = Canvas(width, styled(palette.foreground, palette.panel))
        faint = styled(palette.faint, palette.panel)
        canvas.put(0, "▌", styled(palette.primary, palette.panel))
        strong = styled(palette.foreground, palette.panel, bold=True)
        column = canvas.put(2, "Agreement", strong) + (2 if width >= 80 else 0)
        for view in View:
            style = palette.chip(palette.primary) if view is self._at.view else faint
            meant = style + Style(meta={"name": str(view)})
            column = canvas.put(column, f" {view} ", meant)
        self._top.show([canvas.strip()])

    def _draw_scope(self) -> None:
        width, palette = self.size.width, self._palette
        canvas = Canvas(width, styled(palette.faint, palette.background))
        faint = styled(palette.faint, palette.background)
        shown = self.report_view
        if self._is_counting:
            spinner = _SPINNER[self._turn % len(_SPINNER)]
            said = f"{spinner} counting…" + ("" if shown else f" {self._live.read:,} read")
            canvas.put(width - len(said) - 1, said, styled(palette.primary, palette.background))
            width -= len(said) + 2
        if self._problem:
            style = styled(palette.warning, palette.background, bold=True)
            canvas.put(2, fitted(pictured(self._problem), width - 3), style, width)
        elif shown is not None:
            strict = shown.comparison().numbers["span_f1"]
            said = f"strict F1 {brief(strict, small=shown.comparison().is_small)}"
            whose = f"{LAYER_NAMES[shown.layer]} · {shown.whose}"
            canvas.put(2, fitted(f"{said} · {pictured(whose)}", width - 3), faint, width)
        self._scope.show([canvas.strip()])

    def _draw_board(self) -> None:
        width, height = self._board.size.width or self.size.width, self._board.size.height
        if not height:
            return
        if self.report_view is None:
            blank = Canvas(width, styled(None, self._palette.background)).strip()
            self._board.show([blank] * height)
            return
        board = Board(self._content, self._palette, width, height)
        self._board.show(board.strips(self._at.view, self.cursor))

    def _draw_note(self) -> None:
        width, palette = self.size.width, self._palette
        canvas = Canvas(width, styled(palette.foreground, palette.background))
        found = self._content(self._at.view).at(*self.cursor)
        words = fitted(pictured(found.told), width - 2) if found is not None else ""
        canvas.put(1, words, styled(palette.foreground, palette.background))
        self._note.show([canvas.strip()])

    def _draw_keys(self) -> None:
        hints = _TYPING if self._typed.has_focus else _HINTS
        self._keys.show([keys_strip(hints, self._palette, self.size.width)])


def _first(shown: Chart | Matrix) -> tuple[int, int]:
    """Where the first number is that has something behind it."""
    rows, columns = shown.shape
    places = ((row, column) for row in range(rows) for column in range(columns))
    found = (place for place in places if getattr(shown.at(*place), "sought", None) is not None)
    return next(found, (0, 0))
