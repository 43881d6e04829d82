"""The counts of MUC-7 and SemEval-2013 task 9.1: where two sets of spans part company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from annotator.agreement.alignment import aligned
from annotator.agreement.spans import Canonical, Mark, canonical_marks

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
    marks_a, marks_b = canonical_marks(a), canonical_marks(b)
    pairs = aligned(marks_a, marks_b)
    verdicts = Counter(_verdict(marks_a[i], marks_b[j], scheme) for i, j in pairs)
    return MucCounts(
        verdicts["correct"],
        verdicts["incorrect"],
        verdicts["partial"],
        len(marks_a) - len(pairs),
        len(marks_b) - len(pairs),
    )


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
