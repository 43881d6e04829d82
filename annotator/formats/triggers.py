"""Events out of formats that know spans and relations only, by the labels of the scheme."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from annotator.formats.record import Annotated
from annotator.model.annotations import AnnotationSet, Relation
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion


def with_events(item: Annotated, event_types: Collection[str]) -> Annotated:
    """`item` with every span whose label is an event type made the trigger of an event.

    Relations from such a span become the event's arguments, the relation's label the role. The
    event takes over the span's id, so whatever pointed to the span points to the event.
    """
    return replace(
        item,
        annotations=tuple(_raised(annotations, event_types) for annotations in item.annotations),
        suggestions=tuple(_raised_suggestion(s, event_types) for s in item.suggestions),
    )


def _raised(annotations: AnnotationSet, event_types: Collection[str]) -> AnnotationSet:
    triggers = {
        key: span for key, span in annotations.entities.items() if span.label in event_types
    }
    arguments: dict[str, list[Relation]] = {key: [] for key in triggers}
    relations: dict[str, Relation] = {}
    for key, relation in annotations.relations.items():
        if relation.source in triggers:
            arguments[relation.source].append(relation)
        else:
            relations[key] = relation
    events = {key: _event(span, arguments[key]) for key, span in triggers.items()}
    entities = {key: span for key, span in annotations.entities.items() if key not in triggers}
    return replace(
        annotations,
        entities=entities,
        events={**annotations.events, **events},
        relations=relations,
    )


def _event(span: Span, relations: Iterable[Relation]) -> Event:
    arguments = dict.fromkeys(Argument(relation.label, relation.target) for relation in relations)
    return Event(span.id, replace(span, id="t" + span.id), tuple(arguments))


def _raised_suggestion(suggestion: Suggestion, event_types: Collection[str]) -> Suggestion:
    item = suggestion.item
    if isinstance(item, Event) or item.label not in event_types:
        return suggestion
    return replace(suggestion, item=_event(item, ()))
