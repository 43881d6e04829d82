"""Squares tinted by a share, with the number in each: heat maps and confusion matrices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.agreement.page.figures import scrolled
from annotator.agreement.page.markup import NOTHING, Markup, element
from annotator.text.safe_text import shortened

TINTS = 11
"""The steps of the scale."""
_CELL_WIDTH, _CELL_HEIGHT = 52, 30
_LEFT, _TOP = 132, 92
_LONG = 17
"""Code points of a name beside the squares; the table has it whole."""


@dataclass(frozen=True, slots=True)
class Square:
    """One square."""

    share: float | None
    """From 0 to 1, which gives the tint; None where there is nothing to compare."""
    text: str
    told: str
    """What it is, in full."""
    is_framed: bool = False


def grid(
    label: str,
    rows: Sequence[str],
    columns: Sequence[str],
    squares: Mapping[tuple[int, int], Square],
) -> Markup:
    """The squares by place of row and column, names at the left and above; `label` describes it."""
    width = _LEFT + _CELL_WIDTH * len(columns) + 60
    height = _TOP + _CELL_HEIGHT * len(rows) + 4
    svg = element(
        "svg",
        element("title", label),
        *(_row_name(place, text) for place, text in enumerate(rows)),
        *(_column_name(place, text) for place, text in enumerate(columns)),
        *(_square(row, column, one) for (row, column), one in squares.items()),
        role="img",
        aria_label=label,
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        class_="grid",
    )
    return scrolled(svg, label)


def scale(low: str, high: str) -> Markup:
    """The tints from the lowest to the highest."""
    width = 14 * TINTS
    svg = element(
        "svg",
        *(
            element("rect", x=14 * step, y=0, width=14, height=12, class_=f"tint{step}")
            for step in range(TINTS)
        ),
        width=width,
        height=12,
        viewBox=f"0 0 {width} 12",
        aria_hidden="true",
    )
    return element("p", f"{low} ", svg, f" {high}", class_="note scale")


def tint(share: float) -> int:
    """The step of a share, which may lie below 0."""
    return round(max(0.0, min(1.0, share)) * (TINTS - 1))


def _row_name(place: int, text: str) -> Markup:
    y = _TOP + _CELL_HEIGHT * place + _CELL_HEIGHT // 2 + 4
    return element(
        "text",
        element("title", text),
        shortened(text, _LONG),
        x=_LEFT - 8,
        y=y,
        text_anchor="end",
    )


def _column_name(place: int, text: str) -> Markup:
    x = _LEFT + _CELL_WIDTH * place + _CELL_WIDTH // 2
    return element(
        "text",
        element("title", text),
        shortened(text, _LONG - 5),
        transform=f"translate({x} {_TOP - 8}) rotate(-40)",
    )


def _square(row: int, column: int, one: Square) -> Markup:
    x, y = _LEFT + _CELL_WIDTH * column, _TOP + _CELL_HEIGHT * row
    step = "none" if one.share is None else str(tint(one.share))
    frame = NOTHING
    if one.is_framed:
        frame = element(
            "rect",
            x=x + 2,
            y=y + 2,
            width=_CELL_WIDTH - 5,
            height=_CELL_HEIGHT - 5,
            class_=f"frame on{step}",
        )
    return element(
        "g",
        element("title", one.told),
        element(
            "rect",
            x=x,
            y=y,
            width=_CELL_WIDTH - 1,
            height=_CELL_HEIGHT - 1,
            class_=f"tint{step}",
        ),
        frame,
        element(
            "text",
            one.text,
            x=x + _CELL_WIDTH // 2,
            y=y + _CELL_HEIGHT // 2 + 4,
            text_anchor="middle",
            class_=f"on{step}",
        ),
    )
