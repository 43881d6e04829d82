"""The agreement report as tables in the terminal, the most telling numbers first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from annotator.agreement.report.comparison import FEWEST_DOCUMENTS, FEWEST_SPANS
from annotator.cli.output import counted, print_table, say

if TYPE_CHECKING:
    from annotator.agreement.coefficients.estimate import Estimate
    from annotator.agreement.report.comparison import LayerComparison
    from annotator.agreement.report.events import EventAgreement
    from annotator.agreement.report.report import LayerAgreement, Report
    from annotator.agreement.report.suggestion_use import SuggestionUse

UNDEFINED = "—"
SMALL = "too small to trust"
HEADLINE = (
    ("span_f1", "strict F1"),
    ("relaxed_f1", "relaxed F1"),
    ("unlabelled_f1", "unlabelled F1"),
    ("macro_f1", "macro F1 over labels"),
)
EVERYONE = (
    ("token_alpha", "alpha of tokens"),
    ("bar_u_alpha", "|u-alpha (where)"),
    ("cu_alpha", "cu-alpha (which label)"),
)
PAIR = ("relaxed_f1", "unlabelled_f1", "token_kappa")
EVENTS = (
    ("trigger_identification_f1", "trigger"),
    ("trigger_classification_f1", "trigger and type"),
    ("argument_identification_f1", "argument"),
    ("role_classification_f1", "argument, role"),
    ("role_classification_overlap_f1", "… where fillers overlap"),
    ("given_trigger_argument_identification_f1", "same trigger: argument"),
    ("given_trigger_role_classification_f1", "same trigger: argument, role"),
    ("given_trigger_role_classification_overlap_f1", "… where fillers overlap"),
)
NUMBER_COLUMNS = ("", "value", "95 %", "documents", "n")


def print_report(report: Report, wanted: Iterable[str]) -> None:
    """Print the layers that are wanted, events, and how annotators work."""
    reasons: dict[str, None] = {}
    kept = tuple(wanted)
    for name, layer in report.layers.items():
        if name in kept:
            _print_layer(layer, report, reasons)
    if "events" in kept:
        _print_events(report.events, reasons)
    _print_annotators(report, kept[0], reasons)
    for reason in reasons:
        say(f"{UNDEFINED} {reason}")


def _print_layer(layer: LayerAgreement, report: Report, reasons: dict[str, None]) -> None:
    pooled = layer.pooled
    title = "Entities" if layer.layer == "entities" else "Event triggers"
    strict = pooled.numbers["span_f1"]
    print(
        f"{title}: strict F1 {_number(strict, reasons)}{_between(strict)}, "
        f"{counted(len(report.annotators), 'annotator')}, "
        f"{counted(len(pooled.documents), 'document')}"
    )
    found = [(name, pooled.numbers[key]) for key, name in HEADLINE]
    found += [(name, layer.everyone[key]) for key, name in EVERYONE]
    _print_numbers(found, reasons)
    if pooled.labels:
        print()
        _print_labels(pooled, reasons)
    if len(layer.pairs):
        print()
        _print_pairs(layer.pairs, reasons)
    print()


def _print_labels(pooled: LayerComparison, reasons: dict[str, None]) -> None:
    rows: list[tuple[Any, ...]] = []
    for label, one in pooled.labels.items():
        strict, relaxed = one.numbers["span_f1"], one.numbers["relaxed_f1"]
        rows.append((
            label, _number(strict, reasons), _interval(strict), _number(relaxed, reasons),
            strict.documents, one.both, one.only_a, one.only_b,
        ))  # fmt: skip
    columns = ("label", "strict", "95 %", "relaxed", "docs", "both", "only a", "only b")
    print_table(columns, rows, right=(1, 3, 4, 5, 6, 7))


def _print_pairs(pairs: Sequence[LayerComparison], reasons: dict[str, None]) -> None:
    rows: list[tuple[Any, ...]] = []
    for pair in pairs:
        strict = pair.numbers["span_f1"]
        rows.append((
            " · ".join(pair.annotators) + ("*" if pair.is_small else ""), len(pair.documents),
            "/".join(map(str, pair.spans)), _number(strict, reasons), _interval(strict),
            *(_number(pair.numbers[name], reasons) for name in PAIR),
        ))  # fmt: skip
    columns = ("pair", "docs", "spans", "strict", "95 %", "relaxed", "unlab.", "kappa")
    print_table(columns, rows, right=(1, 2, 3, 5, 6, 7))
    if any(pair.is_small for pair in pairs):
        print(
            f"* {SMALL}: below {FEWEST_DOCUMENTS} documents, or neither marked {FEWEST_SPANS} spans"
        )


def _print_events(events: EventAgreement, reasons: dict[str, None]) -> None:
    pooled = events.pooled
    print(f"Events: {counted(pooled.matched, 'pair')} with the same trigger and type")
    _print_numbers([(name, pooled.numbers[key]) for key, name in EVENTS], reasons)
    if pooled.roles:
        print()
        _print_numbers(list(pooled.roles.items()), reasons, first="role")
    if pooled.attributes:
        print()
        _print_numbers(
            [
                (f"{name}: {measure}", one)
                for name, numbers in pooled.attributes.items()
                for measure, one in numbers.items()
            ],
            reasons,
            first="attribute",
        )
    print()


def _print_annotators(report: Report, layer: str, reasons: dict[str, None]) -> None:
    found = report.layers["entities" if layer == "entities" else "triggers"]
    gold = {one.annotators[1]: one for one in found.gold}
    practice = {one.annotator: one for one in report.practice}
    if not report.annotators:
        return
    rows = [
        (
            name,
            _number(found.one_versus_rest[name].numbers["span_f1"], reasons),
            _number(gold[name].numbers["span_f1"], reasons) if name in gold else "",
            _number(found.accuracy[name], reasons),
            *_practised(practice.get(name), reasons),
        )
        for name in report.annotators
    ]
    columns = ("annotator", "with others", "with gold", "accuracy (exp.)", "accepted", "s a step")
    print_table(columns, rows, right=range(1, 6))


def _practised(practice: SuggestionUse | None, reasons: dict[str, None]) -> tuple[str, str]:
    if practice is None:
        return "", ""
    seconds = practice.seconds.value
    return (
        _number(practice.accepted[""], reasons),
        UNDEFINED if seconds is None else f"{seconds:.1f}",
    )


def _print_numbers(
    found: Sequence[tuple[str, Estimate]], reasons: dict[str, None], *, first: str = ""
) -> None:
    rows = [
        (name, _number(one, reasons, name), _interval(one), one.documents,
         f"{one.n:,} {one.unit}")
        for name, one in found
    ]  # fmt: skip
    print_table((first, *NUMBER_COLUMNS[1:]), rows, right=(1, 3, 4))


def _number(one: Estimate, reasons: dict[str, None], name: str = "") -> str:
    """The value; why there is none goes to `reasons`, with what it is that has none."""
    if one.value is None:
        reasons[f"{name}: {one.undefined}" if name else one.undefined] = None
        return UNDEFINED
    return f"{one.value:.3f}"


def _interval(one: Estimate) -> str:
    return f"{one.interval[0]:.3f}-{one.interval[1]:.3f}" if one.interval else UNDEFINED


def _between(one: Estimate) -> str:
    return f" (95 % {_interval(one)})" if one.interval else ""
