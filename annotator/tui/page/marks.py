"""What is drawn for a span or trigger: the state's items as marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.model.change import Change
from annotator.model.check import check_event
from annotator.model.event import Event
from annotator.model.scheme import Scheme
from annotator.model.span import Range, Span
from annotator.session.state import State, span_of
from annotator.text.alignment import aligned


class Status(StrEnum):
    """How far an item is decided."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DISAGREEING = "disagreeing"
    """Annotators differ on it; of one annotator's own items none is so."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One entity or event as it is drawn."""

    id: str
    ranges: tuple[Range, ...]
    label: str
    status: Status
    is_trigger: bool = False
    has_problem: bool = False
    arguments: tuple[tuple[str, str], ...] = ()
    """Role and target id, for a trigger."""
    voices: str = ""
    """Who has it so, where annotators differ."""

    @property
    def start(self) -> int:
        """The first code point."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """The end of the hull, half-open."""
        return self.ranges[-1][1]

    @property
    def tag(self) -> str:
        """The label as it stands under the line."""
        who = f"{self.voices} " if self.voices else ""
        return f"{who}{'◆' if self.is_trigger else ''}{self.label}{'!' if self.has_problem else ''}"


def mark_of(
    state: State, scheme: Scheme, item_id: str, tokens: Sequence[Range] = ()
) -> Mark | None:
    """The mark of one item; None where there is nothing to draw.

    `tokens` are those of the export, or none as long as they are not known.
    """
    item = state.item(item_id)
    if item is None:
        return None
    span = span_of(item)
    status = _status(state, item_id)
    cut = status is Status.ACCEPTED and cuts_words(span, tokens)
    if not isinstance(item, Event):
        problem = cut or scheme.entity(span.label) is None
        return Mark(item_id, span.ranges, span.label, status, has_problem=problem)
    return Mark(
        item_id,
        span.ranges,
        span.label,
        status,
        is_trigger=True,
        has_problem=cut
        or (status is Status.ACCEPTED and bool(check_event(item, state.annotations, scheme))),
        arguments=tuple((a.role, a.target) for a in state.arguments(item)),
    )


def cuts_words(span: Span, tokens: Sequence[Range]) -> bool:
    """Whether an edge of the span is not on an edge of a token; never where there are none."""
    return bool(tokens) and any(aligned(tokens, start, end) is None for start, end in span.ranges)


def cut_items(state: State, tokens: Sequence[Range]) -> set[str]:
    """The annotated items with an edge that is not on an edge of a token."""
    annotated = (*state.annotations.entities.values(), *state.annotations.events.values())
    return {item.id for item in annotated if cuts_words(span_of(item), tokens)}


def marks_of(state: State, scheme: Scheme, tokens: Sequence[Range] = ()) -> Iterator[Mark]:
    """The mark of every item: annotated, undecided and rejected alike."""
    annotations = state.annotations
    ids = {**annotations.entities, **annotations.events, **state.suggestions}
    for item_id in ids:
        mark = mark_of(state, scheme, item_id, tokens)
        if mark is not None:
            yield mark


def touched_by(state: State, changes: Iterable[Change]) -> set[str]:
    """The items whose mark a change may alter: itself, and the events that point to it."""
    direct = {change.id for change in changes if change.kind in ("entity", "event", "decision")}
    suggested = (suggestion.item for suggestion in state.suggestions.values())
    pointing = {
        event.id
        for event in (*state.annotations.events.values(), *suggested)
        if isinstance(event, Event) and any(a.target in direct for a in event.arguments)
    }
    return direct | pointing


def _status(state: State, item_id: str) -> Status:
    if state.annotations.holds(item_id):
        return Status.ACCEPTED
    return Status.REJECTED if state.is_rejected(item_id) else Status.SUGGESTED
