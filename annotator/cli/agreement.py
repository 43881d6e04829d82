"""`annotator agreement`: how far annotators agree."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.agreement.f1 import Score
    from annotator.agreement.report import LayerAgreement, Report

UNDEFINED = "—"


class LayerName(StrEnum):
    """What is compared."""

    ENTITIES = "entities"
    EVENTS = "events"


def agreement(
    context: typer.Context,
    annotators: Annotated[
        str | None, typer.Option(help="Two or more names, with commas.", show_default="all")
    ] = None,
    layer: Annotated[
        LayerName | None, typer.Option(help="Only this layer.", show_default="both")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Every number, as JSON.")] = False,
    fail_under: Annotated[
        str | None,
        typer.Option(metavar="MEASURE=X", help="Exit 1 below: span_f1=0.8, kappa=0.6."),
    ] = None,
) -> None:
    """Show span F1 (strict, relaxed, unlabelled) and Cohen's kappa, with counts."""
    from annotator.cli.output import print_json
    from annotator.project import agreeing
    from annotator.project.project import Project

    threshold = _threshold(fail_under)
    names = [name.strip() for name in annotators.split(",")] if annotators else []
    with Project.open(context.obj) as project:
        report = agreeing.agreement(project, names)
    shown = {LayerName.ENTITIES: "entities", LayerName.EVENTS: "triggers"}
    wanted = [shown[layer]] if layer else list(shown.values())
    if as_json:
        value = report.as_json()
        value["layers"] = {name: value["layers"][name] for name in wanted}
        print_json(value)
    else:
        for name in wanted:
            _print_layer(name, _layer(report, name))
    if threshold is not None:
        _hold(report, *threshold)


def _layer(report: Report, name: str) -> LayerAgreement:
    return report.layers["entities" if name == "entities" else "triggers"]


def _print_layer(name: str, layer: LayerAgreement) -> None:
    from annotator.cli.output import print_table, say

    interval = layer.interval
    between = f" (95 % {interval[0]:.3f}-{interval[1]:.3f})" if interval else ""
    print(f"{'Entities' if name == 'entities' else 'Event triggers'}: "
          f"strict F1 {_number(layer.scores.strict.f1)}{between}, "
          f"relaxed {_number(layer.scores.relaxed.f1)}, "
          f"unlabelled {_number(layer.scores.unlabelled.f1)}")  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for pair in layer.pairs:
        scores = pair.scores
        rows.append((
            " · ".join(pair.annotators), len(pair.documents), *pair.spans,
            *_scored(scores.strict), *_scored(scores.relaxed), *_scored(scores.unlabelled),
            _number(pair.kappa.value), "too small to trust" if pair.is_small else "",
        ))  # fmt: skip
    columns = ("pair", "documents", "spans of 1st", "of 2nd", "strict", "relaxed", "unlabelled",
               "kappa", "")  # fmt: skip
    print_table(columns, rows, right=range(1, 8))
    if layer.labels:
        print()
        print_table(
            ("label", "strict F1", "both", "only 1st", "only 2nd"),
            [(label, _number(s.f1), s.both, s.only_a, s.only_b)
             for label, s in layer.labels.items()],
            right=range(1, 5),
        )  # fmt: skip
    print()
    for pair in layer.pairs:
        if pair.kappa.value is None and pair.kappa.undefined:
            say(f"kappa of {' · '.join(pair.annotators)} is undefined: {pair.kappa.undefined}")


def _scored(score: Score) -> tuple[str]:
    return (_number(score.f1),)


def _number(value: float | None) -> str:
    return UNDEFINED if value is None else f"{value:.3f}"


def _threshold(text: str | None) -> tuple[str, float] | None:
    if text is None:
        return None
    name, _, number = text.partition("=")
    try:
        least = float(number)
    except ValueError:
        least = -1.0
    if name not in ("span_f1", "relaxed_f1", "unlabelled_f1", "kappa") or not 0 <= least <= 1:
        raise UsageError(
            f"--fail-under {text} is not understood.",
            "Write span_f1=0.8; also relaxed_f1, unlabelled_f1 and kappa.",
        )
    return name, least


def _hold(report: Report, name: str, least: float) -> None:
    from annotator.cli.output import say

    layer = report.layers["entities"]
    scores = layer.scores
    if name == "kappa":
        values = [pair.kappa.value for pair in layer.pairs]
    else:
        by_name = {"span_f1": scores.strict, "relaxed_f1": scores.relaxed,
                   "unlabelled_f1": scores.unlabelled}  # fmt: skip
        values = [by_name[name].f1]
    for value in values:
        if value is None or value < least:
            say(f"{name} is {_number(value)}, below {least}.")
            raise typer.Exit(1)
