"""What a regular expression can cost, read off its parts before it is asked of any word."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

PARSER = import_module("re._parser")
"""What `re.compile` reads with; the documented way to it, `sre_parse`, is going away."""

MOST = 10**9
"""No count goes beyond: so many are too many."""

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def size(parts: Any) -> int:  # noqa: ANN401 - parsed parts
    """How many parts there are, those that are repeated as often as they must stand."""
    if isinstance(parts, PARSER.SubPattern):
        return min(MOST, sum(_size(operation.name, value) for operation, value in parts))
    return sum(map(size, _listed(parts))) if isinstance(parts, list | tuple) else 1


def ways(parts: Any, length: int) -> int:  # noqa: ANN401 - parsed parts
    """In how many ways the parts can be laid on a word of some length, at most.

    Who tries them all, letter by letter and from each letter on, is done after so many steps times
    the length, twice.
    """
    number = 1
    for operation, value in parts:
        number = min(MOST, number * _ways(operation.name, value, length))
    return number


def _size(name: str, value: Any) -> int:  # noqa: ANN401 - a parsed value
    if name not in _REPEATS:
        return 1 + size(value)
    least, most, parts = value
    return max(1, least + (most > least)) * (1 + size(parts))


def _ways(name: str, value: Any, length: int) -> int:  # noqa: ANN401 - a parsed value
    if name in _REPEATS:
        least, most, parts = value
        inner = ways(parts, length)
        most = min(most, max(least, length + 1))
        return most - least + 1 if inner == 1 else _sum_of_powers(inner, most)
    if name == "BRANCH":
        return sum(ways(branch, length) for branch in value[1])
    number = 1
    for part in _listed(value):
        if isinstance(part, PARSER.SubPattern):
            number *= ways(part, length) + (name == "GROUPREF_EXISTS")
    return number


def _listed(value: Any) -> Sequence[Any]:  # noqa: ANN401 - a parsed value
    """What a part holds: often several things, sometimes one."""
    return cast("Sequence[Any]", value) if isinstance(value, list | tuple) else (value,)


def _sum_of_powers(number: int, most: int) -> int:
    """1 + number + number² and so on up to that power."""
    total, power = 1, 1
    for _ in range(most):
        power *= number
        total += power
        if total > MOST:
            return MOST
    return total
