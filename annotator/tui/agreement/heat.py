"""A matrix of numbers: each cell has its number, and a colour or glyph for how much it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rich.style import Style
from textual.strip import Strip

from annotator.text.safe_text import shortened
from annotator.tui.agreement.charts import scrolled
from annotator.tui.agreement.query import Query
from annotator.tui.agreement.shades import mixed, on_ground, ramp, shade
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.theme import Palette, styled

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONG = 60
_MOST_NAME = 18
_LEAST, _MOST = 6, 11
"""Cells for a column; one more for numbers with a point in them."""
_LEGEND = 20


class Tone(StrEnum):
    """What the colour of a cell says."""

    NONE = "none"
    HEAT = "heat"
    """How much, on a scale of its own."""
    SAME = "same"
    """How often two said the same."""
    DIFFERS = "differs"
    """How often they did not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, how much it is between 0 and 1, and what stands behind it."""

    text: str
    tone: Tone = Tone.NONE
    share: float = 0.0
    told: str = ""
    sought: Query | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells in rows and columns."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    labels: frozenset[str] = frozenset()
    """Names that have the colour of a label."""
    are_events: bool = False
    is_lettered: bool = False
    """Whether rows and columns are the same names, which letters may stand for."""
    low: float = 0.0
    """The value at the lower end of the scale of heat, the upper end is 1."""
    has_scale: bool = False
    nothing: str = "There is nothing to show."

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns a cursor can be in."""
        return len(self.rows), len(self.columns)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell of a row and column, None where there is none."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.columns):
            return self.cells[row][column]
        return None


