"""The state of one document under one annotator's hands: an immutable value."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from annotator.model.annotations import AnnotationSet
from annotator.model.change import Change, Entries
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.records import (
    Record,
    comment_from,
    comment_record,
    decision_from,
    decision_record,
    event_from,
    event_record,
    relation_from,
    relation_record,
    span_from,
    span_record,
)
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion, outcome_of

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class State:
    """What there is on a document: what was suggested, what was decided, what was annotated."""

    document: Document
    annotations: AnnotationSet
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict[str, Suggestion])
    decisions: Mapping[str, Decision] = field(default_factory=dict[str, Decision])

    def is_undecided(self, item_id: str) -> bool:
        """Whether this is a suggestion that nobody has decided on."""
        return item_id in self.suggestions and item_id not in self.decisions

    def is_rejected(self, item_id: str) -> bool:
        """Whether this is a suggestion that was rejected or taken out again."""
        decision = self.decisions.get(item_id)
        return decision is not None and decision.outcome is Outcome.REJECTED

    def undecided(self) -> tuple[Suggestion, ...]:
        """The suggestions nobody has decided on, in reading order."""
        waiting = (s for s in self.suggestions.values() if s.id not in self.decisions)
        return tuple(sorted(waiting, key=lambda s: reading_order(s.item)))

    def item(self, item_id: str) -> Span | Event | None:
        """The annotated span or event of that id, else the suggested one, else None."""
        annotated = self.annotations.entities.get(item_id) or self.annotations.events.get(item_id)
        if annotated is not None:
            return annotated
        suggestion = self.suggestions.get(item_id)
        return suggestion.item if suggestion is not None else None

    def events(self) -> Iterator[Event]:
        """Every event, annotated or still undecided, in no order."""
        yield from self.annotations.events.values()
        for suggestion in self.suggestions.values():
            if isinstance(suggestion.item, Event) and suggestion.id not in self.decisions:
                yield suggestion.item

    def arguments(self, event: Event) -> tuple[Argument, ...]:
        """The arguments of an event as it stands or would be accepted: no rejected fillers."""
        return tuple(a for a in event.arguments if not self.is_rejected(a.target))

    def items(self) -> tuple[Span | Event, ...]:
        """Everything annotated and everything still undecided, in reading order."""
        annotated = [*self.annotations.entities.values(), *self.annotations.events.values()]
        waiting = [s.item for s in self.suggestions.values() if s.id not in self.decisions]
        return tuple(sorted([*annotated, *waiting], key=reading_order))

    def items_after(
        self, before: Iterable[Span | Event], touched: set[str]
    ) -> tuple[Span | Event, ...]:
        """The same as `items`, from those of an earlier state and the ids that changed since."""
        found = [item for item in before if item.id not in touched]
        for item_id in touched:
            item = self.item(item_id)
            if item is not None and (self.annotations.holds(item_id) or self.is_undecided(item_id)):
                insort(found, item, key=reading_order)
        return tuple(found)

    def with_annotations(self, annotations: AnnotationSet, decided: Iterable[str] = ()) -> State:
        """The state with other annotations and the decisions that they stand for.

        A suggestion is decided where its item changed, and where `decided` names it.
        """
        before, after = self.annotations, annotations
        touched = {*decided, *_differing(before.entities, after.entities)}
        touched.update(_differing(before.events, after.events))
        decisions = dict(self.decisions)
        for item_id in touched & self.suggestions.keys():
            item = after.entities.get(item_id) or after.events.get(item_id)
            decisions[item_id] = Decision(item_id, outcome_of(self.suggestions[item_id], item))
        return replace(self, annotations=annotations, decisions=decisions)


def reading_order(item: Span | Event) -> tuple[int, int, int, str]:
    """Sort key: by start, longer first, events after entities, then by id."""
    span = span_of(item)
    return span.start, -span.end, int(isinstance(item, Event)), item.id


def span_of(item: Span | Event) -> Span:
    """The span that is shown for an item: an event's trigger, an entity itself."""
    return item.trigger if isinstance(item, Event) else item


def changes(before: State, after: State) -> tuple[Change, ...]:
    """What the step from `before` to `after` changed; what is the same object is not looked at."""
    a, b = before.annotations, after.annotations
    found: list[Change] = []
    found += _changes("entity", a.entities, b.entities, span_record)
    found += _changes("event", a.events, b.events, event_record)
    found += _changes("relation", a.relations, b.relations, relation_record)
    found += _changes("comment", a.comments, b.comments, comment_record)
    found += _changes("flag", dict.fromkeys(a.flags, ""), dict.fromkeys(b.flags, ""), _flag_record)
    found += _changes("decision", before.decisions, after.decisions, decision_record)
    return tuple(found)


def state_of(
    document: Document, annotator: str, suggestions: Iterable[Suggestion], entries: Entries
) -> State:
    """The state that stored entries stand for."""
    by_id = {suggestion.id: suggestion for suggestion in suggestions}
    blank = State(document, AnnotationSet(document.id, annotator), by_id)
    return with_changes(
        blank, (Change(kind, item_id, None, record) for (kind, item_id), record in entries.items())
    )


def with_changes(state: State, found: Iterable[Change]) -> State:
    """The state after changes that history already has."""
    annotations = state.annotations
    kinds: dict[str, dict[str, Any]] = {
        "entity": dict(annotations.entities),
        "event": dict(annotations.events),
        "relation": dict(annotations.relations),
        "comment": dict(annotations.comments),
        "flag": dict.fromkeys(annotations.flags),
        "decision": dict(state.decisions),
    }
    for change in found:
        if change.after is None:
            kinds[change.kind].pop(change.id, None)
        else:
            kinds[change.kind][change.id] = _FROM_RECORD[change.kind](change.after)
    annotations = replace(
        annotations,
        entities=kinds["entity"],
        events=kinds["event"],
        relations=kinds["relation"],
        comments=kinds["comment"],
        flags=frozenset(kinds["flag"]),
    )
    return replace(state, annotations=annotations, decisions=kinds["decision"])


def entries_of(state: State) -> dict[tuple[str, str], Record]:
    """The entries of a state, the inverse of `state_of`."""
    blank = State(state.document, AnnotationSet(state.document.id, state.annotations.annotator))
    return {
        change.key: change.after for change in changes(blank, state) if change.after is not None
    }


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    if before is after:
        return
    for key, value in after.items():
        if before.get(key) is not value:
            yield key
    for key in before:
        if key not in after:
            yield key


def _changes(
    kind: str,
    before: Mapping[str, Item],
    after: Mapping[str, Item],
    record: Callable[[Item], Record],
) -> list[Change]:
    found: list[Change] = []
    for key in sorted(_differing(before, after)):
        old = record(before[key]) if key in before else None
        new = record(after[key]) if key in after else None
        if old != new:
            found.append(Change(kind, key, old, new))
    return found


def _flag_record(_: str) -> Record:
    return {}


_FROM_RECORD: Mapping[str, Callable[[Record], Any]] = {
    "entity": span_from,
    "event": event_from,
    "relation": relation_from,
    "comment": comment_from,
    "flag": lambda _: None,
    "decision": decision_from,
}
