"""One record of PLOVER's gold standard: an event, found in its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from annotator.formats.files.json_fields import an_object, name_of, words
from annotator.formats.files.streams import Json
from annotator.formats.given_ids import free_id
from annotator.formats.plover.markup import EVENT, Bracketed, marks
from annotator.formats.plover.terms import ENTITIES, ROLES, terms
from annotator.model.annotations import AnnotationSet, Comment
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span, merged_ranges

_OF_THE_DOCUMENT = ("text", "textInfo", "language")
_TOLD = ("size", "dead", "injured")


@dataclass(frozen=True, slots=True)
class Record:
    """What a record says."""

    row: Json
    text: str
    event: str
    """Its type, as the record has it."""

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return name_of(self.row.get("id"))

    @property
    def coder(self) -> str:
        """Who coded it."""
        return name_of(self.row.get("coder"))

    @property
    def language(self) -> str:
        """The language it names, empty where it names none."""
        return name_of(self.row.get("language"))

    @property
    def meta(self) -> Json:
        """Whatever is not the sentence and its markup."""
        return {key: value for key, value in self.row.items() if key not in _OF_THE_DOCUMENT}

    def marks(self) -> tuple[Bracketed, ...]:
        """The marks in the sentence; raises ValueError where they are not to be placed there."""
        info = self.row.get("textInfo")
        markup = cast("Json", info).get("markup") if isinstance(info, dict) else info
        if not isinstance(markup, str):
            raise ValueError("it has no markup")
        found = marks(markup, self.text)
        if not any(EVENT in mark.names for mark in found):
            raise ValueError(f"the markup has no mark {EVENT}")
        return found

    def added_to(
        self, annotations: AnnotationSet, found: Iterable[Bracketed], document: Document
    ) -> AnnotationSet:
        """The set with this event and what fills its roles."""
        said = terms(self.event, name_of(self.row.get("mode")), name_of(self.row.get("context")))
        ranges = merged_ranges(mark.range for mark in found if EVENT in mark.names)
        key = self.id
        if not key or annotations.holds(key):
            key = free_id(document, f"event {key}", ranges, said.type, annotations.events)
        annotations, arguments = _with_fillers(annotations, found, document)
        trigger = Span(f"{key}t", ranges, said.type)
        annotations = annotations.with_event(Event(key, trigger, arguments, said.attributes))
        remark = "; ".join((*said.left, *self._told()))
        return annotations.with_comment(Comment(f"{key}c", key, remark))

    def _told(self) -> Iterable[str]:
        for key in _TOLD:
            if value := name_of(self.row.get(key)):
                yield f"{key}: {value}"
        if comment := name_of(self.row.get("comment")):
            yield comment


def record(value: object) -> Record | None:
    """The record of a JSON value; None for the one that tells of the file.

    Raises ValueError where it has no text or no type.
    """
    row = an_object(value, "a record")
    event = words(row, "event").strip()
    if event == "DOCUMENT" and "text" not in row:
        return None
    if not event:
        raise ValueError("event is blank")
    return Record(row, words(row, "text"), event)


def _with_fillers(
    annotations: AnnotationSet, found: Iterable[Bracketed], document: Document
) -> tuple[AnnotationSet, tuple[Argument, ...]]:
    """The set with an entity for each mark of a role, and the arguments that they are."""
    arguments: dict[Argument, None] = {}
    for mark in found:
        for name in mark.names:
            if name == EVENT:
                continue
            ranges, label = (mark.range,), ENTITIES[name]
            span = Span(free_id(document, "entity", ranges, label), ranges, label)
            annotations = annotations.with_entity(span)
            arguments[Argument(ROLES[name], span.id)] = None
    return annotations, tuple(arguments)
