"""The driver between Textual and the terminal: bad bytes cost nothing, a lost terminal ends us."""

from __future__ import annotations

import os
import select
import sys
from typing import TYPE_CHECKING

from annotator.tui.terminal.keyboard import Keyboard

if TYPE_CHECKING:
    from textual.driver import Driver

_IDLE = 0.1
_HANGUP = 129
"""The exit status that shells expect after a hangup."""


def sturdy_driver() -> type[Driver] | None:
    """A driver for terminals that misbehave; None where Textual's own is used."""
    if sys.platform == "win32":
        return None
    from textual.constants import ESCAPE_DELAY
    from textual.drivers.linux_driver import LinuxDriver

    class SturdyDriver(LinuxDriver):
        """Reads the terminal in a thread of its own, as Textual's driver does."""

        def write(self, data: str) -> None:
            """Write, unless the terminal is gone: then the queue would fill and block."""
            if self._writer_thread is not None and self._writer_thread.is_alive():
                super().write(data)

        def _run_input_thread(self) -> None:
            keyboard = Keyboard()
            while not self.exit_event.is_set():
                wait = ESCAPE_DELAY if keyboard.is_waiting else _IDLE
                ready, _, _ = select.select([self.fileno], [], [], wait)
                data = self._read() if ready else b""
                if ready and not data:
                    self._app.call_later(self._app.exit, None, _HANGUP)
                    return
                for message in keyboard.feed(data):
                    self.process_message(message)

        def _read(self) -> bytes:
            """What came; no bytes where the terminal is gone."""
            try:
                return os.read(self.fileno, 65536)
            except OSError:
                return b""

    return SturdyDriver
