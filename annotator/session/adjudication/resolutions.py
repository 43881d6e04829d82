"""What was settled of the differences in a document, as it is remembered in the gold set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model.suggestion import Decision, Outcome

if TYPE_CHECKING:
    from annotator.session.adjudication.disagreements import Point

BY_HAND = "edit"
"""By which a stop was settled that was put right by hand."""
_STOP, _AGREED = "stop", "agreed"
"""What the decisions on differences begin with, where those on suggestions have an id."""
AGREED_PREFIX = f"{_AGREED}/"
"""What the one decision begins with that every adjudicated set has."""
_SHORT = 8
"""Hex digits that stand for an agreed point; there are some hundred of them in a document."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which versions of a stop are taken; none where it is neither."""

    versions: tuple[int, ...]
    by: str = ""
    """The rule that chose; empty for a person."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled in a document: the choices at stops, and what was agreed on and taken."""

    choices: Mapping[str, Choice] = field(default_factory=dict[str, Choice])
    agreed: frozenset[str] = frozenset()
    """Short ids of points."""

    def chosen(self, point: Point) -> tuple[int, ...] | None:
        """The versions of a point that hold; None where nothing was settled."""
        if point.is_agreed:
            return (0,) if short_id(point) in self.agreed else None
        choice = self.choices.get(point.id)
        return choice.versions if choice is not None else None


def short_id(point: Point) -> str:
    """What stands for an agreed point."""
    return point.id[-_SHORT:]


def settled_from(decisions: Iterable[str]) -> Settled:
    """What the ids of a set's decisions say was settled; those on suggestions say nothing."""
    choices: dict[str, Choice] = {}
    agreed: set[str] = set()
    for decision_id in decisions:
        kind, _, rest = decision_id.partition("/")
        if kind == _AGREED:
            agreed.update(rest.split())
        elif kind == _STOP and rest.count("/") == 2:
            stop, versions, by = rest.split("/")
            choices[stop] = Choice(tuple(map(int, versions.split("+"))) if versions else (), by)
    return Settled(choices, frozenset(agreed))


def decisions_of(settled: Settled) -> Iterator[Decision]:
    """The decisions under which it is remembered, in the gold set beside those on suggestions.

    A stop is `stop/ID/VERSIONS/BY`, with the versions as `0+1`; what was agreed is one decision,
    `agreed/ID ID ...`, which is there even where that was nothing: it tells a gold set that was
    adjudicated from one that came from elsewhere.
    """
    for stop, choice in settled.choices.items():
        versions = "+".join(map(str, choice.versions))
        outcome = Outcome.ACCEPTED if choice.versions else Outcome.REJECTED
        if choice.by == BY_HAND:
            outcome = Outcome.EDITED
        yield Decision(f"{_STOP}/{stop}/{versions}/{choice.by}", outcome)
    yield Decision(f"{_AGREED}/{' '.join(sorted(settled.agreed))}", Outcome.ACCEPTED)


def is_remembered(decision_id: str) -> bool:
    """Whether a decision is one of those that `decisions_of` makes."""
    return decision_id.startswith((f"{_STOP}/", f"{_AGREED}/"))


def is_agreement(decision_id: str) -> bool:
    """Whether it is the decision that remembers what all agree on."""
    return decision_id.startswith(AGREED_PREFIX)
