"""Commands: values that turn one state into the next. Nothing else changes annotations.

`apply` never looks at a scheme: what a scheme does not allow is marked on the screen and listed
by `check`, and never stops an annotator. It raises CommandError where the command does not fit
the state, and the state stays as it was.

A command on an undecided suggestion takes the suggestion over first.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

from annotator.errors import CommandError
from annotator.model.annotations import DONE, SKIPPED, AnnotationSet, Comment
from annotator.model.event import Argument, Event
from annotator.model.records import (
    Record,
    comment_record,
    event_record,
    span_record,
)
from annotator.model.span import Range, Span
from annotator.session.state import State


class Command(Protocol):
    """Anything that can be done to annotations."""

    def apply(self, state: State) -> State:
        """The state after the command; raises CommandError where it does not fit."""
        ...


@dataclass(frozen=True, slots=True)
class AcceptSuggestion:
    """Take a suggestion as it is; an event brings along the undecided fillers of its roles."""

    suggestion_id: str

    def apply(self, state: State) -> State:
        """The state with the suggested item annotated."""
        _require_suggestion(state, self.suggestion_id)
        annotations = _taken_over(state, state.annotations, self.suggestion_id)
        return state.with_annotations(annotations, [self.suggestion_id])


@dataclass(frozen=True, slots=True)
class RejectSuggestion:
    """Say no to a suggestion; arguments that point to it go with it."""

    suggestion_id: str

    def apply(self, state: State) -> State:
        """The state without the suggested item."""
        _require_suggestion(state, self.suggestion_id)
        annotations = state.annotations.without(self.suggestion_id)
        return state.with_annotations(annotations, [self.suggestion_id])


@dataclass(frozen=True, slots=True)
class Relabel:
    """Give an entity another label or an event another type; arguments stay."""

    item_id: str
    label: str

    def apply(self, state: State) -> State:
        """The state with the item relabelled."""
        return _with_span(state, self.item_id, label=self.label)


@dataclass(frozen=True, slots=True)
class Resize:
    """Give an entity or a trigger other edges; arguments and attributes stay."""

    item_id: str
    ranges: tuple[Range, ...]

    def apply(self, state: State) -> State:
        """The state with the item resized."""
        if not self.ranges or self.ranges[-1][1] > len(state.document.text):
            raise CommandError(f"{self.ranges} does not lie in the text.")
        return _with_span(state, self.item_id, ranges=self.ranges)


@dataclass(frozen=True, slots=True)
class AddSpan:
    """Add an entity by hand."""

    span: Span

    def apply(self, state: State) -> State:
        """The state with the entity."""
        _require_room(state, self.span.id, self.span)
        return state.with_annotations(state.annotations.with_entity(self.span))


@dataclass(frozen=True, slots=True)
class AddEvent:
    """Add an event by hand."""

    event: Event

    def apply(self, state: State) -> State:
        """The state with the event."""
        _require_room(state, self.event.id, self.event.trigger)
        annotations = state.annotations
        for argument in self.event.arguments:
            annotations = _taken_over(state, annotations, argument.target)
        return state.with_annotations(annotations.with_event(self.event))


@dataclass(frozen=True, slots=True)
class Remove:
    """Take an entity or event out, with the arguments that point to it and what was said of it.

    A comment on a suggestion stays, since the rejected suggestion can still be seen.
    """

    item_id: str

    def apply(self, state: State) -> State:
        """The state without the item."""
        if not state.annotations.holds(self.item_id):
            raise CommandError("There is nothing of that kind to remove.")
        annotations = state.annotations.without(self.item_id)
        if self.item_id not in state.suggestions:
            annotations = annotations.without_comments_on(self.item_id)
        return state.with_annotations(annotations, [self.item_id])


@dataclass(frozen=True, slots=True)
class SetArgument:
    """Let an entity or another event fill a role of an event."""

    event_id: str
    role: str
    target: str

    def apply(self, state: State) -> State:
        """The state with the argument added; one that is there already stays as it is."""
        if self.target == self.event_id:
            raise CommandError("An event cannot be an argument of itself.")
        annotations = _taken_over(state, state.annotations, self.event_id)
        annotations = _taken_over(state, annotations, self.target)
        event = _event(annotations, self.event_id)
        argument = Argument(self.role, self.target)
        if argument not in event.arguments:
            event = replace(event, arguments=(*event.arguments, argument))
        return state.with_annotations(annotations.with_event(event), [self.event_id])


@dataclass(frozen=True, slots=True)
class RemoveArgument:
    """Take one filler out of a role."""

    event_id: str
    role: str
    target: str

    def apply(self, state: State) -> State:
        """The state without the argument."""
        annotations = _taken_over(state, state.annotations, self.event_id)
        event = _event(annotations, self.event_id)
        argument = Argument(self.role, self.target)
        kept = tuple(a for a in event.arguments if a != argument)
        annotations = annotations.with_event(replace(event, arguments=kept))
        return state.with_annotations(annotations, [self.event_id])


@dataclass(frozen=True, slots=True)
class SetAttribute:
    """Give an attribute of an event a value; an empty value takes it back."""

    event_id: str
    name: str
    value: str

    def apply(self, state: State) -> State:
        """The state with the attribute set."""
        annotations = _taken_over(state, state.annotations, self.event_id)
        event = _event(annotations, self.event_id)
        attributes = {**event.attributes, self.name: self.value}
        if not self.value:
            del attributes[self.name]
        annotations = annotations.with_event(replace(event, attributes=attributes))
        return state.with_annotations(annotations, [self.event_id])


@dataclass(frozen=True, slots=True)
class SetComment:
    """Write, change or (with an empty text) remove a comment."""

    comment: Comment

    def apply(self, state: State) -> State:
        """The state with the comment."""
        return state.with_annotations(state.annotations.with_comment(self.comment))


@dataclass(frozen=True, slots=True)
class SetFlag:
    """Raise or lower a flag of the document."""

    flag: str
    on: bool

    def apply(self, state: State) -> State:
        """The state with the flag."""
        return state.with_annotations(state.annotations.with_flag(self.flag, on=self.on))


@dataclass(frozen=True, slots=True)
class FinishDocument:
    """Say that the document is done: from now on, no span means that there is none."""

    def apply(self, state: State) -> State:
        """The state with the document done and no longer skipped."""
        annotations = state.annotations.with_flag(SKIPPED, on=False).with_flag(DONE, on=True)
        return state.with_annotations(annotations)


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one item of two entities or two events: from the first start to the last end.

    `kept_id` stays, with the arguments and attributes of both; whatever named the other one
    names it now. A suggested event that names the other one is taken over with it.
    """

    kept_id: str
    other_id: str

    def apply(self, state: State) -> State:
        """The state with one item in the place of two."""
        if self.kept_id == self.other_id:
            raise CommandError("A span cannot be merged with itself.")
        annotations = state.annotations
        for item_id in (self.kept_id, self.other_id, *self._waiting_events(state)):
            annotations = _taken_over(state, annotations, item_id)
        kept = annotations.item(self.kept_id)
        other = annotations.item(self.other_id)
        if isinstance(kept, Event) and isinstance(other, Event):
            merged = annotations.renamed(self.other_id, self.kept_id).with_event(
                _merged(kept, other)
            )
        elif isinstance(kept, Span) and isinstance(other, Span):
            merged = annotations.renamed(self.other_id, self.kept_id).with_entity(
                _joined(kept, other)
            )
        else:
            raise CommandError("Only two entities or two events can be merged.")
        return state.with_annotations(merged, [self.kept_id, self.other_id])

    def _waiting_events(self, state: State) -> list[str]:
        return [
            event.id
            for event in state.events()
            if state.is_undecided(event.id)
            and any(argument.target == self.other_id for argument in event.arguments)
        ]


