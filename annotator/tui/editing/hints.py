"""Letters that choose one of several things on the screen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Home row first."""


Id = TypeVar("Id", bound=Hashable)


def hints(ids: Sequence[Id], taken: str = "") -> dict[Id, str]:
    """A hint for each id, short ones first: no hint is the beginning of another.

    Letters in `taken` are left out. Beyond what two letters can name, ids get no hint.
    """
    letters = [letter for letter in LETTERS if letter not in taken]
    size = len(letters)
    beyond = max(len(ids) - size, 0)
    firsts = min(-(-beyond // (size - 1)), size)  # each letter that goes on is one hint fewer
    short, long = letters[: size - firsts], letters[size - firsts :]
    pairs = [first + second for first in long for second in letters]
    return dict(zip(ids, [*short, *pairs], strict=False))
