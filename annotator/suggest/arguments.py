"""Arguments by simple rules: for each role of an event, the likeliest entity of its sentence.

The rules look at the side of the trigger, at the word before the entity (`by`, `in`, `against`)
and at the distance. They propose; the annotator decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import EventType, Role, Scheme
from annotator.model.span import Range, Span
from annotator.text.sentences import sentences

_DOERS = frozenset({"Agent", "Attacker", "Speaker", "Participant"})
_DONE_TO = frozenset({"Victim", "Target", "Person", "Force", "Addressee", "Body", "Threat"})

_MOVES = frozenset({"Origin", "Destination"})

_HINTS: Mapping[str, frozenset[str]] = {
    "Agent": frozenset({"by"}),
    "Attacker": frozenset({"by"}),
    "Speaker": frozenset({"by", "to"}),
    "Participant": frozenset({"with", "between", "and"}),
    "Victim": frozenset({"of"}),
    "Target": frozenset({"against", "on", "at", "with", "of"}),
    "Person": frozenset({"of"}),
    "Force": frozenset({"of"}),
    "Addressee": frozenset({"to", "from", "on", "for"}),
    "Instrument": frozenset({"with", "using", "by", "of"}),
    "Origin": frozenset({"from", "of"}),
    "Destination": frozenset({"to", "into", "towards", "toward", "in", "at", "for"}),
    "Place": frozenset({"in", "at", "near", "on", "outside", "inside", "across", "around", "of"}),
    "Time": frozenset({"on", "in", "at", "since", "during", "until", "last", "late", "early"}),
}
"""Words that, standing before an entity, speak for the role."""

_REACH = 25
"""How many words away an entity may stand."""

_PLACING = frozenset(
    {"in", "at", "near", "on", "outside", "inside", "across", "around", "from", "into", "over"}
)
"""Words that make what follows a place or time, hardly ever a doer or somebody done to."""

_FAR = 300
"""How many code points away an entity may stand; a text without full stops stays quick."""

_BE = re.compile(r"\b(is|are|was|were|be|been|being)(\s\w+)?\s*\W?$", re.IGNORECASE)
_INTRANSITIVE = re.compile(
    r"\W?(\s+(in|by|after|when|during|and|on|at|near|as|since)\b|[.,;]|\s*$)"
)
_WORD = re.compile(r"\w+")
_LAST_WORDS = re.compile(r"(\w+)\W+(?:(?:the|a|an|its|their|his|her|some|about|nearly)\s+)?\W?$")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A trigger in its sentence: what a candidate's fitness is reckoned from."""

    text: str
    trigger: Span
    others: tuple[Span, ...]
    """The other triggers of the sentence."""

    @property
    def is_passive(self) -> bool:
        """Whether a form of "be" stands right before the trigger."""
        start = self.trigger.start
        return bool(_BE.search(self.text[max(0, start - 30) : start]))

    @property
    def is_about_what_precedes(self) -> bool:
        """Whether who is hurt, held or moved stands before: "was killed", "two killed in"."""
        return self.is_passive or bool(_INTRANSITIVE.match(self.text, self.trigger.end))

    def gap(self, span: Span) -> Range:
        """The stretch between trigger and span."""
        if span.end <= self.trigger.start:
            return span.end, self.trigger.start
        return self.trigger.end, span.start

    def words_between(self, span: Span) -> int:
        """The distance in words; a comma and another trigger in between count as more."""
        start, end = self.gap(span)
        between = self.text[start:end]
        crossed = sum(start <= other.start < end for other in self.others)
        stops = sum(between.count(mark) for mark in ",;:")
        return len(_WORD.findall(between)) + 3 * stops + 6 * crossed

    def lead_in(self, span: Span) -> str:
        """The word before the span in lower case, articles and the like left out."""
        match = _LAST_WORDS.search(self.text[max(0, span.start - 40) : span.start])
        return match[1].lower() if match else ""


def with_arguments(
    document: Document, entities: Sequence[Span], events: Sequence[Event], scheme: Scheme
) -> tuple[Event, ...]:
    """The events, each with at most one legal filler a role out of its own sentence."""
    bounds = sentences(document.text)
    spans = sorted(entities, key=_start)
    triggers = sorted((event.trigger for event in events), key=_start)
    filled: list[Event] = []
    for event in events:
        within = _reach(event.trigger, bounds)
        candidates = [s for s in _inside(spans, within) if not s.overlaps(event.trigger)]
        others = tuple(t for t in _inside(triggers, within) if t.id != event.trigger.id)
        clause = _Clause(document.text, event.trigger, others)
        filled.append(_filled(event, clause, candidates, scheme))
    return tuple(filled)


def _reach(trigger: Span, bounds: Sequence[Range]) -> Range:
    """The part of the trigger's sentence that is near enough; empty where it has no sentence."""
    index = bisect_right(bounds, trigger.start, key=lambda sentence: sentence[0]) - 1
    if index < 0 or trigger.end > bounds[index][1]:
        return trigger.start, trigger.start
    start, end = bounds[index]
    return max(start, trigger.start - _FAR), min(end, trigger.end + _FAR)


def _inside(spans: Sequence[Span], within: Range) -> list[Span]:
    """The spans, sorted by start, that lie whole in a range."""
    start, end = within
    first, last = bisect_left(spans, start, key=_start), bisect_left(spans, end, key=_start)
    return [span for span in spans[first:last] if span.end <= end]


def _start(span: Span) -> int:
    return span.start


def _filled(event: Event, clause: _Clause, candidates: Sequence[Span], scheme: Scheme) -> Event:
    event_type = scheme.event(event.type)
    if event_type is None:
        return event
    used: set[str] = set()
    arguments: list[Argument] = []
    for role in _in_order(event_type):
        legal = [s for s in candidates if s.id not in used and scheme.accepts(role, s.label)]
        best = _best(role, legal, clause)
        if best is not None:
            used.add(best.id)
            arguments.append(Argument(role.name, best.id))
    return replace(event, arguments=tuple(arguments))


def _in_order(event_type: EventType) -> list[Role]:
    """The roles, the required first."""
    return sorted(event_type.roles, key=lambda role: not role.required)


def _best(role: Role, candidates: Sequence[Span], clause: _Clause) -> Span | None:
    costs = [(_cost(role, span, clause), span.start, span) for span in candidates]
    fitting = [(cost, start, span) for cost, start, span in costs if cost is not None]
    return min(fitting, key=lambda item: item[:2])[2] if fitting else None


def _cost(role: Role, span: Span, clause: _Clause) -> float | None:
    """How far the span is from filling the role, in words; None where it does not fit."""
    distance = clause.words_between(span)
    if distance > _REACH and not role.required:
        return None
    lead_in = clause.lead_in(span)
    hinted = lead_in in _HINTS.get(role.name, frozenset())
    cost = distance - 4 * hinted + 2.5 * (span.label == "CARDINAL")
    is_before = span.end <= clause.trigger.start
    if role.name in _DOERS:
        fits = is_before and not clause.is_passive and lead_in not in _PLACING
        return cost if fits or (hinted and not is_before) else None
    if role.name in _DONE_TO:
        if lead_in in _PLACING and not hinted:
            return None
        if is_before == clause.is_about_what_precedes or (hinted and not is_before):
            return cost
        return cost + 4 if role.required else None
    if role.name in _MOVES:
        return cost if hinted and not is_before else None
    return cost
