"""One annotator's annotations of one document: an immutable value with its invariants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotator.model.event import Event
from annotator.model.span import Span

DONE = "done"
"""The annotator has finished the document; only then do empty stretches mean "nothing here"."""
SKIPPED = "skipped"
FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Relation:
    """A labelled, directed pair of entity spans or events, by their ids."""

    id: str
    label: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on an entity or event by id, or on the whole document (`target` empty)."""

    id: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """What one annotator says of one document. Every change gives a new set.

    Invariant kept by the methods here: each argument and relation points to something in the set.
    """

    document_id: str
    annotator: str
    entities: Mapping[str, Span] = field(default_factory=dict[str, Span])
    events: Mapping[str, Event] = field(default_factory=dict[str, Event])
    relations: Mapping[str, Relation] = field(default_factory=dict[str, Relation])
    comments: Mapping[str, Comment] = field(default_factory=dict[str, Comment])
    flags: frozenset[str] = frozenset()

    @property
    def is_done(self) -> bool:
        """Whether the annotator has finished this document."""
        return DONE in self.flags

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said of the document."""
        return not (self.entities or self.events or self.relations or self.comments or self.flags)

    def holds(self, item_id: str) -> bool:
        """Whether an entity or event has this id."""
        return item_id in self.entities or item_id in self.events

    def item(self, item_id: str) -> Span | Event | None:
        """The entity or event of an id, None where the set lacks it."""
        return self.entities.get(item_id) or self.events.get(item_id)

    def label_of(self, item_id: str) -> str | None:
        """The entity label or event type of an id, None where the set lacks it."""
        if item_id in self.entities:
            return self.entities[item_id].label
        return self.events[item_id].type if item_id in self.events else None

    def spans(self) -> Iterator[Span]:
        """Every entity span, then every trigger."""
        yield from self.entities.values()
        for event in self.events.values():
            yield event.trigger

    def with_entity(self, span: Span) -> AnnotationSet:
        """The set with `span` added, or put in the place of the entity with its id."""
        return replace(self, entities={**self.entities, span.id: span})

    def with_event(self, event: Event) -> AnnotationSet:
        """The set with `event` added, or put in the place of the event with its id."""
        return replace(self, events={**self.events, event.id: event})

    def with_relation(self, relation: Relation) -> AnnotationSet:
        """The set with `relation` added, or put in the place of the one with its id."""
        return replace(self, relations={**self.relations, relation.id: relation})

    def with_comment(self, comment: Comment) -> AnnotationSet:
        """The set with `comment`; an empty text takes the comment out."""
        comments = {**self.comments, comment.id: comment}
        if not comment.text:
            del comments[comment.id]
        return replace(self, comments=comments)

    def without_comments_on(self, item_id: str) -> AnnotationSet:
        """The set without the comments on an entity or event."""
        kept = {key: each for key, each in self.comments.items() if each.target != item_id}
        return self if len(kept) == len(self.comments) else replace(self, comments=kept)

    def with_flag(self, flag: str, *, on: bool) -> AnnotationSet:
        """The set with a document flag raised or lowered."""
        return replace(self, flags=self.flags | {flag} if on else self.flags - {flag})

    def without(self, item_id: str) -> AnnotationSet:
        """The set without an entity or event, nor any argument or relation that points to it."""
        entities = {key: span for key, span in self.entities.items() if key != item_id}
        events = {
            key: _without_target(event, item_id)
            for key, event in self.events.items()
            if key != item_id
        }
        relations = {
            key: relation
            for key, relation in self.relations.items()
            if item_id not in (relation.source, relation.target)
        }
        return replace(self, entities=entities, events=events, relations=relations)

    def renamed(self, item_id: str, other_id: str) -> AnnotationSet:
        """The set without an entity or event; whatever named it names another one instead.

        What would name itself then, or the same thing twice, goes.
        """
        events = {
            key: _with_target(event, item_id, other_id)
            for key, event in self.events.items()
            if key != item_id
        }
        relations = {
            key: replace(
                relation,
                source=other_id if relation.source == item_id else relation.source,
                target=other_id if relation.target == item_id else relation.target,
            )
            for key, relation in self.relations.items()
            if {relation.source, relation.target} != {item_id, other_id}
        }
        comments = {
            key: replace(comment, target=other_id) if comment.target == item_id else comment
            for key, comment in self.comments.items()
        }
        entities = {key: span for key, span in self.entities.items() if key != item_id}
        return replace(
            self, entities=entities, events=events, relations=relations, comments=comments
        )

    def map_events(self, change: Callable[[Event], Event]) -> AnnotationSet:
        """The set with every event put through `change`."""
        return replace(self, events={key: change(event) for key, event in self.events.items()})


def _without_target(event: Event, item_id: str) -> Event:
    kept = tuple(a for a in event.arguments if a.target != item_id)
    return event if len(kept) == len(event.arguments) else replace(event, arguments=kept)


def _with_target(event: Event, target: str, other: str) -> Event:
    if not any(a.target == target for a in event.arguments):
        return event
    changed = (replace(a, target=other) if a.target == target else a for a in event.arguments)
    arguments = tuple(dict.fromkeys(a for a in changed if a.target != event.id))
    return replace(event, arguments=arguments)
