"""Two themes, and the colours of labels in each.

The eight hues and the one of events stay apart for every kind of colour blindness; beyond that
the tag under the span says the label, so colour is never the only carrier.
"""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from annotator.model.scheme import Scheme

INK = Theme(
    name="ink",
    primary="#6aa9ff",
    secondary="#8fb4d8",
    accent="#f0647a",
    warning="#f3e20c",
    error="#f0647a",
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
    accent="#b3124a",
    warning="#7a5600",
    error="#b3124a",
    success="#1a6b4f",
    foreground="#1d2127",
    background="#fbfaf6",
    surface="#f2f0e9",
    panel="#e8e5db",
    dark=False,
)

DARK = {
    "cyan": "#58c1d9",
    "ochre": "#c08c10",
    "mint": "#bdfdc6",
    "violet": "#a288b2",
    "yellow": "#f3e20c",
    "silver": "#e2e8f0",
    "salmon": "#f89e74",
    "blue": "#6a92ff",
    "rose": "#f0647a",
}
LIGHT = {
    "cyan": "#0a74b6",
    "ochre": "#833400",
    "mint": "#1a6b4f",
    "violet": "#5a2050",
    "yellow": "#936700",
    "silver": "#626986",
    "salmon": "#6d1108",
    "blue": "#0a3074",
    "rose": "#ca1e55",
}
HUES = ("cyan", "ochre", "mint", "violet", "yellow", "silver", "salmon", "blue")
EVENT_HUE = "rose"


class Palette:
    """The colours in force: the theme's, and one for each label of the scheme."""

    def __init__(self, scheme: Scheme, variables: dict[str, str], *, dark: bool) -> None:
        self.background = Color.parse(variables["background"]).hex6
        self.foreground = Color.parse(variables["foreground"]).hex6
        self.primary = Color.parse(variables["primary"]).hex6
        self.panel = Color.parse(variables["panel"]).hex6
        self.success = Color.parse(variables["success"]).hex6
        self.warning = Color.parse(variables["warning"]).hex6
        self.faint = blended(self.background, self.foreground, 0.5)
        hues = DARK if dark else LIGHT
        self.event = hues[EVENT_HUE]
        self._labels = {
            label.name: hues.get(label.colour, hues[HUES[index % len(HUES)]])
            for index, label in enumerate(scheme.entities)
        }

    def label(self, name: str) -> str:
        """The colour of an entity label; every event type has the event colour."""
        return self._labels.get(name, self.event)


@lru_cache(maxsize=4096)
def styled(
    colour: str | None = None,
    background: str | None = None,
    *,
    bold: bool = False,
    italic: bool = False,
    strike: bool = False,
    reverse: bool = False,
) -> Style:
    """A style; equal words give the same object, which makes painting cheap."""
    return Style(
        color=colour, bgcolor=background, bold=bold, italic=italic, strike=strike, reverse=reverse
    )


@lru_cache(maxsize=4096)
def blended(background: str, colour: str, share: float) -> str:
    """`background` with a share of `colour` in it, as hex."""
    return Color.parse(background).blend(Color.parse(colour), share).hex6
