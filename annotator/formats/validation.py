"""The gate that every record passes on its way in, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import orjson

from annotator.formats.record import Annotated, LeftOut
from annotator.model.annotations import AnnotationSet
from annotator.model.dangling import dangling, without_dangling
from annotator.model.document import Document
from annotator.model.span import Span

MAX_NAME = 200
"""The longest label, role, id or annotator's name, in code points."""
MAX_META = 1_000_000
"""The most bytes of JSON that a document's meta may take."""

_CONTROL = re.compile("[\x00-\x1f\ud800-\udfff]")


def checked(item: Annotated, line: int = 0) -> Annotated:
    """`item` as it may come in; raises ValueError that says why it must not.

    A text has to have words and no NUL, since SQLite's tools cut a text there. Every span lies
    within the text. An argument or relation that points to nothing in its set is left out, and
    told among what else was left out of the record at `line`.
    """
    _check_document(item.document)
    for one in item.annotations:
        _check_set(one, item.document)
    for suggestion in item.suggestions:
        _check_span(suggestion.span, item.document)
        check_name(suggestion.id, "a suggestion's id")
    gone = [
        LeftOut(each.what, f"{item.document.id}: {each.message}, which is not there")
        for one in item.annotations
        for each in dangling(one)
    ]
    if not gone and not item.left_out:
        return item
    return replace(
        item,
        annotations=tuple(without_dangling(one) for one in item.annotations),
        left_out=tuple(replace(each, line=each.line or line) for each in (*item.left_out, *gone)),
    )


def check_name(name: str, what: str) -> None:
    """Raises ValueError where `name` is blank, too long or has control characters."""
    if not name.strip():
        raise ValueError(f"{what} is blank")
    if len(name) > MAX_NAME:
        raise ValueError(f"{what} has {len(name):,} characters; at most {MAX_NAME} are taken in")
    if _CONTROL.search(name):
        raise ValueError(f"{what} holds a control character: {name!r}")


def _check_document(document: Document) -> None:
    text = document.text
    check_name(document.id, "the document's id")
    if not text.strip():
        raise ValueError("the text is empty")
    if (position := text.find("\0")) >= 0:
        raise ValueError(f"the text holds a NUL character at {position}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"the text holds half a surrogate pair at {error.start}") from error
    try:
        size = len(orjson.dumps(document.meta))
    except TypeError as error:
        raise ValueError(f"meta is not JSON: {error}") from error
    if size > MAX_META:
        raise ValueError(f"meta takes {size:,} bytes; at most {MAX_META:,} are taken in")


def _check_set(annotations: AnnotationSet, document: Document) -> None:
    if annotations.document_id != document.id:
        raise ValueError(f"annotations of {annotations.document_id!r} came with {document.id!r}")
    if annotations.annotator:
        check_name(annotations.annotator, "an annotator's name")
    for span in annotations.spans():
        _check_span(span, document)
    both = annotations.entities.keys() & annotations.events.keys()
    if both:
        raise ValueError(f"{min(both)!r} is the id of an entity and of an event")
    for name, what in _names(annotations):
        check_name(name, what)


def _check_span(span: Span, document: Document) -> None:
    check_name(span.label, "a label")
    if span.end > len(document.text):
        raise ValueError(
            f"{span.label} {span.start}-{span.end} is beyond the text "
            f"({len(document.text)} characters)"
        )


def _names(annotations: AnnotationSet) -> Iterable[tuple[str, str]]:
    yield from ((key, "an entity's id") for key in annotations.entities)
    for event in annotations.events.values():
        yield event.id, "an event's id"
        yield from ((argument.role, "a role") for argument in event.arguments)
    for relation in annotations.relations.values():
        yield relation.id, "a relation's id"
        yield relation.label, "a relation's label"
