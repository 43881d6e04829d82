"""Stops: what several annotators say otherwise of one document, as values.

A point is something they have a say in: whether an entity or event is there, where, and under
which label; what fills the roles of an event; an attribute; a relation. A point with one version
is agreed on, any other is a stop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Range
from annotator.session.adjudication.aligned_items import AlignedItem


class DifferenceKind(StrEnum):
    """What annotators differ in."""

    MISSED = "missed"
    BOUNDARY = "boundary"
    LABEL = "label"
    TRIGGER = "trigger"
    """Where the trigger of an event begins or ends."""
    TYPE = "type"
    ROLE = "role"
    ATTRIBUTE = "attribute"
    RELATION = "relation"


class About(StrEnum):
    """What a point is about."""

    ENTITY = "entity"
    EVENT = "event"
    ROLES = "roles"
    ATTRIBUTE = "attribute"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class Marked:
    """An entity, or an event's trigger and type."""

    ranges: tuple[Range, ...]
    label: str


Fill = tuple[str, str]
"""A role, and the id of the thing that fills it."""
Content = Marked | tuple[Fill, ...] | str | None
"""A mark; sorted arguments; an attribute's value or a relation's label; None for not there."""


@dataclass(frozen=True, slots=True)
class Version:
    """One way to put it, and who does."""

    content: Content
    annotators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Something that annotators agree on, or differ in; then it is a stop."""

    id: str
    """Out of the versions and not of who has them: another vote is not another question."""
    about: About
    kinds: tuple[DifferenceKind, ...]
    thing: str
    """The id of the entity or event; of a relation that of its source."""
    versions: tuple[Version, ...]
    """In a fixed order, that which is None included."""
    place: Range
    labels: tuple[str, ...]
    """The labels or types concerned, each once."""
    name: str = ""
    """Roles, an attribute's name, or a relation's label."""
    target: str = ""
    """Of a relation, the id of its target."""

    @property
    def is_agreed(self) -> bool:
        """Whether there is one version only."""
        return len(self.versions) == 1

    @property
    def is_existence(self) -> bool:
        """Whether it is about an entity or event itself: there or not, where, and as what."""
        return self.about in (About.ENTITY, About.EVENT)

    @property
    def annotators(self) -> tuple[str, ...]:
        """Whoever has a say in it."""
        return tuple(sorted(name for version in self.versions for name in version.annotators))

    def version_of(self, annotator: str) -> int | None:
        """The index of an annotator's version; None for one who has no say."""
        places = range(len(self.versions))
        return next((k for k in places if annotator in self.versions[k].annotators), None)

    def present(self) -> tuple[int, ...]:
        """The indices of the versions that say something."""
        return tuple(k for k, version in enumerate(self.versions) if version.content)


@dataclass(frozen=True, slots=True)
class DocumentComparison:
    """What the annotators of one document say, point by point, in the order of visiting."""

    document: Document
    sets: Mapping[str, AnnotationSet]
    things: Mapping[str, AlignedItem]
    points: tuple[Point, ...]

    @property
    def agreed(self) -> tuple[Point, ...]:
        """What all say alike."""
        return tuple(point for point in self.points if point.is_agreed)

    @property
    def stops(self) -> tuple[Point, ...]:
        """What they differ in: paragraph by paragraph, entities before events."""
        return tuple(point for point in self.points if not point.is_agreed)

    def by_thing(self) -> dict[str, list[Point]]:
        """The points about the roles and attributes of each event that has some."""
        found: dict[str, list[Point]] = {}
        for point in self.points:
            if point.about in (About.ROLES, About.ATTRIBUTE):
                found.setdefault(point.thing, []).append(point)
        return found
