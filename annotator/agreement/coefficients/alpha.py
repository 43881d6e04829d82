"""Krippendorff's alpha for nominal categories: any number of annotators, ratings may be missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

Ratings = Sequence[Sequence[Hashable | None]]
"""`ratings[annotator][unit]`; None where the annotator did not rate the unit."""
Columns = Iterable[tuple[Sequence[Hashable | None], int]]
"""Each combination of all annotators' ratings of one unit, and how many units have it."""


def krippendorff_alpha(ratings: Ratings) -> float | None:
    """Krippendorff's alpha with the nominal difference.

    1 - observed / expected disagreement, where a unit with m ratings weighs 1 / (m - 1) for each of
    its pairs, and ratings are expected to be drawn without replacement from all that can be paired:
    1 - (n - 1) sum_u (m_u^2 - sum_c n_uc^2) / (m_u - 1) / (n^2 - sum_c n_c^2) (Krippendorff 2011,
    2019 section 12.3). A unit with fewer than two ratings cannot disagree and has no influence.

    None where no unit has two ratings, or all ratings that can be paired are of one category.
    Raises ValueError where annotators have different numbers of units.
    """
    return alpha_of_columns(Counter(zip(*ratings, strict=True)).items())


def observed_agreement(ratings: Ratings) -> float | None:
    """The share of agreeing pairs of ratings, weighted as in alpha, without chance correction.

    The plain percent agreement where nothing is missing. None where no unit has two ratings.
    """
    return observed_of_columns(Counter(zip(*ratings, strict=True)).items())


def alpha_of_columns(columns: Columns) -> float | None:
    """Krippendorff's alpha, as `krippendorff_alpha` has it, from counted combinations."""
    shares: Counter[Hashable] = Counter()
    disagreement = 0.0
    for unit, times in _paired(columns):
        disagreement += times * _disagreeing(unit)
        for category, n in unit.items():
            shares[category] += times * n
    if len(shares) < 2:
        return None
    n = shares.total()
    return 1 - (n - 1) * disagreement / (n * n - sum(c * c for c in shares.values()))


def observed_of_columns(columns: Columns) -> float | None:
    """The observed agreement, as `observed_agreement` has it, from counted combinations."""
    units = list(_paired(columns))
    n = sum(times * unit.total() for unit, times in units)
    return 1 - sum(times * _disagreeing(unit) for unit, times in units) / n if n else None


def _paired(columns: Columns) -> Iterator[tuple[Counter[Hashable], int]]:
    """The counted ratings of each combination that has at least two, and how many have it."""
    for column, times in columns:
        unit = Counter(value for value in column if value is not None)
        if unit.total() > 1:
            yield unit, times


def _disagreeing(unit: Counter[Hashable]) -> float:
    m = unit.total()
    return (m * m - sum(n * n for n in unit.values())) / (m - 1)
