"""Lines that go to the screen as they were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self, cast

from textual.app import App
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_NO_COLOUR = Color(0, 0, 0)


class Direct(Widget):
    """Hands out its lines without the border, padding and opacity that Textual lays over others.

    A widget that draws every cell itself has none of these, and looking for them in all its
    lines is what a key costs most. A line is drawn once, and again when it is touched.
    """

    holds = False
    """Whether touched lines wait for the screen to take them, which then paints them at once."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        self._drawn: dict[int, Strip] = {}
        self._drawn_width = 0
        self._touched: set[int] = set()
        super().__init__(id=id)

    @property
    def waits(self) -> bool:
        """Whether Textual has to lay the widget out, or to paint it anew, before it is seen."""
        return self._layout_required or self._scroll_required or self._repaint_required

    def drawn(self, y: int) -> Strip | None:
        """The line that was handed out last; None where it has to be drawn first."""
        return self._drawn.get(y)

    def touch(self, y: int) -> None:
        """Draw a line anew, the first of the widget being 0."""
        self._drawn.pop(y, None)
        self._touched.add(y)
        if not self.holds:
            self.release()

    def touched(self) -> set[int]:
        """The lines that were touched since the last call."""
        lines, self._touched = self._touched, set()
        return lines

    def release(self) -> None:
        """Leave the touched lines to Textual, which paints them with its next frame."""
        lines = self.touched()
        if lines:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in lines))

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw anew the lines of some regions, or all."""
        if not regions:
            self._drawn.clear()
        for region in regions:
            for y in region.line_range:
                self._drawn.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a part of the widget."""
        strips = self.lines(crop.line_range)
        left, right = crop.column_span
        if left or right < self._drawn_width:
            strips = [strip.crop(left, right) for strip in strips]
        return strips

    def lines(self, wanted: Iterable[int]) -> list[Strip]:
        """Some lines of the widget in its whole width."""
        width = self.size.width
        if width != self._drawn_width:
            self._drawn.clear()
            self._drawn_width = width
        strips: list[Strip] = []
        for y in wanted:
            strip = self._drawn.get(y)
            if strip is None:
                strip = self._drawn[y] = self.render_line(y)
            strips.append(strip)
        for each in _filters(cast("App[Any]", self.app)):  # pyright: ignore[reportUnknownMemberType]
            strips = [strip.apply_filter(each, _NO_COLOUR) for strip in strips]
        return strips


def _filters(app: App[Any]) -> Sequence[LineFilter]:
    """What changes every line, but for the colours of terminals: a palette says what it means."""
    return [each for each in app.get_line_filters() if not isinstance(each, ANSIToTruecolor)]
