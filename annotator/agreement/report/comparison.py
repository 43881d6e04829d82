"""How far two annotators, or all pairs of them together, agree on one layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from annotator.agreement.coefficients.estimate import Estimate, Measured, estimates, ratio
from annotator.agreement.coefficients.muc import MucCounts
from annotator.agreement.measures.spans import (
    NOTHING_MARKED,
    Numbers,
    Source,
    added,
    label_numbers,
    labels_of,
    muc_table,
)
from annotator.agreement.tallies.bootstrap_counts import Key

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST_DOCUMENTS = 10
FEWEST_SPANS = 50
_KINDS = ("strict", "relaxed", "unlabelled")


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """The spans of one document: of the first, of the second, and in common by way to match."""

    a: int
    b: int
    strict: int
    relaxed: int
    unlabelled: int

    def f1(self, kind: str = "strict") -> float | None:
        """2 both / (a + b); None where neither marked anything."""
        whole = self.a + self.b
        return 2 * getattr(self, kind) / whole if whole else None

    def as_json(self) -> dict[str, Any]:
        """The counts, and F1 by way to match."""
        return {
            "spans": [self.a, self.b],
            **{kind: getattr(self, kind) for kind in _KINDS},
            "span_f1": self.f1(),
            "relaxed_f1": self.f1("relaxed"),
            "unlabelled_f1": self.f1("unlabelled"),
        }


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """One label: the spans that both marked, and those of one only, strictly matched."""

    both: int
    only_a: int
    only_b: int
    numbers: Mapping[str, Estimate]

    def as_json(self) -> dict[str, Any]:
        """The counts and the numbers by name."""
        return {
            "both": self.both,
            "only_a": self.only_a,
            "only_b": self.only_b,
            "numbers": numbers_json(self.numbers),
        }


@dataclass(frozen=True, slots=True)
class LayerComparison:
    """Two annotators on the documents that both finished, or all pairs added up."""

    annotators: tuple[str, ...]
    """Two, the first of whom is `a` in every count; or all whose pairs were added up."""
    spans: tuple[int, int]
    numbers: Mapping[str, Estimate]
    labels: Mapping[str, LabelAgreement]
    """Sorted by label."""
    muc: Mapping[str, MucCounts]
    """By scheme, `a` as the reference."""
    confusion: Mapping[tuple[str, str], int]
    """Aligned spans by the label of each, empty where that annotator has no span; sorted."""
    documents: Mapping[str, DocumentCounts] = field(default_factory=dict[str, DocumentCounts])
    """Sorted by id; also those in which nobody marked anything."""

    @property
    def is_small(self) -> bool:
        """Whether it is too little to trust: below 10 documents, or neither marked 50 spans."""
        return len(self.documents) < FEWEST_DOCUMENTS or max(self.spans) < FEWEST_SPANS

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return {
            "annotators": list(self.annotators),
            "documents": len(self.documents),
            "spans": list(self.spans),
            "too_small": self.is_small,
            "numbers": numbers_json(self.numbers),
            "labels": {label: one.as_json() for label, one in self.labels.items()},
            "muc": {scheme: _muc_json(counts) for scheme, counts in self.muc.items()},
            "confusion": [[a or None, b or None, n] for (a, b), n in self.confusion.items()],
            "by_document": {name: one.as_json() for name, one in self.documents.items()},
        }


def compared(
    annotators: tuple[str, ...],
    source: Source,
    numbers: Numbers,
    by_label: Mapping[str, Numbers] | None = None,
) -> LayerComparison:
    """The comparison that sums and numbers stand for, `by_label` with further numbers."""
    labels = labels_of(source)
    more = by_label or {}
    return LayerComparison(
        annotators,
        _sides(source, labels),
        estimates(numbers),
        {label: _label(source, label, more.get(label, {})) for label in labels},
        muc_table(source),
        _confusion(source),
        _documents(source, labels),
    )


def precision_and_recall(source: Source) -> Numbers:
    """Of strict F1, the first annotator as the reference.

    Precision is the share of the second's spans that the first has, recall that of the first's that
    the second has. Undefined where that annotator marked nothing.
    """
    labels = labels_of(source)
    both = added(source, [("strict", label) for label in labels])
    numbers: Numbers = {}
    for name, side in (("precision", "b"), ("recall", "a")):
        keys: list[Key] = [(side, label) for label in labels]
        whole = added(source, keys)
        documents = source.documents(keys)
        numbers[name] = Measured(
            ratio(both, whole), documents, float(whole[0]), "spans", NOTHING_MARKED
        )
    return numbers


def numbers_json(numbers: Mapping[str, Estimate]) -> dict[str, Any]:
    """An estimate by name."""
    return {name: one.as_json() for name, one in numbers.items()}


def _sides(source: Source, labels: Iterable[str]) -> tuple[int, int]:
    a, b = (int(added(source, [(side, label) for label in labels])[0]) for side in "ab")
    return a, b


def _label(source: Source, label: str, more: Numbers) -> LabelAgreement:
    both, a, b = (int(source[(kind, label)][0]) for kind in ("strict", "a", "b"))
    numbers = {**label_numbers(source, label), **more}
    return LabelAgreement(both, a - both, b - both, estimates(numbers))


def _confusion(source: Source) -> dict[tuple[str, str], int]:
    cells = cast("tuple[tuple[str, str], ...]", source.named("confused"))
    return {(a, b): int(source[("confused", a, b)][0]) for a, b in sorted(cells)}


def _documents(source: Source, labels: tuple[str, ...]) -> dict[str, DocumentCounts]:
    groups: list[list[Key]] = [
        [(kind, label) for label in labels] for kind in ("a", "b", "strict", "relaxed")
    ]
    places, counts = source.table([*groups, [("unlabelled",)]])
    known = source.all_documents
    rows: list[list[int]] = counts.astype(int).tolist()
    found = {
        known[int(place)]: DocumentCounts(*row) for place, row in zip(places, rows, strict=True)
    }
    return dict(sorted(found.items()))


def _muc_json(counts: MucCounts) -> dict[str, Any]:
    return {
        "correct": counts.correct,
        "incorrect": counts.incorrect,
        "partial": counts.partial,
        "missing": counts.missing,
        "spurious": counts.spurious,
        "f1": counts.f1,
    }
