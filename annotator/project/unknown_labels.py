"""What annotations use and their scheme lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from typing import TypeVar

from annotator.model.annotations import AnnotationSet
from annotator.model.event import Event
from annotator.model.scheme import Scheme
from annotator.model.suggestion import Suggestion

MOST = 1000
"""So many names of a kind are kept apart; more are no scheme's."""

_Name = TypeVar("_Name")


class UnknownLabels:
    """Names that the scheme lacks, with how often they came."""

    def __init__(self, scheme: Scheme) -> None:
        self.entities: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.roles: Counter[tuple[str, str]] = Counter()
        """By event type and role."""
        self.values: Counter[tuple[str, str, str]] = Counter()
        """By event type, attribute and value."""
        self.taking_events: set[tuple[str, str]] = set()
        """The `roles` that an event filled."""
        self._entities = {label.name for label in scheme.entities}
        self._roles = {e.name: {role.name for role in e.roles} for e in scheme.events}
        self._values = {
            e.name: {a.name: a.values for a in scheme.attributes_of(e.name)} for e in scheme.events
        }

    def __bool__(self) -> bool:
        return bool(self.entities or self.events or self.roles or self.values)

    def look_at(self, annotations: AnnotationSet) -> None:
        """Count what an annotator's annotations use."""
        for span in annotations.entities.values():
            if span.label not in self._entities:
                _count(self.entities, span.label)
        for event in annotations.events.values():
            self._look_at_event(event, annotations.events.keys())

    def look_at_suggestion(self, suggestion: Suggestion) -> None:
        """Count what a suggestion uses."""
        item = suggestion.item
        if isinstance(item, Event):
            self._look_at_event(item, ())
        elif item.label not in self._entities:
            _count(self.entities, item.label)

    def told(self) -> dict[str, int]:
        """Each name as it is told, with its number: labels, roles, values of attributes."""
        labels = [*self.entities.items(), *self.events.items()]
        roles = [(f"{event}.{role}", n) for (event, role), n in self.roles.items()]
        values = [(f"{e}.{name}={value}", n) for (e, name, value), n in self.values.items()]
        return dict([*labels, *roles, *values])

    def _look_at_event(self, event: Event, events: Container[str]) -> None:
        if event.type not in self._roles:
            _count(self.events, event.type)
        known_roles = self._roles.get(event.type, ())
        for argument in event.arguments:
            if argument.role not in known_roles:
                key = (event.type, argument.role)
                _count(self.roles, key)
                if argument.target in events and key in self.roles:
                    self.taking_events.add(key)
        known_values = self._values.get(event.type, {})
        for name, value in event.attributes.items():
            if value not in known_values.get(name, ()):
                _count(self.values, (event.type, name, value))


def _count(names: Counter[_Name], name: _Name) -> None:
    if name in names or len(names) < MOST:
        names[name] += 1
