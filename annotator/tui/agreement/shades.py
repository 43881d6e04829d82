"""Colours and glyphs that stand for how much: readable by everybody, also without colours."""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style

from annotator.tui.theme import Palette, blended, contrast, styled

_RAMP = (
    "#00224e", "#123570", "#3b496c", "#575d6d", "#707173",
    "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838",
)  # fmt: skip
"""Ten steps of cividis (Nunez, Anderton and Renslow 2018), from low to high."""
_GLYPHS = " ░▒▓█"
_BLACK, _WHITE = "#000000", "#ffffff"


@lru_cache(maxsize=512)
def ramp(share: float) -> str:
    """The colour of a share between 0 and 1: lighter is more, however one sees colours."""
    place = min(max(share, 0.0), 1.0) * (len(_RAMP) - 1)
    step = min(int(place), len(_RAMP) - 2)
    return blended(_RAMP[step], _RAMP[step + 1], round(place - step, 2))


def shade(share: float) -> str:
    """The glyph of a share between 0 and 1, denser for more."""
    return _GLYPHS[min(int(max(share, 0.0) * len(_GLYPHS)), len(_GLYPHS) - 1)]


def on_ground(ground: str, *, bold: bool = False) -> Style:
    """Black or white words, whichever stands out more from a ground."""
    ink = max((_BLACK, _WHITE), key=lambda colour: contrast(ground, colour))
    return styled(ink, ground, bold=bold)


def mixed(palette: Palette, hue: str, share: float) -> str:
    """The background with a share of a hue in it; the background alone where none can be mixed."""
    if palette.is_flat:
        return palette.background
    return blended(palette.background, hue, round(min(max(share, 0.0), 1.0), 2))
