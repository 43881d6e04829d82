"""A gold for a document: its suggestions with seeded mistakes taken out and put in."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.model.event import Argument, Event
from annotator.model.scheme import Role, Scheme
from annotator.model.span import Range, Span
from annotator.session.state import State, span_of
from annotator.text.alignment import moved_end, moved_start, touched

Item = Span | Event
Gold = Mapping[str, Item]
"""What there is to be in the end; a suggestion that is not in it is to be rejected."""
_NEAR = 250


def gold_of(state: State, scheme: Scheme, tokens: Sequence[Range], seed: int) -> dict[str, Item]:
    """Three in four suggestions as they are, the others dropped, relabelled or resized.

    Some spans, some events and some arguments are added, and some arguments left out.
    """
    chance = random.Random(seed)
    items = {s.id: s.item for s in state.undecided()}
    gold = {i: _edited(item, scheme, tokens, chance) for i, item in items.items()}
    kept = {i: item for i, item in gold.items() if chance.random() < 0.92}
    for number in range(max(2, len(kept) // 20)):
        first = chance.randrange(len(tokens) - 2)
        last = first + chance.choice((0, 1, 1, 2))
        label = chance.choice([e.name for e in scheme.entities if e.key])
        span = Span.of(f"new{number}", tokens[first][0], tokens[last][1], label)
        kept[span.id] = span
    for item_id, item in list(kept.items()):
        if isinstance(item, Event):
            there = [a for a in item.arguments if _is_legal(a, item, kept, scheme)]
            there = [a for a in there if chance.random() < 0.9]
            kept[item_id] = replace(item, arguments=tuple(there))
            if chance.random() < 0.15:
                _give(kept, item_id, scheme, chance)
    for number in range(2):
        _add_event(kept, f"made{number}", scheme, tokens, chance)
    return kept


def content(items: Iterable[Item], by_id: Mapping[str, Item]) -> Counter[Any]:
    """What the items say, whatever their ids are."""
    found: Counter[Any] = Counter()
    for item in items:
        arguments = (
            sorted((a.role, _key(by_id[a.target])) for a in item.arguments)
            if isinstance(item, Event)
            else []
        )
        found[_key(item), tuple(arguments)] += 1
    return found


def _key(item: Item) -> tuple[str, tuple[Range, ...], str]:
    span = span_of(item)
    return type(item).__name__, span.ranges, span.label


def _edited(item: Item, scheme: Scheme, tokens: Sequence[Range], chance: random.Random) -> Item:
    what = chance.random()
    if what < 0.06 and isinstance(item, Span):
        return replace(item, label=chance.choice([e.name for e in scheme.entities if e.key]))
    if what < 0.12:
        span = span_of(item)
        start, end = span.start, span.end
        if chance.random() < 0.5:
            start = moved_start(tokens, start, end, chance.choice((-1, 1)))
        else:
            end = moved_end(tokens, start, end, chance.choice((-1, 1)))
        moved = replace(span, ranges=((start, end),))
        return replace(item, trigger=moved) if isinstance(item, Event) else moved
    return item


def _add_event(
    gold: dict[str, Item], event_id: str, scheme: Scheme, tokens: Sequence[Range],
    chance: random.Random,
) -> None:  # fmt: skip
    """Add an event with two arguments on a word that nothing covers."""
    covered = {
        index
        for item in gold.values()
        for index in range(*touched(tokens, span_of(item).start, span_of(item).end))
    }
    free = [t for i, t in enumerate(tokens) if i not in covered and t[1] - t[0] > 3]
    for start, end in chance.sample(free, min(len(free), 30)):
        event_type = chance.choice(scheme.events)
        gold[event_id] = Event(event_id, Span.of(event_id + "t", start, end, event_type.name))
        if _give(gold, event_id, scheme, chance) and _give(gold, event_id, scheme, chance):
            return
        del gold[event_id]


def _give(gold: dict[str, Item], event_id: str, scheme: Scheme, chance: random.Random) -> bool:
    """Give an event one more argument from nearby; False where nothing fits."""
    event = gold[event_id]
    assert isinstance(event, Event)
    event_type = scheme.event(event.type)
    roles = [r for r in event_type.roles if not event.fillers(r.name)] if event_type else []
    used = {a.target for a in event.arguments}
    fitting = [
        Argument(role.name, item.id)
        for item in gold.values()
        for role in _offered(roles, scheme, span_of(item).label)
        if item.id not in used and item.id != event_id and isinstance(item, Span)
        and abs(item.start - event.trigger.start) < _NEAR
    ]  # fmt: skip
    if not fitting:
        return False
    gold[event_id] = replace(event, arguments=(*event.arguments, chance.choice(fitting)))
    return True


def _offered(roles: Sequence[Role], scheme: Scheme, label: str) -> Sequence[Role]:
    """The role that the screen offers first for a label."""
    fitting = [role for role in roles if scheme.accepts(role, label)]
    return sorted(fitting, key=lambda role: not role.required)[:1]


def _is_legal(argument: Argument, event: Event, gold: Gold, scheme: Scheme) -> bool:
    event_type = scheme.event(event.type)
    role = next((r for r in event_type.roles if r.name == argument.role), None)
    filler = gold.get(argument.target)
    return bool(role and filler and scheme.accepts(role, span_of(filler).label))
