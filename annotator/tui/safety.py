"""What stands between text and terminal: no control code goes out, no bad byte brings us down.

Every widget's text is made safe where it is made; this is the second wall. Textual passes control
codes of any text to the terminal, and its input thread ends at bytes that are not UTF-8.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from annotator.text.pictures import pictured

if TYPE_CHECKING:
    from textual.driver import Driver


class TerminalSafe(LineFilter):
    """Replaces whatever a terminal could obey, in every strip of every widget."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with pictures in the place of control codes."""
        del background
        if all(segment.control or pictured(segment.text) == segment.text for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(pictured(segment.text), segment.style)
            for segment in segments
        ]


def sturdy_driver() -> type[Driver] | None:
    """A driver that reads on after undecodable input; None where Textual's own is used."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class SturdyDriver(LinuxDriver):
        """Starts to read again where a byte sequence could not be parsed."""

        def _run_input_thread(self) -> None:
            while not self.exit_event.is_set():
                try:
                    self.run_input_thread()
                except (ValueError, OverflowError):  # an undecodable byte is a ValueError too
                    continue
                return

    return SturdyDriver
