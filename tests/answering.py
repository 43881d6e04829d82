"""The program itself, which also tells `Terminal` when it has done what it was sent."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot

from annotator.cli.main import run
from annotator.tui import app as module

_PATIENCE = 300.0
"""Seconds after which a screen that works nothing off is stuck."""


class Answering(module.AnnotatorApp):
    """Sends a code that no terminal obeys for every key and for every size of the window."""

    async def on_event(self, event: events.Event) -> None:
        answer = ""
        if isinstance(event, events.Key) and not event.is_forwarded:
            answer = f"\x1b[?7777;{ord(event.character) if event.character else 0}z"
        elif isinstance(event, events.Resize):
            answer = f"\x1b[?7778;{event.size.width};{event.size.height}z"
        await super().on_event(event)
        if answer:
            self.run_worker(self._answer(answer))

    async def _answer(self, answer: str) -> None:
        """Answer when all that an event caused is worked off and drawn."""
        pilot = Pilot(self)
        for _ in range(2):
            await pilot._wait_for_screen(_PATIENCE)
        self.call_after_refresh(self._driver.write, answer)


module.AnnotatorApp = Answering

if __name__ == "__main__":
    run()
