"""What points to nothing: arguments without their filler, relations without one of their ends.

The methods of `AnnotationSet` leave none behind. Files may hold some all the same: those that
another program made, and those that an Annotator wrote which let two sessions undo at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.model.annotations import AnnotationSet

ARGUMENTS = "arguments whose filler is gone"
RELATIONS = "relations one of whose ends is gone"


@dataclass(frozen=True, slots=True)
class Dangling:
    """An argument or relation that points to something that its set lacks."""

    item_id: str
    """Of the event or relation."""
    what: str
    """`ARGUMENTS` or `RELATIONS`."""
    message: str
    """What points where, by role or label and ids, without a word of the article."""


def dangling(annotations: AnnotationSet) -> Iterator[Dangling]:
    """Each argument and relation of a set that points to nothing in it."""
    for event in annotations.events.values():
        for argument in event.arguments:
            if not annotations.holds(argument.target):
                message = f"{argument.role} of {event.type} {event.id} points to {argument.target}"
                yield Dangling(event.id, ARGUMENTS, message)
    for relation in annotations.relations.values():
        for end in (relation.source, relation.target):
            if not annotations.holds(end):
                message = f"relation {relation.label} {relation.id} points to {end}"
                yield Dangling(relation.id, RELATIONS, message)
                break


def without_dangling(annotations: AnnotationSet) -> AnnotationSet:
    """The set without them; the very set where there are none."""
    gone = {one.item_id for one in dangling(annotations)}
    if not gone:
        return annotations
    events = dict(annotations.events)
    for key in gone & events.keys():
        kept = tuple(a for a in events[key].arguments if annotations.holds(a.target))
        events[key] = replace(events[key], arguments=kept)
    relations = {key: r for key, r in annotations.relations.items() if key not in gone}
    return replace(annotations, events=events, relations=relations)
