"""Regular expressions of patterns, asked of one word at a time and given up where they take long.

An expression such as `^(a|aa)+$` can take longer than the universe lasts to say no to a long word,
and nothing can stop Python's `re` in the middle of it. So `re` is asked only where there is little
to try. All else is asked of `regex`, which has a time limit.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from annotator.suggest.patterns.regex_cost import MOST, PARSER, size, ways
from annotator.suggest.patterns.regex_spelling import spelled

_SHORT = 32
"""Letters of a word that `re` may be asked of; nearly all words are shorter."""
_FEW = 2_000
"""Ways to try on such a word with `re`; to try them all takes it a thousandth of a second."""
_SMALL = 500
"""Parts of an expression that may be gone through from each letter of a long word."""
_LARGEST = 200_000
"""Parts of an expression; `regex` writes out what is repeated, and this many take 60 MB."""
_KNOWN = 4_096
"""Words of which a slow expression keeps the answer; then it forgets them all."""
_SHOWN = 80
"""Characters of an expression that a message shows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much computing time an expression may take before it is given up, in seconds.

    An expression that does not backtrack takes some millionths of a second for a word, so these are
    far above what is harmless, and yet a bad one costs seconds and not hours.
    """

    word: float = 1.0
    """On one word; what takes longer would not end."""
    run: float = 3.0
    """In all, beyond what its characters allow: what is merely slow adds up."""
    character: float = 0.000_01
    """For each character that it is asked of; this makes some hundredths for a thousand words."""


LIMITS = Limits()


class Expression:
    """An expression, and whether it is given up; ValueError where it cannot be asked in this way.

    `regex` counts the time that this process computes, but on Windows the time that passes.
    """

    def __init__(self, source: str, number: int = 0, limits: Limits = LIMITS) -> None:
        self.source = source
        self.number = number
        """Its place among the expressions of a file."""
        self.is_harmless = False
        """Whether there is little to try on a word of any length, so that anybody may ask it."""
        self.is_given_up = False
        self._limits = limits
        self._overdrawn = -limits.run
        self._known: dict[str, bool] = {}
        self._quick: Any = None
        self._timed: Any = None
        try:
            self._read()
        except (ValueError, RecursionError, MemoryError) as error:
            reason = "nested too deeply" if isinstance(error, RecursionError) else error
            raise ValueError(f"the regular expression {self} cannot be asked: {reason}") from error

    def __str__(self) -> str:
        cut = self.source if len(self.source) <= _SHOWN else f"{self.source[:_SHOWN]}…"
        return repr(cut)

    def finds(self, word: str) -> bool:
        """Whether it matches anywhere in a word; once it is given up, the answer means nothing."""
        if self._quick is not None and len(word) <= _SHORT:
            return self._quick(word) is not None
        if self.is_given_up:
            return False
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            known = self._known[word] = self._asked(word)
        return known

    def _read(self) -> None:
        parts: Any = PARSER.parse(self.source)
        parts_in_all = size(parts)
        if parts_in_all > _LARGEST:
            raise ValueError("it is too large")
        compiled = re.compile(self.source)
        self._spelled = spelled(parts, compiled.flags)
        self.is_harmless = ways(parts, MOST) <= _FEW and parts_in_all <= _SMALL
        if ways(parts, _SHORT) <= _FEW:
            self._quick = compiled.search
        else:
            self._timed = self._compiled()

    def _compiled(self) -> Any:  # noqa: ANN401 - a method of `regex`
        import regex

        try:
            return regex.compile(self._spelled).search
        except regex.error as error:
            raise ValueError(str(error)) from error

    def _asked(self, word: str) -> bool:
        """What `regex` says, and how long it takes."""
        try:
            self._timed = self._timed or self._compiled()
            began = time.process_time()
            found = self._timed(word, timeout=self._limits.word) is not None
        except (TimeoutError, MemoryError, RecursionError, ValueError):
            self.is_given_up = True
            return False
        self._overdrawn += time.process_time() - began - len(word) * self._limits.character
        self.is_given_up = self._overdrawn > 0
        return found


class Expressions:
    """The expressions of a patterns file, each there once however many lines have it."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._made: dict[str, Expression] = {}

    def of(self, source: str) -> Expression:
        """The expression that is written so; ValueError where it cannot be asked."""
        if source not in self._made:
            self._made[source] = Expression(source, len(self._made), self._limits)
        return self._made[source]

    @property
    def given_up(self) -> frozenset[str]:
        """Those that have taken too long, as they are written."""
        return frozenset(s for s, expression in self._made.items() if expression.is_given_up)
