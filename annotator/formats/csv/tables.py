"""Everything there is as CSV tables, for spreadsheets and data frames.

RFC 4180 in UTF-8 with a byte order mark, without which Excel shows no accents; lines end in CR LF.
The columns of a table and their order do not change. Rows are joined by `document`, `annotator` and
the ids of spans, events and suggestions. `start` and `end` are those of the whole span, half-open,
in code points; `ranges` has each of its pieces, as `0-4;9-12`, and `words` what stands there. Cells
that a spreadsheet would run as a formula begin with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import orjson

from annotator.errors import FormatError
from annotator.formats.csv.cells import defused, is_formula
from annotator.formats.files.streams import BOM, Target, written
from annotator.formats.kinds import EVERYTHING
from annotator.formats.record import Annotated, Loss
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

_WHOSE = ("document", "annotator")
_PLACE = ("start", "end", "ranges", "words")
TABLES: Mapping[str, tuple[str, ...]] = {
    "documents": ("id", "language", "text", "meta"),
    "annotations": (*_WHOSE, "flags", "entities", "events", "relations", "comments"),
    "spans": (*_WHOSE, "id", "kind", "label", *_PLACE, "event", "suggested_by", "outcome"),
    "events": (*_WHOSE, "id", "type", *_PLACE, "suggested_by", "outcome"),
    "arguments": (*_WHOSE, "event", "type", "role", "target", "target_kind", "label", *_PLACE),
    "attributes": (*_WHOSE, "event", "type", "name", "value"),
    "relations": (*_WHOSE, "id", "label", "source", "target", "source_words", "target_words"),
    "comments": (*_WHOSE, "id", "target", "comment"),
    "suggestions": ("document", "id", "kind", "label", *_PLACE, "source", "score"),
    "decisions": (*_WHOSE, "suggestion", "outcome", "source", "score", "label", *_PLACE),
}
"""The columns of each table."""

CARRIES = EVERYTHING
LOSES = (
    "on reading, all tables but that of the documents",
    "cells that a spreadsheet would run, which begin with an apostrophe",
    "arguments and attributes of suggested events",
)
_, _DEFUSED, _SUGGESTED = LOSES

_Cell = str | int | float
_Cells = Sequence[_Cell]


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """A file for each of `TABLES` into the folder `target`; raises FormatError where it is none.

    The same items give the same bytes.
    """
    if not isinstance(target, Path):
        raise FormatError("Tables are written to a folder.", "Name one.")
    losses: list[Loss] = []
    with ExitStack() as stack:
        streams = {name: stack.enter_context(written(target / f"{name}.csv")) for name in TABLES}
        for name, columns in TABLES.items():
            streams[name].write(BOM + _line(columns))
        for item in items:
            _write_item(item, streams, losses)
    return tuple(losses)


def _write_item(item: Annotated, streams: Mapping[str, IO[bytes]], losses: list[Loss]) -> None:
    document = item.document
    for name, cells in _rows(item):
        for column, cell in zip(TABLES[name], cells, strict=True):
            if isinstance(cell, str) and is_formula(cell):
                losses.append(Loss(document.id, _DEFUSED, f"{column} in {name}.csv"))
        try:
            streams[name].write(_line(cells))
        except UnicodeEncodeError as error:
            raise FormatError(f"Document {document.id!r} cannot be written: {error}.") from error
    for suggestion in item.suggestions:
        event = suggestion.item
        if isinstance(event, Event) and (event.arguments or event.attributes):
            losses.append(Loss(document.id, _SUGGESTED, f"{event.type} {event.id}"))


def _line(cells: _Cells) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([defused(c) if isinstance(c, str) else c for c in cells])
    return line.getvalue().encode("utf-8")


def _rows(item: Annotated) -> Iterator[tuple[str, _Cells]]:
    """Each row with the name of its table."""
    document = item.document
    try:
        meta = orjson.dumps(document.meta).decode() if document.meta else ""
    except TypeError as error:
        raise FormatError(f"Document {document.id!r} cannot be written: {error}.") from error
    yield "documents", (document.id, document.language, document.text, meta)
    for one in item.annotations:
        yield from _rows_of_set(item, one)
    suggestions = {suggestion.id: suggestion for suggestion in item.suggestions}
    for s in item.suggestions:
        kind = "event" if isinstance(s.item, Event) else "entity"
        place = _place(s.span, document)
        yield "suggestions", (document.id, s.id, kind, s.label, *place, s.source, s.score)
    for annotator, decisions in item.decisions.items():
        for decision in decisions:
            whose = (document.id, annotator, decision.suggestion_id, decision.outcome.value)
            yield (
                "decisions",
                (*whose, *_suggested(suggestions.get(decision.suggestion_id), document)),
            )


def _rows_of_set(item: Annotated, annotations: AnnotationSet) -> Iterator[tuple[str, _Cells]]:
    document = item.document
    whose = (document.id, annotations.annotator)
    counts = map(len, (annotations.entities, annotations.events, annotations.relations,
                       annotations.comments))  # fmt: skip
    yield "annotations", (*whose, " ".join(sorted(annotations.flags)), *counts)
    origins = _origins(item, annotations.annotator)
    for key, span in annotations.entities.items():
        place = _place(span, document)
        origin = origins.get(key, ("", ""))
        yield "spans", (*whose, key, "entity", span.label, *place, "", *origin)
    for key, event in annotations.events.items():
        place, origin = _place(event.trigger, document), origins.get(key, ("", ""))
        trigger = event.trigger.id
        yield "spans", (*whose, trigger, "trigger", event.type, *place, key, *origin)
        yield "events", (*whose, key, event.type, *place, *origin)
        yield from _rows_of_event(whose, event, annotations, document)
    for r in annotations.relations.values():
        words = (_words(annotations, end, document) for end in (r.source, r.target))
        yield "relations", (*whose, r.id, r.label, r.source, r.target, *words)
    for comment in annotations.comments.values():
        yield "comments", (*whose, comment.id, comment.target, comment.text)


def _rows_of_event(
    whose: tuple[str, str], event: Event, annotations: AnnotationSet, document: Document
) -> Iterator[tuple[str, _Cells]]:
    named = (*whose, event.id, event.type)
    for argument in event.arguments:
        kind = "event" if argument.target in annotations.events else "entity"
        label = annotations.label_of(argument.target) or ""
        place = _place(_span(annotations, argument.target), document)
        yield "arguments", (*named, argument.role, argument.target, kind, label, *place)
    for name, value in event.attributes.items():
        yield "attributes", (*named, name, value)


def _origins(item: Annotated, annotator: str) -> dict[str, tuple[str, str]]:
    """Who suggested what became an entity or event, and what the annotator decided on it."""
    outcomes = {d.suggestion_id: d.outcome.value for d in item.decisions.get(annotator, ())}
    return {s.id: (s.source, outcomes.get(s.id, "")) for s in item.suggestions}


def _suggested(suggestion: Suggestion | None, document: Document) -> _Cells:
    if suggestion is None:
        return ("",) * 7
    place = _place(suggestion.span, document)
    return (suggestion.source, suggestion.score, suggestion.label, *place)


def _span(annotations: AnnotationSet, item_id: str) -> Span | None:
    item = annotations.item(item_id)
    return item.trigger if isinstance(item, Event) else item


def _place(span: Span | None, document: Document) -> tuple[_Cell, ...]:
    if span is None:
        return ("",) * len(_PLACE)
    ranges = ";".join(f"{start}-{end}" for start, end in span.ranges)
    return span.start, span.end, ranges, span.surface(document.text)


def _words(annotations: AnnotationSet, item_id: str, document: Document) -> str:
    span = _span(annotations, item_id)
    return span.surface(document.text) if span else ""