@dataclass(frozen=True, slots=True)
class Batch:
    """Several commands that are saved and undone as one."""

    commands: tuple[Command, ...]
    title: str = ""
    """What to call it in the history; empty for its kind."""

    def apply(self, state: State) -> State:
        """The state after all of them, in order."""
        for command in self.commands:
            state = command.apply(state)
        return state


def accept_rest(state: State) -> Batch:
    """The command that accepts whatever is still undecided and finishes the document."""
    waiting = tuple(AcceptSuggestion(suggestion.id) for suggestion in state.undecided())
    return Batch((*waiting, FinishDocument()), f"accept {len(waiting)} and finish")


def command_record(command: Command) -> Record:
    """A command as a JSON record: its name under `command`, then its fields."""
    record: Record = {"command": type(command).__name__}
    for field in fields(command):  # type: ignore[arg-type]  # every command is a dataclass
        record[field.name] = _plain(getattr(command, field.name))
    return record


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field of a command
    if isinstance(value, Span):
        return span_record(value)
    if isinstance(value, Event):
        return event_record(value)
    if isinstance(value, Comment):
        return comment_record(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]  # pyright: ignore[reportUnknownVariableType]
    return value if isinstance(value, str | int | float | bool) else command_record(value)


def _taken_over(state: State, annotations: AnnotationSet, item_id: str) -> AnnotationSet:
    """The set with the suggestion `item_id` in it, and the fillers that it needs.

    A filler that was rejected does not come back; the event is taken without it.
    """
    if annotations.holds(item_id):
        return annotations
    suggestion = state.suggestions.get(item_id)
    if suggestion is None:
        raise CommandError("There is no such span or event.")
    item = suggestion.item
    if isinstance(item, Span):
        return annotations.with_entity(item)
    annotations = annotations.with_event(replace(item, arguments=()))
    kept: list[Argument] = []
    for argument in item.arguments:
        if state.is_undecided(argument.target):
            annotations = _taken_over(state, annotations, argument.target)
        if annotations.holds(argument.target):
            kept.append(argument)
    return annotations.with_event(replace(item, arguments=tuple(kept)))


