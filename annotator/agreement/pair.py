"""The agreement of two annotators on one layer, over the documents that both finished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.agreement.f1 import Score, pooled, span_f1, span_f1_by_label
from annotator.agreement.interval import Interval, f1_interval
from annotator.agreement.token_agreement import TokenAgreement, token_kappa
from annotator.agreement.work import Layer, Work

FEWEST_DOCUMENTS = 10
FEWEST_SPANS = 50


@dataclass(frozen=True, slots=True)
class Scores:
    """Span F1 by the three ways to match."""

    strict: Score
    relaxed: Score
    unlabelled: Score

    @classmethod
    def of(cls, one: Work, other: Work, layer: Layer) -> Scores:
        """The scores of one document."""
        a, b = one.marks(layer), other.marks(layer)
        return cls(span_f1(a, b), span_f1(a, b, "relaxed"), span_f1(a, b, "unlabelled"))

    @classmethod
    def pooled(cls, scores: Iterable[Scores]) -> Scores:
        """The counts of all added up."""
        found = list(scores)
        return cls(
            pooled(s.strict for s in found),
            pooled(s.relaxed for s in found),
            pooled(s.unlabelled for s in found),
        )

    def as_json(self) -> dict[str, Any]:
        """`{"strict", "relaxed", "unlabelled"}`, a score each."""
        return {
            "strict": score_json(self.strict),
            "relaxed": score_json(self.relaxed),
            "unlabelled": score_json(self.unlabelled),
        }


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two annotators agree; in every score, `a` is the first of `annotators`."""

    annotators: tuple[str, str]
    spans: tuple[int, int]
    scores: Scores
    interval: Interval | None
    """95 % confidence interval of strict F1, documents drawn again."""
    kappa: TokenAgreement
    """Cohen's kappa over all tokens."""
    labels: Mapping[str, Score]
    """Strict, by label, sorted."""
    documents: Mapping[str, Scores]
    """By document id, sorted."""

    @property
    def is_small(self) -> bool:
        """Whether it is too little to trust: below 10 documents, or neither marked 50 spans."""
        return len(self.documents) < FEWEST_DOCUMENTS or max(self.spans) < FEWEST_SPANS

    def as_json(self) -> dict[str, Any]:
        """The pair as plain values; `labels` and `by_document` are keyed by name."""
        return {
            "annotators": list(self.annotators),
            "documents": len(self.documents),
            "spans": list(self.spans),
            "too_small": self.is_small,
            **self.scores.as_json(),
            "strict_interval": list(self.interval) if self.interval else None,
            "token_kappa": self.kappa.as_json(),
            "labels": labels_json(self.labels),
            "by_document": {name: scores.as_json() for name, scores in self.documents.items()},
        }


def compare(
    annotators: tuple[str, str], works: Sequence[tuple[Work, Work]], layer: Layer, *, draws: int
) -> PairAgreement:
    """The agreement of two annotators on the documents of `works`, `draws` for its interval."""
    documents = {one.document_id: Scores.of(one, other, layer) for one, other in works}
    return PairAgreement(
        annotators,
        (
            sum(len(one.marks(layer)) for one, _ in works),
            sum(len(other.marks(layer)) for _, other in works),
        ),
        Scores.pooled(documents.values()),
        f1_interval([scores.strict for scores in documents.values()], draws=draws),
        token_kappa(works, layer),
        merged_labels(
            span_f1_by_label(one.marks(layer), other.marks(layer)) for one, other in works
        ),
        documents,
    )


def merged_labels(tables: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """Scores by label of several tables added up, sorted by label."""
    found: dict[str, Score] = {}
    for table in tables:
        for label, score in table.items():
            found[label] = found.get(label, Score()) + score
    return dict(sorted(found.items()))


def labels_json(labels: Mapping[str, Score]) -> dict[str, Any]:
    """A score by label."""
    return {label: score_json(score) for label, score in labels.items()}


def score_json(score: Score) -> dict[str, Any]:
    """`{"f1", "precision", "recall", "both", "only_a", "only_b"}`, null where undefined."""
    return {
        "f1": score.f1,
        "precision": score.precision,
        "recall": score.recall,
        "both": score.both,
        "only_a": score.only_a,
        "only_b": score.only_b,
    }
