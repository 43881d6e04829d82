"""The part of the page on one layer: headline, labels, pairs, confusion and course."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from annotator.agreement.measures.names import LAYERS, measure_words
from annotator.agreement.page.bars import bars
from annotator.agreement.page.curve import curve
from annotator.agreement.page.figures import (
    UNDEFINED,
    behind,
    counted,
    interval,
    note,
    number,
    spoken,
    table,
    undefined,
    value,
)
from annotator.agreement.page.grid import Square, grid, scale
from annotator.agreement.page.markup import NOTHING, Markup, element, isolated, joined
from annotator.agreement.report.comparison import LayerComparison
from annotator.agreement.report.over_time import AgreementOverTime
from annotator.agreement.report.report import LayerAgreement

HEADLINE = ("span_f1", "relaxed_f1", "unlabelled_f1", "macro_f1")
EVERYONE = ("token_alpha", "u_alpha", "bar_u_alpha", "cu_alpha")
PAIR = ("span_f1", "relaxed_f1", "unlabelled_f1", "token_kappa")
SMALL = "too small to trust"
NO_SPAN = "(none)"
MOST_LABELS = 24
MOST_ANNOTATORS = 24


def layer_part(layer: LayerAgreement, course: AgreementOverTime) -> Markup:
    """The whole part, with a heading."""
    title = LAYERS[layer.layer]
    return element(
        "section",
        element("h2", title),
        _headline(layer),
        element("h3", "Labels"),
        _labels(layer.pooled, title),
        element("h3", "Pairs of annotators"),
        _pairs(layer.pairs, title),
        element("h3", "Which labels are confused"),
        _confusion(layer.pooled, title),
        element("h3", "Over time"),
        curve(course, title),
        id=layer.layer,
    )


def _headline(layer: LayerAgreement) -> Markup:
    pooled = layer.pooled
    strict = pooled.numbers["span_f1"]
    found = [(measure_words(key), pooled.numbers[key]) for key in HEADLINE]
    found += [(measure_words(key), layer.everyone[key]) for key in EVERYONE]
    small = element("strong", f" {SMALL[0].upper()}{SMALL[1:]}.") if pooled.is_small else NOTHING
    return joined(
        (
            element(
                "p",
                element("span", value(strict), class_="large"),
                " strict F1 ",
                element("span", "(95 % ", interval(strict), ")") if strict.interval else NOTHING,
                f" of {strict.n:,} spans in {counted(len(pooled.documents), 'document')}.",
                small,
                class_="headline",
            ),
            bars(f"{LAYERS[layer.layer]}: headline figures", "measure", found),
        )
    )


def _labels(pooled: LayerComparison, title: str) -> Markup:
    if not pooled.labels:
        return undefined(pooled.numbers["span_f1"].undefined)
    strict = {label: one.numbers["span_f1"] for label, one in pooled.labels.items()}
    ordered = sorted(strict, key=lambda label: (-(strict[label].value or 0), label))
    rows = [
        (
            label,
            value(pooled.labels[label].numbers["relaxed_f1"]),
            f"{pooled.labels[label].both:,}",
            f"{pooled.labels[label].only_a:,}",
            f"{pooled.labels[label].only_b:,}",
        )
        for label in ordered
    ]
    columns = ("label", "relaxed F1", "both", "only the first", "only the second")
    return joined(
        (
            bars(f"{title}: strict F1 by label", "label", [(one, strict[one]) for one in ordered]),
            behind("More on each label", table(f"{title}: spans by label", columns, rows)),
        )
    )


def _pairs(pairs: Sequence[LayerComparison], title: str) -> Markup:
    if not pairs:
        return undefined("there is no pair of annotators")
    columns = ("pair", "documents", "spans", "strict F1", "95 % interval", "relaxed", "unlabelled",
               "kappa of tokens", "note")  # fmt: skip
    rows = (
        (
            joined((isolated(pair.annotators[0]), " · ", isolated(pair.annotators[1]))),
            f"{len(pair.documents):,}",
            " · ".join(f"{n:,}" for n in pair.spans),
            value(pair.numbers["span_f1"]),
            interval(pair.numbers["span_f1"]),
            *(value(pair.numbers[name]) for name in PAIR[1:]),
            SMALL if pair.is_small else "",
        )
        for pair in pairs
    )
    return joined(
        (_heat_map(pairs, title), table(f"{title}: pairs of annotators", columns, rows, "pairs"))
    )


def _heat_map(pairs: Sequence[LayerComparison], title: str) -> Markup:
    """Strict F1 of each pair, on both sides of the diagonal."""
    names = tuple(dict.fromkeys(name for pair in pairs for name in pair.annotators))
    if len(names) > MOST_ANNOTATORS:
        return note(f"There is no heat map of more than {MOST_ANNOTATORS} annotators.")
    places = {name: place for place, name in enumerate(names)}
    squares = {(i, i): Square(None, "", name) for i, name in enumerate(names)}
    for pair in pairs:
        a, b = (places[name] for name in pair.annotators)
        strict = pair.numbers["span_f1"]
        text = UNDEFINED if strict.value is None else f"{strict.value:.3f}"
        told = f"{' · '.join(pair.annotators)}: {spoken(strict)}"
        squares[a, b] = squares[b, a] = Square(strict.value, text, told)
    label = f"{title}: strict F1 of each pair of annotators"
    return joined((grid(label, names, names, squares), scale("strict F1 0", "1")))


def _confusion(pooled: LayerComparison, title: str) -> Markup:
    """Aligned spans by both labels, tinted by the share of the row."""
    if not pooled.confusion:
        return undefined(pooled.numbers["span_f1"].undefined)
    names = _most_confused(pooled.confusion)
    kept = {pair: n for pair, n in pooled.confusion.items() if {*pair} <= {*names}}
    whole: Counter[str] = Counter()
    for (a, _), n in pooled.confusion.items():
        whole[a] += n
    places = {name: place for place, name in enumerate(names)}
    squares = {
        (places[a], places[b]): Square(
            n / whole[a], f"{n:,}", f"{a or NO_SPAN} · {b or NO_SPAN}: {n:,}", is_framed=a == b
        )
        for (a, b), n in kept.items()
    }
    shown = [name or NO_SPAN for name in names]
    label = f"{title}: label of the first annotator of a pair (row) and of the second (column)"
    everything = behind(
        "The numbers of the matrix",
        table(
            label,
            ("first", "second", "spans", "share of the row"),
            (
                (a or NO_SPAN, b or NO_SPAN, f"{n:,}", number(n / whole[a], 3))
                for (a, b), n in pooled.confusion.items()
            ),
        ),
    )
    left_out = len({name for pair in pooled.confusion for name in pair}) - len(names)
    return joined(
        (
            note(
                "Rows are the labels of the first annotator of a pair, columns those of the "
                f"second, all pairs added up; {NO_SPAN} where that annotator has no span there. "
                "Equal labels are framed.",
                f" {counted(left_out, 'label')} confused least are in the table only."
                if left_out
                else "",
            ),
            grid(label, shown, shown, squares),
            scale("share of the row 0", "1"),
            everything,
        )
    )


def _most_confused(confusion: Mapping[tuple[str, str], int]) -> list[str]:
    """The labels confused most, sorted, what stands for no span last."""
    found: Counter[str] = Counter()
    for (a, b), n in confusion.items():
        for name in (a, b):
            found[name] += n if a != b else 0
    ordered = sorted(found, key=lambda name: (name == "", -found[name], name))
    kept = [name for name in ordered if name][:MOST_LABELS]
    return sorted(kept) + [name for name in ordered if not name]
