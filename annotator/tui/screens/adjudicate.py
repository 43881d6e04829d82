"""The adjudicate screen: goes from one difference to the next, and settles each with one key."""

from __future__ import annotations

from typing import cast

from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical

from annotator.actions import Mode, keymap
from annotator.errors import AnnotatorError
from annotator.project.adjudicating import Adjudicator
from annotator.tui.adjudication.cursor import AdjudicationCursor
from annotator.tui.adjudication.dispute import Dispute
from annotator.tui.adjudication.header import AdjudicationPlace, place_strip
from annotator.tui.adjudication.panel import DisputePanel
from annotator.tui.page.page import Density
from annotator.tui.panels.lines import Hint, status_strip
from annotator.tui.panels.status_hints import adjudicating
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.gold import GoldScreen
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.painting import PaintingScreen, Send
from annotator.tui.theme import Palette
from annotator.tui.widgets.document_view import DocumentView
from annotator.tui.widgets.sheet import Sheet

_WIDE = 100
"""From this many columns on the panel stands beside the text, else below it."""
_PANEL = 48
_DETAIL = 14
_BELOW = 9
"""Lines of the panel below the text."""


class _Body(Horizontal):
    BLANK = True


class AdjudicateScreen(PaintingScreen):
    """One adjudicator at one difference after another."""

    BLANK = True

    def __init__(
        self,
        adjudicator: Adjudicator,
        palette: Palette,
        keys: dict[str, tuple[str, ...]],
        send: Send,
    ) -> None:
        self.view = DocumentView(palette, id="document")
        self._header, self._status = Sheet(id="header"), Sheet(id="status")
        self._detail, self._list = Sheet(id="detail"), Sheet(id="stops")
        super().__init__(send, (self._header, self.view, self._detail, self._list, self._status))
        self.adjudicator = adjudicator
        self._palette = palette
        self._keys = keys
        self._keymap = keymap(Mode.ADJUDICATE, keys)
        self.walk = AdjudicationCursor(adjudicator, self._key)
        self._shown: tuple[str, bool] | None = None
        self._panel = True

    def compose(self) -> ComposeResult:
        """Header, the text beside or above the difference, status."""
        yield self._header
        with _Body(id="body"):
            yield self.view
            with Vertical(id="side"):
                yield self._detail
                yield self._list
        yield self._status

    def on_mount(self) -> None:
        """Show the first open difference."""
        self.view.focus()
        self._place_panel()
        self.sync()

    def on_resize(self) -> None:
        """Give the panel its room and draw the lines anew."""
        self._place_panel()
        self.call_after_refresh(self.sync)

    # -- keys and mouse -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Do what the key means."""
        event.stop()
        event.prevent_default()
        key = event.key.removeprefix("shift+").upper() if _is_capital(event.key) else event.key
        self.do_action(self._keymap.get(key, ""))

    def do_action(self, action_id: str) -> None:
        """Do an action as its key would, and tell why where it cannot be done."""
        other = self.walk.act(action_id)
        if other is not None:
            getattr(self, "_do_" + other.replace("-", "_"))()
        self.sync()

    @on(Sheet.Chosen, "#detail")
    def _version_clicked(self, event: Sheet.Chosen) -> None:
        self.do_action(f"take-{event.name}")

    @on(Sheet.Chosen, "#stops")
    def _stop_clicked(self, event: Sheet.Chosen) -> None:
        self.walk.point_at(event.name)
        self.sync()

    @on(Sheet.Chosen, "#status")
    def _hint_clicked(self, event: Sheet.Chosen) -> None:
        self.do_action(self._keymap.get(event.name, ""))

    @on(DocumentView.ItemClicked)
    def _item_clicked(self, event: DocumentView.ItemClicked) -> None:
        self.walk.point_at(event.item_id.partition(":")[0])
        self.sync()

    def _do_stop_here(self) -> None:
        self._shown = None

    def _do_stop_edit(self) -> None:
        try:
            thing = self.walk.begin_by_hand()
        except AnnotatorError as error:
            self.walk.message = str(error)
            return
        if thing is not None:
            session = self.adjudicator.session
            screen = GoldScreen(session, self._palette, self._keys, self._send, thing)
            self._shell.push_screen(screen, self._edited)

    def _edited(self, _: None) -> None:
        self._shown = None
        self.walk.end_by_hand()
        self.sync()

    # -- looks --------------------------------------------------------------------------------

    def _do_page_up(self) -> None:
        self.view.scroll_page_up(animate=False)

    def _do_page_down(self) -> None:
        self.view.scroll_page_down(animate=False)

    def _do_density(self) -> None:
        order = list(Density)
        density = order[(order.index(self.view.density) + 1) % len(order)]
        self.view.set_density(density)
        self.walk.message = f"Density: {density.value}."

    def _do_panel(self) -> None:
        self._panel = not self._panel
        self._place_panel()
        self.call_after_refresh(self.sync)

    def _do_theme(self) -> None:
        self.post_message(AnnotateScreen.OtherTheme())

    def _do_help(self) -> None:
        self._shell.push_screen(HelpScreen(self._keys, "", "", Mode.ADJUDICATE))

    def _do_redraw(self) -> None:
        self.refresh(layout=True)

    def _do_quit(self) -> None:
        """Leave the application, or go back to the screen from which one came."""
        if len(self._shell.screen_stack) > 1:
            self.dismiss(None)
        else:
            self._shell.exit()

    # -- showing ------------------------------------------------------------------------------

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self._palette = palette
        self.view.set_palette(palette)
        self.sync()

    def sync(self) -> None:
        """Show where the adjudicator is now."""
        if not self.size.width:
            return
        adjudicator = self.adjudicator
        session, comparison = adjudicator.session, adjudicator.comparison
        dispute = Dispute(
            session.state,
            session.scheme,
            comparison,
            adjudicator.open_disagreements,
            self.walk.current,
            adjudicator.voices,
        )
        marks = dispute.marks()
        focus = dispute.focus(marks)
        document = comparison.document
        shown = document.id, adjudicator.anonymous
        if self._shown != shown:
            self._shown = shown
            self.view.show(document.text, marks.values(), document.title_range, focus)
        else:
            old = self.view.page.marks
            changed = {key: mark for key, mark in marks.items() if old.get(key) != mark}
            gone = dict.fromkeys(key for key in old if key not in marks)
            self.view.change({**gone, **changed}, focus)
        self._draw_lines()

    def _draw_lines(self) -> None:
        width = self.size.width
        self._header.show([place_strip(self._place(), self._palette, width)])
        saved = "✓" if width < _WIDE else f"gold ✓ saved ↶{self.adjudicator.session.undo_depth}"
        situation = adjudicating(self._taking(), self._keys, saved, self.walk.message)
        self._status.show([status_strip(situation, self._palette, width)])
        if self._panel:
            self._draw_panel()
        self.paint()

    def _draw_panel(self) -> None:
        adjudicator, point = self.adjudicator, self.walk.current
        panel = DisputePanel(
            adjudicator.comparison,
            adjudicator.settled,
            adjudicator.letters(),
            adjudicator.voices,
            self._palette,
            named=not adjudicator.anonymous,
        )
        wide = self.size.width >= _WIDE
        width = _PANEL - 1 if wide else self.size.width
        height = _DETAIL if wide else _BELOW - 1
        self._detail.show(panel.detail(point, width, height))
        rest = max(self.size.height - 2 - _DETAIL, 0) if wide else 0
        self._list.show(panel.stops(adjudicator.stops, point, width, rest))

    def _place(self) -> AdjudicationPlace:
        adjudicator = self.adjudicator
        document = adjudicator.comparison.document
        ids = list(adjudicator.queue)
        stops = adjudicator.stops
        current = self.walk.current
        number = stops.index(current) + 1 if current in stops else 0
        settled = adjudicator.settled
        return AdjudicationPlace(
            document.title,
            ids.index(document.id) + 1 if document.id in ids else 0,
            len(ids),
            number,
            len(stops),
            sum(point.id not in settled.choices for point in stops),
            len(adjudicator.comparison.agreed),
            adjudicator.session.state.annotations.is_done,
            self.walk.filter_words(),
        )

    def _taking(self) -> tuple[Hint, ...]:
        """The keys of whoever has a say in it."""
        point = self.walk.current
        if point is None:
            return ()
        letters = self.adjudicator.letters().items()
        keys = [
            self._key(f"take-{letter.lower()}")
            for letter, name in letters
            if point.version_of(name) is not None
        ]
        return (Hint(" ".join(filter(None, keys)), "take"),)

    def _key(self, action_id: str) -> str:
        return next((key for key, each in self._keymap.items() if each == action_id), "")

    def _place_panel(self) -> None:
        wide = self.size.width >= _WIDE
        self.set_class(not wide, "below")
        side = self.query_one("#side")
        side.display = self._panel
        self._detail.styles.height = _DETAIL if wide else _BELOW - 1
        self._list.display = wide

    @property
    def _shell(self) -> App[None]:
        return cast("App[None]", self.app)  # pyright: ignore[reportUnknownMemberType]  # open there


def _is_capital(key: str) -> bool:
    """Whether it is a capital as some terminals report it: shift and the letter."""
    modifier, _, name = key.partition("+")
    return modifier == "shift" and len(name) == 1
