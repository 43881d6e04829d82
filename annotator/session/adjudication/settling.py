"""Settling: commands that bring into the gold set what was agreed on and what was chosen.

A choice changes in the gold set what follows from it and nothing else, so what was put right by
hand stays. What waits for it comes along: an argument on which all agree is there as soon as its
filler is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotator.errors import CommandError
from annotator.model.annotations import DONE, AnnotationSet, Relation
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision
from annotator.session.adjudication.disagreements import About, DocumentComparison, Point
from annotator.session.adjudication.gold import Gold, gold_of
from annotator.session.adjudication.resolutions import (
    BY_HAND,
    Choice,
    Settled,
    decisions_of,
    is_remembered,
    settled_from,
    short_id,
)
from annotator.session.state import State


@dataclass(frozen=True, slots=True)
class Settle:
    """Put items in and take others out, and remember what was settled by it."""

    title: str
    """What was chosen, in words; begins with `automatic` where no person did."""
    put: tuple[Span | Event, ...] = ()
    gone: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    remembered: tuple[Decision, ...] = ()
    """All that is settled from now on."""
    done: bool = False
    """Whether the document is done with it."""

    def apply(self, state: State) -> State:
        """The state with the items; every suggestion is decided by what is there then."""
        annotations = state.annotations
        for item_id in self.gone:
            annotations = annotations.without(item_id)
        relations = {k: r for k, r in annotations.relations.items() if k not in self.gone}
        annotations = replace(annotations, relations=relations)
        for item in sorted(self.put, key=lambda item: isinstance(item, Event)):
            if isinstance(item, Event):
                annotations = annotations.with_event(item)
            else:
                annotations = annotations.with_entity(item)
        for relation in self.relations:
            if annotations.holds(relation.source) and annotations.holds(relation.target):
                annotations = annotations.with_relation(relation)
        annotations = annotations.with_flag(DONE, on=self.done)
        undecided = [s for s in state.suggestions if s not in state.decisions]
        after = state.with_annotations(annotations, undecided)
        kept = {k: d for k, d in after.decisions.items() if not is_remembered(k)}
        kept.update({decision.suggestion_id: decision for decision in self.remembered})
        return replace(after, decisions=kept)


def take_over(comparison: DocumentComparison, state: State) -> Settle | None:
    """The command that takes over what all agree on; None where all of that was taken before.

    The document is done where nothing is left to settle, and not where something new came up.
    """
    before = settled_from(state.decisions)
    new = frozenset(map(short_id, comparison.agreed)) - before.agreed
    after = replace(before, agreed=before.agreed | new)
    done = not open_disagreements(comparison, after)
    undecided = state.suggestions.keys() - state.decisions.keys()
    if not new and not undecided and done is state.annotations.is_done:
        return None
    things = sum(point.is_existence and short_id(point) in new for point in comparison.agreed)
    title = f"automatic: took over {things} on which all agree"
    command = _Change(comparison, state.annotations, before, after, None).command(title)
    return replace(command, done=done)


def choose(
    comparison: DocumentComparison, state: State, point: Point, choice: Choice, title: str
) -> Settle:
    """The command that settles a stop; with the last one the document is done.

    Raises CommandError for a version that the stop lacks, and where several are chosen of what
    can have one value only.
    """
    if not all(0 <= k < len(point.versions) for k in choice.versions):
        raise CommandError("There is no such version.")
    if point.about is About.ATTRIBUTE and len(choice.versions) > 1:
        raise CommandError(f"{point.name} has one value only.", "Choose one of them.")
    before = settled_from(state.decisions)
    after = replace(before, choices={**before.choices, point.id: choice})
    command = _Change(comparison, state.annotations, before, after, point).command(title)
    return replace(command, done=_is_done(comparison, after))


def draft(
    comparison: DocumentComparison,
    state: State,
    point: Point,
    versions: tuple[int, ...],
    title: str,
) -> Settle:
    """The command that puts versions of a stop in, to be put right by hand, and settles nothing."""
    command = choose(comparison, state, point, Choice(versions), title)
    settled = settled_from(state.decisions)
    return replace(command, remembered=tuple(decisions_of(settled)), done=state.annotations.is_done)


def put_right(comparison: DocumentComparison, state: State, point: Point, title: str) -> Settle:
    """The command that settles a stop by what the gold set has; with the last one all is done."""
    before = settled_from(state.decisions)
    choice = Choice(point.present()[:1], BY_HAND)
    after = replace(before, choices={**before.choices, point.id: choice})
    return Settle(title, remembered=tuple(decisions_of(after)), done=_is_done(comparison, after))


def reopen(state: State, point: Point, title: str) -> Settle:
    """The command that makes a settled stop an open one; the gold set keeps what it has."""
    before = settled_from(state.decisions)
    choices = {key: choice for key, choice in before.choices.items() if key != point.id}
    return Settle(title, remembered=tuple(decisions_of(replace(before, choices=choices))))


def open_disagreements(comparison: DocumentComparison, settled: Settled) -> tuple[Point, ...]:
    """The stops that are still to be settled, in the order of visiting."""
    existence = {point.thing: point for point in comparison.points if point.is_existence}
    return tuple(
        point
        for point in comparison.stops
        if point.id not in settled.choices and not _is_moot(point, existence, settled)
    )


def _is_done(comparison: DocumentComparison, settled: Settled) -> bool:
    untaken = {*map(short_id, comparison.agreed)} - settled.agreed
    return not untaken and not open_disagreements(comparison, settled)


def _is_moot(point: Point, existence: Mapping[str, Point], settled: Settled) -> bool:
    """Whether nothing hangs on it: what it is about is not there, or there as both have it."""
    if point.is_existence:
        return False
    for thing in filter(None, (point.thing, point.target)):
        chosen = settled.chosen(existence[thing])
        if chosen is not None:
            count = len({*chosen} & {*existence[thing].present()})
            if count == 0 or (count > 1 and point.about is not About.RELATION):
                return True
    return False


class _Change:
    """The step from one gold set to another, as far as it follows from what was settled."""

    def __init__(
        self,
        comparison: DocumentComparison,
        annotations: AnnotationSet,
        before: Settled,
        after: Settled,
        point: Point | None,
    ) -> None:
        self._annotations = annotations
        self._after = after
        self._point = point
        self._old, self._new = gold_of(comparison, before), gold_of(comparison, after)
        self._with, self._without = Gold(), Gold()
        if point is not None:
            every = Choice(tuple(range(len(point.versions))))
            self._with = gold_of(
                comparison, replace(after, choices={**after.choices, point.id: every})
            )
            self._without = gold_of(
                comparison, replace(after, choices={**after.choices, point.id: Choice(())})
            )

    def command(self, title: str) -> Settle:
        """The command that makes the step."""
        entities = {
            key: self._new.entities.get(key)
            for key in self._touched(self._old.entities, self._new.entities, "entities")
        }
        events = {
            key: self._new.events.get(key)
            for key in self._touched(self._old.events, self._new.events, "events")
        }
        relations = {
            key: self._new.relations.get(key)
            for key in self._touched(self._old.relations, self._new.relations, "relations")
        }
        everything = {**entities, **events, **relations}
        gone = [key for key, item in everything.items() if item is None]
        there = {*self._annotations.entities, *self._annotations.events} - {*gone}
        there |= {key for key, item in {**entities, **events}.items() if item is not None}
        put = [span for span in entities.values() if span is not None]
        merged = [self._merged(event, there) for event in events.values() if event is not None]
        return Settle(
            title,
            (*put, *merged),
            tuple(key for key in gone if self._holds(key)),
            tuple(relation for relation in relations.values() if relation is not None),
            tuple(decisions_of(self._after)),
        )

    def _holds(self, key: str) -> bool:
        return self._annotations.holds(key) or key in self._annotations.relations

    def _touched(
        self, old: Mapping[str, object], new: Mapping[str, object], layer: str
    ) -> list[str]:
        """What is another than before, and what the stop is about."""
        every: Mapping[str, object] = getattr(self._with, layer)
        none: Mapping[str, object] = getattr(self._without, layer)
        asked = {key for key in every if every[key] != none.get(key)}
        asked |= {key for key in none if key not in every}
        changed = {key for key in {**old, **new} if old.get(key) != new.get(key)}
        return sorted(asked | changed)

    def _merged(self, event: Event, there: set[str]) -> Event:
        """The event with what was put right by hand; what is settled now has the last word."""
        kept = self._annotations.events.get(event.id)
        old = self._old.events.get(event.id)
        if kept is None or old is None:
            fits = tuple(a for a in event.arguments if a.target in there)
            return replace(event, arguments=fits)
        asked = _arguments(self._with, event.id) - _arguments(self._without, event.id)
        new, before = {*event.arguments}, {*old.arguments}
        dropped = (before | asked) - new
        added = sorted((new - before) | (asked & new))
        merged = dict.fromkeys((*(a for a in kept.arguments if a not in dropped), *added))
        about = self._point.about if self._point is not None else None
        moved = about is About.EVENT or old.trigger != event.trigger
        return replace(
            kept,
            trigger=event.trigger if moved else kept.trigger,
            arguments=tuple(a for a in merged if a.target in there),
            attributes=self._attributes(kept, old, event),
        )

    def _attributes(self, kept: Event, old: Event, new: Event) -> dict[str, str]:
        names = {*old.attributes, *new.attributes}
        changed = {n for n in names if old.attributes.get(n) != new.attributes.get(n)}
        if self._point is not None and self._point.about is About.ATTRIBUTE:
            changed.add(self._point.name)
        values = {n: v for n, v in kept.attributes.items() if n not in changed}
        return {**values, **{n: new.attributes[n] for n in changed if n in new.attributes}}


def _arguments(gold: Gold, event_id: str) -> set[Argument]:
    event = gold.events.get(event_id)
    return set(event.arguments) if event is not None else set()
