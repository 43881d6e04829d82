"""The kappas: agreement on categories, corrected for chance, from complete counts.

All are (observed - expected) / (1 - expected) and differ in what they expect. They are undefined,
None, where the expected agreement is 1 or nothing was counted. Counts are whole numbers, so that
is decided exactly.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

Table = Sequence[Sequence[int]]
"""`table[i][j]`: units that annotator A put in category i and annotator B in category j."""
Counts = Sequence[Sequence[int]]
"""`counts[unit][category]`: how many annotators put the unit in the category."""


def contingency(pairs: Mapping[tuple[Hashable, Hashable], int]) -> tuple[tuple[int, ...], ...]:
    """The square table of counted `(category of A, category of B)` pairs."""
    categories = dict.fromkeys(category for pair in pairs for category in pair)
    return tuple(tuple(pairs.get((i, j), 0) for j in categories) for i in categories)


def cohen_kappa(table: Table) -> float | None:
    """Cohen's kappa of two annotators: each is expected to keep to their own shares.

    Expected: sum of n(i.) n(.i) / n^2 (Cohen 1960). None where there are no units, or where both
    used one and the same category only. Raises ValueError where the table is not square.
    """
    rows, columns, diagonal = _margins(table)
    total = sum(rows)
    expected = sum(row * column for row, column in zip(rows, columns, strict=True))
    return _corrected(diagonal * total, expected, total * total)


def scott_pi(table: Table) -> float | None:
    """Scott's pi of two annotators: both are expected to draw from the shares of the two together.

    Expected: sum of ((n(i.) + n(.i)) / 2n)^2 (Scott 1955). None as for Cohen's kappa.
    """
    rows, columns, diagonal = _margins(table)
    total = sum(rows)
    expected = sum((row + column) ** 2 for row, column in zip(rows, columns, strict=True))
    return _corrected(4 * diagonal * total, expected, 4 * total * total)


def fleiss_kappa(counts: Counts) -> float | None:
    """Fleiss' kappa of several interchangeable annotators: Scott's pi for more than two.

    Observed: the share of agreeing pairs of annotators, averaged over units; expected: the sum of
    squared shares of the categories (Fleiss 1971). None where units have different numbers of
    annotators (alpha takes those), fewer than two, or one category only was used.
    """
    raters = _raters(counts)
    if raters is None:
        return None
    whole = (len(counts) * raters) ** 2 * (raters - 1)
    observed = _agreeing(counts) * len(counts) * raters
    expected = sum(sum(column) ** 2 for column in zip(*counts, strict=True)) * (raters - 1)
    return _corrected(observed, expected, whole)


def randolph_kappa(counts: Counts) -> float | None:
    """Randolph's free-marginal kappa: every category is expected equally often.

    Expected: 1 / number of categories, those that nobody used included (Randolph 2005), so the
    columns of `counts` change the value. For two annotators it is Bennett's S. None where units
    have different numbers of annotators, fewer than two, or there is one category only.
    """
    raters = _raters(counts)
    if raters is None:
        return None
    categories, pairs = len(counts[0]), len(counts) * raters * (raters - 1)
    return _corrected(_agreeing(counts) * categories, pairs, pairs * categories)


def _corrected(observed: int, expected: int, whole: int) -> float | None:
    return None if whole == expected else (observed - expected) / (whole - expected)


def _margins(table: Table) -> tuple[list[int], list[int], int]:
    if any(len(row) != len(table) for row in table):
        raise ValueError("the table is not square: both annotators need the same categories")
    columns = [sum(column) for column in zip(*table, strict=True)]
    return [sum(row) for row in table], columns, sum(row[i] for i, row in enumerate(table))


def _raters(counts: Counts) -> int | None:
    """The number of annotators, None where it is not the same for every unit."""
    if len({len(row) for row in counts}) > 1:
        raise ValueError("every unit needs a count for every category")
    sizes = {sum(row) for row in counts}
    return sizes.pop() if len(sizes) == 1 else None


def _agreeing(counts: Counts) -> int:
    """The number of ordered pairs of annotators who agree on a unit, over all units."""
    return sum(n * (n - 1) for row in counts for n in row)
