"""The application: themes, the terminal's safety, signals, and the first screen."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

# Textual reads it once, when it is imported: how long Esc waits for the rest of a sequence.
os.environ.setdefault("ESCDELAY", "25")

from rich.text import Text
from textual.app import App

from annotator.config import Config
from annotator.paths import write_crash_report
from annotator.session.session import Session
from annotator.text import tokenizer
from annotator.tui.safety import TerminalSafe, sturdy_driver
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.theme import INK, PAPER, Palette


class AnnotatorApp(App[None]):
    """Shows one session. Everything is saved as it is done, so leaving is always safe."""

    CSS_PATH = Path(__file__).parent / "app.tcss"
    TITLE = "annotator"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012 - the keys are the annotate screen's

    def __init__(self, session: Session, config: Config) -> None:
        super().__init__(driver_class=sturdy_driver())
        self._session = session
        self._config = config
        self._filters.append(TerminalSafe())
        self.register_theme(INK)
        self.register_theme(PAPER)
        self.theme = "ink"

    def on_mount(self) -> None:
        """Open the annotate screen; go when the terminal or the system asks us to."""
        self._watch_signals()
        screen = AnnotateScreen(self._session, self._palette(), self._config.keymap)
        self.push_screen(screen)
        self.run_worker(self._load_tokenizer(screen), exit_on_error=False)
        self.theme_changed_signal.subscribe(self, lambda _: screen.set_palette(self._palette()))

    async def _load_tokenizer(self, screen: AnnotateScreen) -> None:
        """Load spaCy while the first document is on the screen already."""
        language = self._session.state.document.language
        await asyncio.to_thread(tokenizer.blank_pipeline, language)
        screen.sync()

    def _palette(self) -> Palette:
        theme = self.current_theme
        variables = self.get_css_variables()
        return Palette(self._session.scheme, variables, dark=theme.dark)

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


def run(session: Session, config: Config) -> int:
    """Show the annotate screen until it is left; gives the exit status."""
    app = AnnotatorApp(session, config)
    app.run()
    return app.return_code or 0
