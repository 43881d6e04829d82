"""What the side panel says of the current item: plain text, no drawing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.check import check_event
from annotator.model.event import Event
from annotator.model.scheme import Role, Scheme
from annotator.model.span import Range, Span
from annotator.model.suggestion import Outcome
from annotator.session.state import State, span_of
from annotator.text.safe_text import shortened
from annotator.tui.page.marks import Mark, cuts_words, mark_of

_LONG = 200
_SENTENCE = re.compile(r"(?<=[a-z)\]”\"][.:]) (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role of an event: the digit that chooses it, and what fills it."""

    key: str
    role: str
    fillers: tuple[tuple[str, str], ...]
    """Label and words of each."""
    is_required: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One item, told in words."""

    mark: Mark
    words: str
    history: tuple[str, ...]
    """Who suggested or added it, and what was changed since, in words."""
    score: float | None
    description: str
    rule: str = ""
    """The first rule of the label's guideline."""
    roles: tuple[RoleLine, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    """Key, name and value of each attribute that the event can have."""
    used_in: tuple[str, ...] = ()
    """`Agent of Deploy “entering”`: the events that have the item as an argument."""
    problems: tuple[str, ...] = ()


def card_of(
    state: State, scheme: Scheme, item_id: str, tokens: Sequence[Range] = (), snap_key: str = ""
) -> Card | None:
    """The card of an item; None where there is no such item.

    `tokens` are those of the export where they are known, `snap_key` widens a span to them.
    """
    item = state.item(item_id)
    mark = mark_of(state, scheme, item_id, tokens)
    if item is None or mark is None:
        return None
    suggestion = state.suggestions.get(item_id)
    history = _history(state, item_id)
    rule = first_rule(scheme.guidelines.get(mark.label, ""))
    score = suggestion.score if suggestion else None
    words = shortened(span_of(item).surface(state.document.text), _LONG)
    used_in = tuple(_uses(state, item_id))
    cut = mark.has_problem and cuts_words(span_of(item), tokens)
    problems = (f"edge inside a word: {snap_key} snaps it",) if cut else ()
    if isinstance(item, Span):
        label = scheme.entity(item.label)
        description = label.description if label else "not in the scheme"
        return Card(
            mark, words, history, score, description, rule, used_in=used_in, problems=problems
        )
    event_type = scheme.event(item.type)
    found = check_event(item, state.annotations, scheme) if mark.has_problem else []
    return Card(
        mark,
        words,
        history,
        score,
        event_type.description if event_type else "not in the scheme",
        rule,
        roles=tuple(
            _role_line(state, item, role, str(number) if number < 10 else "")
            for number, role in enumerate(event_type.roles if event_type else (), 1)
        ),
        attributes=tuple(
            (a.key, a.name, item.attributes.get(a.name, a.default))
            for a in scheme.attributes_of(item.type)
        ),
        used_in=used_in,
        problems=(*problems, *(problem.message for problem in found)),
    )


def first_rule(guideline: str) -> str:
    """The first sentence of a guideline that is no heading, without its list mark."""
    lines = (line.strip() for line in guideline.split("\n"))
    found = next((line for line in lines if line and not line.startswith("#")), "")
    plain = found.lstrip("-*").strip().replace("**", "").replace("`", "")
    return _SENTENCE.split(plain, maxsplit=1)[0]


def _history(state: State, item_id: str) -> tuple[str, ...]:
    suggestion, decision = state.suggestions.get(item_id), state.decisions.get(item_id)
    annotator = state.annotations.annotator
    if suggestion is None:
        return (f"added by {annotator}",)
    origin = f"suggested by {suggestion.suggester}"
    if decision is None:
        return (origin,)
    done = f"{decision.outcome.value} by {annotator}"
    item = state.item(item_id)
    span = span_of(item) if item is not None else suggestion.span
    if decision.outcome is not Outcome.REJECTED and span.label != suggestion.label:
        done += f", was {suggestion.label}"
    if decision.outcome is not Outcome.REJECTED and span.ranges != suggestion.span.ranges:
        done += f", was “{shortened(suggestion.span.surface(state.document.text), 30)}”"
    return origin, done


def _role_line(state: State, event: Event, role: Role, key: str) -> RoleLine:
    fillers: list[tuple[str, str]] = []
    for argument in state.arguments(event):
        item = state.item(argument.target)
        if item is not None and argument.role == role.name:
            span = span_of(item)
            fillers.append((span.label, shortened(span.surface(state.document.text), _LONG)))
    return RoleLine(key, role.name, tuple(fillers), role.required)


def _uses(state: State, item_id: str) -> list[str]:
    found: list[str] = []
    for event in state.events():
        for argument in state.arguments(event):
            if argument.target == item_id:
                words = shortened(event.trigger.surface(state.document.text), 30)
                found.append(f"{argument.role} of {event.type} “{words}”")
    return found
