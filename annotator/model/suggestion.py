"""A suggestion, and the decision that an annotator took on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.model.event import Event
from annotator.model.span import Span


class Outcome(StrEnum):
    """What became of a suggestion. No decision at all means that it is still untouched."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RELABELLED = "relabelled"
    RESIZED = "resized"
    EDITED = "edited"
    """An event whose arguments or attributes were changed."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A span or event that `source` proposes. An accepted item keeps the suggestion's id."""

    item: Span | Event
    source: str
    """Which suggester, and which version of it: `patterns:news-events@3f2a90c1`."""
    score: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"suggestion {self.id!r} has score {self.score}; expected 0 to 1")

    @property
    def id(self) -> str:
        """The id of the span or event."""
        return self.item.id

    @property
    def span(self) -> Span:
        """The entity span, or the event's trigger."""
        return self.item.trigger if isinstance(self.item, Event) else self.item

    @property
    def label(self) -> str:
        """The entity label or event type."""
        return self.span.label

    @property
    def suggester(self) -> str:
        """The source without its version."""
        return self.source.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an annotator decided on one suggestion."""

    suggestion_id: str
    outcome: Outcome


def outcome_of(suggestion: Suggestion, item: Span | Event | None) -> Outcome:
    """The outcome that the annotated `item` stands for; None means that it was taken out.

    A changed label outweighs changed edges, which outweigh changed arguments.
    """
    if item is None:
        return Outcome.REJECTED
    span = item.trigger if isinstance(item, Event) else item
    if span.label != suggestion.label:
        return Outcome.RELABELLED
    if span.ranges != suggestion.span.ranges:
        return Outcome.RESIZED
    if isinstance(item, Event) and isinstance(suggestion.item, Event):
        same = set(item.arguments) == set(suggestion.item.arguments)
        if not same or item.attributes != suggestion.item.attributes:
            return Outcome.EDITED
    return Outcome.ACCEPTED
