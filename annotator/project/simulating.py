"""Simulated annotators: suggestions accepted with errors, to try agreement and adjudication on.

Nothing of it is anybody's work, and the names say so. The same seed gives the same errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from annotator.model.annotations import SKIPPED
from annotator.model.event import Event
from annotator.model.scheme import Scheme
from annotator.model.span import Range
from annotator.model.suggestion import Suggestion
from annotator.project.project import Project
from annotator.project.suggesting import Progress, unseen
from annotator.session.commands import (
    AcceptSuggestion,
    Batch,
    Command,
    FinishDocument,
    RejectSuggestion,
    Relabel,
    RemoveArgument,
    Resize,
    SetArgument,
    SetAttribute,
)
from annotator.session.session import Session
from annotator.session.state import State
from annotator.store import documents
from annotator.text.alignment import aligned

PREFIX = "simulated-"
"""What the names of simulated annotators begin with."""


@dataclass(frozen=True, slots=True)
class Errors:
    """How often each kind of error is made, as a share of what is suggested."""

    missed: float = 0.03
    boundary: float = 0.03
    label: float = 0.02
    role: float = 0.06
    """Of arguments: left out, or in another role."""
    attribute: float = 0.03
    """Of events: another value than the rest of the annotators give."""


def simulate(
    project: Project,
    count: int = 3,
    *,
    seed: int = 0,
    errors: Errors = Errors(),
    progress: Progress = unseen,
) -> tuple[str, ...]:
    """Let `count` simulated annotators finish every document; gives their names."""
    names = tuple(f"{PREFIX}{number}" for number in range(1, count + 1))
    ids = documents.ids(project.database)
    for number, name in enumerate(names):
        session = project.session(name)
        for place, document_id in enumerate(ids):
            session.open(document_id)
            random = Random(f"{seed} {name} {document_id}")  # noqa: S311 - the same every time
            hand = _Hand(session, random, errors)
            session.run(Batch((*hand.commands(), FinishDocument()), "simulated"))
            progress(number * len(ids) + place + 1, len(names) * len(ids))
        session.close()
    return names


class _Hand:
    """One simulated annotator at one document."""

    def __init__(self, session: Session, random: Random, errors: Errors) -> None:
        self._state: State = session.state
        self._scheme: Scheme = session.scheme
        self._tokens = session.tokens
        self._random = random
        self._errors = errors

    def commands(self) -> Iterator[Command]:
        """What it does: rejects come first, so that no event brings its filler back."""
        if SKIPPED in self._state.annotations.flags:
            return
        waiting = self._state.undecided()
        missed = {s.id for s in waiting if self._errs(self._errors.missed)}
        for suggestion_id in sorted(missed):
            yield RejectSuggestion(suggestion_id)
        for suggestion in waiting:
            if suggestion.id not in missed:
                yield AcceptSuggestion(suggestion.id)
                yield from self._slips(suggestion, missed)

    def _slips(self, suggestion: Suggestion, missed: set[str]) -> Iterator[Command]:
        if self._errs(self._errors.boundary):
            yield from self._resized(suggestion)
        if self._errs(self._errors.label):
            yield from self._relabelled(suggestion)
        item = suggestion.item
        if isinstance(item, Event):
            for argument in item.arguments:
                if argument.target not in missed and self._errs(self._errors.role):
                    yield RemoveArgument(item.id, argument.role, argument.target)
                    yield from self._other_role(item, argument.role, argument.target)
            if self._errs(self._errors.attribute):
                yield from self._valued(item)

    def _errs(self, share: float) -> bool:
        return self._random.random() < share

    def _resized(self, suggestion: Suggestion) -> Iterator[Command]:
        """One word more or less on one side, where that leaves a word."""
        span = suggestion.span
        found = aligned(self._tokens, span.start, span.end)
        if found is None or span.is_discontinuous:
            return
        first, last = found
        wider = [(max(first - 1, 0), last), (first, min(last + 1, len(self._tokens)))]
        narrower = [(first + 1, last), (first, last - 1)]
        for begin, end in self._random.sample(narrower + wider, 4):
            if begin < end and (begin, end) != (first, last):
                ranges: tuple[Range, ...] = ((self._tokens[begin][0], self._tokens[end - 1][1]),)
                words = self._state.document.text[ranges[0][0] : ranges[0][1]]
                if "\n" not in words and words[0].isalnum() and words[-1].isalnum():
                    yield Resize(suggestion.id, ranges)
                    return

    def _relabelled(self, suggestion: Suggestion) -> Iterator[Command]:
        is_event = isinstance(suggestion.item, Event)
        names = self._scheme.events if is_event else self._scheme.entities
        others = [each.name for each in names if each.name != suggestion.label]
        if others:
            yield Relabel(suggestion.id, self._random.choice(others))

    def _other_role(self, event: Event, role: str, target: str) -> Iterator[Command]:
        """Half of the time the argument is left out, else it gets another role."""
        event_type = self._scheme.event(event.type)
        others = [each.name for each in event_type.roles if each.name != role] if event_type else []
        if others and self._errs(0.5):
            yield SetArgument(event.id, self._random.choice(others), target)

    def _valued(self, event: Event) -> Iterator[Command]:
        attributes = self._scheme.attributes_of(event.type)
        if attributes:
            attribute = self._random.choice(attributes)
            values = [value for value in attribute.values if value != attribute.default]
            if values:
                yield SetAttribute(event.id, attribute.name, self._random.choice(values))
