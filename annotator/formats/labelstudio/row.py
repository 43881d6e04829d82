"""Annotations as tasks of Label Studio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.formats.files.streams import Json
from annotator.formats.flattened import DANGLING, DISCONTINUOUS, described, flattened
from annotator.formats.labelstudio.result import COMMENT
from annotator.formats.labelstudio.task import GOLD
from annotator.formats.record import Annotated, Loss
from annotator.model.annotations import SKIPPED, AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

LOSES = (
    DISCONTINUOUS,
    DANGLING,
    "comments on spans left out",
    "relations from events, which come back as arguments",
    "suggestions with the id of another",
    "decisions",
    "ids of relations, comments and triggers",
)
_, _, _COMMENTS, _FROM_EVENTS, _TWICE, _DECISIONS, _ = LOSES

_TO = "text"


def task(number: int, item: Annotated, losses: list[Loss]) -> Json:
    """The task of a document; what it cannot say is added to `losses`."""
    document = item.document
    if decided := sum(map(len, item.decisions.values())):
        losses.append(Loss(document.id, _DECISIONS, str(decided)))
    return {
        "id": number,
        "data": {
            "text": document.text,
            "document_id": document.id,
            "language": document.language,
            "meta": dict(document.meta),
        },
        "annotations": [_annotation(document, one, losses) for one in item.annotations],
        "predictions": list(_predictions(item, losses)),
    }


def _annotation(document: Document, annotations: AnnotationSet, losses: list[Loss]) -> Json:
    """Label Studio refuses users that it does not know; only an address can be one of them."""
    name = annotations.annotator
    return {
        **({"completed_by": {"email": name}} if "@" in name else {}),
        "result": _result(document, annotations, losses),
        "was_cancelled": SKIPPED in annotations.flags,
        "ground_truth": name == GOLD,
        "annotator": name,
        "flags": sorted(annotations.flags),
    }


def _predictions(item: Annotated, losses: list[Loss]) -> Iterator[Json]:
    """One for each source; its score is the mean of its suggestions'."""
    by_source: dict[str, dict[str, Suggestion]] = {}
    seen: set[str] = set()
    for suggestion in item.suggestions:
        if suggestion.id in seen:
            losses.append(Loss(item.document.id, _TWICE, described(suggestion.span)))
            continue
        seen.add(suggestion.id)
        by_source.setdefault(suggestion.source, {})[suggestion.id] = suggestion
    for source, found in by_source.items():
        proposed = _as_set(item.document, found)
        scores = {key: suggestion.score for key, suggestion in found.items()}
        yield {
            "model_version": source,
            "score": sum(scores.values()) / len(scores),
            "result": _result(item.document, proposed, losses, scores),
        }


def _as_set(document: Document, found: Mapping[str, Suggestion]) -> AnnotationSet:
    entities: dict[str, Span] = {}
    events: dict[str, Event] = {}
    for key, suggestion in found.items():
        if isinstance(suggestion.item, Event):
            events[key] = suggestion.item
        else:
            entities[key] = suggestion.item
    return AnnotationSet(document.id, "", entities, events)


def _result(
    document: Document,
    annotations: AnnotationSet,
    losses: list[Loss],
    scores: Mapping[str, float] = {},
) -> list[Json]:
    flat = flattened(annotations, losses)
    rows: list[Json] = []
    for key, span in flat.spans.items():
        value = {"start": span.start, "end": span.end}
        quote = span.surface(document.text)
        event = annotations.events.get(key)
        score = {"score": scores[key]} if key in scores else {}
        labels = {**value, "text": quote, "labels": [span.label]}
        rows.append(_row(key, "event" if event else "entity", "labels", labels) | score)
        for name, chosen in event.attributes.items() if event else ():
            choices = {**value, "text": quote, "choices": [chosen]}
            rows.append(_row(key, name, "choices", choices))
    for source, target, label in flat.links:
        relation = {"from_id": source, "to_id": target, "direction": "right", "labels": [label]}
        rows.append({"type": "relation", **relation})
    losses.extend(_relations_of_events(annotations, flat.spans))
    return [*rows, *_comments(annotations, flat.spans, losses)]


def _relations_of_events(annotations: AnnotationSet, spans: Mapping[str, Span]) -> Iterator[Loss]:
    for relation in annotations.relations.values():
        written = relation.source in spans and relation.target in spans
        if written and relation.source in annotations.events:
            yield Loss(annotations.document_id, _FROM_EVENTS, relation.label)


def _comments(
    annotations: AnnotationSet, spans: Mapping[str, Span], losses: list[Loss]
) -> Iterable[Json]:
    texts: dict[str, list[str]] = {}
    for comment in annotations.comments.values():
        if comment.target and comment.target not in spans:
            losses.append(Loss(annotations.document_id, _COMMENTS, comment.text))
        else:
            texts.setdefault(comment.target, []).append(comment.text)
    for target, said in texts.items():
        place = {"start": spans[target].start, "end": spans[target].end} if target else {}
        yield _row(target or "comments", COMMENT, "textarea", {**place, "text": said})


def _row(key: str, control: str, kind: str, value: Json) -> dict[str, Any]:
    return {"id": key, "from_name": control, "to_name": _TO, "type": kind, "value": value}
