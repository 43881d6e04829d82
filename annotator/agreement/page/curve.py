"""Agreement over time: a point and its interval for each period."""

from __future__ import annotations

from annotator.agreement.page.figures import (
    UNDEFINED,
    behind,
    interval,
    rests_on,
    scrolled,
    spoken,
    table,
    undefined,
    value,
)
from annotator.agreement.page.markup import Markup, element, joined
from annotator.agreement.report.over_time import AgreementOverTime, Period

_LEFT, _TOP, _HEIGHT, _STEP, _FOOT = 40, 12, 180, 76, 40
_RULES = (0.0, 0.25, 0.5, 0.75, 1.0)


def curve(found: AgreementOverTime, title: str) -> Markup:
    """The plot with a table behind it; a dash and the reason where there is no course."""
    if not found.periods:
        return undefined(found.undefined)
    kind = "week" if found.periods[0].kind == "week" else "batch of documents"
    label = f"{title}: strict F1 by {kind}"
    width = _LEFT + _STEP * len(found.periods) + 8
    height = _TOP + _HEIGHT + _FOOT
    svg = element(
        "svg",
        element("title", label),
        *_rules(width),
        _line(found.periods),
        *(_point(place, one) for place, one in enumerate(found.periods)),
        role="img",
        aria_label=label,
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        class_="curve",
    )
    rows = (
        (
            f"{one.first} to {one.last}",
            element("td", value(one.strict), class_="value"),
            interval(one.strict),
            rests_on(one.strict),
        )
        for one in found.periods
    )
    numbers = table(label, (kind, "strict F1", "95 % interval", "of"), rows)
    return joined((scrolled(svg, label), behind("The numbers of the curve", numbers)))


def _x(place: int) -> int:
    return _LEFT + _STEP * place + _STEP // 2


def _y(number: float) -> float:
    return _TOP + _HEIGHT * (1 - max(0.0, min(1.0, number)))


def _rules(width: int) -> list[Markup]:
    found: list[Markup] = []
    for number in _RULES:
        y = _y(number)
        found.append(element("line", x1=_LEFT, x2=width, y1=y, y2=y, class_="rule"))
        found.append(element("text", f"{number:g}", x=_LEFT - 6, y=y + 4, text_anchor="end"))
    return found


def _line(periods: tuple[Period, ...]) -> Markup:
    """The line through the points that have a value; one without breaks it."""
    runs: list[list[str]] = [[]]
    for place, one in enumerate(periods):
        if one.strict.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_x(place)},{_y(one.strict.value):.1f}")
    return joined(element("polyline", points=" ".join(run), class_="course") for run in runs if run)


def _point(place: int, one: Period) -> Markup:
    x = _x(place)
    foot = _TOP + _HEIGHT
    parts = [element("title", f"{one.first} to {one.last}: {spoken(one.strict)}")]
    if one.strict.interval:
        low, high = (_y(end) for end in one.strict.interval)
        parts.append(element("line", x1=x, x2=x, y1=low, y2=high, class_="range"))
        parts += [
            element("line", x1=x - 5, x2=x + 5, y1=end, y2=end, class_="range")
            for end in (low, high)
        ]
    if one.strict.value is None:
        parts.append(element("text", UNDEFINED, x=x, y=foot - 6, text_anchor="middle"))
    else:
        parts.append(element("circle", cx=x, cy=_y(one.strict.value), r=4, class_="point"))
    parts.append(element("text", str(one.first), x=x, y=foot + 18, text_anchor="middle"))
    documents = f"{one.strict.documents} doc."
    parts.append(element("text", documents, x=x, y=foot + 34, text_anchor="middle", class_="faint"))
    return element("g", *parts)
