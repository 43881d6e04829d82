"""The parts of the page on single annotators: competence, and how suggestions are used."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.agreement.naming import LAYERS, measure_words
from annotator.agreement.page.bars import Bar, bars
from annotator.agreement.page.figures import UNDEFINED, interval, note, rests_on, table, value
from annotator.agreement.page.markup import NOTHING, Content, Markup, element, joined
from annotator.agreement.report import LayerAgreement, Report
from annotator.agreement.span_measures import ORIGINS
from annotator.agreement.stamping import ALL_SOURCES, PAUSE, Practice

NO_GOLD = "nothing was adjudicated, so there is no gold to compare with"


def competence_part(layers: Sequence[LayerAgreement]) -> Markup:
    """Each annotator with the others, with gold, and by the model of Dawid and Skene."""
    return element(
        "section",
        element("h2", "Competence"),
        note(
            "F1 with the others counts every pair the annotator is in. Accuracy is the model's "
            "guess of how often the annotator says what is true of a marked token; it is "
            "experimental. Agreement with people who err alike looks like competence."
        ),
        *(_competence(layer) for layer in layers),
        id="competence",
    )


def _competence(layer: LayerAgreement) -> Markup:
    title = LAYERS[layer.layer]
    gold = {one.annotators[1]: one for one in layer.gold}
    others: list[Bar] = [
        (name, one.numbers["span_f1"]) for name, one in layer.one_versus_rest.items()
    ]
    columns = ("annotator", "F1 with gold", "95 % interval", "precision", "recall", "accuracy", "")
    rows: list[Sequence[Content]] = []
    for name, accuracy in layer.accuracy.items():
        cells: list[Content] = ["", element("span", NO_GOLD, class_="reason"), "", ""]
        if name in gold:
            numbers = gold[name].numbers
            cells = [value(numbers["span_f1"]), interval(numbers["span_f1"])]
            cells += [value(numbers[one]) for one in ("precision", "recall")]
        else:
            cells[0] = cells[2] = cells[3] = UNDEFINED
        model = rests_on(accuracy) if accuracy.value is not None else interval(accuracy)
        rows.append((name, *cells, value(accuracy), model))
    return joined(
        (
            bars(f"{title}: strict F1 of each annotator with the others", "annotator", others),
            table(f"{title}: gold and the model", columns, rows),
        )
    )


def suggestions_part(report: Report, layers: Sequence[LayerAgreement]) -> Markup:
    """Agreement by origin, and what was accepted, by annotator and source."""
    origins: list[Bar] = [
        (
            f"{LAYERS[layer.layer]}: {measure_words(f'{origin}_f1')}",
            layer.pooled.numbers[f"{origin}_f1"],
        )
        for layer in layers
        for origin in ORIGINS
    ]
    return element(
        "section",
        element("h2", "Suggestions and rubber-stamping"),
        note(
            "Annotators who accept what is suggested without reading it agree for that reason. "
            "Look with care where spans that were suggested agree far better than those added by "
            "hand, nearly everything is accepted, and steps take next to no time."
        ),
        bars("Share of spans that the other annotator has too", "origin", origins),
        _practices(report.practice) if report.practice else note(
            element("span", UNDEFINED, class_="undefined"),
            " how suggestions were decided on is known of a project only",
        ),
        id="suggestions",
    )  # fmt: skip


def _practices(practice: Sequence[Practice]) -> Markup:
    accepted: list[Bar] = [
        (f"{one.annotator}: {source or 'all sources'}", share)
        for one in practice
        for source, share in one.accepted.items()
        if source == ALL_SOURCES or len(one.accepted) > 2
    ]
    columns = ("annotator", "seconds", "of")
    rows = (
        (
            one.annotator,
            value(one.seconds, 1),
            rests_on(one.seconds) if one.seconds.value is not None else interval(one.seconds),
        )
        for one in practice
    )
    return joined(
        (
            bars("Share of suggestions accepted without a change", "annotator", accepted),
            table(f"Median time from step to step, at most {PAUSE:g} seconds", columns, rows)
            if practice
            else NOTHING,
        )
    )
