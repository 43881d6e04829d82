"""Which item comes next, and which lies at a place: pure functions on items in reading order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from annotator.model.event import Event
from annotator.model.span import Range, Span
from annotator.session.state import span_of

Item = Span | Event


def following(
    items: Sequence[Item],
    current: str,
    offset: int,
    step: int = 1,
    fits: Callable[[str], bool] = lambda _: True,
) -> Item | None:
    """The next item that fits, forward or back from the current one, else from `offset`.

    The search goes round once and never gives the current item; None where nothing else fits.
    """
    if not items:
        return None
    here = next((i for i, item in enumerate(items) if item.id == current), None)
    if here is None:
        starts = [span_of(item).start for item in items]
        here = bisect_left(starts, offset) - 1 if step > 0 else bisect_right(starts, offset)
    size = len(items)
    for distance in range(1, size + 1):
        item = items[(here + step * distance) % size]
        if item.id != current and fits(item.id):
            return item
    return None


def items_at(items: Sequence[Item], place: Range) -> tuple[Item, ...]:
    """The items that share a code point with `place`, the shortest first."""
    start, end = place
    before = bisect_left(items, end, key=lambda item: span_of(item).start)
    near = (item for item in items[:before] if span_of(item).ranges[-1][1] > start)
    found = [item for item in near if any(s < end and start < e for s, e in span_of(item).ranges)]
    return tuple(sorted(found, key=lambda item: span_of(item).end - span_of(item).start))


def other_item(items: Sequence[Item], place: Range, current: str) -> Item | None:
    """The item after the current one among those at a place, round and round."""
    here = items_at(items, place)
    if not here:
        return None
    ids = [item.id for item in here]
    return here[(ids.index(current) + 1) % len(here)] if current in ids else here[0]


def items_within(items: Sequence[Item], stretch: Range) -> tuple[Item, ...]:
    """The items that begin in a stretch, such as a sentence."""
    start, end = stretch
    return tuple(item for item in items if start <= span_of(item).start < end)
