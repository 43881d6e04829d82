"""The counts of two annotators' events in one document: arguments, roles and attributes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.event_matching import EventPair, matched_events
from annotator.agreement.fillers import Argument, Filler, arguments, fillers, overlapping, same
from annotator.agreement.tallies.bootstrap_counts import Key


def event_counts(a: DocumentAnnotations, b: DocumentAnnotations) -> dict[Key, float]:
    """The counts of the events of two annotators.

    End to end an argument is its event's type with the filler, and with the role (the criterion of
    ACE: Ji and Grishman 2008; Li, Ji and Huang 2013); given a matched trigger it is one of that
    event. The keys: `arguments` by scope and side; `filler` and `role` by scope and by `exact` or
    `overlap`, arguments in common; `of_role` by side or `both` and role, end to end; `events`,
    matched ones; `attribute` by name and both values, None where one of them has none.
    """
    counts: defaultdict[Key, float] = defaultdict(float)
    if not a.events and not b.events:
        return counts
    known = fillers(a), fillers(b)
    sides = [
        [(event.label, arguments(event, own)) for event in work.events]
        for work, own in zip((a, b), known, strict=True)
    ]
    _count_end_to_end(counts, *(_by_type(side) for side in sides))
    for pair in matched_events(a, b):
        counts["events",] += 1
        ours, theirs = arguments(pair[0], known[0]), arguments(pair[1], known[1])
        _count(counts, "matched", ours, theirs)
        _count_attributes(counts, pair)
    return counts


def _by_type(events: Iterable[tuple[str, list[Argument]]]) -> dict[str, list[Argument]]:
    found: defaultdict[str, list[Argument]] = defaultdict(list)
    for label, of_event in events:
        found[label] += of_event
    return found


def _count_end_to_end(
    counts: defaultdict[Key, float], a: dict[str, list[Argument]], b: dict[str, list[Argument]]
) -> None:
    for label in a.keys() | b.keys():
        ours, theirs = a.get(label, []), b.get(label, [])
        _count(counts, "all", ours, theirs)
        for side, found in (("a", ours), ("b", theirs)):
            for role, _ in found:
                counts["of_role", side, role] += 1
        for (role, _), times in (Counter(ours) & Counter(theirs)).items():
            counts["of_role", "both", role] += times


def _count(
    counts: defaultdict[Key, float], scope: str, a: list[Argument], b: list[Argument]
) -> None:
    counts["arguments", scope, "a"] += len(a)
    counts["arguments", scope, "b"] += len(b)
    fillers_a, fillers_b = _fillers(a), _fillers(b)
    counts["filler", scope, "exact"] += same(fillers_a, fillers_b)
    counts["role", scope, "exact"] += same(a, b)
    counts["filler", scope, "overlap"] += overlapping(a, b, roles=False)
    counts["role", scope, "overlap"] += overlapping(a, b, roles=True)


def _fillers(found: Iterable[Argument]) -> list[Filler]:
    return [filler for _, filler in found]


def _count_attributes(counts: defaultdict[Key, float], pair: EventPair) -> None:
    ours, theirs = dict(pair[0].attributes), dict(pair[1].attributes)
    for name in ours.keys() | theirs.keys():
        counts["attribute", name, ours.get(name), theirs.get(name)] += 1
