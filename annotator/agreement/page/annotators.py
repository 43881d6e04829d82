"""The parts of the page on single annotators: competence, and how suggestions are used."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.agreement.measures.names import LAYERS, measure_words
from annotator.agreement.measures.spans import ORIGINS
from annotator.agreement.page.bars import Bar, bars
from annotator.agreement.page.figures import interval, note, rests_on, table, undefined, value
from annotator.agreement.page.markup import Markup, element, joined
from annotator.agreement.report.comparison import LayerComparison
from annotator.agreement.report.report import LayerAgreement, Report
from annotator.agreement.report.suggestion_use import ALL_SOURCES, PAUSE, SuggestionUse

NO_GOLD = "nothing was adjudicated, so there is no gold to compare with"
NO_PRACTICE = "how suggestions were decided on is known of a project only"


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
    others: list[Bar] = [
        (name, one.numbers["span_f1"]) for name, one in layer.one_versus_rest.items()
    ]
    return joined(
        (
            bars(f"{title}: strict F1 of each annotator with the others", "annotator", others),
            _gold(layer.gold, title) if layer.gold else undefined(f"{title}: {NO_GOLD}"),
            bars(
                f"{title}: accuracy by the model of Dawid and Skene",
                "annotator",
                list(layer.accuracy.items()),
            ),
        )
    )


def _gold(gold: Sequence[LayerComparison], title: str) -> Markup:
    """F1, and what it is made of, with gold as the reference."""
    found: list[Bar] = [
        (f"{one.annotators[1]}: {measure_words(measure)}", one.numbers[measure])
        for one in gold
        for measure in ("span_f1", "precision", "recall")
    ]
    return bars(f"{title}: each annotator with gold", "annotator", found)


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
        _practices(report.practice) if report.practice else undefined(NO_PRACTICE),
        id="suggestions",
    )


def _practices(practice: Sequence[SuggestionUse]) -> Markup:
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
            value(one.seconds, 2),
            rests_on(one.seconds) if one.seconds.value is not None else interval(one.seconds),
        )
        for one in practice
    )
    return joined(
        (
            bars("Share of suggestions accepted without a change", "annotator", accepted),
            table(f"Median time from step to step, at most {PAUSE:g} seconds", columns, rows),
        )
    )
