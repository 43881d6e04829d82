"""One annotated document as a spaCy `Doc`.

- `doc.spans["entities"]`: every entity, nested or not.
- `doc.ents`: the entities that can stand together (see `without_overlap`). In a finished document
  all else is outside; in an unfinished one all else is missing, which trains nothing. Tokens of an
  entity that `doc.ents` cannot hold are missing too, so that nobody learns that it is none.
- `doc.spans["events"]`: the triggers. `doc._.events`: the events as a JSON string, with exact code
  point offsets whatever was done to align; `events_of` gives them as values.
- `doc.spans["incorrect_spans"]`: suggestions that the annotator rejected, unless an entity says the
  same after all; spaCy's `ner` learns from it where the config names the key.
- `doc.user_data["annotator.document"]`: id, language, meta, annotator, flags, relations, as JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import orjson

from annotator.errors import FormatError
from annotator.formats.record import Annotated, Loss
from annotator.formats.spacy.doc_spans import (
    DISCONTINUOUS,
    EQUAL,
    MOVED,
    OFF_EDGES,
    OVERLAPPING,
    Place,
    Placing,
    placed,
    without_overlap,
)
from annotator.model.annotations import AnnotationSet
from annotator.model.event import Event
from annotator.model.records import event_from, event_record, relation_record
from annotator.model.span import Range, Span
from annotator.model.suggestion import Outcome
from annotator.text.alignment import Mode, touched
from annotator.text.tokenizer import blank_pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

ENTITIES = "entities"
EVENTS = "events"
REJECTED = "incorrect_spans"
ABOUT = "annotator.document"

_DANGLING = "arguments and relations of spans left out"
_COMMENTS = "comments"
_SUGGESTIONS = "suggestions and decisions"
LOSES = (
    DISCONTINUOUS,
    OFF_EDGES,
    MOVED,
    EQUAL,
    OVERLAPPING,
    _DANGLING,
    _COMMENTS,
    _SUGGESTIONS,
)


def to_doc(item: Annotated, align: Mode = "strict") -> tuple[Doc, tuple[Loss, ...]]:
    """The `Doc` of one document, and what it cannot express.

    Raises FormatError where several annotators speak; a document that nobody annotated gives a
    `Doc` without annotation.
    """
    document = item.document
    _refuse_several(item)
    doc = blank_pipeline(document.language).make_doc(document.text)
    if not item.annotations:
        _set_about(doc, item, AnnotationSet(document.id, ""))
        return doc, tuple(_losses_beside(item, 0))
    annotations = item.annotations[0]
    tokens, numbers = _words(doc)
    entities = placed(document, tokens, annotations.entities.values(), align)
    events = annotations.events.values()
    named = (Span(event.id, event.trigger.ranges, event.type) for event in events)
    triggers = placed(document, tokens, named, align)
    spans = _spans(doc, entities.places)
    doc.spans[ENTITIES] = list(spans.values())
    doc.spans[EVENTS] = list(_spans(doc, triggers.places).values())
    losses = [*entities.losses, *triggers.losses]
    ents = without_overlap(entities.places)
    losses += _overlapping(document.id, entities, ents)
    missing = _missing(entities, ents, tokens) if annotations.is_done else ()
    doc.set_ents(
        [spans[place] for place in ents],
        missing=[doc[number : number + 1] for number in map(numbers.__getitem__, missing)],
        default="outside" if annotations.is_done else "missing",
    )
    rejected = placed(document, tokens, _rejected(item, annotations.annotator), align).places
    rejected = {place: key for place, key in rejected.items() if place not in entities.places}
    if rejected:
        doc.spans[REJECTED] = list(_spans(doc, rejected).values())
    losses += _dangling(annotations, entities.homes)
    _set_events(doc, annotations, entities.homes)
    _set_about(doc, item, annotations)
    losses += _losses_beside(item, len(rejected))
    return doc, tuple(losses)


def _refuse_several(item: Annotated) -> None:
    if len(item.annotations) > 1:
        names = ", ".join(one.annotator for one in item.annotations)
        raise FormatError(
            f"{item.document.id} has annotations of {names}; a Doc holds one annotator's.",
            "Export one annotator, or the gold set.",
        )


def events_of(doc: Doc) -> tuple[Event, ...]:
    """The events that `to_doc` wrote, with code point offsets; raises ValueError on other content.

    The targets of their arguments are ids of spans in `doc.spans["entities"]` and of events.
    """
    register_extension()
    try:
        return tuple(event_from(record) for record in orjson.loads(doc._.events))
    except (KeyError, TypeError) as error:
        raise ValueError(f"doc._.events is not what Annotator writes: {error}") from error


def span_groups(doc: Doc) -> dict[str, Sequence[DocSpan]]:
    """The span groups of a `Doc`, with their types."""
    return {str(key): tuple(group) for key, group in cast("Any", doc.spans).items()}


def register_extension() -> None:
    """Make `doc._.events` known to spaCy, unless it is."""
    from spacy.tokens import Doc

    if not Doc.has_extension(EVENTS):
        Doc.set_extension(EVENTS, default="[]")


def _spans(doc: Doc, places: dict[Place, str]) -> dict[Place, DocSpan]:
    found = {
        (start, end, label): doc.char_span(start, end, label=label, span_id=key)
        for (start, end, label), key in places.items()
    }
    return {place: span for place, span in found.items() if span is not None}


def _words(doc: Doc) -> tuple[tuple[Range, ...], Sequence[int]]:
    """Where the tokens are that are no white space, and their numbers in the `Doc`.

    Out of one array, which is faster than a `Token` for each.
    """
    table: Any = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).astype("int64")
    table[:, 1] += table[:, 0]
    numbers: Any = (table[:, 2] == 0).nonzero()[0]
    starts, ends = table[numbers, 0].tolist(), table[numbers, 1].tolist()
    return tuple(zip(starts, ends, strict=True)), numbers


def _missing(entities: Placing, ents: Iterable[Place], tokens: tuple[Range, ...]) -> Iterable[int]:
    """The tokens of entities that `doc.ents` cannot hold, but for those of others that it can."""
    ranges = [piece for span in entities.left_out for piece in span.ranges]
    over = entities.places.keys() - set(ents)
    unknown = _tokens_touched(tokens, [*ranges, *(place[:2] for place in over)])
    if not unknown:
        return ()
    return sorted(unknown - _tokens_touched(tokens, [place[:2] for place in ents]))


def _overlapping(document_id: str, entities: Placing, ents: Iterable[Place]) -> Iterable[Loss]:
    kept = set(ents)
    for place in entities.places:
        if place not in kept:
            start, end, label = place
            yield Loss(document_id, OVERLAPPING, f"{label} {start}-{end}", ((start, end),))


def _tokens_touched(tokens: tuple[Range, ...], ranges: Iterable[Range]) -> set[int]:
    return {index for start, end in ranges for index in range(*touched(tokens, start, end))}


def _rejected(item: Annotated, annotator: str) -> list[Span]:
    decisions = item.decisions.get(annotator, ())
    rejected = {d.suggestion_id for d in decisions if d.outcome is Outcome.REJECTED}
    items = (suggestion.item for suggestion in item.suggestions if suggestion.id in rejected)
    return [span for span in items if isinstance(span, Span)]


def _set_events(doc: Doc, annotations: AnnotationSet, homes: dict[str, str]) -> None:
    register_extension()
    doc._.events = orjson.dumps(
        [self_contained(event, annotations, homes) for event in annotations.events.values()]
    ).decode()


def self_contained(event: Event, annotations: AnnotationSet, homes: dict[str, str]) -> Any:  # noqa: ANN401 - JSON
    """The record of an event whose arguments say where and what their targets are.

    `homes` names, for an entity that shares its place with an equal one, the one that is kept.
    """
    record = event_record(event)
    arguments: dict[tuple[str, str], Any] = {}
    for argument in event.arguments:
        target = homes.get(argument.target, argument.target)
        filler = annotations.entities.get(argument.target)
        span = filler or annotations.events[argument.target].trigger
        arguments[argument.role, target] = {
            "role": argument.role,
            "target": target,
            "label": span.label,
            "ranges": span.ranges,
        }
    return {**record, "arguments": list(arguments.values())}


def _set_about(doc: Doc, item: Annotated, annotations: AnnotationSet) -> None:
    document = item.document
    about = {
        "id": document.id,
        "language": document.language,
        "meta": document.meta,
        "annotator": annotations.annotator,
        "flags": sorted(annotations.flags),
        "relations": [relation_record(relation) for relation in annotations.relations.values()],
    }
    doc.user_data[ABOUT] = orjson.dumps(about).decode()


def _dangling(annotations: AnnotationSet, homes: Collection[str]) -> Iterable[Loss]:
    for event in annotations.events.values():
        for argument in event.arguments:
            if argument.target in annotations.entities and argument.target not in homes:
                detail = f"{event.type} {argument.role}"
                yield Loss(annotations.document_id, _DANGLING, detail, event.trigger.ranges)
    for relation in annotations.relations.values():
        for end in (relation.source, relation.target):
            if end in annotations.entities and end not in homes:
                ranges = annotations.entities[end].ranges
                yield Loss(annotations.document_id, _DANGLING, relation.label, ranges)
                break


def _losses_beside(item: Annotated, rejected: int) -> Iterable[Loss]:
    document_id = item.document.id
    for one in item.annotations:
        for comment in one.comments.values():
            yield Loss(document_id, _COMMENTS, comment.text)
    suggestions = len(item.suggestions) - rejected
    decisions = sum(map(len, item.decisions.values())) - rejected
    if suggestions or decisions:
        detail = f"{suggestions} suggestions, {decisions} decisions"
        yield Loss(document_id, _SUGGESTIONS, detail)
