"""Numbers with their intervals as bars: a table whose rows are the plot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from annotator.agreement.coefficients.estimate import Estimate
from annotator.agreement.page.figures import MINUS, interval, rests_on, table, value
from annotator.agreement.page.markup import Content, Markup, element, joined

COLUMNS = ("value", "95 % interval", "of")
_WIDTH, _HEIGHT = 100.0, 18.0
_STEPS = 4
"""Parts of the axis between two lines."""

Bar = tuple[Content, Estimate]
"""A number and what it is of."""


def bars(caption: str, first: str, found: Sequence[Bar]) -> Markup:
    """A table with a bar in each row; the axis begins at 0, or below the lowest interval."""
    low = _lowest(one for _, one in found)
    rows = (
        (
            name,
            element("td", _bar(one, low), class_="bar"),
            element("td", value(one), class_="value"),
            *_interval(one),
        )
        for name, one in found
    )
    scale = f"from {low:g} to 1".replace("-", MINUS)
    return table(caption, (first, scale, *COLUMNS), rows, "bars")


def _interval(one: Estimate) -> tuple[Markup, ...]:
    """The last two cells; one for both where it tells why there is no value."""
    if one.value is None:
        of = joined((interval(one), ", of ", rests_on(one)))
        return (element("td", of, colspan=2),)
    return element("td", interval(one)), element("td", rests_on(one))


def _lowest(found: Iterable[Estimate]) -> float:
    ends = [end for one in found for end in (one.value, *(one.interval or ())) if end is not None]
    return math.floor(min((0.0, *ends)) * 5) / 5


def _bar(one: Estimate, low: float) -> Markup:
    """The bar, with its interval as a line; the row says the same in figures."""

    def x(number: float) -> float:
        return _WIDTH * (number - low) / (1 - low)

    parts = [
        element("line", x1=at, x2=at, y1=0.0, y2=_HEIGHT, class_="rule")
        for at in (_WIDTH * step / _STEPS for step in range(_STEPS + 1))
    ]
    if one.value is not None:
        at = x(one.value)
        left, right = sorted((x(0), at))
        parts.append(
            element("rect", x=left, y=4.0, width=right - left, height=_HEIGHT - 8, class_="fill")
        )
        parts.append(element("line", x1=at, x2=at, y1=2.0, y2=_HEIGHT - 2, class_="end"))
    if one.interval:
        ends = [x(end) for end in one.interval]
        middle = _HEIGHT / 2
        parts.append(element("line", x1=ends[0], x2=ends[1], y1=middle, y2=middle, class_="range"))
        parts += [
            element("line", x1=at, x2=at, y1=middle - 3, y2=middle + 3, class_="range")
            for at in ends
        ]
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
