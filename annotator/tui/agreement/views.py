"""The views of the agreement: which numbers there are, and what stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from annotator.agreement.comparison import Comparison
from annotator.agreement.differences import Kind
from annotator.agreement.estimate import Estimate
from annotator.agreement.work import LAYERS, Layer
from annotator.tui.agreement.charts import Bar, Chart
from annotator.tui.agreement.heat import Matrix
from annotator.tui.agreement.look import LAYER_NAMES, Look
from annotator.tui.agreement.matrices import annotators_matrix, confusion_matrix, pairs_matrix
from annotator.tui.agreement.sought import (
    ARGUMENTS,
    ATTRIBUTES,
    EDGES,
    LABELS,
    ROLES,
    SPANS,
    Sought,
)

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


def content(view: View, look: Look) -> Chart | Matrix:
    """What a view shows of what is looked at."""
    return _CONTENTS[view](look)


def overview(look: Look) -> Chart:
    """The numbers that tell the most, of all layers."""
    bars: list[Bar] = []
    for layer in LAYERS:
        found = [*(_label_bars(look, layer) if look.label else _layer_bars(look, layer))]
        bars += [Bar(LAYER_NAMES[layer].capitalize()), *found] if found else []
    if not look.label:
        bars.append(Bar("Events"))
        bars += [bar for name, bar in _event_bars(look) if name in _HEADLINE]
    title = f"Overview, {look.whose}"
    title = f"{title}, {look.label}" if look.label else title
    return Chart(title, tuple(bars), "Nobody marked anything here.")


def labels_chart(look: Look) -> Chart:
    """Every label, those on which they agree most first."""
    comparison = look.comparison()
    measure = "relaxed_f1" if look.measure == "relaxed_f1" else "span_f1"
    name = "relaxed" if measure == "relaxed_f1" else "strict"
    kinds = LABELS if measure == "relaxed_f1" else SPANS
    numbers = {
        label: one.numbers[measure]
        for label, one in comparison.labels.items()
        if look.label in ("", label)
    }
    order = sorted(numbers, key=lambda label: (-(numbers[label].value or 0.0), label))
    is_event = look.layer == "triggers"
    bars = tuple(
        Bar(
            label,
            numbers[label],
            Sought(f"{label}, {look.whose}", look.pairs, look.layer, kinds, label=label),
            label,
            is_event,
            comparison.is_small,
        )
        for label in order
    )
    title = f"{name} F1 by label of {LAYER_NAMES[look.layer]}, {look.whose}"
    return Chart(title[0].upper() + title[1:], bars, "Nobody marked anything here.")


def events_chart(look: Look) -> Chart:
    """Triggers, arguments, roles and attributes."""
    bars = [bar for _, bar in _event_bars(look)]
    events = look.events
    if events.roles:
        bars.append(Bar("Argument and role, by role"))
        bars += [
            Bar(role, one, _sought(look, role, ROLES, role=role), small=_small(look))
            for role, one in events.roles.items()
        ]
    for name, numbers in events.attributes.items():
        bars.append(Bar(f"Attribute {name}"))
        bars += [
            Bar(word, numbers[measure], _sought(look, name, ATTRIBUTES, attribute=name))
            for measure, word in (("kappa", "kappa"), ("observed", "same value"))
        ]
    whose = look.whose if look.events is not look.report.events.pooled else "all annotators"
    return Chart(f"Events, {whose}: {events.matched:,} with the same trigger and type", tuple(bars))


_CONTENTS: Mapping[View, Callable[[Look], Chart | Matrix]] = {
    View.OVERVIEW: overview,
    View.LABELS: labels_chart,
    View.PAIRS: pairs_matrix,
    View.CONFUSION: confusion_matrix,
    View.EVENTS: events_chart,
    View.ANNOTATORS: annotators_matrix,
}


def _layer_bars(look: Look, layer: Layer) -> Iterator[Bar]:
    comparison = look.comparison(layer)
    chance = look.chance_corrected(layer)
    found = [(name, comparison.numbers[key], kinds) for key, name, kinds in SPAN_NUMBERS]
    found += [(name, chance[key], kinds) for key, name, kinds in CHANCE_NUMBERS if key in chance]
    for name, one, kinds in found:
        yield _bar(look, layer, name, one, kinds, comparison)


def _label_bars(look: Look, layer: Layer) -> Iterator[Bar]:
    comparison = look.comparison(layer)
    of_label = comparison.labels.get(look.label)
    numbers: Mapping[str, Estimate] = of_label.numbers if of_label else {}
    if not look.scope:
        numbers = {**numbers, **look.report.layers[layer].labels.get(look.label, {})}
    names = (
        ("span_f1", "strict F1", SPANS),
        ("relaxed_f1", "relaxed F1", LABELS),
        ("ku_alpha", "(k)u-alpha", SPANS),
        ("ku_coverage", "its coverage", SPANS),
    )
    for key, name, kinds in names:
        if key in numbers:
            yield _bar(look, layer, name, numbers[key], kinds, comparison)


def _bar(
    look: Look,
    layer: Layer,
    name: str,
    one: Estimate,
    kinds: frozenset[Kind],
    comparison: Comparison,
) -> Bar:
    title = f"{name} of {LAYER_NAMES[layer]}, {look.whose}"
    sought = Sought(title, look.pairs, layer, kinds, label=look.label)
    return Bar(name, one, sought, small=comparison.is_small)


def _event_bars(look: Look) -> Iterator[tuple[str, Bar]]:
    numbers = look.events.numbers
    for key, name, kinds in EVENT_NUMBERS:
        yield key, Bar(name, numbers[key], _sought(look, name, kinds), small=_small(look))


def _sought(
    look: Look, title: str, kinds: frozenset[Kind], role: str = "", attribute: str = ""
) -> Sought:
    is_pair = look.events is not look.report.events.pooled
    pairs = look.pairs if is_pair else Look(look.report).pairs
    return Sought(
        f"{title} of events", pairs, "triggers", kinds, look.label, role=role, attribute=attribute
    )


def _small(look: Look) -> bool:
    return look.comparison("triggers").is_small
