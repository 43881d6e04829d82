"""What part of the agreement is looked at: whose, on which layer, of which label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from annotator.agreement.coefficients.estimate import Estimate
from annotator.agreement.document_annotations import Layer
from annotator.agreement.report.comparison import LayerComparison
from annotator.agreement.report.events import EventComparison
from annotator.agreement.report.report import LayerAgreement, Report
from annotator.agreement.tallies.statistics import GOLD, Pair

LAYER_NAMES: dict[Layer, str] = {"entities": "entities", "triggers": "event triggers"}
MEASURES = {
    "span_f1": "strict F1",
    "relaxed_f1": "relaxed F1",
    "unlabelled_f1": "unlabelled F1",
    "token_kappa": "kappa of tokens",
    "token_alpha": "alpha of tokens",
}
"""What the matrix of annotators can show."""
Scope = tuple[str, ...]
"""Nobody: all annotators; one: with every other one; two: the pair."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report, and what of it is looked at."""

    report: Report
    layer: Layer = "entities"
    scope: Scope = ()
    measure: str = "span_f1"
    label: str = ""
    """Only this one; empty: all."""

    @property
    def agreement(self) -> LayerAgreement:
        """The layer that is looked at."""
        return self.report.layers[self.layer]

    @property
    def whose(self) -> str:
        """The scope in words."""
        if not self.scope:
            return f"all {len(self.report.annotators)} annotators"
        return (
            f"{self.scope[0]} with the others" if len(self.scope) == 1 else " · ".join(self.scope)
        )

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs whose differences are meant."""
        if len(self.scope) == 2:
            return (self.scope,)
        pairs = combinations(self.report.annotators, 2)
        return tuple(pair for pair in pairs if not self.scope or self.scope[0] in pair)

    def comparison(self, layer: Layer | None = None) -> LayerComparison:
        """The spans of a layer, the one looked at where none is named."""
        agreement = self.report.layers[layer or self.layer]
        if len(self.scope) == 1 and self.scope[0] in agreement.one_versus_rest:
            return agreement.one_versus_rest[self.scope[0]]
        return pairwise(agreement).get(self.scope, agreement.pooled)

    def chance_corrected(self, layer: Layer) -> Mapping[str, Estimate]:
        """Kappas and alphas: of the pair, or of all; none of one annotator with the others."""
        agreement = self.report.layers[layer]
        pair = pairwise(agreement).get(self.scope)
        if pair is not None:
            return pair.numbers
        return {} if self.scope else {**agreement.mean, **agreement.everyone}

    @property
    def events(self) -> EventComparison:
        """The events of the pair, or of all pairs."""
        events = self.report.events
        found = {one.annotators: one for one in (*events.pairs, *events.gold)}
        return found.get(self.scope, events.pooled)


def scopes(report: Report) -> tuple[Scope, ...]:
    """Whatever can be looked at, all annotators first."""
    pairs = tuple(pairwise(report.layers["entities"]))
    singles = tuple((name,) for name in report.annotators) if len(report.annotators) > 2 else ()
    return ((), *pairs, *singles)


def pairwise(agreement: LayerAgreement) -> dict[Scope, LayerComparison]:
    """The comparison of every pair, those with gold last."""
    return {one.annotators: one for one in (*agreement.pairs, *agreement.gold)}


def everybody(report: Report) -> tuple[str, ...]:
    """All annotators, and gold behind them where there is gold."""
    has_gold = bool(report.layers["entities"].gold)
    return (*report.annotators, GOLD) if has_gold else report.annotators


def label_of(report: Report, typed: str) -> str:
    """The label that is meant by what was typed: its name, or how it begins; else as typed."""
    known = sorted({label for one in report.layers.values() for label in one.pooled.labels})
    wanted = typed.casefold()
    exact = next((label for label in known if label.casefold() == wanted), "")
    return exact or next((x for x in known if x.casefold().startswith(wanted)), typed)