def _with_span(
    state: State, item_id: str, *, label: str = "", ranges: tuple[Range, ...] = ()
) -> State:
    annotations = _taken_over(state, state.annotations, item_id)
    event = annotations.events.get(item_id)
    span = event.trigger if event is not None else annotations.entities[item_id]
    try:
        changed = replace(span, label=label or span.label, ranges=ranges or span.ranges)
    except ValueError as error:
        raise CommandError(str(error)) from error
    if event is not None:
        annotations = annotations.with_event(replace(event, trigger=changed))
    else:
        annotations = annotations.with_entity(changed)
    return state.with_annotations(annotations, [item_id])


def _merged(kept: Event, other: Event) -> Event:
    both = dict.fromkeys((*kept.arguments, *other.arguments))
    return replace(
        kept,
        trigger=_joined(kept.trigger, other.trigger),
        arguments=tuple(a for a in both if a.target not in (kept.id, other.id)),
        attributes={**other.attributes, **kept.attributes},
    )


def _joined(kept: Span, other: Span) -> Span:
    whole = min(kept.start, other.start), max(kept.end, other.end)
    return replace(kept, ranges=(whole,))


def _require_suggestion(state: State, item_id: str) -> None:
    if item_id not in state.suggestions:
        raise CommandError("That is not a suggestion.", "Use remove for what was added by hand.")


def _require_room(state: State, item_id: str, span: Span) -> None:
    if state.item(item_id) is not None:
        raise CommandError(f"The id {item_id} is taken.")
    if span.end > len(state.document.text):
        raise CommandError(f"{span.start}-{span.end} does not lie in the text.")


def _event(annotations: AnnotationSet, event_id: str) -> Event:
    event = annotations.events.get(event_id)
    if event is None:
        raise CommandError("That is not an event.")
    return event
