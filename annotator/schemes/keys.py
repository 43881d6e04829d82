"""Keys for the event types and roles of a scheme that were given none."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_letters
from typing import TypeVar

from annotator.model.scheme import EventType, Role, Scheme

_Keyed = TypeVar("_Keyed", Role, EventType)


def with_keys(scheme: Scheme) -> Scheme:
    """The scheme with a key for each event type, and for each role one of its own in its type.

    A key that is there stays; where all letters are taken, the rest have none.
    """
    events = (replace(event, roles=_keyed(event.roles)) for event in scheme.events)
    return replace(scheme, events=_keyed(tuple(events)))


def _keyed(items: tuple[_Keyed, ...]) -> tuple[_Keyed, ...]:
    """The items, those without a key given the first free letter of their name or alphabet."""
    taken = {item.key for item in items}
    found: list[_Keyed] = []
    for item in items:
        key = item.key or _free_letter(item.name, taken)
        taken.add(key)
        found.append(replace(item, key=key))
    return tuple(found)


def _free_letter(name: str, taken: set[str]) -> str:
    own = (letter.lower() for letter in name if letter.isalpha())
    letters = (letter for letter in (*own, *ascii_letters) if len(letter) == 1)
    return next((letter for letter in letters if letter not in taken), "")
