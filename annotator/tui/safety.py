"""What stands between text and terminal: no control code goes out.

Every widget's text is made safe where it is made; this is the second wall. Textual passes control
codes of any text to the terminal.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from annotator.text.pictures import pictured


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
