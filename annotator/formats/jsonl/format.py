"""Our own JSON lines: one document a line with everything that was said of it, nothing lost.

`{"format": "annotator", "version": 1, "id", "text", "language", "meta", "annotations",
"suggestions", "decisions"}`, the values spelled as in `annotator.model.records`. A line without
`format` is a plain one: `text`, perhaps `id`, `language` and `meta`, and any other key that holds
no list or object goes to the meta.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from annotator.formats.files.streams import (
    Json,
    Source,
    Target,
    first_object,
    read_objects,
    write_objects,
)
from annotator.formats.jsonl import shape as shape
from annotator.formats.kinds import EVERYTHING
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Loss, Rejected, text_id
from annotator.model import records
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

NAME = "jsonl"
SUFFIXES = (".jsonl", ".ndjson")
CARRIES = EVERYTHING
LOSES: tuple[str, ...] = ()
VERSION = 1

_Item = TypeVar("_Item", Span, Event, Relation, Comment)


def recognises(path: Path) -> bool:
    """Whether the first line is one of ours, a plain one with a text, or cannot be read at all."""
    first = first_object(path)
    return first is None or first.get("format") == "annotator" or "text" in first


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a line; those that name no language get that of `options`."""

    def parse(record: Json) -> Annotated:
        try:
            return _full(record) if "format" in record else _plain(record, options.language)
        except ValidationError as error:
            raise ValueError(_first_problem(error)) from error

    return read_objects(source, parse)


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """One document a line; the same items give the same bytes. Nothing is lost."""
    write_objects(map(record_of, items), target)
    return ()


def record_of(item: Annotated) -> Json:
    """The record of one line."""
    document = item.document
    return {
        "format": "annotator",
        "version": VERSION,
        "id": document.id,
        "text": document.text,
        "language": document.language,
        "meta": dict(document.meta),
        "annotations": [set_record(annotations) for annotations in item.annotations],
        "suggestions": [_suggestion_record(suggestion) for suggestion in item.suggestions],
        "decisions": {
            annotator: [records.decision_record(decision) for decision in decisions]
            for annotator, decisions in item.decisions.items()
        },
    }


def set_record(annotations: AnnotationSet) -> Json:
    """One annotator's annotations, without the document's id."""
    return {
        "annotator": annotations.annotator,
        "entities": [records.span_record(span) for span in annotations.entities.values()],
        "events": [records.event_record(event) for event in annotations.events.values()],
        "relations": [records.relation_record(r) for r in annotations.relations.values()],
        "comments": [records.comment_record(c) for c in annotations.comments.values()],
        "flags": sorted(annotations.flags),
    }


def _full(record: Json) -> Annotated:
    version = record.get("version")
    if isinstance(version, int) and version > VERSION:
        raise ValueError(f"version {version} was written by a newer Annotator")
    shape.Line.model_validate(record)
    document = Document(
        str(record["id"]), record["text"], record.get("meta", {}), record.get("language", "en")
    )
    decisions: dict[str, list[records.Record]] = record.get("decisions", {})
    return Annotated(
        document,
        tuple(_set_from(r, document.id) for r in record.get("annotations", ())),
        tuple(_suggestion_from(r) for r in record.get("suggestions", ())),
        {name: tuple(map(records.decision_from, made)) for name, made in decisions.items()},
    )


def _plain(record: Json, language: str) -> Annotated:
    known = {key: value for key, value in record.items() if key in shape.PlainLine.model_fields}
    line = shape.PlainLine.model_validate(known)
    extra = {key: value for key, value in record.items() if key not in known}
    for key, value in extra.items():
        if isinstance(value, (list, dict)):
            raise ValueError(f"{key!r} holds a list or an object, which no plain line has")
    document_id = text_id(line.text) if line.id is None else str(line.id)
    meta = {**extra, **line.meta}
    return Annotated(Document(document_id, line.text, meta, line.language or language))


def _set_from(record: Json, document_id: str) -> AnnotationSet:
    return AnnotationSet(
        document_id,
        record["annotator"],
        _by_id(record.get("entities", ()), records.span_from),
        _by_id(record.get("events", ()), records.event_from),
        _by_id(record.get("relations", ()), records.relation_from),
        _by_id(record.get("comments", ()), records.comment_from),
        frozenset(record.get("flags", ())),
    )


def _by_id(
    items: Iterable[records.Record], make: Callable[[records.Record], _Item]
) -> dict[str, _Item]:
    found: dict[str, _Item] = {}
    for item in map(make, items):
        if item.id in found:
            raise ValueError(f"the id {item.id!r} is there twice")
        found[item.id] = item
    return found


def _suggestion_record(suggestion: Suggestion) -> Json:
    item = suggestion.item
    kind: Literal["entity", "event"] = "event" if isinstance(item, Event) else "entity"
    record = records.event_record(item) if isinstance(item, Event) else records.span_record(item)
    return {"kind": kind, "source": suggestion.source, "score": suggestion.score, "item": record}


def _suggestion_from(record: Json) -> Suggestion:
    make: Callable[[records.Record], Span | Event] = (
        records.event_from if record["kind"] == "event" else records.span_from
    )
    return Suggestion(make(record["item"]), record["source"], float(record["score"]))


def _first_problem(error: ValidationError) -> str:
    problem: Any = error.errors(include_url=False, include_input=False)[0]
    place = ""
    for part in problem["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    return f"{place.lstrip('.')}: {problem['msg']}"
