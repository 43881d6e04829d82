"""The report as rows, one a number: for a table of values, and to look numbers up by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.agreement.coefficients.estimate import Estimate
from annotator.agreement.report.comparison import LayerComparison
from annotator.agreement.report.events import EventComparison
from annotator.agreement.report.report import LayerAgreement, Report

COLUMNS = (
    "layer", "scope", "annotators", "label", "measure", "value", "low", "high", "documents", "n",
    "unit", "undefined", "no_interval",
)  # fmt: skip
Cells = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One number and what it is of."""

    layer: str
    """`entities`, `triggers`, `events` or `suggestions`."""
    scope: str
    """`pooled`, `pair`, `mean_of_pairs`, `everyone`, `one_versus_rest`, `gold` or `annotator`."""
    annotators: tuple[str, ...]
    label: str
    """A label, role or source; of an attribute `attribute:` and its name; empty: all."""
    measure: str
    estimate: Estimate

    def cells(self) -> Cells:
        """The row in the order of `COLUMNS`; empty where there is no value."""
        one = self.estimate
        low, high = one.interval or ("", "")
        value = "" if one.value is None else one.value
        return (
            self.layer, self.scope, "; ".join(self.annotators), self.label, self.measure, value,
            low, high, one.documents, one.n, one.unit, one.undefined, one.no_interval,
        )  # fmt: skip


def rows(report: Report) -> Iterator[ReportRow]:
    """Every number of a report, in a stable order."""
    for layer in report.layers.values():
        yield from _layer_rows(layer, report.annotators)
    events = report.events
    yield from _event_rows("pooled", events.pooled)
    for scope, found in (("pair", events.pairs), ("gold", events.gold)):
        for one in found:
            yield from _event_rows(scope, one)
    for one in report.practice:
        names = (one.annotator,)
        for source, share in one.accepted.items():
            yield ReportRow("suggestions", "annotator", names, source, "accepted", share)
        yield ReportRow("suggestions", "annotator", names, "", "seconds", one.seconds)


def _layer_rows(layer: LayerAgreement, annotators: tuple[str, ...]) -> Iterator[ReportRow]:
    name = layer.layer
    yield from _comparison_rows(name, "pooled", layer.pooled)
    yield from _rows(name, "mean_of_pairs", annotators, "", layer.mean)
    yield from _rows(name, "everyone", annotators, "", layer.everyone)
    for label, numbers in layer.labels.items():
        yield from _rows(name, "everyone", annotators, label, numbers)
    for scope, found in (("pair", layer.pairs), ("gold", layer.gold)):
        for one in found:
            yield from _comparison_rows(name, scope, one)
    for one in layer.one_versus_rest.values():
        yield from _comparison_rows(name, "one_versus_rest", one)
    for annotator, accuracy in layer.accuracy.items():
        yield ReportRow(name, "annotator", (annotator,), "", "accuracy", accuracy)


def _comparison_rows(layer: str, scope: str, one: LayerComparison) -> Iterator[ReportRow]:
    yield from _rows(layer, scope, one.annotators, "", one.numbers)
    for label, of_label in one.labels.items():
        yield from _rows(layer, scope, one.annotators, label, of_label.numbers)


def _event_rows(scope: str, one: EventComparison) -> Iterator[ReportRow]:
    yield from _rows("events", scope, one.annotators, "", one.numbers)
    for role, estimate in one.roles.items():
        yield ReportRow("events", scope, one.annotators, role, "role_classification_f1", estimate)
    for name, numbers in one.attributes.items():
        yield from _rows("events", scope, one.annotators, f"attribute:{name}", numbers)


def _rows(
    layer: str,
    scope: str,
    annotators: tuple[str, ...],
    label: str,
    numbers: Mapping[str, Estimate],
) -> Iterator[ReportRow]:
    for measure, estimate in numbers.items():
        yield ReportRow(layer, scope, annotators, label, measure, estimate)
