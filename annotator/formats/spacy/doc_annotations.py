"""A spaCy `Doc` read back, whether we wrote it or not.

Every span group is taken for entities, but for triggers and rejected suggestions; so are
`doc.ents`. A `Doc` that others wrote counts as finished where no token's entity is missing, or
where it has spans alone, since a span categorizer knows nothing of missing ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson

from annotator.formats.other_tasks import kept
from annotator.formats.record import Annotated, text_id
from annotator.formats.spacy.doc import ABOUT, EVENTS, REJECTED, events_of, span_groups
from annotator.model.annotations import DONE, AnnotationSet, Relation
from annotator.model.answers import Answer
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.identity import suggestion_id
from annotator.model.records import relation_from
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

SOURCE = "spacy"
_HOLDS = 0.5
"""From this score on a category holds, as spaCy has it by default."""


def from_doc(doc: Doc, language: str) -> Annotated:
    """The document of a `Doc`; raises ValueError where what we wrote in it was damaged."""
    about = _about(doc)
    text = doc.text
    document = Document(
        about.get("id") or text_id(text),
        text,
        about.get("meta", {}),
        about.get("language", language),
    )
    is_ours = bool(about)
    annotator: str = about.get("annotator", "")
    entities = dict(_entities(doc, document.id, is_ours=is_ours))
    events = {event.id: event for event in (events_of(doc) if is_ours else ())}
    known = entities.keys() | events.keys()
    annotations = AnnotationSet(
        document.id,
        annotator,
        entities,
        {key: _within(event, known) for key, event in events.items()},
        dict(_relations(about, known)),
        flags=frozenset(about["flags"]) if is_ours else _flags(doc),
    )
    groups = span_groups(doc)
    rejected = [_span(span, document.id, is_ours=is_ours) for span in groups.get(REJECTED, ())]
    decisions = tuple(Decision(span.id, Outcome.REJECTED) for span in rejected)
    item = Annotated(
        document,
        () if annotations.is_empty else (annotations,),
        tuple(Suggestion(span, SOURCE) for span in rejected),
        {annotator: decisions} if decisions else {},
        blank=(annotator,) if annotations.is_empty and not (is_ours or doc.cats) else (),
    )
    return kept(item, list(_categories(doc, annotator)))


def _about(doc: Doc) -> Mapping[str, Any]:
    value = doc.user_data.get(ABOUT)
    if value is None:
        return {}
    try:
        about = orjson.loads(value)
        strings = [about["id"], about["language"], about["annotator"], *about["flags"]]
        if not all(isinstance(value, str) for value in strings):
            raise TypeError("expected strings")
        dict(about["meta"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"user_data[{ABOUT!r}] is not what Annotator writes: {error}") from error
    return about


def _entities(doc: Doc, document_id: str, *, is_ours: bool) -> Iterator[tuple[str, Span]]:
    others = {REJECTED, EVENTS} if is_ours else {REJECTED}
    groups = [group for key, group in sorted(span_groups(doc).items()) if key not in others]
    seen: set[tuple[int, int, str]] = set()
    for one in (span for group in [*groups, doc.ents] for span in group):
        place = (one.start_char, one.end_char, one.label_)
        if place not in seen:
            seen.add(place)
            span = _span(one, document_id, is_ours=is_ours)
            yield span.id, span


def _span(span: DocSpan, document_id: str, *, is_ours: bool) -> Span:
    """Others' span ids are not unique: a ruler puts the id of its pattern there."""
    ranges = [(span.start_char, span.end_char)]
    made = suggestion_id(document_id, SOURCE, "entity", ranges, span.label_)
    return Span.of((is_ours and span.id_) or made, *ranges[0], span.label_)


def _flags(doc: Doc) -> frozenset[str]:
    tags = {token.ent_iob for token in doc}
    is_done = 0 not in tags or (tags == {0} and bool(span_groups(doc).keys() - {REJECTED}))
    return frozenset({DONE}) if is_done else frozenset()


def _categories(doc: Doc, annotator: str) -> Iterator[Answer]:
    if doc.cats:
        scores = {label: float(score) for label, score in sorted(doc.cats.items())}
        values = [label for label, score in scores.items() if score >= _HOLDS]
        yield {"by": annotator, "task": "cats", "values": values, "scores": scores}


def _within(event: Event, known: set[str]) -> Event:
    return replace(event, arguments=tuple(a for a in event.arguments if a.target in known))


def _relations(about: Mapping[str, Any], known: set[str]) -> Iterator[tuple[str, Relation]]:
    try:
        relations = [relation_from(record) for record in about.get("relations", ())]
    except (KeyError, TypeError) as error:
        raise ValueError(f"user_data[{ABOUT!r}] has a damaged relation: {error}") from error
    for relation in relations:
        if relation.source in known and relation.target in known:
            yield relation.id, relation
