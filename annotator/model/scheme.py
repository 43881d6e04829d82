"""A label scheme: which entities, events, roles and attributes there are, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.actions import LABEL_KEYS
from annotator.model.event import Event

ANY_ENTITY = "<ENTITY>"
ANY_EVENT = "<EVENT>"


@dataclass(frozen=True, slots=True)
class EntityLabel:
    """One kind of entity."""

    name: str
    description: str = ""
    key: str = ""
    """The single key that gives a span this label."""
    colour: str = ""
    """A name out of the palette (docs/guide), else one is given by position."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role of an event type, and what may fill it."""

    name: str
    fillers: tuple[str, ...] = (ANY_ENTITY,)
    """Entity labels and event types; `<ENTITY>` and `<EVENT>` stand for any of either."""
    required: bool = False
    repeatable: bool = True
    description: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event, with its roles."""

    name: str
    roles: tuple[Role, ...] = ()
    description: str = ""
    key: str = ""
    colour: str = ""

    def role(self, name: str) -> Role | None:
        """The role of that name, None where the type has none."""
        return next((role for role in self.roles if role.name == name), None)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of events that takes one of a few values, such as polarity."""

    name: str
    values: tuple[str, ...]
    default: str = ""
    """The value that holds where none was set; empty where there is no such value."""
    applies_to: tuple[str, ...] = (ANY_EVENT,)
    description: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole label scheme. Entity labels and event types never share a name."""

    name: str
    version: str = "1"
    description: str = ""
    language: str = "en"
    entities: tuple[EntityLabel, ...] = ()
    events: tuple[EventType, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    guidelines: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """The guideline of a label, by its name, as Markdown."""
    patterns_file: str = ""
    """The patterns that suggest for this scheme, a file name beside the scheme's own."""

    def entity(self, name: str) -> EntityLabel | None:
        """The entity label of that name."""
        return next((label for label in self.entities if label.name == name), None)

    def event(self, name: str) -> EventType | None:
        """The event type of that name."""
        return next((event for event in self.events if event.name == name), None)

    @property
    def label_keys(self) -> dict[str, str]:
        """Key to entity label: the keys given here, and digits for labels without one."""
        mapped = {label.key: label.name for label in self.entities if label.key}
        spare = (key for key in LABEL_KEYS if key not in mapped)
        for label in self.entities:
            if not label.key and (key := next(spare, "")):
                mapped[key] = label.name
        return mapped

    def attributes_of(self, event_type: str) -> tuple[Attribute, ...]:
        """The attributes that an event of this type can have."""
        return tuple(
            a for a in self.attributes if ANY_EVENT in a.applies_to or event_type in a.applies_to
        )

    def defaults_of(self, event_type: str) -> dict[str, str]:
        """The values that hold for an event of this type where none was set."""
        return {a.name: a.default for a in self.attributes_of(event_type) if a.default}

    def values_of(self, event: Event) -> dict[str, str]:
        """The values of an event's attributes, at their defaults where none was set."""
        return {**self.defaults_of(event.type), **event.attributes}

    def accepts(self, role: Role, label: str) -> bool:
        """Whether an entity or event with this label may fill the role."""
        if label in role.fillers:
            return True
        if self.event(label) is not None:
            return ANY_EVENT in role.fillers
        return ANY_ENTITY in role.fillers


NO_SCHEME = Scheme("")
"""Where no scheme is known: nothing has a default."""
