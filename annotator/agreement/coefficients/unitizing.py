"""The u-alpha family: agreement on where units are in a text and which label they have.

Krippendorff, Mathet, Bouvry and Widlöcher 2016, "On the reliability of unitizing textual continua:
further developments", Quality and Quantity 50; Krippendorff 2019, section 12.6. A text of `length`
code points is cut by each annotator into units and the gaps between them. What two annotators say
of the same stretch is compared, weighted by its length.

All take `{annotator: marks}` and are None with fewer than two annotators, and where marks of one
annotator overlap one another: the family does not know nested or crossing units. Pieces of a
discontinuous mark are units of their own. A mark beyond the text raises ValueError.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.agreement.spans import Mark, canonical_marks, has_overlaps

Annotators = Mapping[str, Sequence[Mark]]
Unit = tuple[int, int, str]
"""Half-open `(start, end)` and label."""


@dataclass(frozen=True, slots=True)
class _Continuum:
    """One text as all annotators cut it, in code points. A gap has the label None."""

    annotators: int
    length: int
    units: tuple[tuple[Unit, ...], ...]
    met: Counter[tuple[str | None, str | None]]
    """Length where one annotator's label met another's, over ordered pairs of annotators."""
    valued: Counter[tuple[int, int]]
    """Length of a unit `(annotator, unit)` that lies in units of others, summed over the others."""

    @property
    def total(self) -> int:
        return self.annotators * self.length

    @property
    def gap(self) -> int:
        marked = sum(end - start for units in self.units for start, end, _ in units)
        return self.total - marked

    @property
    def self_pairs(self) -> int:
        """What no unit may be expected to meet: itself. Gaps have no inner structure to keep."""
        return self.gap + sum((end - s) ** 2 for units in self.units for s, end, _ in units)

    def marked_as(self, label: str) -> int:
        return sum(
            end - start for units in self.units for start, end, name in units if name == label
        )


def u_alpha(length: int, annotators: Annotators) -> float | None:
    """Agreement on units, gaps and labels together (equation 5 of 2016, 34 of 2019).

    None too where the whole text has one label, or nobody marked anything.
    """
    continuum = _continuum(length, annotators)
    if continuum is None:
        return None
    labels = {label for units in continuum.units for _, _, label in units}
    same = continuum.gap**2 + sum(continuum.marked_as(label) ** 2 for label in labels)
    differ = sum(n for (one, other), n in continuum.met.items() if one != other)
    return _alpha(continuum, differ, continuum.total**2 - same)


def bar_u_alpha(length: int, annotators: Annotators) -> float | None:
    """Agreement on what is a unit and what a gap, labels set aside (equation 6 of 2016, 35).

    None too where nobody left a gap, or nobody marked anything.
    """
    continuum = _continuum(length, annotators)
    if continuum is None:
        return None
    differ = sum(n for (one, other), n in continuum.met.items() if (one is None) != (other is None))
    return _alpha(continuum, differ, 2 * continuum.gap * (continuum.total - continuum.gap))


def cu_alpha(length: int, annotators: Annotators) -> float | None:
    """Agreement on the labels where units meet, gaps set aside (equation 11 of 2016, 37).

    A unit is not expected to meet itself: the square of what it adds to its label's share is taken
    off. With this reading of equation 10 the worked example of 2019 comes out as printed and the
    value never is above 1, which other readings of it do not achieve with three annotators or more.

    None too where no units meet, or all that meet have one label.
    """
    continuum = _continuum(length, annotators)
    shares = _valued_shares(continuum) if continuum else {}
    if continuum is None or len(shares) < 2:
        return None
    n = sum(shares.values())
    agree = sum(continuum.met[label, label] for label in shares)
    expected = n * n - sum(share * share for share in shares.values())
    self_pairs = sum(length * length for length in continuum.valued.values())
    return 1 - (n - agree) * (n * n - self_pairs) / (n * expected)


def ku_alpha(length: int, annotators: Annotators, label: str) -> float | None:
    """Agreement on one label where units meet (equation 13 of 2016, 38 of 2019).

    None too where no unit of the label meets another, or nothing else meets. Says nothing of the
    units that meet gaps only: read it with `ku_coverage`.
    """
    continuum = _continuum(length, annotators)
    shares = _valued_shares(continuum) if continuum else {}
    if continuum is None or label not in shares or len(shares) < 2:
        return None
    n, share = sum(shares.values()), shares[label]
    self_pairs = sum(
        length * length
        for (who, unit), length in continuum.valued.items()
        if continuum.units[who][unit][2] == label
    )
    differ = share - continuum.met[label, label]
    return 1 - differ * (share * n - self_pairs) / (share * share * (n - share))


def ku_coverage(length: int, annotators: Annotators, label: str) -> float | None:
    """The share of the text marked with `label` that `cu_alpha` and `ku_alpha` look at.

    That is, which lies in a unit of another annotator, averaged over the others. None too where
    nobody used the label.
    """
    continuum = _continuum(length, annotators)
    marked = continuum.marked_as(label) if continuum else 0
    if continuum is None or not marked:
        return None
    return _valued_shares(continuum).get(label, 0) / (continuum.annotators - 1) / marked


def _alpha(continuum: _Continuum, differ: int, expected: int) -> float | None:
    """1 - observed / expected, from lengths over ordered pairs and products of lengths."""
    if not expected:
        return None
    observed = differ / (continuum.annotators - 1)
    return 1 - observed * (continuum.total**2 - continuum.self_pairs) / (continuum.total * expected)


def _valued_shares(continuum: _Continuum) -> dict[str, int]:
    """By label, the length of its units that meets units, over ordered pairs of annotators."""
    shares: Counter[str] = Counter()
    for (one, other), length in continuum.met.items():
        if one is not None and other is not None:
            shares[one] += length
    return dict(shares)


def _continuum(length: int, annotators: Annotators) -> _Continuum | None:
    if len(annotators) < 2 or any(has_overlaps(marks) for marks in annotators.values()):
        return None
    units = tuple(_units(length, marks) for marks in annotators.values())
    met: Counter[tuple[str | None, str | None]] = Counter()
    valued: Counter[tuple[int, int]] = Counter()
    for width, standing in _stretches(length, units):
        for who, mine in enumerate(standing):
            for whom, theirs in enumerate(standing):
                if who == whom:
                    continue
                met[_label(units, who, mine), _label(units, whom, theirs)] += width
                if mine is not None and theirs is not None:
                    valued[who, mine] += width
    return _Continuum(len(units), length, units, met, valued)


def _units(length: int, marks: Sequence[Mark]) -> tuple[Unit, ...]:
    found = [(s, e, label) for ranges, label in canonical_marks(marks) for s, e in ranges]
    if any(end > length for _, end, _ in found):
        raise ValueError(f"a mark ends beyond the text, which has {length} code points")
    return tuple(sorted(found))


def _stretches(
    length: int, units: Sequence[Sequence[Unit]]
) -> list[tuple[int, tuple[int | None, ...]]]:
    """The text cut at every edge: each width, and the unit of each annotator there, or None."""
    edges = {edge for row in units for start, end, _ in row for edge in (start, end)}
    bounds = sorted(edges | {0, length})
    standing: list[int | None] = [None] * len(units)
    upcoming = [0] * len(units)
    found: list[tuple[int, tuple[int | None, ...]]] = []
    for start, end in pairwise(bounds):
        for who, row in enumerate(units):
            current = standing[who]
            if current is not None and row[current][1] <= start:
                standing[who] = None
            if upcoming[who] < len(row) and row[upcoming[who]][0] == start:
                standing[who] = upcoming[who]
                upcoming[who] += 1
        found.append((end - start, tuple(standing)))
    return found


def _label(units: Sequence[Sequence[Unit]], who: int, unit: int | None) -> str | None:
    return None if unit is None else units[who][unit][2]
