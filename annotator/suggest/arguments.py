"""Arguments by simple rules: for each role of an event, the likeliest entity of its sentence.

The rules look at the side of the trigger, at the word before the entity (`by`, `in`, `against`)
and at the distance. They would rather leave a role empty than fill it wrongly; only a required
role takes what there is. They propose; the annotator decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import EventType, Role, Scheme
from annotator.model.span import Range, Span
from annotator.suggest.clause import Candidate, Clause
from annotator.text.sentences import sentences

_DOERS = frozenset({"Agent", "Attacker", "Speaker", "Participant"})
_MOVED = frozenset({"Victim", "Person", "Force"})
"""Roles that stand before an intransitive verb: "two died", "troops landed"."""
_AIMED_AT = frozenset({"Target", "Addressee", "Body"})
_MOVES = frozenset({"Origin", "Destination"})

_HINTS: Mapping[str, frozenset[str]] = {
    "Agent": frozenset({"by"}),
    "Attacker": frozenset({"by", "between"}),
    "Speaker": frozenset({"by"}),
    "Participant": frozenset({"with", "between"}),
    "Victim": frozenset({"of"}),
    "Target": frozenset({"against", "on", "at", "with", "of"}),
    "Person": frozenset({"of"}),
    "Force": frozenset({"of"}),
    "Addressee": frozenset({"to", "on"}),
    "Instrument": frozenset({"with", "using", "by"}),
    "Origin": frozenset({"from"}),
    "Destination": frozenset({"to", "into", "towards", "toward", "in", "at", "for"}),
    "Place": frozenset({"in", "at", "near", "outside", "inside", "across", "around", "of"}),
}
"""Words that, standing before an entity, speak for the role."""

_PLACING = frozenset(
    {"in", "at", "near", "on", "outside", "inside", "across", "around", "from", "into", "over"}
)
"""Words that make what follows a place or time, hardly ever a doer or somebody done to."""

_ADDRESSING = frozenset("tell tells told telling ask asks asked asking urge urges urged".split())

_RELUCTANCE: Mapping[str, float] = {"CARDINAL": 2.5, "NORP": 5}
"""Words added to the distance of numbers and adjectives, which mostly stand beside a noun."""

_REACH = 25
"""How many words away an entity may stand."""
_FAR = 200
"""How many code points away; a text without full stops stays quick."""


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
        others = tuple(t for t in _inside(triggers, within) if t.id != event.trigger.id)
        clause = Clause(document.text, within, event.trigger, others)
        near = [s for s in _inside(spans, within) if not s.overlaps(event.trigger)]
        candidates = [clause.candidate(span) for span in near]
        event_type = scheme.event(event.type)
        arguments = () if event_type is None else _arguments(event_type, clause, candidates, scheme)
        filled.append(replace(event, arguments=arguments))
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


def _arguments(
    event_type: EventType, clause: Clause, candidates: Sequence[Candidate], scheme: Scheme
) -> tuple[Argument, ...]:
    chosen: dict[str, Candidate] = {}
    for role in sorted(event_type.roles, key=lambda role: _turn(role, clause)):
        used = {candidate.span.id for candidate in chosen.values()}
        legal = [
            c for c in candidates if c.span.id not in used and scheme.accepts(role, c.span.label)
        ]
        if role.name in _DOERS and any(c.is_before for r, c in chosen.items() if r in _MOVED):
            # Who was hurt or moved stands where the doer would; the doer needs its "by".
            legal = [c for c in legal if c.lead_in in _HINTS[role.name]]
        best = _best(role, legal, clause)
        if best is not None:
            chosen[role.name] = best
    names = [role.name for role in event_type.roles]
    return tuple(Argument(name, chosen[name].span.id) for name in names if name in chosen)


def _turn(role: Role, clause: Clause) -> int:
    """Required roles choose first; then who moved, where the verb has no object."""
    if role.required:
        return 0
    return 1 if role.name in _MOVED and clause.has_no_object else 2


def _best(role: Role, candidates: Sequence[Candidate], clause: Clause) -> Candidate | None:
    costs = [(_cost(role, candidate, clause), candidate) for candidate in candidates]
    fitting = [(cost, c.span.start, c) for cost, c in costs if cost is not None]
    return min(fitting, key=lambda item: item[:2])[2] if fitting else None


def _cost(role: Role, candidate: Candidate, clause: Clause) -> float | None:
    """How far a span is from filling the role, in words; None where it does not fit."""
    distance, lead_in = candidate.distance, candidate.lead_in
    if (distance > _REACH and not role.required) or (role.name in _MOVED and lead_in == "by"):
        return None
    reach_of_hint = 3 if lead_in == "of" else 10
    hinted = lead_in in _HINTS.get(role.name, frozenset()) and distance <= reach_of_hint
    cost = distance - 4 * hinted + _RELUCTANCE.get(candidate.span.label, 0)
    if (hinted and not candidate.is_before) or _fits(role, candidate, clause):
        return cost
    return cost + 4 if role.required else None


def _fits(role: Role, candidate: Candidate, clause: Clause) -> bool:
    """Whether a span may fill the role without a word that speaks for it."""
    before, lead_in = candidate.is_before, candidate.lead_in
    if role.name in _DOERS:
        return _does(candidate, clause)
    if role.name in _MOVED:
        return lead_in not in _PLACING and before == (clause.is_passive or clause.has_no_object)
    if role.name == "Addressee":
        return not before and clause.word in _ADDRESSING and candidate.distance <= 1
    if role.name in _AIMED_AT:
        return lead_in not in _PLACING and not clause.is_noun and before == clause.is_passive
    if role.name == "Place":
        return candidate.distance <= (0 if before else 8) or lead_in in _HINTS["Place"]
    return role.name not in _MOVES


def _does(candidate: Candidate, clause: Clause) -> bool:
    """Whether a span may be who does it."""
    span = candidate.span
    if clause.word == "according to":
        return not candidate.is_before and candidate.distance <= 4
    if not candidate.is_before or clause.is_passive or clause.has_pronoun:
        return False
    if clause.is_noun:
        return clause.owns(span) or (clause.touches(span) and span.label != "GPE")
    return candidate.lead_in not in _PLACING


def _start(span: Span) -> int:
    return span.start
