"""The model of Dawid and Skene: what is likely true, and how each annotator errs.

Dawid and Skene 1979, "Maximum likelihood estimation of observer error-rates using the EM
algorithm", Applied Statistics 28. It takes ratings of one unit as independent given the truth,
which tokens of one text are not: read its numbers as hints. With few ratings a unit it overfits.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.agreement.tokens import Labels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Judgement = tuple[str, Hashable, str]
"""`(annotator, unit, label)`; an annotator may judge a unit several times."""

FEWEST_ANNOTATORS = 3
"""With two, nothing tells which of them errs."""
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """A fitted model; every mapping has an entry for every label."""

    prevalence: Mapping[str, float]
    """How frequent each label truly is."""
    truth: Mapping[Hashable, Mapping[str, float]]
    """By unit, how probable each label is."""
    confusion: Mapping[str, Mapping[str, Mapping[str, float]]]
    """By annotator and true label, how probable it is that the annotator says each label."""
    rounds: int
    converged: bool

    def accuracy(self, annotator: str) -> float:
        """How probable it is that the annotator says what is true."""
        rows = self.confusion[annotator]
        return sum(share * rows[label][label] for label, share in self.prevalence.items())


def dawid_skene(
    judgements: Iterable[Judgement], *, max_rounds: int = 200, tolerance: float = 1e-7
) -> DawidSkene | None:
    """Fit the model by expectation maximisation, from the average of the responses (equation 3.1).

    It stops when no probability of a unit moves by more than `tolerance`. The likelihood may have
    several peaks; this is the one that is reached from the majority. None with fewer than three
    annotators.
    """
    rows = list(judgements)
    annotators = list(dict.fromkeys(annotator for annotator, _, _ in rows))
    units = list(dict.fromkeys(unit for _, unit, _ in rows))
    labels = sorted({label for _, _, label in rows})
    if len(annotators) < FEWEST_ANNOTATORS:
        return None
    said = _counted(rows, annotators, units, labels)
    return _fitted(said, None, (annotators, units, labels), max_rounds, tolerance)


def dawid_skene_of_columns(
    annotators: Sequence[str],
    columns: Mapping[tuple[Labels | None, ...], int],
    *,
    max_rounds: int = 200,
    tolerance: float = 1e-7,
) -> DawidSkene | None:
    """Fit the model to counted combinations of categories, which is the same and far faster.

    `columns` has what each annotator says of a token, None where one does not judge it, and how
    many tokens have it; units of the model are the combinations. A category is named by its labels,
    sorted and joined by `+`. None as for `dawid_skene`.
    """
    found = sorted(columns, key=lambda column: [_named(labels) for labels in column])
    rows = [
        (annotator, column, _named(labels))
        for column in found
        for annotator, labels in zip(annotators, column, strict=True)
        if labels is not None
    ]
    names = sorted({label for _, _, label in rows})
    if len(annotators) < FEWEST_ANNOTATORS or not rows:
        return None
    import numpy as np

    said = _counted(rows, list(annotators), list(found), names)
    times = np.array([columns[column] for column in found], dtype=float)
    return _fitted(said, times, (annotators, found, names), max_rounds, tolerance)


def _fitted(
    said: Array,
    times: Array | None,
    axes: tuple[Sequence[str], Sequence[Hashable], Sequence[str]],
    max_rounds: int,
    tolerance: float,
) -> DawidSkene:
    """The model of what was said; `times` is how many units each unit stands for."""
    import numpy as np

    annotators, units, labels = axes
    weights = np.ones(len(units)) if times is None else times
    truth = said.sum(axis=0)
    truth /= truth.sum(axis=1, keepdims=True)
    rounds, moved = 0, tolerance + 1
    while moved > tolerance and rounds < max_rounds:
        before, rounds = truth, rounds + 1
        truth = _expected(said, *_maximised(said, truth, weights))
        moved = float(abs(truth - before).max())
    prevalence, confusion = _maximised(said, truth, weights)
    return DawidSkene(
        _by_label(labels, prevalence),
        {unit: _by_label(labels, row) for unit, row in zip(units, truth, strict=True)},
        {
            annotator: {
                label: _by_label(labels, row) for label, row in zip(labels, matrix, strict=True)
            }
            for annotator, matrix in zip(annotators, confusion, strict=True)
        },
        rounds,
        moved <= tolerance,
    )


def _named(labels: Labels | None) -> str:
    return "" if labels is None else "+".join(sorted(labels))


def _counted(
    rows: Iterable[Judgement], annotators: list[str], units: list[Hashable], labels: list[str]
) -> Array:
    """`said[annotator, unit, label]`: how often the annotator gave the unit the label."""
    import numpy as np

    place_of_annotator = {annotator: i for i, annotator in enumerate(annotators)}
    place_of_unit = {unit: i for i, unit in enumerate(units)}
    place_of_label = {label: i for i, label in enumerate(labels)}
    said = np.zeros((len(annotators), len(units), len(labels)))
    for annotator, unit, label in rows:
        said[place_of_annotator[annotator], place_of_unit[unit], place_of_label[label]] += 1
    return said


def _maximised(said: Array, truth: Array, weights: Array) -> tuple[Array, Array]:
    """Prevalence and confusion that make `truth` likeliest (equations 2.3 and 2.4)."""
    import numpy as np

    weighted: Array = truth * weights[:, None]
    confusion: Array = np.einsum("ut,aul->atl", weighted, said)
    sums = confusion.sum(axis=2, keepdims=True)
    # An annotator who never met a true label has a row of zeros: nothing is known of it.
    prevalence = weighted.sum(axis=0) / weights.sum()
    return prevalence, confusion / np.where(sums > 0, sums, 1)


def _expected(said: Array, prevalence: Array, confusion: Array) -> Array:
    """How probable each label of each unit is (equation 2.5), reckoned in logarithms."""
    import numpy as np

    logs: Array = np.log(np.maximum(prevalence, _TINY)) + np.einsum(
        "aul,atl->ut", said, np.log(np.maximum(confusion, _TINY))
    )
    weights: Array = np.exp(logs - logs.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def _by_label(labels: Sequence[str], values: Array) -> dict[str, float]:
    return {label: float(value) for label, value in zip(labels, values, strict=True)}
