"""The matrices of the agreement: annotators with one another, labels, and each annotator."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.agreement.coefficients.estimate import Estimate
from annotator.agreement.report.comparison import LayerComparison
from annotator.agreement.tallies.statistics import GOLD
from annotator.tui.agreement.heat import Cell, Matrix, Tone
from annotator.tui.agreement.numbers import counted, told, value_text
from annotator.tui.agreement.query import EDGES, LABELS, SPANS, Query
from annotator.tui.agreement.report_view import (
    LAYER_NAMES,
    MEASURES,
    ReportView,
    everybody,
    pairwise,
)

NOTHING = "∅"
"""Only one of the two has a span there."""
_KINDS = {"relaxed_f1": LABELS, "unlabelled_f1": EDGES}
_DOT = Cell("·")
_NO_REPORT = "No document was finished by two annotators."


def pairs_matrix(shown: ReportView) -> Matrix:
    """Each annotator with each other one."""
    names = everybody(shown.report)
    found = {frozenset(pair): one for pair, one in pairwise(shown.agreement).items()}
    numbers = {pair: _number(one, shown) for pair, one in found.items()}
    values = [one.value for one in numbers.values() if one is not None and one.value is not None]
    low = min([0.4, *(int(value * 10) / 10 for value in values)])
    cells = tuple(
        tuple(
            _pair_cell(shown, found[pair], numbers[pair], low)
            if (pair := frozenset((a, b))) in found
            else _DOT
            for b in names
        )
        for a in names
    )
    title = f"{MEASURES[shown.measure]} of {LAYER_NAMES[shown.layer]}, annotator × annotator"
    return Matrix(
        _with_label(title[0].upper() + title[1:], shown),
        names,
        names,
        cells,
        is_lettered=True,
        low=low,
        has_scale=True,
        nothing=_NO_REPORT,
    )


def confusion_matrix(shown: ReportView) -> Matrix:
    """The label that one gave by the label that the other gave."""
    counts = shown.comparison().confusion
    if shown.label:
        counts = {cell: n for cell, n in counts.items() if shown.label in cell}
    labels = tuple(sorted({label for cell in counts for label in cell if label}))
    names = (*labels, "")
    totals = {a: sum(counts.get((a, b), 0) for b in names) for a in names}
    cells = tuple(
        tuple(_confused(shown, a, b, counts.get((a, b), 0), totals[a]) for b in names)
        for a in names
    )
    sides = shown.scope if len(shown.scope) == 2 else ("first of a pair", "second")
    title = f"Labels: {sides[0]} (rows) × {sides[1]} (columns), {NOTHING} only one marked it"
    headings = (*labels, NOTHING) if labels else ()
    return Matrix(
        _with_label(title, shown),
        headings,
        headings,
        cells if labels else (),
        labels=frozenset(labels),
        are_events=shown.layer == "triggers",
        nothing="Nobody marked anything here.",
    )


def annotators_matrix(shown: ReportView) -> Matrix:
    """How each annotator fares: with the others, with gold, with suggestions, and how fast."""
    names = shown.report.annotators
    columns = ("others", "gold", "accuracy", "accepted", "hand", "suggested", "sec/step")
    return Matrix(
        f"Each annotator, {LAYER_NAMES[shown.layer]}",
        names,
        columns,
        tuple(tuple(_annotator_cells(shown, name)) for name in names),
        has_scale=True,
        nothing=_NO_REPORT,
    )


def _number(one: LayerComparison, shown: ReportView) -> Estimate | None:
    if not shown.label:
        return one.numbers.get(shown.measure)
    of_label = one.labels.get(shown.label)
    return of_label.numbers.get(shown.measure) if of_label else None


def _pair_cell(
    shown: ReportView, one: LayerComparison, number: Estimate | None, low: float
) -> Cell:
    if number is None:
        return _DOT
    a, b = one.annotators
    words = f"{a} · {b}: {MEASURES[shown.measure]} {told(number, small=one.is_small)}"
    kinds = _KINDS.get(shown.measure, SPANS)
    sought = Query(f"{a} · {b}", ((a, b),), shown.layer, kinds, label=shown.label)
    text = value_text(number, small=one.is_small)
    if number.value is None:
        return Cell(text, Tone.NONE, 0.0, words, sought)
    return Cell(text, Tone.HEAT, (number.value - low) / (1 - low), words, sought)


def _confused(shown: ReportView, a: str, b: str, count: int, total: int) -> Cell:
    if not count:
        return _DOT
    share = count / max(total, 1)
    title = f"{a or NOTHING} × {b or NOTHING}, {shown.whose}"
    sought = Query(title, shown.pairs, shown.layer, SPANS, cell=(a, b))
    if a == b:
        words = f"{a} × {a}: {count:,} with one label, {share:.0%} of the row"
        return Cell(str(count), Tone.SAME, share, words, sought)
    words = f"{a or NOTHING} × {b or NOTHING}: {counted(count, 'spans')}, {share:.0%} of the row"
    return Cell(str(count), Tone.DIFFERS, share, words, sought)


def _annotator_cells(shown: ReportView, name: str) -> Iterator[Cell]:
    agreement = shown.agreement
    rest = agreement.one_versus_rest[name]
    gold = {one.annotators[1]: one for one in agreement.gold}.get(name)
    practice = next((one for one in shown.report.practice if one.annotator == name), None)
    pairs = ReportView(shown.report, scope=(name,)).pairs
    with_others = Query(f"{name} with the others", pairs, shown.layer, SPANS)
    yield _estimate_cell(f"{name} with the others", rest.numbers["span_f1"], with_others)
    if gold is None:
        yield _DOT
    else:
        sought = Query(f"{GOLD} · {name}", ((GOLD, name),), shown.layer, SPANS)
        yield _estimate_cell(f"{name} with gold", gold.numbers["span_f1"], sought)
    accuracy = agreement.accuracy.get(name)
    yield _estimate_cell(f"{name}, accuracy (experimental)", accuracy, with_others)
    accepted = practice.accepted[""] if practice else None
    yield _estimate_cell(f"{name}, suggestions accepted", accepted)
    yield _estimate_cell(f"F1 of what was added by hand, {name}", rest.numbers["hand_f1"])
    yield _estimate_cell(f"F1 of what was suggested, {name}", rest.numbers["suggested_f1"])
    yield _seconds(name, practice.seconds if practice else None)


def _estimate_cell(name: str, one: Estimate | None, sought: Query | None = None) -> Cell:
    if one is None:
        return _DOT
    words = f"{name}: {told(one)}"
    if one.value is None:
        return Cell(value_text(one), Tone.NONE, 0.0, words, sought)
    return Cell(value_text(one), Tone.HEAT, one.value, words, sought)


def _seconds(name: str, one: Estimate | None) -> Cell:
    if one is None or one.value is None:
        return Cell("—", told=f"{name}: {told(one)}" if one else "")
    return Cell(f"{one.value:.1f}", told=f"{name}: {one.value:.1f} seconds a step, n {one.n:,}")


def _with_label(title: str, shown: ReportView) -> str:
    return f"{title}, {shown.label}" if shown.label else title
