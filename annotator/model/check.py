"""Annotations held against their scheme and text: a list of problems, never an exception."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.scheme import EventType, Scheme
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about an entity or event that the scheme does not allow."""

    item_id: str
    kind: str
    """`label`, `range`, `role missing`, `role unknown`, `filler`, `too many` or `attribute`."""
    message: str


def check(document: Document, annotations: AnnotationSet, scheme: Scheme) -> list[Problem]:
    """Everything in `annotations` that the scheme or the text does not allow."""
    problems: list[Problem] = []
    for span in annotations.entities.values():
        if scheme.entity(span.label) is None:
            problems.append(Problem(span.id, "label", f"{span.label} is not an entity label"))
        problems.extend(_outside(document, span.id, span))
    for event in annotations.events.values():
        problems.extend(_outside(document, event.id, event.trigger))
        problems.extend(check_event(event, annotations, scheme))
    return problems


def check_event(event: Event, annotations: AnnotationSet, scheme: Scheme) -> list[Problem]:
    """What is missing, too much or not allowed in one event."""
    event_type = scheme.event(event.type)
    if event_type is None:
        return [Problem(event.id, "label", f"{event.type} is not an event type")]
    return [
        *_role_problems(event, event_type),
        *_filler_problems(event, event_type, annotations, scheme),
        *_attribute_problems(event, scheme),
    ]


def _outside(document: Document, item_id: str, span: Span) -> Iterator[Problem]:
    if span.end > len(document.text):
        yield Problem(
            item_id, "range", f"{span.start}-{span.end} is beyond the text ({len(document.text)})"
        )


def _role_problems(event: Event, event_type: EventType) -> Iterator[Problem]:
    filled = Counter(argument.role for argument in event.arguments)
    for role in event_type.roles:
        if role.required and not filled[role.name]:
            yield Problem(event.id, "role missing", f"{event_type.name} needs a {role.name}")
        if not role.repeatable and filled[role.name] > 1:
            yield Problem(event.id, "too many", f"{role.name} takes one filler only")
    for name in filled:
        if event_type.role(name) is None:
            yield Problem(event.id, "role unknown", f"{event_type.name} has no role {name}")


def _filler_problems(
    event: Event, event_type: EventType, annotations: AnnotationSet, scheme: Scheme
) -> Iterator[Problem]:
    for argument in event.arguments:
        label = annotations.label_of(argument.target)
        role = event_type.role(argument.role)
        if label is None:
            yield Problem(event.id, "filler", f"{argument.role} points to nothing")
        elif role is not None and not scheme.accepts(role, label):
            yield Problem(event.id, "filler", f"{argument.role} does not take {label}")


def _attribute_problems(event: Event, scheme: Scheme) -> Iterator[Problem]:
    known = {attribute.name: attribute for attribute in scheme.attributes_of(event.type)}
    for name, value in event.attributes.items():
        if name not in known:
            yield Problem(event.id, "attribute", f"{event.type} has no attribute {name}")
        elif value not in known[name].values:
            yield Problem(event.id, "attribute", f"{name} cannot be {value}")
