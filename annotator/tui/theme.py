"""The themes, and the colours of labels in each.

Shape says what colour says, so colour is never the only carrier. Where colours can be mixed, the
hues of a theme stay apart for every kind of colour blindness and are read easily on its
background; a tint is only ever so strong that the text on it is read easily too.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from annotator.model.scheme import Scheme

INK = Theme(
    name="ink",
    primary="#6aa9ff",
    secondary="#8fb4d8",
    accent="#ff4b55",
    warning="#ffa500",
    error="#ff4b55",
    success="#8fe3a0",
    foreground="#e6e9ee",
    background="#14171c",
    surface="#1a1f27",
    panel="#1f2630",
    dark=True,
)
PAPER = Theme(
    name="paper",
    primary="#0a5fb4",
    secondary="#3f5d7d",
    accent="#aa154f",
    warning="#7a5600",
    error="#aa154f",
    success="#1a6b4f",
    foreground="#1d2127",
    background="#fbfaf6",
    surface="#f5f3ec",
    panel="#efece3",
    dark=False,
)
INK_CONTRAST = Theme(
    name="ink-contrast",
    primary="#8fc4ff",
    secondary="#c6d8ea",
    accent="#fe7a98",
    warning="#ffdb2e",
    error="#fe7a98",
    success="#9dffb0",
    foreground="#ffffff",
    background="#000000",
    surface="#0d0d0d",
    panel="#1a1a1a",
    dark=True,
)
PAPER_CONTRAST = Theme(
    name="paper-contrast",
    primary="#003f8a",
    secondary="#20364d",
    accent="#9c0e47",
    warning="#4f3700",
    error="#9c0e47",
    success="#00452f",
    foreground="#000000",
    background="#ffffff",
    surface="#f8f8f8",
    panel="#f2f2f2",
    dark=False,
)
ANSI = replace(BUILTIN_THEMES["ansi-dark"], name="ansi")
"""The terminal's own 16 colours, on its own background."""

THEMES = {theme.name: theme for theme in (INK, PAPER, INK_CONTRAST, PAPER_CONTRAST, ANSI)}

HUES = ("cyan", "ochre", "mint", "violet", "yellow", "silver", "salmon", "blue")
"""What a label scheme may name; labels that name none get one by their place."""
_EVENT = "rose"

LABEL_HUES: dict[str, dict[str, str]] = {
    "ink": {
        "cyan": "#70d2fd", "ochre": "#ffa500", "mint": "#16ab7b", "violet": "#af82a8",
        "yellow": "#fffe98", "silver": "#e4faff", "salmon": "#eecebd", "blue": "#858bff",
        "rose": "#ff4b55",
    },
    "paper": {
        "cyan": "#2765bb", "ochre": "#876405", "mint": "#0f6050", "violet": "#670883",
        "yellow": "#604800", "silver": "#5c627b", "salmon": "#642725", "blue": "#0c12d8",
        "rose": "#aa154f",
    },
    "ink-contrast": {
        "cyan": "#58a9ff", "ochre": "#fcd72d", "mint": "#06bf41", "violet": "#b49fc2",
        "yellow": "#ffff95", "silver": "#e2d4cf", "salmon": "#ffae8e", "blue": "#d5dff1",
        "rose": "#fe7a98",
    },
    "paper-contrast": {
        "cyan": "#052c4f", "ochre": "#5e5112", "mint": "#0f5547", "violet": "#45009d",
        "yellow": "#3a3900", "silver": "#4e4b74", "salmon": "#3d241a", "blue": "#0326f1",
        "rose": "#9c0e47",
    },
    "ansi": {
        "cyan": "cyan", "ochre": "yellow", "mint": "green", "violet": "magenta",
        "yellow": "bright_yellow", "silver": "default", "salmon": "bright_magenta",
        "blue": "bright_blue", "rose": "bright_red",
    },
}  # fmt: skip

_READABLE = {"ink-contrast": 7.0, "paper-contrast": 7.0}
"""The least contrast of text (WCAG 2.2, 1.4.6), 4.5 where none is named (1.4.3)."""
_FADED = {"ink-contrast": 4.5, "paper-contrast": 4.5}
"""The least contrast of what is out of focus, 3 where none is named (1.4.11)."""


