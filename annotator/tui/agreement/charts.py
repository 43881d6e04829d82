"""Bars with their intervals: one number a row, drawn to an eighth of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

from annotator.agreement.coefficients.estimate import Estimate
from annotator.text.safe_text import shortened
from annotator.tui.agreement.numbers import interval_text, told, value_text
from annotator.tui.agreement.query import Query
from annotator.tui.agreement.shades import mixed
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.theme import Palette, styled

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MOST_NAME = 26
_LEAST_NAME = 8
_NARROW = 60
"""Below so many columns a name gives way to the interval and what the number rests on."""
_LEAST_BAR = 12
_VALUE, _INTERVAL, _COUNT = 6, 11, 9
_LONG = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its name; without a number a heading."""

    name: str
    estimate: Estimate | None = None
    sought: Query | None = None
    label: str = ""
    """Whose colour the bar has; none has the plain one."""
    is_event: bool = False
    small: bool = False

    @property
    def told(self) -> str:
        """What is said of it in a line."""
        one = self.estimate
        return f"{self.name}: {told(one, small=self.small)}" if one else self.name


@dataclass(frozen=True, slots=True)
class Chart:
    """Some bars, one a row."""

    title: str
    bars: tuple[Bar, ...]
    nothing: str = "There is nothing to show."

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns a cursor can be in."""
        return len(self.bars), 1

    def at(self, row: int, _column: int) -> Bar | None:
        """The bar of a row, None for a heading and where there is none."""
        found = self.bars[row] if 0 <= row < len(self.bars) else None
        return found if found is not None and found.estimate is not None else None


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a row begin; -1 for what has no room."""

    bar: int
    value: int
    interval: int
    count: int


def chart_strips(
    chart: Chart, palette: Palette, width: int, height: int, row: int | None
) -> list[Strip]:
    """The rows around the one of the cursor, and a scale under them where there is room."""
    if not chart.bars:
        canvas = Canvas(width, styled(palette.faint, palette.background))
        canvas.put(1, fitted(chart.nothing, width - 2), styled(palette.faint, palette.background))
        return [canvas.strip()]
    places = _places(chart.bars, width)
    first = scrolled(len(chart.bars), height, row)
    shown = range(first, min(first + height, len(chart.bars)))
    strips = [_strip(chart.bars[i], places, palette, width, current=i == row) for i in shown]
    if len(strips) < height and places.bar >= 0:
        strips.append(_scale(places, palette, width))
    return strips


def scrolled(count: int, room: int, current: int | None) -> int:
    """The first of `count` lines that is shown in some room, the current one far from the edge."""
    if count <= room:
        return 0
    return min(max((current or 0) - room // 2, 0), count - room)


def _places(bars: Sequence[Bar], width: int) -> _Places:
    longest = max(cell_width(_name(bar)) for bar in bars)
    others = _VALUE + _INTERVAL + _COUNT + 2
    most = max(width - others, _LEAST_NAME) if width < _NARROW else max(_MOST_NAME, width // 3)
    name = 1 + min(longest, most) + 1
    right = width
    count = interval = -1
    if width - name - _VALUE >= _COUNT:
        right = count = right - _COUNT
    if right - name - _VALUE >= _INTERVAL:
        right = interval = right - _INTERVAL
    value = right - _VALUE
    return _Places(name if value - name >= _LEAST_BAR else -1, max(value, 0), interval, count)


def _strip(bar: Bar, places: _Places, palette: Palette, width: int, *, current: bool) -> Strip:
    ground = palette.panel if current and bar.estimate else palette.background
    canvas = Canvas(width, styled(palette.foreground, ground))
    if bar.estimate is None:
        canvas.put(1, _name(bar), styled(palette.faint, ground, bold=True))
        return canvas.strip()
    if current:
        canvas.put(0, "▌", styled(palette.primary, ground))
    room = (places.bar if places.bar >= 0 else places.value) - 2
    hue = _hue(bar, palette)
    name = styled(hue if bar.label else palette.foreground, ground, bold=bool(bar.label) or current)
    canvas.put(1, fitted(_name(bar), room), name)
    one = bar.estimate
    faint = styled(palette.faint, ground)
    if places.bar >= 0 and one.value is None:
        canvas.put(places.bar, fitted(one.undefined, places.value - places.bar - 1), faint)
    elif places.bar >= 0:
        _draw(canvas, one, places.bar, places.value - places.bar - 1, hue, palette)
    strong = styled(palette.foreground, ground, bold=True)
    canvas.put(places.value, value_text(one, small=bar.small), strong)
    if places.interval >= 0:
        canvas.put(places.interval, interval_text(one), faint)
    if places.count >= 0:
        canvas.put(places.count + 1, f"n={one.n}", faint)
    return canvas.strip()


def _draw(canvas: Canvas, one: Estimate, left: int, width: int, hue: str, palette: Palette) -> None:
    """The bar up to its value, and its interval over it."""
    base = mixed(palette, palette.foreground, 0.07)
    fill = hue if palette.is_flat else palette.tint(palette.background, hue, 0.6)
    value = min(max(one.value or 0.0, 0.0), 1.0)
    eighths = round(value * width * 8)
    whole, part = divmod(eighths, 8)
    canvas.fill(left, left + width, " ", styled(palette.foreground, base))
    canvas.fill(left, left + whole, "█", styled(fill, base))
    if part:
        canvas.put(left + whole, _EIGHTHS[part], styled(fill, base))
    if one.interval is None:
        return
    low, high = (_cell(end, width) for end in one.interval)
    for cell in range(low, high + 1):
        glyph = "─" if low < cell < high else "├" if cell == low < high else "┤"
        canvas.put(left + cell, glyph, _over(palette, fill if cell < whole else base))
    if palette.is_flat:
        canvas.put(left + _cell(value, width), "●", _over(palette, base))


def _over(palette: Palette, ground: str) -> Style:
    """A whisker on a bar; where colours cannot be mixed the bar is broken by it."""
    return styled(palette.foreground, palette.background if palette.is_flat else ground)


def _cell(end: float, width: int) -> int:
    return min(int(min(max(end, 0.0), 1.0) * width), width - 1)


def _scale(places: _Places, palette: Palette, width: int) -> Strip:
    canvas = Canvas(width, styled(palette.faint, palette.background))
    room = places.value - places.bar - 1
    for tick in ("0", ".25", ".5", ".75", "1"):
        at = min(int(float(tick) * room), room - len(tick))
        canvas.put(places.bar + at, tick, styled(palette.faint, palette.background))
    return canvas.strip()


def _name(bar: Bar) -> str:
    return f"{'◆' if bar.is_event and bar.label else ''}{shortened(bar.name, _LONG)}"


def _hue(bar: Bar, palette: Palette) -> str:
    if not bar.label:
        return palette.primary
    return palette.event if bar.is_event else palette.label(bar.label)
