"""Which event of one annotator stands for which of another, where several share a trigger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.fillers import Argument, Filler, arguments, fillers, overlapping, same
from annotator.agreement.items import EventMark
from annotator.agreement.matching import best_matching
from annotator.agreement.spans import Canonical

EventPair = tuple[EventMark, EventMark]


def matched_events(a: DocumentAnnotations, b: DocumentAnnotations) -> list[EventPair]:
    """Events of two annotators with the same trigger and type, paired one-to-one.

    Of several on one trigger those are paired that have, over all, most arguments in common
    (role and filler; then filler; then role and overlapping filler; then overlapping filler), then
    most attribute values. Which annotator comes first does not matter.
    """
    ours, theirs = _by_mark(a.events), _by_mark(b.events)
    known = fillers(a), fillers(b)
    return [
        pair
        for mark, events in ours.items()
        if mark in theirs
        for pair in paired(events, theirs[mark], known, lambda _, __: True)
    ]


def paired(
    ours: Sequence[EventMark],
    theirs: Sequence[EventMark],
    known: tuple[Mapping[str, Filler], Mapping[str, Filler]],
    fits: Callable[[EventMark, EventMark], bool],
) -> list[EventPair]:
    """As many pairs of events that fit as there can be, and of those the most alike."""
    if len(ours) == len(theirs) == 1:
        return [(ours[0], theirs[0])] if fits(ours[0], theirs[0]) else []
    left = sorted((_content(event, known[0]), event.id, event) for event in ours)
    right = sorted((_content(event, known[1]), event.id, event) for event in theirs)
    turned = [content for content, *_ in right] < [content for content, *_ in left]
    if turned:
        left, right = right, left
    most = 1 + sum(len(event.arguments) + len(event.attributes) for event in chain(ours, theirs))
    weights = [
        {
            j: _likeness(content, other_content, most)
            for j, (other_content, _, other) in enumerate(right)
            if (fits(other, event) if turned else fits(event, other))
        }
        for content, _, event in left
    ]
    pairs = [(left[i][2], right[j][2]) for i, j in sorted(best_matching(weights).items())]
    return [(other, event) for event, other in pairs] if turned else pairs


_Content = tuple[Canonical, list[Argument], list[tuple[str, str]]]


def _content(event: EventMark, known: Mapping[str, Filler]) -> _Content:
    return event.mark, sorted(arguments(event, known)), sorted(event.attributes)


def _likeness(one: _Content, other: _Content, most: int) -> int:
    """Several counts as one number, the first weighing more than all of the next."""
    a, b = one[1], other[1]
    counts = (
        same(a, b),
        same([filler for _, filler in a], [filler for _, filler in b]),
        overlapping(a, b, roles=True),
        overlapping(a, b, roles=False),
        same(one[2], other[2]),
    )
    weight = 0
    for count in counts:
        weight = weight * most + count
    return weight


def _by_mark(events: Sequence[EventMark]) -> dict[Canonical, list[EventMark]]:
    found: defaultdict[Canonical, list[EventMark]] = defaultdict(list)
    for event in events:
        found[event.mark].append(event)
    return found
