"""Whose annotations of a document a data set takes, where several people have annotated it.

1. What the adjudicator has finished, kept under the name `gold`.
2. Else what those say who have finished it, where they all say the same.
3. Else, where nobody has finished it, what the only one says who has begun.

Anything else is not settled, and the document is left out until it is adjudicated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.model.annotations import SKIPPED, AnnotationSet
from annotator.model.scheme import NO_SCHEME, Scheme

GOLD = "gold"
"""The name under which adjudicated annotations are kept."""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The annotations to take, and by whom they are; or why there are none."""

    annotations: AnnotationSet | None
    by: tuple[str, ...] = ()
    reason: str = ""


def settled(sets: Sequence[AnnotationSet], scheme: Scheme = NO_SCHEME) -> GoldSet:
    """What is taken of the annotation sets of one document; a set that is alone is taken as it is.

    Annotators say the same where labels, places, arguments, attributes and relations are equal;
    ids and comments do not matter, nor whether a default of the scheme was set or left.
    """
    if len(sets) == 1:
        return GoldSet(sets[0], (sets[0].annotator,))
    by_name = {one.annotator: one for one in sorted(sets, key=lambda one: one.annotator)}
    gold = by_name.get(GOLD)
    if gold is not None and gold.is_done:
        return GoldSet(gold, (GOLD,))
    done = [one for one in by_name.values() if one.is_done]
    begun = [one for one in by_name.values() if SKIPPED not in one.flags and not one.is_empty]
    said = done or begun
    names = tuple(one.annotator for one in said)
    if not said:
        return GoldSet(None, reason="it was skipped" if sets else "nobody annotated it")
    if not done and len(said) > 1:
        return GoldSet(None, reason=f"begun by {', '.join(names)} and finished by nobody")
    first = content(said[0], scheme)
    if any(content(one, scheme) != first for one in said[1:]):
        return GoldSet(None, reason=f"not adjudicated: {', '.join(names)} differ")
    return GoldSet(said[0], names)


def content(annotations: AnnotationSet, scheme: Scheme = NO_SCHEME) -> frozenset[Any]:
    """What a set says, without ids; an attribute that was not set has the scheme's default."""
    return frozenset(_content(annotations, scheme))


def _content(annotations: AnnotationSet, scheme: Scheme) -> Iterator[Any]:
    for span in annotations.entities.values():
        yield "entity", span.ranges, span.label
    for event in annotations.events.values():
        arguments = frozenset((a.role, _place(annotations, a.target)) for a in event.arguments)
        attributes = frozenset(scheme.values_of(event).items())
        yield "event", event.trigger.ranges, event.type, arguments, attributes
    for relation in annotations.relations.values():
        ends = _place(annotations, relation.source), _place(annotations, relation.target)
        yield "relation", relation.label, *ends


def _place(annotations: AnnotationSet, item_id: str) -> Any:  # noqa: ANN401 - compared only
    span = annotations.entities.get(item_id)
    if span is not None:
        return "entity", span.ranges, span.label
    trigger = annotations.events[item_id].trigger
    return "event", trigger.ranges, trigger.label
