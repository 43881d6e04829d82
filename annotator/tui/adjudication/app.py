"""The application that opens with the adjudicate screen."""

from __future__ import annotations

import os
import sys

from annotator.config import Config
from annotator.project.adjudicating import Adjudicator
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.terminal.capabilities import Terminal, terminal_of


class AdjudicationApp(AnnotatorApp):
    """Shows one walk over what annotators differ in."""

    def __init__(
        self, adjudicator: Adjudicator, config: Config, terminal: Terminal | None = None
    ) -> None:
        super().__init__(adjudicator.session, config, terminal)
        self._adjudicator = adjudicator

    def get_default_screen(self) -> AdjudicateScreen:
        """The adjudicate screen, with no other one below it that would be drawn first."""
        keys = self._config.keymap
        screen = AdjudicateScreen(self._adjudicator, self._palette(), keys, self._send)
        screen.call_after_refresh(self._load_behind, screen)
        return screen


def run(adjudicator: Adjudicator, config: Config) -> int:
    """Show the adjudicate screen until it is left; gives the exit status."""
    terminal = terminal_of(os.environ, sys.__stdout__.encoding if sys.__stdout__ else "utf-8")
    app = AdjudicationApp(adjudicator, config, terminal)
    app.run()
    adjudicator.session.close()
    return app.return_code or 0
