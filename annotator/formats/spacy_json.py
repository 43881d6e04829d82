"""Training data in the style of spaCy 2: a text with the offsets of its entities.

A record is `{"text", "entities": [[start, end, label]]}` or `["text", {"entities": [...]}]`, and a
file one JSON array of records or one record a line. Also read are `spans`, lists of the same by
name, spans that are objects with `start`, `end` and `label` (as `Doc.to_json` gives them under
`ents`), and the `annotations` of a file that begins with its `classes`. Offsets are code points.

Written is one object a line for each annotator of a document. An event is its trigger's span, and
nothing else of it is left. `id`, `annotator`, `flags`, `language` and `meta` are ours; what reads
texts and entities passes over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from annotator.formats.files.json_fields import a_list, an_object, name_of, stretch, words
from annotator.formats.files.json_items import first_item, read_items
from annotator.formats.files.streams import Json, Source, Target
from annotator.formats.flattened import (
    ATTRIBUTES,
    COMMENTS,
    DISCONTINUOUS,
    EQUAL,
    LINKS,
    SUGGESTIONS,
    attribute_losses,
    described,
    links_of,
    spans_of,
    write_sets,
)
from annotator.formats.given_ids import free_id
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Loss, Rejected, text_id
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Span

NAME = "spacy-json"
SUFFIXES = (".json", ".jsonl")
CARRIES = frozenset({Kind.ENTITIES, Kind.OVERLAPS, Kind.EVENTS, Kind.ANNOTATORS})
LOSES = (DISCONTINUOUS, EQUAL, LINKS, ATTRIBUTES, COMMENTS, SUGGESTIONS, "ids of annotations")

_CLASSES = re.compile(rb'\{\s*"classes"\s*:\s*\[[^\]]*\]\s*,\s*"annotations"\s*:\s*\[')
_LISTS = ("entities", "ents")
_OURS = {"id", "annotator", "flags", "language", "meta"}
_OF_A_DOC = {"tokens", "sents", "links", "tags", "heads", "deps"}
"""What a pipeline says of the words, which is no metadata."""


def recognises(path: Path) -> bool:
    """Whether the first record is a pair, or has a text and entities with offsets."""
    first = first_item(path, _CLASSES)
    if isinstance(first, list):
        return _is_pair(cast("list[object]", first))
    if not isinstance(first, dict):
        return False
    row = cast("Json", first)
    found = next((row[key] for key in _LISTS if isinstance(row.get(key), list)), None)
    if "text" not in row or found is None or {"format", "relations"} & {*row}:
        return False
    spans = cast("list[Any]", found)
    return not spans or isinstance(spans[0], list) or "start" in spans[0]


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a record; `options.column` names the key of the text where it is not `text`."""

    def parse(value: object) -> Annotated:
        return _annotated(_as_object(value, options), options)

    return read_items(source, parse, _CLASSES)


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """One line for each annotator of each document; the same items give the same bytes."""
    return write_sets(items, target, _row)


def _is_pair(value: list[object]) -> bool:
    return len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict)


def _as_object(value: object, options: ReadOptions) -> Json:
    if not isinstance(value, list):
        return an_object(value, "a record")
    pair = cast("list[Any]", value)
    if not _is_pair(pair):
        raise ValueError('a record is a list, but not ["text", {"entities": [...]}]')
    return {**pair[1], options.column or "text": pair[0]}


def _annotated(row: Json, options: ReadOptions) -> Annotated:
    document = _document(row, options)
    found = [one for key in _LISTS for one in a_list(row, key)]
    groups = an_object(row.get("spans") or {}, "spans")
    found += [one for name in groups for one in a_list(groups, name)]
    entities = {span.id: span for span in (_span(one, document) for one in found)}
    flags = frozenset(flag for flag in a_list(row, "flags") if isinstance(flag, str))
    annotations = AnnotationSet(document.id, name_of(row.get("annotator")), entities, flags=flags)
    if annotations.annotator:
        return Annotated(document, (annotations,))
    is_unlabelled = annotations.is_empty and row.keys().isdisjoint({*_LISTS, "spans"})
    return Annotated.of(document, () if is_unlabelled else (annotations,))


def _document(row: Json, options: ReadOptions) -> Document:
    key = options.column or "text"
    text = words(row, key)
    known = {key, "spans", *_LISTS, *_OURS, *_OF_A_DOC}
    meta = {
        name: value
        for name, value in row.items()
        if name not in known and value not in (None, [], {})
    }
    nested = row.get("meta")
    if isinstance(nested, dict):
        meta.update(cast("Mapping[str, Any]", nested))
    language = row.get("language")
    return Document(
        name_of(row.get("id")) or text_id(text),
        text,
        meta,
        language if isinstance(language, str) and language else options.language,
    )


def _span(found: object, document: Document) -> Span:
    if isinstance(found, list) and len(cast("list[object]", found)) >= 3:
        first, last, label = cast("list[object]", found)[:3]
    elif isinstance(found, dict):
        row = cast("Json", found)
        first, last, label = row.get("start"), row.get("end"), row.get("label")
    else:
        raise ValueError(f"an entity is {found!r}; expected [start, end, label]")
    start, end, name = stretch(first, last, label, document.text)
    return Span.of(free_id(document, "entity", [(start, end)], name), start, end, name)


def _row(document: Document, annotations: AnnotationSet, losses: list[Loss]) -> Json:
    losses.extend(attribute_losses(annotations))
    losses.extend(
        Loss(document.id, COMMENTS, comment.text) for comment in annotations.comments.values()
    )
    losses.extend(Loss(document.id, LINKS, label) for _, _, label in links_of(annotations))
    spans: dict[tuple[int, int, str], Span] = {}
    for span in spans_of(annotations, losses).values():
        place = (span.start, span.end, span.label)
        if place in spans:
            losses.append(Loss(document.id, EQUAL, described(span)))
        spans[place] = span
    return {
        "text": document.text,
        "entities": sorted(spans),
        "id": document.id,
        "annotator": annotations.annotator,
        "flags": sorted(annotations.flags),
        "language": document.language,
        "meta": dict(document.meta),
    }
