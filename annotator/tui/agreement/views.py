"""The views of the agreement: which numbers there are, and what stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from annotator.agreement.coefficients.estimate import Estimate
from annotator.agreement.differences import Kind
from annotator.agreement.document_annotations import LAYERS, Layer
from annotator.agreement.report.comparison import LayerComparison
from annotator.tui.agreement.charts import Bar, Chart
from annotator.tui.agreement.heat import Matrix
from annotator.tui.agreement.matrices import annotators_matrix, confusion_matrix, pairs_matrix
from annotator.tui.agreement.query import ARGUMENTS, ATTRIBUTES, EDGES, LABELS, ROLES, SPANS, Query
from annotator.tui.agreement.report_view import LAYER_NAMES, ReportView

SPAN_NUMBERS: tuple[tuple[str, str, frozenset[Kind]], ...] = (
    ("span_f1", "strict F1", SPANS),
    ("relaxed_f1", "relaxed F1", LABELS),
    ("unlabelled_f1", "unlabelled F1", EDGES),
    ("macro_f1", "macro F1 by label", SPANS),
)
CHANCE_NUMBERS: tuple[tuple[str, str, frozenset[Kind]], ...] = (
    ("token_kappa", "kappa of tokens", SPANS),
    ("token_alpha", "alpha of tokens", SPANS),
    ("bar_u_alpha", "|u-alpha (where)", EDGES),
    ("cu_alpha", "cu-alpha (label)", SPANS - {"boundary"}),
)
EVENT_NUMBERS: tuple[tuple[str, str, frozenset[Kind]], ...] = (
    ("trigger_identification_f1", "trigger", EDGES),
    ("trigger_classification_f1", "trigger and type", SPANS),
    ("argument_identification_f1", "argument", ARGUMENTS),
    ("role_classification_f1", "argument and role", ARGUMENTS),
    ("role_classification_overlap_f1", "… fillers overlap", ARGUMENTS),
    ("given_trigger_argument_identification_f1", "argument, same trigger", ROLES),
    ("given_trigger_role_classification_f1", "… and role", ROLES),
    ("given_trigger_role_classification_overlap_f1", "… fillers overlap", ROLES),
)
_HEADLINE = ("argument_identification_f1", "role_classification_f1")


class View(StrEnum):
    """What of the agreement is shown."""

    OVERVIEW = "overview"
    LABELS = "labels"
    PAIRS = "pairs"
    CONFUSION = "confusion"
    EVENTS = "events"
    ANNOTATORS = "annotators"


def content(view: View, shown: ReportView) -> Chart | Matrix:
    """What a view shows of what is looked at."""
    return _CONTENTS[view](shown)


def overview(shown: ReportView) -> Chart:
    """The numbers that tell the most, of all layers."""
    bars: list[Bar] = []
    for layer in LAYERS:
        found = [*(_label_bars(shown, layer) if shown.label else _layer_bars(shown, layer))]
        bars += [Bar(LAYER_NAMES[layer].capitalize()), *found] if found else []
    if not shown.label:
        bars.append(Bar("Events"))
        bars += [bar for name, bar in _event_bars(shown) if name in _HEADLINE]
    title = f"Overview, {shown.whose}"
    title = f"{title}, {shown.label}" if shown.label else title
    return Chart(title, tuple(bars), "Nobody marked anything here.")


def labels_chart(shown: ReportView) -> Chart:
    """Every label, those on which they agree most first."""
    comparison = shown.comparison()
    measure = "relaxed_f1" if shown.measure == "relaxed_f1" else "span_f1"
    name = "relaxed" if measure == "relaxed_f1" else "strict"
    kinds = LABELS if measure == "relaxed_f1" else SPANS
    numbers = {
        label: one.numbers[measure]
        for label, one in comparison.labels.items()
        if shown.label in ("", label)
    }
    order = sorted(numbers, key=lambda label: (-(numbers[label].value or 0.0), label))
    is_event = shown.layer == "triggers"
    bars = tuple(
        Bar(
            label,
            numbers[label],
            Query(f"{label}, {shown.whose}", shown.pairs, shown.layer, kinds, label=label),
            label,
            is_event,
            comparison.is_small,
        )
        for label in order
    )
    title = f"{name} F1 by label of {LAYER_NAMES[shown.layer]}, {shown.whose}"
    return Chart(title[0].upper() + title[1:], bars, "Nobody marked anything here.")


def events_chart(shown: ReportView) -> Chart:
    """Triggers, arguments, roles and attributes."""
    bars = [bar for _, bar in _event_bars(shown)]
    events = shown.events
    if events.roles:
        bars.append(Bar("Argument and role, by role"))
        bars += [
            Bar(role, one, _sought(shown, role, ROLES, role=role), small=_small(shown))
            for role, one in events.roles.items()
        ]
    for name, numbers in events.attributes.items():
        bars.append(Bar(f"Attribute {name}"))
        bars += [
            Bar(word, numbers[measure], _sought(shown, name, ATTRIBUTES, attribute=name))
            for measure, word in (("kappa", "kappa"), ("observed", "same value"))
        ]
    whose = shown.whose if shown.events is not shown.report.events.pooled else "all annotators"
    return Chart(f"Events, {whose}: {events.matched:,} with the same trigger and type", tuple(bars))


_CONTENTS: Mapping[View, Callable[[ReportView], Chart | Matrix]] = {
    View.OVERVIEW: overview,
    View.LABELS: labels_chart,
    View.PAIRS: pairs_matrix,
    View.CONFUSION: confusion_matrix,
    View.EVENTS: events_chart,
    View.ANNOTATORS: annotators_matrix,
}


def _layer_bars(shown: ReportView, layer: Layer) -> Iterator[Bar]:
    comparison = shown.comparison(layer)
    chance = shown.chance_corrected(layer)
    found = [(name, comparison.numbers[key], kinds) for key, name, kinds in SPAN_NUMBERS]
    found += [(name, chance[key], kinds) for key, name, kinds in CHANCE_NUMBERS if key in chance]
    for name, one, kinds in found:
        yield _bar(shown, layer, name, one, kinds, comparison)


def _label_bars(shown: ReportView, layer: Layer) -> Iterator[Bar]:
    comparison = shown.comparison(layer)
    of_label = comparison.labels.get(shown.label)
    numbers: Mapping[str, Estimate] = of_label.numbers if of_label else {}
    if not shown.scope:
        numbers = {**numbers, **shown.report.layers[layer].labels.get(shown.label, {})}
    names = (
        ("span_f1", "strict F1", SPANS),
        ("relaxed_f1", "relaxed F1", LABELS),
        ("ku_alpha", "(k)u-alpha", SPANS),
        ("ku_coverage", "its coverage", SPANS),
    )
    for key, name, kinds in names:
        if key in numbers:
            yield _bar(shown, layer, name, numbers[key], kinds, comparison)


def _bar(
    shown: ReportView,
    layer: Layer,
    name: str,
    one: Estimate,
    kinds: frozenset[Kind],
    comparison: LayerComparison,
) -> Bar:
    title = f"{name} of {LAYER_NAMES[layer]}, {shown.whose}"
    sought = Query(title, shown.pairs, layer, kinds, label=shown.label)
    return Bar(name, one, sought, small=comparison.is_small)


def _event_bars(shown: ReportView) -> Iterator[tuple[str, Bar]]:
    numbers = shown.events.numbers
    for key, name, kinds in EVENT_NUMBERS:
        yield key, Bar(name, numbers[key], _sought(shown, name, kinds), small=_small(shown))


def _sought(
    shown: ReportView, title: str, kinds: frozenset[Kind], role: str = "", attribute: str = ""
) -> Query:
    is_pair = shown.events is not shown.report.events.pooled
    pairs = shown.pairs if is_pair else ReportView(shown.report).pairs
    return Query(
        f"{title} of events", pairs, "triggers", kinds, shown.label, role=role, attribute=attribute
    )


def _small(shown: ReportView) -> bool:
    return shown.comparison("triggers").is_small
