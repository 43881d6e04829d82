"""What fills a role, comparable between annotators, whose ids differ.

An entity that fills a role is its ranges: its label is compared where it is an entity. An event
that fills a role is its trigger's ranges and its type: its own arguments are compared where it is
an event of its own, so that nothing is counted twice and events that name one another can be
compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.items import EventMark
from annotator.agreement.matching import best_matching
from annotator.agreement.spans import Ranges


class Filler(NamedTuple):
    """An entity or event by what it is compared by."""

    kind: str
    """`entity` or `event`; `unknown` where the annotator has nothing of that id."""
    ranges: Ranges
    type: str = ""
    """The type of an event; of something unknown its id."""

    def overlaps(self, other: Filler) -> bool:
        """Whether two entities, or two events of one type, share a code point, or are the same."""
        if self.kind != other.kind or self.type != other.type:
            return False
        return self == other or any(
            s < oe and os < e for s, e in self.ranges for os, oe in other.ranges
        )


Argument = tuple[str, Filler]
"""Role and filler."""


def fillers(work: DocumentAnnotations) -> dict[str, Filler]:
    """What each id of an annotator stands for."""
    found = {item.id: Filler("entity", item.ranges) for item in work.entities}
    found.update({item.id: Filler("event", item.ranges, item.label) for item in work.events})
    return found


def arguments(event: EventMark, known: Mapping[str, Filler]) -> list[Argument]:
    """The arguments of an event, in the order in which they were set."""
    return [
        (role, known.get(target) or Filler("unknown", (), target))
        for role, target in event.arguments
    ]


def same(a: Sequence[object], b: Sequence[object]) -> int:
    """How many values two multisets have in common."""
    if not a or not b:
        return 0
    if len(a) == 1:
        return int(a[0] in b)
    return (Counter(a) & Counter(b)).total()


def overlapping(a: Sequence[Argument], b: Sequence[Argument], *, roles: bool) -> int:
    """The most one-to-one pairs of arguments whose fillers overlap, with `roles` of one role."""
    if not a or not b:
        return 0
    edges = [
        {
            j: 0
            for j, (other_role, other) in enumerate(b)
            if (not roles or role == other_role) and filler.overlaps(other)
        }
        for role, filler in a
    ]
    if all(len(edge) < 2 for edge in edges):
        return len({j for edge in edges for j in edge})
    return len(best_matching(edges))
