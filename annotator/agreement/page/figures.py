"""Numbers as they stand on the page: three places, the whole number behind them, and why none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.agreement.coefficients.estimate import Estimate
from annotator.agreement.page.markup import NOTHING, Content, Markup, element, joined

UNDEFINED = "—"
MINUS = "−"


def value(one: Estimate, places: int = 3) -> Markup:
    """The value; a dash, with the reason where the pointer rests on it, where there is none."""
    if one.value is None:
        return element("span", UNDEFINED, class_="undefined", title=one.undefined)
    return number(one.value, places)


def number(value: float, places: int = 3) -> Markup:
    """A number to some places; `value` of the element has all of them."""
    return element("data", f"{value:.{places}f}".replace("-", MINUS), value=repr(value))


def interval(one: Estimate) -> Markup:
    """The interval, a dash where there is none, or in small letters why there is no value."""
    if one.interval:
        low, high = one.interval
        return joined((number(low), "–" if low >= 0 else " to ", number(high)))
    if one.value is None:
        return element("span", one.undefined, class_="reason")
    return element("span", UNDEFINED, class_="undefined", title=one.no_interval)


def rests_on(one: Estimate) -> Markup:
    """What a number rests on."""
    documents = one.documents
    of = f" in {counted(documents, 'document')}" if documents else ""
    return element("span", f"{one.n:,} {one.unit}{of}", class_="n")


def spoken(one: Estimate) -> str:
    """A number with all that belongs to it, as one line of text."""
    if one.value is None:
        return f"undefined: {one.undefined}"
    between = f", 95 % {one.interval[0]:.3f} to {one.interval[1]:.3f}" if one.interval else ""
    return f"{one.value:.3f}{between}, {one.n:,} {one.unit}"


def counted(n: int, noun: str) -> str:
    """`1 document`, `1,234 documents`."""
    return f"{n:,} {noun if n == 1 else noun + 's'}"


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[Content]], class_: str = ""
) -> Markup:
    """A table that scrolls by itself where it is too wide; the first cell of a row names it."""
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body = (
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(cell if _is_cell(cell) else element("td", cell) for cell in row[1:]),
        )
        for row in rows
    )
    return scrolled(
        element(
            "table",
            element("caption", caption),
            element("thead", head),
            element("tbody", *body),
            class_=class_,
        ),
        caption,
    )


def scrolled(content: Markup, label: str) -> Markup:
    """What scrolls sideways by itself, by the keyboard too."""
    return element("div", content, class_="scroll", role="region", aria_label=label, tabindex=0)


def behind(summary: str, content: Markup) -> Markup:
    """What is shown on request; on paper too where it is unfolded."""
    return element("details", element("summary", summary), content)


def note(*content: Content) -> Markup:
    """A remark in small letters; nothing where it is empty."""
    return element("p", *content, class_="note") if any(content) else NOTHING


def undefined(reason: str) -> Markup:
    """A dash and why there is nothing to show."""
    return note(element("span", UNDEFINED, class_="undefined"), f" {reason}")


def _is_cell(cell: Content) -> bool:
    return isinstance(cell, Markup) and cell.html.startswith("<td")
