"""A row of a dataset: one annotator's work on one document, and the types of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import orjson

from annotator.errors import FormatError
from annotator.formats.conll.tags import iob2
from annotator.formats.files.streams import Json
from annotator.formats.flattened import SUGGESTIONS, described
from annotator.formats.kinds import EVERYTHING, Kind
from annotator.formats.record import Loss
from annotator.formats.spacy.doc_spans import without_overlap
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Range, Span
from annotator.text.alignment import aligned, offsets
from annotator.text.tokenizer import tokens as tokens_of

CARRIES = EVERYTHING - {Kind.ORIGIN, Kind.DECISIONS}
LOSES = ("entities without a tag, which are in spans only", SUGGESTIONS, "ids of triggers")
_UNTAGGED = LOSES[0]

Type = str | list["Type"] | dict[str, "Type"]
"""`string`, `int32`, `bool` or `tag`; a list of a type; a record of named ones."""

_PLACE: dict[str, Type] = {
    "start": "int32",
    "end": "int32",
    "ranges": [["int32"]],
    "words": "string",
}
COLUMNS: Mapping[str, Type] = {
    "id": "string",
    "annotator": "string",
    "language": "string",
    "text": "string",
    "meta": "string",
    "done": "bool",
    "flags": ["string"],
    "tokens": ["string"],
    "token_starts": ["int32"],
    "ner_tags": ["tag"],
    "spans": [{"id": "string", "label": "string", **_PLACE}],
    "events": [
        {
            "id": "string",
            "type": "string",
            **_PLACE,
            "arguments": [{"role": "string", "target": "string"}],
            "attributes": [{"name": "string", "value": "string"}],
        }
    ],
    "relations": [{"id": "string", "label": "string", "source": "string", "target": "string"}],
    "comments": [{"id": "string", "target": "string", "text": "string"}],
}
"""The columns with their types, in their order. Offsets are half-open code points of `text`."""


def row(document: Document, annotations: AnnotationSet, losses: list[Loss]) -> Json:
    """One row; entities that the tags cannot say are added to `losses`.

    Tags are IOB2. Of entities that overlap the longest has tags, then the first.
    """
    text = document.text
    tokens = tokens_of(text, document.language)
    return {
        "id": document.id,
        "annotator": annotations.annotator,
        "language": document.language,
        "text": text,
        "meta": _meta(document),
        "done": annotations.is_done,
        "flags": sorted(annotations.flags),
        "tokens": [text[start:end] for start, end in tokens],
        "token_starts": [start for start, _ in tokens],
        "ner_tags": _tags(document, annotations, tokens, losses),
        "spans": [
            {"id": key, "label": span.label, **_place(span, text)}
            for key, span in annotations.entities.items()
        ],
        "events": [_event(event, text) for event in annotations.events.values()],
        "relations": [
            {"id": r.id, "label": r.label, "source": r.source, "target": r.target}
            for r in annotations.relations.values()
        ],
        "comments": [
            {"id": c.id, "target": c.target, "text": c.text} for c in annotations.comments.values()
        ],
    }


def _tags(
    document: Document,
    annotations: AnnotationSet,
    tokens: Sequence[Range],
    losses: list[Loss],
) -> list[str]:
    runs = {
        (*offsets(tokens, *found), span.label): (*found, span.label)
        for span in annotations.entities.values()
        if (found := _aligned(tokens, span))
    }
    kept = without_overlap(runs)
    left = {*kept}
    for span in annotations.entities.values():
        place = (span.start, span.end, span.label)
        if span.is_discontinuous or place not in left:
            losses.append(Loss(document.id, _UNTAGGED, described(span), span.ranges))
        else:
            left.discard(place)
    return iob2((runs[place] for place in kept), len(tokens))


def _aligned(tokens: Sequence[Range], span: Span) -> Range | None:
    return None if span.is_discontinuous else aligned(tokens, span.start, span.end)


def _event(event: Event, text: str) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        **_place(event.trigger, text),
        "arguments": [{"role": a.role, "target": a.target} for a in event.arguments],
        "attributes": [{"name": name, "value": value} for name, value in event.attributes.items()],
    }


def _place(span: Span, text: str) -> Json:
    return {
        "start": span.start,
        "end": span.end,
        "ranges": [list(piece) for piece in span.ranges],
        "words": span.surface(text),
    }


def _meta(document: Document) -> str:
    try:
        return orjson.dumps(document.meta).decode()
    except TypeError as error:
        raise FormatError(f"Document {document.id!r} cannot be written: {error}.") from error


def names_of_tags(labels: Sequence[str]) -> Iterator[str]:
    """The tags that there can be, in the order of their numbers."""
    yield "O"
    for label in labels:
        yield f"B-{label}"
        yield f"I-{label}"
