"""Documents with their labels renamed by a map, before it is known which of them are events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from annotator.formats.label_map import LabelMap, Names
from annotator.formats.record import Annotated
from annotator.model.annotations import AnnotationSet, Relation
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Suggestion


class Relabelling:
    """Renames, and counts what it leaves out."""

    def __init__(self, names: LabelMap) -> None:
        self.left_out: Counter[str] = Counter()
        """What the map leaves out, by its old name."""
        self._entities = {**names.events, **names.labels, **names.entities}
        """A format that knows no events has triggers as entities."""
        self._events = {**names.labels, **names.events}
        self._roles = names.roles
        self._attributes = names.attributes
        self._is_needed = bool(self._entities or self._roles or self._attributes)

    def of(self, item: Annotated) -> Annotated:
        """The document with the new names, less what has none and whatever points to that."""
        if not self._is_needed:
            return item
        suggestions = tuple(self._suggestions(item.suggestions))
        gone = {s.id for s in item.suggestions} - {s.id for s in suggestions}
        return replace(
            item,
            annotations=tuple(map(self._set, item.annotations)),
            suggestions=suggestions,
            decisions={name: _kept(made, gone) for name, made in item.decisions.items()},
        )

    def _set(self, annotations: AnnotationSet) -> AnnotationSet:
        entities = {
            key: renamed
            for key, span in annotations.entities.items()
            if (renamed := self._entity(span))
        }
        events = {
            key: renamed
            for key, event in annotations.events.items()
            if (renamed := self._event(event))
        }
        events = {key: _pointing(event, {*entities, *events}) for key, event in events.items()}
        gone = {*annotations.entities, *annotations.events} - {*entities, *events}
        return replace(
            annotations,
            entities=entities,
            events=events,
            relations=dict(self._relations(annotations.relations, gone)),
            comments={
                key: comment
                for key, comment in annotations.comments.items()
                if comment.target not in gone
            },
        )

    def _entity(self, span: Span) -> Span | None:
        label = self._named(span.label, self._entities)
        return replace(span, label=label) if label else None

    def _event(self, event: Event) -> Event | None:
        label = self._named(event.type, self._events)
        if not label:
            return None
        roles = ((self._named(a.role, self._roles), a.target) for a in event.arguments)
        arguments = dict.fromkeys(Argument(role, target) for role, target in roles if role)
        named = (
            (self._named(name, self._attributes), value) for name, value in event.attributes.items()
        )
        return replace(
            event,
            trigger=replace(event.trigger, label=label),
            arguments=tuple(arguments),
            attributes={name: value for name, value in named if name},
        )

    def _relations(
        self, relations: Mapping[str, Relation], gone: set[str]
    ) -> Iterator[tuple[str, Relation]]:
        for key, relation in relations.items():
            label = self._named(relation.label, self._roles)
            if label and not gone & {relation.source, relation.target}:
                yield key, replace(relation, label=label)

    def _suggestions(self, suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
        found = list(suggestions)
        kept: list[Suggestion] = []
        for suggestion in found:
            item = suggestion.item
            changed = self._event(item) if isinstance(item, Event) else self._entity(item)
            if changed is not None:
                kept.append(replace(suggestion, item=changed))
        gone = {s.id for s in found} - {s.id for s in kept}
        for suggestion in kept:
            item = suggestion.item
            if isinstance(item, Event) and any(a.target in gone for a in item.arguments):
                arguments = tuple(a for a in item.arguments if a.target not in gone)
                yield replace(suggestion, item=replace(item, arguments=arguments))
            else:
                yield suggestion

    def _named(self, name: str, names: Names) -> str:
        new = names.get(name, name)
        if not new:
            self.left_out[name] += 1
        return new


def _pointing(event: Event, targets: set[str]) -> Event:
    kept = tuple(a for a in event.arguments if a.target in targets)
    return event if len(kept) == len(event.arguments) else replace(event, arguments=kept)


def _kept(decisions: Iterable[Decision], gone: set[str]) -> tuple[Decision, ...]:
    return tuple(decision for decision in decisions if decision.suggestion_id not in gone)
