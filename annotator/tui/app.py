"""The application: themes, the terminal's safety, signals, and the first screen."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Textual reads it once, when it is imported: how long Esc waits for the rest of a sequence.
os.environ.setdefault("ESCDELAY", "25")

from rich.text import Text
from textual import on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.theme import Theme

from annotator.config import Config
from annotator.errors import AnnotatorError
from annotator.paths import write_crash_report
from annotator.session.session import Session
from annotator.text import tokenizer
from annotator.tui.page.glyphs import AsciiGlyphs
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.painting import PaintingScreen
from annotator.tui.terminal.capabilities import Colours, Terminal, terminal_of
from annotator.tui.terminal.driver import sturdy_driver
from annotator.tui.terminal.screen_diff import Placed, ScreenDiff
from annotator.tui.theme import ANSI, THEMES, Palette

if TYPE_CHECKING:
    from annotator.project.live_agreement import LiveAgreement
    from annotator.project.project import Project
    from annotator.tui.agreement.view_state import ViewState
    from annotator.tui.screens.differences import Spot


class AnnotatorApp(App[None]):
    """Shows one session. Everything is saved as it is done, so leaving is always safe."""

    CSS_PATH = Path(__file__).parent / "app.tcss"
    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012 - the keys are the annotate screen's

    adjudicate: Callable[[str, int], None] | None = None
    """Settles what differs in a document, from an offset on; None where that cannot be done."""

    def __init__(
        self,
        session: Session,
        config: Config,
        terminal: Terminal | None = None,
        project: Project | None = None,
        *,
        opens_agreement: bool = False,
    ) -> None:
        super().__init__(driver_class=sturdy_driver())
        self._project = project
        self._opens_agreement = opens_agreement
        self._agreement: tuple[LiveAgreement, ViewState] | None = None
        self._session = session
        self._config = config
        self._annotating: AnnotateScreen | None = None
        self._screenful = ScreenDiff()
        terminal = terminal or Terminal()
        for theme in THEMES.values():
            self.register_theme(theme)
        self._has_many_colours = terminal.colours is Colours.MANY
        self.theme = config.theme if self._has_many_colours else ANSI.name
        self._set_filters(terminal)

    def get_default_screen(self) -> PaintingScreen:
        """The annotate screen, with no other one below it that would be drawn first."""
        screen = AnnotateScreen(self._session, self._palette(), self._config.keymap, self._send)
        screen.call_after_refresh(self._load_behind, screen)
        self._annotating = screen
        return screen

    def on_mount(self) -> None:
        """Go when the terminal or the system asks us to, and follow the theme."""
        self._watch_signals()
        self.theme_changed_signal.subscribe(self, self._repaint)
        if self._opens_agreement:
            self.open_agreement()

    def on_unmount(self) -> None:
        """Let go of what is still counted."""
        if self._agreement is not None:
            self._agreement[0].stop()

    def _repaint(self, _theme: Theme) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, PaintingScreen):
                screen.set_palette(self._palette())

    def _set_filters(self, terminal: Terminal) -> None:
        """Choose what becomes of every line; Textual's own choice knows another theme only."""
        kept = [each for each in self._filters if not isinstance(each, (Monochrome, NoColor))]
        self._filters[:] = kept
        if terminal.colours is Colours.NONE:
            self._filters.append(NoColor())
        has_glyphs = terminal.has_glyphs and self._config.glyphs != "ascii"
        if not has_glyphs or terminal.encoding != "utf-8":
            self._filters.append(AsciiGlyphs(terminal.encoding))

    @on(AnnotateScreen.OtherTheme)
    def _other_theme(self) -> None:
        """Take the theme after the one in force, where the terminal can show more than one."""
        names = list(THEMES) if self._has_many_colours else [ANSI.name]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    @on(AnnotateScreen.AgreementAsked)
    def open_agreement(self) -> None:
        """Show how far the annotators of the project agree, where one was left off."""
        if self._project is None:
            return
        from annotator.project.live_agreement import LiveAgreement
        from annotator.tui.agreement.view_state import ViewState
        from annotator.tui.screens.agreement import AgreementScreen

        if self._agreement is None:
            self._agreement = LiveAgreement(self._project), ViewState()
        live, standpoint = self._agreement
        screen = AgreementScreen(
            live,
            self._session.annotator,
            self._palette(),
            standpoint,
            can_adjudicate=self.adjudicate is not None,
        )
        self.push_screen(screen, self._spot_chosen)

    def _spot_chosen(self, spot: Spot | None) -> None:
        if spot is None:
            return
        if spot.adjudicates and self.adjudicate is not None:
            self.adjudicate(spot.document_id, spot.offset)
        elif self._annotating is not None:
            self._annotating.visit_place(spot.document_id, spot.item_ids, spot.offset)

    def open_adjudication(self, document_id: str, offset: int) -> None:
        """Settle what differs in a document over the annotate screen, which comes back after it."""
        if self._project is None or self._annotating is None:
            return
        from annotator.project.adjudicating import Adjudicator
        from annotator.tui.screens.adjudicate import AdjudicateScreen

        try:
            adjudicator = Adjudicator(self._project)
            adjudicator.open(document_id)
            screen = AdjudicateScreen(adjudicator, self._palette(), self._config.keymap, self._send)
            screen.walk.visit(document_id, (offset, offset + 1))
        except AnnotatorError as error:
            self._annotating.editor.message = str(error)
            self._annotating.sync()
            return
        self.push_screen(screen, lambda _: adjudicator.session.close())

    def _load_behind(self, screen: PaintingScreen) -> None:
        self.run_worker(self._load_tokenizer(screen), exit_on_error=False)

    async def _load_tokenizer(self, screen: PaintingScreen) -> None:
        """Load spaCy while the first document is on the screen already."""
        language = self._session.state.document.language
        try:
            await asyncio.to_thread(tokenizer.blank_pipeline, language)
        finally:
            gc.freeze()  # what is there stays; looking through it again would cost a key its frame
            gc.enable()
            gc.set_threshold(20_000)  # a key leaves little behind that has to be looked through
        screen.sync()

    def _palette(self) -> Palette:
        return Palette(self._session.scheme, self.current_theme)

    def _watch_signals(self) -> None:
        """End in good order on a signal, with the status that shells expect of it."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            try:
                loop.add_signal_handler(number, self.exit, None, 128 + number)
            except (RuntimeError, ValueError):
                return  # not the main thread, as in tests

    def _fatal_error(self) -> None:
        """End after an error without showing variables: they hold articles and the environment."""
        self._return_code = 1
        error = self._exception
        if error is not None:
            path = write_crash_report(error)
            name = type(error).__name__
            self._exit_renderables.append(
                Text(f"annotator: an internal error ({name}). Everything that the screen showed as "
                     f"saved is saved. Please report it with {path}.")
            )  # fmt: skip
        self._close_messages_no_wait()

    def _display(
        self,
        screen: Screen[Any],
        renderable: Any,  # noqa: ANN401 - Textual's type does not name its own updates
    ) -> None:
        """Send what differs from what the terminal shows."""
        if isinstance(renderable, (ChopsUpdate, LayoutUpdate)):
            renderable = self._screenful.difference(renderable)
        super()._display(screen, renderable)  # pyright: ignore[reportUnknownMemberType]

    def _send(self, placed: Sequence[Placed]) -> None:
        """Send some strips of the screen."""
        self._display(self.screen, self._screenful.update(placed))

    @property
    def current(self) -> str:
        """The id of the item in hand, empty where there is none."""
        return self._annotating.editor.current if self._annotating is not None else ""


def run(session: Session, project: Project, *, opens_agreement: bool = False) -> int:
    """Show the annotate screen until it is left; gives the exit status.

    With `opens_agreement` the agreement screen lies over it at first.
    """
    terminal = terminal_of(os.environ, sys.__stdout__.encoding if sys.__stdout__ else "utf-8")
    app = AnnotatorApp(session, project.config, terminal, project, opens_agreement=opens_agreement)
    app.adjudicate = app.open_adjudication
    app.run()
    session.close(app.current)
    return app.return_code or 0
