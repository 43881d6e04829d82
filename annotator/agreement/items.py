"""What an annotator marked, as plain values with the ids by which it is found again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.agreement.spans import Canonical, Mark, Ranges, canonical


@dataclass(frozen=True, slots=True)
class EntityMark:
    """A labelled span; raises ValueError where a range is empty."""

    id: str
    ranges: Ranges
    label: str
    source: str = ""
    """Who suggested it; empty where it was added by hand."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranges", canonical((self.ranges, self.label))[0])

    @property
    def mark(self) -> Canonical:
        """Ranges and label, without the id."""
        return self.ranges, self.label


@dataclass(frozen=True, slots=True)
class EventMark:
    """An event: its trigger's ranges, its type as label, arguments and attributes."""

    id: str
    ranges: Ranges
    label: str
    arguments: tuple[tuple[str, str], ...] = ()
    """Role and the id of the entity or event that fills it; a role may be filled several times."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Name and value, each name once; with the defaults of those that were not set."""
    source: str = ""
    """Who suggested it; empty where it was added by hand."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranges", canonical((self.ranges, self.label))[0])

    @property
    def mark(self) -> Canonical:
        """The trigger's ranges and the event's type."""
        return self.ranges, self.label


Item = EntityMark | EventMark


def entity_marks(marks: Iterable[Mark]) -> tuple[EntityMark, ...]:
    """Entities of plain marks, with ids `e1`, `e2`, ... in the order given."""
    found = (canonical(mark) for mark in marks)
    return tuple(EntityMark(f"e{i}", ranges, label) for i, (ranges, label) in enumerate(found, 1))


def event_marks(marks: Iterable[Mark]) -> tuple[EventMark, ...]:
    """Events of plain trigger marks, with ids `v1`, `v2`, ... in the order given."""
    found = (canonical(mark) for mark in marks)
    return tuple(EventMark(f"v{i}", ranges, label) for i, (ranges, label) in enumerate(found, 1))