def matrix_strips(
    matrix: Matrix, palette: Palette, width: int, height: int, cursor: tuple[int, int] | None
) -> list[Strip]:
    """The rows and columns around the cursor, and the scale where there is room."""
    faint = styled(palette.faint, palette.background)
    if not matrix.rows:
        canvas = Canvas(width, faint)
        canvas.put(1, fitted(matrix.nothing, width - 2), faint)
        return [canvas.strip()]
    painter = _Painter(matrix, palette, width, cursor)
    count = len(matrix.rows)
    tall = 2 if matrix.has_scale and 2 * count + 3 <= height else 1
    body = max((height - 1) // tall, 1)
    top = scrolled(count, body, cursor[0] if cursor else None)
    strips = [painter.heads()]
    for row in range(top, min(top + body, count)):
        strips.append(painter.row(row))
        strips += [painter.row(row, is_lower=True)] * (tall - 1)
    if matrix.has_scale and len(strips) + 2 <= height:
        strips += [Canvas(width, faint).strip(), _legend(matrix.low, palette, width)]
    return strips


class _Painter:
    """Draws the rows of a matrix: its columns are as wide as there is room for their names."""

    def __init__(
        self, matrix: Matrix, palette: Palette, width: int, cursor: tuple[int, int] | None
    ) -> None:
        self._matrix, self._palette, self._width, self._cursor = matrix, palette, width, cursor
        self._heads = [shortened(name, _LONG) for name in matrix.columns]
        self._names = [shortened(name, _LONG) for name in matrix.rows]
        longest = max(map(cell_width, self._heads)) + 2
        self._left = min(max(map(cell_width, self._names)), max(width // 3, 4), _MOST_NAME) + 2
        fits = (width - self._left) // len(self._heads)
        least = _LEAST + matrix.has_scale
        self._room = min(max(longest, least), max(fits, least), _MOST)
        if matrix.is_lettered and longest > self._room:
            self._heads = [LETTERS[i % 26] for i in range(len(self._heads))]
            self._names = [f"{LETTERS[i % 26]} {name}" for i, name in enumerate(self._names)]
            self._room = _LEAST + 2
        self._left = min(max(map(cell_width, self._names)), max(width // 3, 4), _MOST_NAME) + 2
        count = max((width - self._left) // self._room, 1)
        first = scrolled(len(self._heads), count, cursor[1] if cursor else None)
        self._shown = range(first, min(first + count, len(self._heads)))

    def heads(self) -> Strip:
        """The names of the columns; dots where there are more."""
        palette = self._palette
        canvas = Canvas(self._width, styled(palette.foreground, palette.background))
        faint = styled(palette.faint, palette.background)
        for place, column in enumerate(self._shown):
            style = self._name_style(self._matrix.columns[column], self._is_at(1, column))
            text = fitted(self._heads[column], self._room - 1)
            left = self._left + place * self._room
            canvas.put(left + (self._room - cell_width(text)) // 2, text, style)
        if self._shown.start > 0:
            canvas.put(self._left - 2, "◀", faint)
        if self._shown.stop < len(self._heads):
            canvas.put(self._left + len(self._shown) * self._room - 1, "▶", faint)
        return canvas.strip()

    def row(self, row: int, *, is_lower: bool = False) -> Strip:
        """A row of cells; its lower half has the colours only."""
        palette = self._palette
        canvas = Canvas(self._width, styled(palette.foreground, palette.background))
        if not is_lower:
            name = fitted(self._names[row], self._left - 2)
            style = self._name_style(self._matrix.rows[row], self._is_at(0, row))
            canvas.put(self._left - 1 - cell_width(name), name, style)
        for place, column in enumerate(self._shown):
            left = self._left + place * self._room
            self._cell(canvas, left, row, column, is_lower=is_lower)
        return canvas.strip()

    def _cell(self, canvas: Canvas, left: int, row: int, column: int, *, is_lower: bool) -> None:
        cell = self._matrix.cells[row][column]
        is_current = (row, column) == self._cursor
        text = "" if is_lower else cell.text
        style = self._style(cell)
        shaded = shade(cell.share) if self._palette.is_flat and cell.tone is not Tone.NONE else " "
        glyph = shaded if cell.tone is Tone.HEAT else " "
        if cell.tone in (Tone.SAME, Tone.DIFFERS) and not is_current:
            text += shaded.strip()
        if is_current:
            style, glyph = self._palette.chip(self._palette.primary), " "
            text = text and f"[{text}]"
        right = left + self._room
        begin = left + max((self._room - cell_width(text)) // 2, 0)
        canvas.fill(left, right, glyph, style)
        if text:
            canvas.fill(begin - 1, begin + cell_width(text) + 1, " ", style)
            canvas.put(begin, text, style, right)

    def _style(self, cell: Cell) -> Style:
        palette = self._palette
        if palette.is_flat or cell.tone is Tone.NONE:
            bold = cell.tone in (Tone.SAME, Tone.HEAT)
            colour = palette.faint if cell.tone is Tone.NONE else palette.foreground
            return styled(colour, palette.background, bold=bold)
        if cell.tone is Tone.HEAT:
            return on_ground(ramp(cell.share), bold=True)
        if cell.tone is Tone.SAME:
            return on_ground(mixed(palette, palette.success, 0.15 + 0.55 * cell.share), bold=True)
        return on_ground(mixed(palette, palette.warning, min(0.08 + 2 * cell.share, 0.8)))

    def _name_style(self, name: str, is_at: bool) -> Style:  # noqa: FBT001 - which of two looks
        palette, matrix = self._palette, self._matrix
        if name not in matrix.labels:
            colour = palette.foreground if is_at else palette.faint
        else:
            colour = palette.event if matrix.are_events else palette.label(name)
        return styled(colour, palette.background, bold=True, underline=is_at)

    def _is_at(self, axis: int, place: int) -> bool:
        return self._cursor is not None and self._cursor[axis] == place


def _legend(low: float, palette: Palette, width: int) -> Strip:
    """The scale of the heat, from low to high."""
    canvas = Canvas(width, styled(palette.faint, palette.background))
    faint = styled(palette.faint, palette.background)
    column = canvas.put(1, f"{low:.2f} ", faint)
    for step in range(_LEGEND):
        share = step / (_LEGEND - 1)
        style = faint if palette.is_flat else styled(None, ramp(share))
        column = canvas.put(column, shade(share) if palette.is_flat else " ", style)
    canvas.put(column, " 1.00", faint)
    return canvas.strip()
