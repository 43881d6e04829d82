"""Span F1: how much of what two annotators marked is the same. It needs no model of chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.agreement.alignment import clusters, in_common, most_overlapping
from annotator.agreement.spans import Canonical, Mark, canonical_marks

Match = Literal["strict", "relaxed", "unlabelled"]


@dataclass(frozen=True, slots=True)
class Score:
    """What two annotators have in common, in counts; scores of documents or pairs add up."""

    both: int = 0
    only_a: int = 0
    only_b: int = 0

    @property
    def f1(self) -> float | None:
        """2 both / (n(a) + n(b)); None where neither marked anything.

        The same number as positive specific agreement, to which Cohen's kappa tends as the
        unmarked rest grows (Hripcsak and Rothschild 2005).
        """
        return _ratio(2 * self.both, 2 * self.both + self.only_a + self.only_b)

    @property
    def precision(self) -> float | None:
        """The share of `b` that `a` has too; None where `b` marked nothing."""
        return _ratio(self.both, self.both + self.only_b)

    @property
    def recall(self) -> float | None:
        """The share of `a` that `b` has too; None where `a` marked nothing."""
        return _ratio(self.both, self.both + self.only_a)

    def __add__(self, other: Score) -> Score:
        return Score(self.both + other.both, self.only_a + other.only_a, self.only_b + other.only_b)


def span_f1(a: Iterable[Mark], b: Iterable[Mark], match: Match = "strict") -> Score:
    """The span F1 of two annotators on one document.

    - `strict`: the same ranges and label, as multisets.
    - `relaxed`: the same label and at least one code point in common; one-to-one, with as many
      pairs as there can be, so it never is below `strict`.
    - `unlabelled`: the same ranges whatever the label, as multisets.

    F1 is None where neither marked anything, and 0 where one of them did not.
    """
    return _score(canonical_marks(a), canonical_marks(b), match)


def span_f1_by_label(
    a: Iterable[Mark], b: Iterable[Mark], match: Match = "strict"
) -> dict[str, Score]:
    """The span F1 of each label that either annotator used, sorted by label."""
    marks_a, marks_b = _by_label(a), _by_label(b)
    return {
        label: _score(marks_a.get(label, []), marks_b.get(label, []), match)
        for label in sorted(marks_a.keys() | marks_b.keys())
    }


def pooled(scores: Iterable[Score]) -> Score:
    """The micro average: counts added up, so a document weighs as much as it has spans."""
    return sum(scores, Score())


def mean_f1(scores: Iterable[Score]) -> float | None:
    """The macro average of F1 over the scores where it is defined; None where it never is."""
    values = [score.f1 for score in scores if score.f1 is not None]
    return sum(values) / len(values) if values else None


def _score(a: Sequence[Canonical], b: Sequence[Canonical], match: Match) -> Score:
    if match == "relaxed":
        both = sum(len(most_overlapping(cluster, a, b)) for cluster in clusters(a, b))
    elif match == "unlabelled":
        both = in_common([ranges for ranges, _ in a], [ranges for ranges, _ in b])
    else:
        both = in_common(a, b)
    return Score(both, len(a) - both, len(b) - both)


def _by_label(marks: Iterable[Mark]) -> dict[str, list[Canonical]]:
    found: dict[str, list[Canonical]] = {}
    for mark in canonical_marks(marks):
        found.setdefault(mark[1], []).append(mark)
    return found


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
