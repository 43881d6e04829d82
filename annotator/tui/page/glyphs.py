"""Shapes and lines in plain ASCII, for fonts that have no others."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from annotator.tui.page.cells import cell_width

TWINS = {
    # brackets and the frame of an event
    "╰": "\\", "╯": "/", "─": "_", "╌": ".", "━": "=", "╍": ":", "┛": "/", "┈": "~", "│": "|",
    "═": "#", "╚": "\\", "╝": "/",
    "╭": "+", "├": "+", "┤": "+", "▲": "^", "◆": "*", "◀": "<", "▶": ">", "┃": "|", "┆": ":",
    # panels and lines
    "▌": "|", "●": "*", "○": "o", "✗": "x", "≠": "#", "▰": "#", "▱": "-", "⚑": "!", "✓": "+",
    "◐": "%", "▼": "v", "↶": "<", "↳": ">", "←": "<", "→": ">", "↑": "^", "↓": "v", "⏎": "$",
    **dict.fromkeys("▁▂▃▄▅▆▇", "_"), **dict.fromkeys("▏▎▍▋▊▉", "|"), "▔": "-", "▀": "-", "█": "#",
    # numbers: shades of how much, and what only one has
    "░": ".", "▒": ":", "▓": "%", "∅": "0", "×": "x",
    # what stands in text
    "…": "~", "·": ".", "•": "*", "–": "-", "—": "-", "‑": "-", "“": '"', "”": '"', "„": '"',
    "‘": "'", "’": "'", "‚": "'", "«": '"', "»": '"', "\u00a0": " ", "�": "?", "¤": "?", "◌": "o",
    **{chr(code): "?" for code in range(0x2400, 0x2422)},
}  # fmt: skip
"""Each glyph that is drawn, and the ASCII character in its place: one cell for one cell."""

_TABLE = str.maketrans(TWINS)


class AsciiGlyphs(LineFilter):
    """Draws with ASCII; letters stay unless the terminal's encoding cannot carry them."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with ASCII twins in the place of glyphs."""
        del background
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [
            segment
            if segment.text.isascii()
            else Segment(self._plain(segment.text), segment.style, segment.control)
            for segment in segments
        ]

    def _plain(self, text: str) -> str:
        text = text.translate(_TABLE)
        if self._encoding == "utf-8" or text.isascii():
            return text
        return "".join(char if char.isascii() else "?" * cell_width(char) for char in text)