class Palette:
    """The colours in force: the theme's, and one for each label of the scheme."""

    def __init__(self, scheme: Scheme, theme: Theme) -> None:
        self.is_flat = theme.ansi
        """Whether colours cannot be mixed, so that there are neither tints nor shades."""
        self.background = _colour(theme.background)
        self.foreground = _colour(theme.foreground)
        self.primary = _colour(theme.primary)
        self.panel = _colour(theme.panel)
        self.success = _colour(theme.success)
        self.warning = _colour(theme.warning)
        self.faint = self.foreground if self.is_flat else self._faint()
        self._readable = _READABLE.get(theme.name, 4.5)
        self._least = _FADED.get(theme.name, 3.0)
        hues = LABEL_HUES.get(theme.name, LABEL_HUES["ink" if theme.dark else "paper"])
        self.event = hues[_EVENT]
        self._labels = {
            label.name: hues.get(label.colour, hues[HUES[index % len(HUES)]])
            for index, label in enumerate(scheme.entities)
        }

    def label(self, name: str) -> str:
        """The colour of an entity label; every event type has the event colour."""
        return self._labels.get(name, self.event)

    def tint(self, under: str, hue: str, share: float) -> str:
        """`under` with a share of a hue in it, or less where text would be hard to read on it."""
        if self.is_flat:
            return under
        return _tinted(under, hue, share, self.foreground, self._readable)

    def faded(self, hue: str) -> str:
        """A hue for what is out of focus."""
        return hue if self.is_flat else _faded(self.background, hue, self._least)

    def on(self, background: str, hue: str) -> str:
        """A hue for words on a tint, nearer to the plain colour where it is hard to read there."""
        if self.is_flat:
            return hue
        shades = (blended(self.foreground, hue, share / 4) for share in (4, 3, 2, 1))
        readable = (shade for shade in shades if contrast(background, shade) >= self._readable)
        return next(readable, self.foreground)

    def chip(self, hue: str) -> Style:
        """Words on a ground filled with a hue."""
        if self.is_flat:
            return styled(hue, self.background, bold=True, reverse=True)
        return styled(self.background, hue, bold=True)

    def _faint(self) -> str:
        """The colour of words that are less important, readable on a panel too."""
        shares = (share / 100 for share in range(50, 100, 2))
        shades = (blended(self.background, self.foreground, share) for share in shares)
        return next(
            (shade for shade in shades if contrast(self.panel, shade) >= 4.5), self.foreground
        )


@lru_cache(maxsize=4096)
def styled(
    colour: str | None = None,
    background: str | None = None,
    *,
    bold: bool = False,
    italic: bool = False,
    strike: bool = False,
    reverse: bool = False,
    underline: bool = False,
) -> Style:
    """A style; equal words give the same object, which makes painting cheap."""
    return Style(
        color=colour,
        bgcolor=background,
        bold=bold,
        italic=italic,
        strike=strike,
        reverse=reverse,
        underline=underline,
    )


@lru_cache(maxsize=4096)
def blended(background: str, colour: str, share: float) -> str:
    """`background` with a share of `colour` in it, as hex."""
    return Color.parse(background).blend(Color.parse(colour), share).hex6


@lru_cache(maxsize=4096)
def contrast(one: str, other: str) -> float:
    """How well two colours stand out from each other, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=4096)
def _tinted(under: str, hue: str, share: float, text: str, least: float) -> str:
    while share > 0.02:
        tint = blended(under, hue, share)
        if contrast(tint, text) >= least:
            return tint
        share -= 0.02
    return under


@lru_cache(maxsize=256)
def _faded(background: str, hue: str, least: float) -> str:
    shades = (blended(background, hue, share / 100) for share in range(50, 100, 5))
    return next((shade for shade in shades if contrast(background, shade) >= least), hue)


def _luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = Color.parse(colour).normalized
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _colour(value: str | None) -> str:
    """A theme's colour as Rich names it: hex, or one of the terminal's own."""
    value = value or "ansi_default"
    return value.removeprefix("ansi_") if value.startswith("ansi_") else Color.parse(value).hex6
