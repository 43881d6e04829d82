"""Writes text in styles, and of a style only what differs from the one in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from annotator.text.safe_text import pictured

RESET = "\x1b[0m"
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What ends an attribute; bold and dim end together. ECMA-48, 8.3.117."""
_ON_BLANKS = frozenset("479")
"""Attributes that show on white space too."""
_NO_STYLE = Style.null()


@dataclass(frozen=True, slots=True)
class _Ink:
    """A style as the codes of its attributes, of its letters and of its ground."""

    attributes: frozenset[str] = frozenset()
    letters: str = "39"
    ground: str = "49"


class AnsiWriter:
    """One pen for one update; it starts with the terminal's own style."""

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._ink = _Ink()

    def write(self, x: int, y: int, segments: Iterable[Segment]) -> str:
        """Segments from a cell on. No control code in them reaches the terminal."""
        parts = [f"\x1b[{y + 1};{x + 1}H"]
        ink = self._ink
        for text, style, _ in segments:
            codes, ink = _taken(ink, style or _NO_STYLE, text.isspace(), self._colours)
            parts += codes, pictured(text)
        self._ink = ink
        return "".join(parts)


@lru_cache(maxsize=8192)
def _taken(before: _Ink, style: Style, is_blank: bool, colours: ColorSystem) -> tuple[str, _Ink]:  # noqa: FBT001
    """The sequence that brings a style in force, as far as the text shows it; and what is then."""
    wanted = _ink(style, colours)
    if is_blank and not _ON_BLANKS & (wanted.attributes | before.attributes):
        wanted = replace(before, ground=wanted.ground)
    return _change(before, wanted), wanted


def _change(before: _Ink, wanted: _Ink) -> str:
    """The sequence that makes one style of another."""
    codes = {_OFF[code]: None for code in sorted(before.attributes - wanted.attributes)}
    kept = before.attributes - ({"1", "2"} if "22" in codes else set[str]())
    codes.update(dict.fromkeys(sorted(wanted.attributes - kept)))
    if wanted.letters != before.letters:
        codes[wanted.letters] = None
    if wanted.ground != before.ground:
        codes[wanted.ground] = None
    return f"\x1b[{';'.join(codes)}m" if codes else ""


@lru_cache(maxsize=4096)
def _ink(style: Style, colours: ColorSystem) -> _Ink:
    attributes = {
        "1": style.bold,
        "2": style.dim,
        "3": style.italic,
        "4": style.underline,
        "5": style.blink,
        "7": style.reverse,
        "8": style.conceal,
        "9": style.strike,
    }
    return _Ink(
        frozenset(code for code, is_on in attributes.items() if is_on),
        _colour(style.color, colours, "39", foreground=True),
        _colour(style.bgcolor, colours, "49", foreground=False),
    )


def _colour(colour: Color | None, colours: ColorSystem, default: str, *, foreground: bool) -> str:
    if colour is None or colour.is_default:
        return default
    return ";".join(colour.downgrade(colours).get_ansi_codes(foreground))
