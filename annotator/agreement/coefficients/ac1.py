"""Gwet's AC1: a chance correction that does not collapse when one category prevails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

Ratings = Sequence[Sequence[Hashable | None]]
"""`ratings[annotator][unit]`; None where the annotator did not rate the unit."""


def gwet_ac1(ratings: Ratings, categories: int | None = None) -> float | None:
    """Gwet's AC1 of any number of annotators, units with missing ratings included.

    Observed: the share of agreeing pairs of ratings, averaged over units with at least two;
    expected: sum of p(k) (1 - p(k)) / (q - 1), where p(k) is category k's share averaged over units
    with at least one, and q the number of categories (Gwet 2008). `categories` is q; without it the
    categories that somebody used are counted, and one that nobody used changes the value.

    It stays close to the observed agreement, so on tokens, nearly all of which nobody marks, it is
    high whatever the spans are. None where no unit has two ratings or q is below 2.
    """
    units = [Counter(v for v in unit if v is not None) for unit in zip(*ratings, strict=True)]
    units = [unit for unit in units if unit]
    paired = [unit for unit in units if unit.total() > 1]
    used = dict.fromkeys(category for unit in units for category in unit)
    q = len(used) if categories is None else categories
    if q < len(used):
        raise ValueError(f"{len(used)} categories were used, not {q}")
    if not paired or q < 2:
        return None
    observed = sum(_agreeing_share(unit) for unit in paired) / len(paired)
    shares = [sum(unit[category] / unit.total() for unit in units) for category in used]
    expected = sum(s / len(units) * (1 - s / len(units)) for s in shares) / (q - 1)
    return (observed - expected) / (1 - expected)


def _agreeing_share(unit: Counter[Hashable]) -> float:
    raters = unit.total()
    return sum(n * (n - 1) for n in unit.values()) / (raters * (raters - 1))
