"""The agreement report: every pair of annotators, by layer, label and document, and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.agreement.coefficients.estimate import Estimate, Measured, estimates, mean_of
from annotator.agreement.document_annotations import LAYERS, DocumentAnnotations, Layer
from annotator.agreement.measures.chance import NO_TOKENS, group_numbers, pair_numbers
from annotator.agreement.measures.spans import NO_DOCUMENT, Numbers, span_numbers, token_f1_number
from annotator.agreement.measures.units import unit_label_numbers, unit_numbers
from annotator.agreement.report.comparison import (
    LayerComparison,
    compared,
    numbers_json,
    precision_and_recall,
)
from annotator.agreement.report.competence import accuracies
from annotator.agreement.report.events import EventAgreement, event_agreement
from annotator.agreement.report.suggestion_use import SuggestionUse
from annotator.agreement.tallies.bootstrap_counts import BootstrapCounts, Pool
from annotator.agreement.tallies.statistics import Pair, Statistics

SCHEMA = 2
"""The version of what `Report.as_json` gives; within it a key may come, none is renamed or goes."""
NOT_ALL = "not every document was finished by all annotators"
ONE_ANNOTATOR = "spans of {names} overlap one another"


@dataclass(frozen=True, slots=True)
class LayerAgreement:
    """How far all annotators agree on one layer."""

    layer: Layer
    pooled: LayerComparison
    """The counts of all pairs added up (micro average)."""
    pairs: tuple[LayerComparison, ...]
    mean: Mapping[str, Estimate]
    """The mean over the pairs for which a measure is defined."""
    everyone: Mapping[str, Estimate]
    """All annotators at once: alpha, Fleiss' kappa, AC1 and the u-alpha family."""
    labels: Mapping[str, Mapping[str, Estimate]]
    """By label: alpha and coverage of its units, all annotators at once."""
    one_versus_rest: Mapping[str, LayerComparison]
    """Each annotator with every other one, the pairs added up."""
    gold: tuple[LayerComparison, ...]
    """Gold with each annotator, where there is gold."""
    accuracy: Mapping[str, Estimate]
    """How often each annotator is right, by the model of Dawid and Skene."""

    def as_json(self) -> dict[str, Any]:
        """The layer as plain values."""
        return {
            "pooled": self.pooled.as_json(),
            "mean_of_pairs": numbers_json(self.mean),
            "everyone": numbers_json(self.everyone),
            "everyone_by_label": {name: numbers_json(one) for name, one in self.labels.items()},
            "pairs": [pair.as_json() for pair in self.pairs],
            "one_versus_rest": {name: one.as_json() for name, one in self.one_versus_rest.items()},
            "gold": [pair.as_json() for pair in self.gold],
            "accuracy": numbers_json(self.accuracy),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The agreement of a project's annotators. Every undefined number is None with a reason."""

    annotators: tuple[str, ...]
    """Everybody who has work, finished or not, sorted, without gold."""
    documents: int
    """How many documents two have finished."""
    draws: int
    layers: Mapping[Layer, LayerAgreement]
    events: EventAgreement
    practice: tuple[SuggestionUse, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON values, in a stable order and with stable keys."""
        return {
            "schema": SCHEMA,
            "annotators": list(self.annotators),
            "documents": self.documents,
            "draws": self.draws,
            "layers": {name: layer.as_json() for name, layer in self.layers.items()},
            "events": self.events.as_json(),
            "practice": [one.as_json() for one in self.practice],
        }


def report(
    work: Iterable[DocumentAnnotations],
    *,
    draws: int = 1000,
    seed: int = 0,
    practice: Iterable[SuggestionUse] = (),
) -> Report:
    """Compare every pair of annotators on the documents that both finished.

    `draws` is how often documents are drawn again for the intervals; 0 leaves them out. Pairs
    without a shared document are listed, with everything undefined. Raises ValueError where an
    annotator has two works on a document, or annotators had different texts of it.
    """
    return report_of(Statistics(work, draws=draws, seed=seed), practice)


def report_of(statistics: Statistics, practice: Iterable[SuggestionUse] = ()) -> Report:
    """The report of statistics as they are now; nothing is counted."""
    return Report(
        statistics.annotators,
        len(statistics.documents),
        statistics.draws,
        {layer: _layer(statistics, layer) for layer in LAYERS},
        event_agreement(statistics),
        tuple(practice),
    )


def _layer(statistics: Statistics, layer: Layer) -> LayerAgreement:
    measured = {pair: _pair_numbers(statistics, pair, layer) for pair in statistics.pairs}
    group = statistics.groups[layer]
    everyone = len(group.named("finished_by"))
    known = not group.named("no_tokens")
    why_not = _why_no_units(group, everyone)
    return LayerAgreement(
        layer,
        _pooled(statistics, statistics.annotators, statistics.pairs, layer),
        tuple(_pair(statistics, pair, layer, numbers) for pair, numbers in measured.items()),
        _means(list(measured.values())),
        estimates(
            {**group_numbers(group, tokens_known=known), **unit_numbers(group, everyone, why_not)}
        ),
        {
            label: estimates(numbers)
            for label, numbers in unit_label_numbers(group, everyone, why_not).items()
        },
        {
            name: _pooled(
                statistics, (name,), tuple(p for p in statistics.pairs if name in p), layer
            )
            for name in statistics.annotators
        },
        tuple(
            _pair(statistics, pair, layer, _gold_numbers(statistics, pair, layer))
            for pair in statistics.gold_pairs
        ),
        accuracies(statistics, layer),
    )


def _pair_numbers(statistics: Statistics, pair: Pair, layer: Layer) -> Numbers:
    sums = statistics.spans[pair, layer]
    known = not sums.named("no_tokens")
    return {
        **span_numbers(sums),
        "token_f1": token_f1_number(sums, "" if known else NO_TOKENS),
        **pair_numbers(sums, tokens_known=known),
        **unit_numbers(sums, 2, _why_no_units(sums, 2)),
    }


def _gold_numbers(statistics: Statistics, pair: Pair, layer: Layer) -> Numbers:
    numbers = _pair_numbers(statistics, pair, layer)
    return {**numbers, **precision_and_recall(statistics.spans[pair, layer])}


def _pair(statistics: Statistics, pair: Pair, layer: Layer, numbers: Numbers) -> LayerComparison:
    sums = statistics.spans[pair, layer]
    return compared(pair, sums, numbers, unit_label_numbers(sums, 2, _why_no_units(sums, 2)))


def _pooled(
    statistics: Statistics, names: tuple[str, ...], pairs: tuple[Pair, ...], layer: Layer
) -> LayerComparison:
    pool = Pool([statistics.spans[pair, layer] for pair in pairs], 1 + statistics.draws)
    known = not pool.named("no_tokens")
    tokens = token_f1_number(pool, "" if known else NO_TOKENS)
    return compared(names, pool, {**span_numbers(pool), "token_f1": tokens})


def _means(found: list[Numbers]) -> dict[str, Estimate]:
    if not found:
        return {}
    by_name: dict[str, list[Measured]] = {
        name: [numbers[name] for numbers in found] for name in found[0]
    }
    return {name: mean_of(of_pairs).estimate() for name, of_pairs in by_name.items()}


def _why_no_units(sums: BootstrapCounts, annotators: int) -> str:
    """Why the u-alpha family does not apply, empty where it does."""
    if not len(sums):
        return NO_DOCUMENT
    names = sorted(str(name) for (name,) in sums.named("overlapping"))
    if names:
        return ONE_ANNOTATOR.format(names=", ".join(names))
    finished = {count for (count,) in sums.named("finished")}
    return NOT_ALL if finished - {annotators} else ""
