"""The agreement report: every pair of annotators, by layer, label and document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from annotator.agreement.f1 import Score, mean_f1, pooled
from annotator.agreement.interval import Interval, f1_interval
from annotator.agreement.pair import (
    PairAgreement,
    Scores,
    compare,
    labels_json,
    merged_labels,
)
from annotator.agreement.token_agreement import TokenAgreement, token_alpha
from annotator.agreement.work import LAYERS, Layer, Work, finished, shared

SCHEMA = 1
"""The version of what `Report.as_json` gives; a key is added freely, never renamed."""


@dataclass(frozen=True, slots=True)
class LayerAgreement:
    """How far all annotators agree on one layer."""

    layer: Layer
    pairs: tuple[PairAgreement, ...]
    alpha: TokenAgreement
    """Krippendorff's alpha over the tokens of every document that two annotators finished."""
    interval: Interval | None
    """95 % confidence interval of the pooled strict F1, documents drawn again."""

    @property
    def scores(self) -> Scores:
        """The micro average: the counts of all pairs added up."""
        return Scores.pooled(pair.scores for pair in self.pairs)

    @property
    def mean_strict_f1(self) -> float | None:
        """The mean over the pairs that have a strict F1; None where none has."""
        return mean_f1(pair.scores.strict for pair in self.pairs)

    @property
    def labels(self) -> dict[str, Score]:
        """Strict, by label, the counts of all pairs added up."""
        return merged_labels(pair.labels for pair in self.pairs)

    def as_json(self) -> dict[str, Any]:
        """The layer as plain values."""
        return {
            "pooled": self.scores.as_json(),
            "pooled_strict_interval": list(self.interval) if self.interval else None,
            "mean_strict_f1": self.mean_strict_f1,
            "token_alpha": self.alpha.as_json(),
            "labels": labels_json(self.labels),
            "pairs": [pair.as_json() for pair in self.pairs],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The agreement of a project's annotators. Every undefined number is None, never 0 or 1."""

    annotators: tuple[str, ...]
    """Everybody who has work, finished or not, sorted."""
    layers: Mapping[Layer, LayerAgreement]

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON values, in a stable order and with stable keys."""
        return {
            "schema": SCHEMA,
            "annotators": list(self.annotators),
            "layers": {name: layer.as_json() for name, layer in self.layers.items()},
        }


def report(work: Sequence[Work], *, draws: int = 1000) -> Report:
    """Compare every pair of annotators on the documents that both finished.

    `draws` is how often documents are drawn again for the intervals; 0 leaves them out. Pairs
    without a shared document are listed, with everything undefined. Raises ValueError where an
    annotator has two works on a document, or annotators had different texts of it.
    """
    annotators = tuple(sorted({one.annotator for one in work}))
    done = finished(work)
    return Report(annotators, {layer: _layer(layer, annotators, done, draws) for layer in LAYERS})


def _layer(
    layer: Layer,
    annotators: tuple[str, ...],
    done: Mapping[str, Mapping[str, Work]],
    draws: int,
) -> LayerAgreement:
    pairs = tuple(
        compare((a, b), shared(done, a, b), layer, draws=draws)
        for a, b in combinations(annotators, 2)
    )
    compared = {name: by for name, by in done.items() if len(by) > 1}
    by_document = [
        pooled(pair.documents[name].strict for pair in pairs if name in pair.documents)
        for name in compared
    ]
    rows = [[by.get(annotator) for annotator in annotators] for by in compared.values()]
    return LayerAgreement(
        layer, pairs, token_alpha(rows, layer), f1_interval(by_document, draws=draws)
    )
