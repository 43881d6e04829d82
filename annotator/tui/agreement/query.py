"""Which differences stand behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.agreement.differences import KINDS, Difference, Kind
from annotator.agreement.tallies.statistics import Pair

_SPANS: tuple[Kind, ...] = ("boundary", "label", "boundary_label", "missed_by_a", "missed_by_b")
_ROLE: tuple[Kind, ...] = ("role",)
_ATTRIBUTE: tuple[Kind, ...] = ("attribute",)
SPANS = frozenset(_SPANS)
EDGES = SPANS - {"label"}
"""What an unlabelled match does not forgive."""
LABELS = SPANS - {"boundary"}
"""What a match by overlap does not forgive."""
ROLES = frozenset(_ROLE)
ATTRIBUTES = frozenset(_ATTRIBUTE)
ARGUMENTS = SPANS | ROLES
"""End to end: an event that only one has takes its arguments with it."""

GROUPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("boundary", ("boundary",)),
    ("label", ("label",)),
    ("boundary and label", ("boundary_label",)),
    ("missed", ("missed_by_a", "missed_by_b")),
    ("role", ("role",)),
    ("attribute", ("attribute",)),
)
"""What the kinds are called, and in which order they are listed."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a number rests on, and which differences lower it; what is empty asks for nothing."""

    title: str
    pairs: tuple[Pair, ...]
    layer: str = ""
    kinds: frozenset[Kind] = frozenset(KINDS)
    label: str = ""
    """A label that one of the two gave."""
    cell: tuple[str, str] | None = None
    """The labels of both; empty where one has no span."""
    role: str = ""
    attribute: str = ""

    def fits(self, difference: Difference) -> bool:
        """Whether a difference is meant."""
        roles = [one.role for one in (difference.role_a, difference.role_b) if one is not None]
        return (
            difference.kind in self.kinds
            and (not self.layer or difference.layer == self.layer)
            and (not self.label or self.label in difference.labels)
            and (self.cell is None or self.cell == _cell(difference))
            and (not self.role or self.role in roles)
            and (not self.attribute or self.attribute == difference.attribute)
        )


def _cell(difference: Difference) -> tuple[str, str]:
    return difference.label_a or "", difference.label_b or ""
