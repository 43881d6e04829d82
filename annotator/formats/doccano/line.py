"""One object of doccano's export, read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, cast

from annotator.formats.files.json_fields import (
    a_list,
    an_object,
    name_of,
    objects,
    stretch,
    whole,
    words,
)
from annotator.formats.files.streams import Json
from annotator.formats.given_ids import free_id
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, text_id
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.span import Span

_LABELS = ("label", "labels", "entities")
_COMMENTS = ("Comments", "comments")
_KNOWN = {*_LABELS, *_COMMENTS, "id", "relations", "annotator", "flags", "language", "meta"}


def has_labels(row: Json) -> bool:
    """Whether there are labels, and the first of them has offsets."""
    found = [row[key] for key in _LABELS if isinstance(row.get(key), list)]
    first = next((labels[0] for labels in found if labels), None)
    if first is None:
        return bool(found) and (bool({*_COMMENTS, "relations"} & {*row}) or "entities" not in row)
    if isinstance(first, dict):
        return "start_offset" in first
    return isinstance(first, list) and "entities" not in row


def annotated(value: object, options: ReadOptions) -> Annotated:
    """The document of an object with its annotations; raises ValueError where it makes no sense."""
    row = an_object(value, "a line")
    document = _document(row, options)
    entities: dict[str, Span] = {}
    for key in _LABELS:
        for label in a_list(row, key):
            span = _span(label, document)
            if entities.setdefault(span.id, span) != span:
                raise ValueError(f"two entities have the id {span.id[1:]}")
    relations: dict[str, Relation] = {}
    for found in objects(row, "relations"):
        relation = _relation(found, entities, relations, document)
        relations[relation.id] = relation
    annotations = AnnotationSet(
        document.id,
        name_of(row.get("annotator")),
        entities,
        relations=relations,
        comments=_comments(row, document),
        flags=_flags(row),
    )
    if annotations.annotator:
        return Annotated(document, (annotations,))
    is_unlabelled = annotations.is_empty and row.keys().isdisjoint(_LABELS)
    return Annotated.of(document, () if is_unlabelled else (annotations,))


def _document(row: Json, options: ReadOptions) -> Document:
    key = options.column or "text"
    text = words(row, key)
    nested = row.get("meta")
    known = _KNOWN | {key}
    # doccano exports a table, where null says that the line has no such value
    meta = {name: value for name, value in row.items() if name not in known and value is not None}
    if isinstance(nested, dict):
        meta.update(cast("Mapping[str, Any]", nested))
    elif nested is not None:
        meta["meta"] = nested
    own = row.get("id")
    if isinstance(own, int):
        meta["id"] = own
    language = row.get("language")
    return Document(
        own if isinstance(own, str) and own else text_id(text),
        text,
        meta,
        language if isinstance(language, str) and language else options.language,
    )


def _span(found: object, document: Document) -> Span:
    if isinstance(found, list):
        parts = cast("list[object]", found)
        if len(parts) < 3:
            raise ValueError(f"a label is {parts!r}; expected [start, end, label]")
        start, end, label, number = parts[0], parts[1], parts[2], None
    elif isinstance(found, dict):
        entity = cast("Json", found)
        start, end = entity.get("start_offset"), entity.get("end_offset")
        label, number = entity.get("label"), entity.get("id")
    else:
        raise ValueError(f"a label is {found!r}; expected [start, end, label]")
    first, last, name = stretch(start, end, label, document.text)
    key = free_id(document, "entity", [(first, last)], name)
    if number is not None:
        key = f"e{whole(number, f'the id of {name} {first}-{last}')}"
    return Span.of(key, first, last, name)


def _relation(
    found: Json, entities: Mapping[str, Span], others: Collection[str], document: Document
) -> Relation:
    """A relation; that its ends are there is for `soundness` to see."""
    label = words(found, "type")
    ends = [f"e{whole(found.get(n), f'{n} of a relation')}" for n in ("from_id", "to_id")]
    ranges = [each for end in ends if end in entities for each in entities[end].ranges]
    key = free_id(document, f"relation {ends[0]} {ends[1]}", ranges, label, others)
    return Relation(key, label, ends[0], ends[1])


def _comments(row: Json, document: Document) -> dict[str, Comment]:
    found = [one for key in _COMMENTS for one in a_list(row, key)]
    comments: dict[str, Comment] = {}
    for one in found:
        text = one if isinstance(one, str) else words(an_object(one, "a comment"), "comment")
        if text:
            key = free_id(document, "comment", (), text, comments)
            comments[key] = Comment(key, "", text)
    return comments


def _flags(row: Json) -> frozenset[str]:
    return frozenset(flag for flag in a_list(row, "flags") if isinstance(flag, str))
