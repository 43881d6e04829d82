"""Letters that choose one of several things on the screen."""

from __future__ import annotations

from collections.abc import Sequence

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Home row first."""


def hints(ids: Sequence[str], taken: str = "") -> dict[str, str]:
    """A hint for each id: one letter where they suffice, else two for all.

    Letters in `taken` are left out. Beyond what two letters can name, ids get no hint.
    """
    letters = [letter for letter in LETTERS if letter not in taken]
    if len(ids) <= len(letters):
        return dict(zip(ids, letters, strict=False))
    pairs = [first + second for first in letters for second in letters]
    return dict(zip(ids, pairs, strict=False))
