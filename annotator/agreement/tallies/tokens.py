"""The counts of the tokens of one document, from which the chance-corrected measures are made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from annotator.agreement.spans import Range
from annotator.agreement.tallies.bootstrap_counts import Key
from annotator.agreement.tallies.spans import Items
from annotator.agreement.tokens import UNMARKED, Labels, TokenLabels

Column = tuple[Labels | None, ...]
"""What each annotator says of a token; None where that one has not finished the document."""


class TokenPlaces:
    """The tokens of a document, ready to be searched."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, tokens: Sequence[Range]) -> None:
        self._starts = [start for start, _ in tokens]
        self._ends = [end for _, end in tokens]

    def __len__(self) -> int:
        return len(self._starts)

    def labels(self, items: Items) -> TokenLabels:
        """The labels over each token, as `token_labels` has them."""
        found: dict[int, Labels] = {}
        for item in items:
            label = _alone(item.label)
            for start, end in item.ranges:
                first = bisect_right(self._ends, start)
                for token in range(first, bisect_left(self._starts, end, first)):
                    there = found.get(token)
                    found[token] = label if there is None else there | label
        return found


_ALONE: dict[str, Labels] = {}


def _alone(label: str) -> Labels:
    """The set of one label; one object for all tokens."""
    found = _ALONE.get(label)
    return found if found is not None else _ALONE.setdefault(label, frozenset((label,)))


def pair_counts(a: TokenLabels, b: TokenLabels, tokens: int) -> dict[Key, float]:
    """Tokens of two annotators: `token` by both categories, and `tag`.

    `tag` has the pairs of a token and one of its labels that `a`, `b` or `both` have.
    """
    cells = Counter((labels, b.get(token, UNMARKED)) for token, labels in a.items())
    cells.update((UNMARKED, labels) for token, labels in b.items() if token not in a)
    cells[UNMARKED, UNMARKED] += tokens - cells.total()
    counts: dict[Key, float] = {}
    both = ours = theirs = 0
    for (labels, other), times in cells.items():
        counts["token", labels, other] = times
        both += times * len(labels & other)
        ours += times * len(labels)
        theirs += times * len(other)
    counts.update({("tag", "both"): both, ("tag", "a"): ours, ("tag", "b"): theirs})
    return counts


def group_counts(columns: Mapping[Column, int]) -> dict[Key, float]:
    """Tokens of any number of annotators, as alpha, Fleiss' kappa and AC1 take them.

    By the tokens that are looked at, all or those that somebody marked: `units` with two ratings,
    their `ratings`, `value` by category, `differing` as alpha weighs it, `agreeing` shares, and
    `share` by category as AC1 has it. `raters` has the units by how many rated them.
    """
    counts: defaultdict[Key, float] = defaultdict(float)
    for column, times in columns.items():
        for key, value in _terms(column):
            counts[key] += times * value
    return counts


@cache
def _terms(column: Column) -> tuple[tuple[Key, float], ...]:
    """What one token of a combination of categories adds; there are few combinations."""
    unit = Counter(labels for labels in column if labels is not None)
    raters = unit.total()
    if raters < 2:
        return ()
    terms: list[tuple[Key, float]] = [(("raters", raters), 1)]
    marked = len(unit) > 1 or UNMARKED not in unit
    same = sum(n * n for n in unit.values())
    for scope in ("all", "marked") if marked else ("all",):
        terms += [
            (("units", scope), 1),
            (("ratings", scope), raters),
            (("differing", scope), (raters * raters - same) / (raters - 1)),
            (("agreeing", scope), (same - raters) / (raters * (raters - 1))),
        ]
        for labels, n in unit.items():
            terms.append((("value", scope, labels), n))
            terms.append((("share", scope, labels), n / raters))
    return tuple(terms)
