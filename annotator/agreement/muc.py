"""The counts of MUC-7 and SemEval-2013 task 9.1: where two sets of spans part company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.agreement.matching import best_matching
from annotator.agreement.spans import Canonical, Mark, canonical_marks, overlaps

Scheme = Literal["strict", "exact", "partial", "type"]


@dataclass(frozen=True, slots=True)
class MucCounts:
    """What became of the marks of `a`, the reference, and `b`; counts of documents add up."""

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missing: int = 0
    spurious: int = 0

    @property
    def f1(self) -> float | None:
        """2 (correct + partial / 2) / (possible + actual); None where neither marked anything.

        Possible is everything but the spurious, actual everything but the missing.
        """
        paired = self.correct + self.incorrect + self.partial
        whole = 2 * paired + self.missing + self.spurious
        return (2 * self.correct + self.partial) / whole if whole else None

    def __add__(self, other: MucCounts) -> MucCounts:
        return MucCounts(
            self.correct + other.correct,
            self.incorrect + other.incorrect,
            self.partial + other.partial,
            self.missing + other.missing,
            self.spurious + other.spurious,
        )


def muc_counts(a: Iterable[Mark], b: Iterable[Mark], scheme: Scheme = "strict") -> MucCounts:
    """How the marks of `b` stand to those of `a`, in the counts of SemEval-2013 task 9.1.

    Marks are paired one-to-one; an unpaired mark of `a` is missing, one of `b` spurious. A pair is
    correct, by scheme, where it agrees in

    - `strict`: ranges and label, else incorrect;
    - `exact`: ranges, else incorrect;
    - `partial`: ranges, else partial;
    - `type`: label, else incorrect.

    The pairs are the same for every scheme: identical marks first; of the rest, as many overlapping
    pairs as there can be; of those ways, the one with most pairs of equal ranges, then with most
    of equal label. The counts depend on nothing else, not on the order of the marks, and changing
    sides changes missing with spurious only.
    """
    marks_a, marks_b = Counter(canonical_marks(a)), Counter(canonical_marks(b))
    pairs = list(_pairs(marks_a, marks_b))
    verdicts = Counter(_verdict(one, other, scheme) for one, other in pairs)
    return MucCounts(
        verdicts["correct"],
        verdicts["incorrect"],
        verdicts["partial"],
        marks_a.total() - len(pairs),
        marks_b.total() - len(pairs),
    )


def _pairs(a: Counter[Canonical], b: Counter[Canonical]) -> Iterator[tuple[Canonical, Canonical]]:
    yield from ((mark, mark) for mark in (a & b).elements())
    rest_a, rest_b = sorted((a - b).elements()), sorted((b - a).elements())
    found = overlaps([ranges for ranges, _ in rest_a], [ranges for ranges, _ in rest_b])
    more_than_all_labels = len(rest_a) + 1
    weights = [
        {
            other: more_than_all_labels * (rest_b[other][0] == ranges) + (rest_b[other][1] == label)
            for other in sorted(found[index])
        }
        for index, (ranges, label) in enumerate(rest_a)
    ]
    for one, other in best_matching(weights).items():
        yield rest_a[one], rest_b[other]


def _verdict(one: Canonical, other: Canonical, scheme: Scheme) -> str:
    same_ranges, same_label = one[0] == other[0], one[1] == other[1]
    if scheme == "partial":
        return "correct" if same_ranges else "partial"
    agrees = {
        "strict": same_ranges and same_label,
        "exact": same_ranges,
        "type": same_label,
    }[scheme]
    return "correct" if agrees else "incorrect"
