"""Annotations that come in as suggestions."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.annotations import AnnotationSet
from annotator.model.event import Event
from annotator.model.identity import suggestion_id
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion


def proposed(annotations: AnnotationSet, document_id: str, source: str) -> list[Suggestion]:
    """Annotations as suggestions of `source`; the ids come out the same every time."""
    ids: dict[str, str] = {}
    for kind, spans in (
        ("entity", annotations.entities.items()),
        ("event", ((key, event.trigger) for key, event in annotations.events.items())),
    ):
        for item_id, span in spans:
            ids[item_id] = suggestion_id(document_id, source, kind, span.ranges, span.label)
    found: list[Span | Event] = [
        replace(span, id=ids[span.id]) for span in annotations.entities.values()
    ]
    for event in annotations.events.values():
        arguments = dict.fromkeys(replace(a, target=ids[a.target]) for a in event.arguments)
        trigger = replace(event.trigger, id=ids[event.id] + "t")
        found.append(replace(event, id=ids[event.id], trigger=trigger, arguments=tuple(arguments)))
    return [Suggestion(item, source) for item in {item.id: item for item in found}.values()]
