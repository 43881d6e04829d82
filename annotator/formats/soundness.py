"""The gate that every record passes on its way in, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import orjson

from annotator.formats.record import Annotated
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Span

MAX_NAME = 200
"""The longest label, role, id or annotator's name, in code points."""
MAX_META = 1_000_000
"""The most bytes of JSON that a document's meta may take."""

_CONTROL = re.compile("[\x00-\x1f\ud800-\udfff]")


def checked(item: Annotated) -> Annotated:
    """`item` itself; raises ValueError that says why it must not come in.

    A text has to have words and no NUL, since SQLite's tools cut a text there. Every span lies
    within the text; every argument and relation points to something in its set.
    """
    _check_document(item.document)
    for one in item.annotations:
        _check_set(one, item.document)
    for suggestion in item.suggestions:
        _check_span(suggestion.span, item.document)
        check_name(suggestion.id, "a suggestion's id")
    return item


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
    for target, where in _targets(annotations):
        if not annotations.holds(target):
            raise ValueError(f"{where} points to {target!r}, which is not there")
    for name, what in _names(annotations):
        check_name(name, what)


def _check_span(span: Span, document: Document) -> None:
    check_name(span.label, "a label")
    if span.end > len(document.text):
        raise ValueError(
            f"{span.label} {span.start}-{span.end} is beyond the text "
            f"({len(document.text)} characters)"
        )


def _targets(annotations: AnnotationSet) -> Iterator[tuple[str, str]]:
    for event in annotations.events.values():
        for argument in event.arguments:
            yield argument.target, f"{argument.role} of event {event.id!r}"
    for relation in annotations.relations.values():
        yield relation.source, f"relation {relation.id!r}"
        yield relation.target, f"relation {relation.id!r}"


def _names(annotations: AnnotationSet) -> Iterable[tuple[str, str]]:
    yield from ((key, "an entity's id") for key in annotations.entities)
    for event in annotations.events.values():
        yield event.id, "an event's id"
        yield from ((argument.role, "a role") for argument in event.arguments)
    for relation in annotations.relations.values():
        yield relation.id, "a relation's id"
        yield relation.label, "a relation's label"
