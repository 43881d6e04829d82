"""Roles with numbers: brat calls the second filler of a role `Target2`, the third `Target3`.

A role's name may end in a digit of its own. A number is one only where what stands before it is a
role: of the event type in `annotation.conf`, else of some event of the type in the same file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

Roles = Mapping[str, Collection[str]]
"""The roles of each event type, as `annotation.conf` has them."""


def plain(role: str, declared: Collection[str], seen: Collection[str]) -> str:
    """The role without a number; as it is where it is declared so, or the rest is no role."""
    if role in declared:
        return role
    bases = [base for base in _bases(role) if base in declared or base in seen]
    return bases[0] if bases else role


def numbered(
    arguments: Iterable[tuple[str, str]], declared: Collection[str]
) -> list[tuple[str, str]]:
    """The arguments, further fillers of a role with a number that makes no other role of it."""
    arguments = tuple(arguments)
    taken = {*declared, *(role for role, _ in arguments)}
    found: list[tuple[str, str]] = []
    filled: set[str] = set()
    for role, target in arguments:
        name, number = role, 2
        while name in filled or plain(name, taken, ()) != role:
            name, number = f"{role}{number}", number + 1
        filled.add(name)
        found.append((name, target))
    return found


def _bases(role: str) -> Iterator[str]:
    """What may stand before a number, from 2 on, at the end of a role; the longest first."""
    for cut in range(len(role) - 1, 0, -1):
        number = role[cut:]
        if not (number.isascii() and number.isdigit()):
            return
        if number[0] != "0" and number != "1":
            yield role[:cut]
