"""Letters that choose one of several things on the screen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Home row first."""


Id = TypeVar("Id", bound=Hashable)


def hints(ids: Sequence[Id], taken: str = "") -> dict[Id, str]:
    """A hint for each id: one letter where they suffice, else two for all.

    Letters in `taken` are left out. Beyond what two letters can name, ids get no hint.
    """
    letters = [letter for letter in LETTERS if letter not in taken]
    if len(ids) <= len(letters):
        return dict(zip(ids, letters, strict=False))
    pairs = [first + second for first in letters for second in letters]
    return dict(zip(ids, pairs, strict=False))
