"""The views on the screen: one of them, or as many as there is room for."""

from __future__ import annotations

from collections.abc import Callable

from textual.strip import Strip

from annotator.text.safe_text import pictured
from annotator.tui.agreement.charts import Chart, chart_strips
from annotator.tui.agreement.heat import Matrix, matrix_strips
from annotator.tui.agreement.views import View
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import fitted
from annotator.tui.theme import Palette, styled

Contents = Callable[[View], Chart | Matrix]
_QUARTERS = (View.LABELS, View.PAIRS, View.CONFUSION, View.OVERVIEW)
"""From left to right, the upper two first."""
_WIDE, _TALL = 110, 28
"""From this many columns and lines on there are four."""


class Board:
    """Draws the current view with its cursor, and others beside it."""

    def __init__(self, contents: Contents, palette: Palette, width: int, height: int) -> None:
        self._contents, self._palette = contents, palette
        self._width, self._height = width, height

    def strips(self, view: View, cursor: tuple[int, int]) -> list[Strip]:
        """Exactly as many lines as the board is high."""
        if self._width < _WIDE or self._height < _TALL or view not in _QUARTERS:
            return self._panel(view, cursor, self._width, self._height)
        right = self._width * 2 // 5
        left = self._width - right - 1
        needed = max(len(self._lines_of(each)) for each in _QUARTERS[:2]) + 3
        upper = min(max(needed, self._height // 3), self._height - self._height // 3)
        rows: list[Strip] = []
        for names, height in ((_QUARTERS[:2], upper), (_QUARTERS[2:], self._height - upper)):
            pair = [
                self._panel(each, cursor if each is view else None, width, height)
                for each, width in zip(names, (left, right), strict=True)
            ]
            lines = zip(*pair, strict=True)
            rows += [Strip.join([one, self._blank(1), other]) for one, other in lines]
        return rows

    def _lines_of(self, view: View) -> range:
        return range(self._contents(view).shape[0] * (2 if view is View.PAIRS else 1))

    def _panel(
        self, view: View, cursor: tuple[int, int] | None, width: int, height: int
    ) -> list[Strip]:
        """A title over what a view shows."""
        content = self._contents(view)
        room = max(height - 1, 0)
        strips = [self._title(content.title, width, is_current=cursor is not None)]
        if isinstance(content, Chart):
            row = cursor[0] if cursor else None
            strips += chart_strips(content, self._palette, width, room, row)
        else:
            strips += matrix_strips(content, self._palette, width, room, cursor)
        strips += [self._blank(width)] * (height - len(strips))
        return strips[:height]

    def _title(self, title: str, width: int, *, is_current: bool) -> Strip:
        palette = self._palette
        colour = palette.primary if is_current else palette.faint
        canvas = Canvas(width, styled(palette.faint, palette.background))
        canvas.fill(0, width, "─", styled(colour, palette.background))
        text = f" {fitted(pictured(title), width - 4)} "
        canvas.put(1, text, styled(colour, palette.background, bold=True))
        return canvas.strip()

    def _blank(self, width: int) -> Strip:
        return Canvas(width, styled(self._palette.foreground, self._palette.background)).strip()
