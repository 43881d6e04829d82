"""The matrices of the agreement: annotators with one another, labels, and each annotator."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.agreement.comparison import Comparison
from annotator.agreement.estimate import Estimate
from annotator.agreement.statistics import GOLD
from annotator.tui.agreement.heat import Cell, Matrix, Tone
from annotator.tui.agreement.look import LAYER_NAMES, MEASURES, Look, everybody, pairwise
from annotator.tui.agreement.numbers import counted, told, value_text
from annotator.tui.agreement.sought import EDGES, LABELS, SPANS, Sought

NOTHING = "∅"
"""Only one of the two has a span there."""
_KINDS = {"relaxed_f1": LABELS, "unlabelled_f1": EDGES}
_DOT = Cell("·")
_NO_REPORT = "No document was finished by two annotators."


def pairs_matrix(look: Look) -> Matrix:
    """Each annotator with each other one."""
    names = everybody(look.report)
    found = {frozenset(pair): one for pair, one in pairwise(look.agreement).items()}
    numbers = {pair: _number(one, look) for pair, one in found.items()}
    values = [one.value for one in numbers.values() if one is not None and one.value is not None]
    low = min([0.4, *(int(value * 10) / 10 for value in values)])
    cells = tuple(
        tuple(
            _pair_cell(look, found[pair], numbers[pair], low)
            if (pair := frozenset((a, b))) in found
            else _DOT
            for b in names
        )
        for a in names
    )
    title = f"{MEASURES[look.measure]} of {LAYER_NAMES[look.layer]}, annotator × annotator"
    return Matrix(
        _with_label(title[0].upper() + title[1:], look),
        names,
        names,
        cells,
        is_lettered=True,
        low=low,
        has_scale=True,
        nothing=_NO_REPORT,
    )


def confusion_matrix(look: Look) -> Matrix:
    """The label that one gave by the label that the other gave."""
    counts = look.comparison().confusion
    if look.label:
        counts = {cell: n for cell, n in counts.items() if look.label in cell}
    labels = tuple(sorted({label for cell in counts for label in cell if label}))
    names = (*labels, "")
    totals = {a: sum(counts.get((a, b), 0) for b in names) for a in names}
    cells = tuple(
        tuple(_confused(look, a, b, counts.get((a, b), 0), totals[a]) for b in names) for a in names
    )
    sides = look.scope if len(look.scope) == 2 else ("first of a pair", "second")
    title = f"Labels: {sides[0]} (rows) × {sides[1]} (columns), {NOTHING} only one marked it"
    shown = (*labels, NOTHING) if labels else ()
    return Matrix(
        _with_label(title, look),
        shown,
        shown,
        cells if labels else (),
        labels=frozenset(labels),
        are_events=look.layer == "triggers",
        nothing="Nobody marked anything here.",
    )


def annotators_matrix(look: Look) -> Matrix:
    """How each annotator fares: with the others, with gold, with suggestions, and how fast."""
    names = look.report.annotators
    columns = ("others", "gold", "accuracy", "accepted", "hand", "suggested", "sec/step")
    return Matrix(
        f"Each annotator, {LAYER_NAMES[look.layer]}",
        names,
        columns,
        tuple(tuple(_annotator_cells(look, name)) for name in names),
        has_scale=True,
        nothing=_NO_REPORT,
    )


def _number(one: Comparison, look: Look) -> Estimate | None:
    if not look.label:
        return one.numbers.get(look.measure)
    of_label = one.labels.get(look.label)
    return of_label.numbers.get(look.measure) if of_label else None


def _pair_cell(look: Look, one: Comparison, number: Estimate | None, low: float) -> Cell:
    if number is None:
        return _DOT
    a, b = one.annotators
    words = f"{a} · {b}: {MEASURES[look.measure]} {told(number, small=one.is_small)}"
    kinds = _KINDS.get(look.measure, SPANS)
    sought = Sought(f"{a} · {b}", ((a, b),), look.layer, kinds, label=look.label)
    text = value_text(number, small=one.is_small)
    if number.value is None:
        return Cell(text, Tone.NONE, 0.0, words, sought)
    return Cell(text, Tone.HEAT, (number.value - low) / (1 - low), words, sought)


def _confused(look: Look, a: str, b: str, count: int, total: int) -> Cell:
    if not count:
        return _DOT
    share = count / max(total, 1)
    title = f"{a or NOTHING} × {b or NOTHING}, {look.whose}"
    sought = Sought(title, look.pairs, look.layer, SPANS, cell=(a, b))
    if a == b:
        words = f"{a} × {a}: {count:,} with one label, {share:.0%} of the row"
        return Cell(str(count), Tone.SAME, share, words, sought)
    words = f"{a or NOTHING} × {b or NOTHING}: {counted(count, 'spans')}, {share:.0%} of the row"
    return Cell(str(count), Tone.DIFFERS, share, words, sought)


def _annotator_cells(look: Look, name: str) -> Iterator[Cell]:
    agreement = look.agreement
    rest = agreement.one_versus_rest[name]
    gold = {one.annotators[1]: one for one in agreement.gold}.get(name)
    practice = next((one for one in look.report.practice if one.annotator == name), None)
    pairs = Look(look.report, scope=(name,)).pairs
    with_others = Sought(f"{name} with the others", pairs, look.layer, SPANS)
    yield _estimate_cell(f"{name} with the others", rest.numbers["span_f1"], with_others)
    if gold is None:
        yield _DOT
    else:
        sought = Sought(f"{GOLD} · {name}", ((GOLD, name),), look.layer, SPANS)
        yield _estimate_cell(f"{name} with gold", gold.numbers["span_f1"], sought)
    accuracy = agreement.accuracy.get(name)
    yield _estimate_cell(f"{name}, accuracy (experimental)", accuracy, with_others)
    accepted = practice.accepted[""] if practice else None
    yield _estimate_cell(f"{name}, suggestions accepted", accepted)
    yield _estimate_cell(f"F1 of what was added by hand, {name}", rest.numbers["hand_f1"])
    yield _estimate_cell(f"F1 of what was suggested, {name}", rest.numbers["suggested_f1"])
    yield _seconds(name, practice.seconds if practice else None)


def _estimate_cell(name: str, one: Estimate | None, sought: Sought | None = None) -> Cell:
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


def _with_label(title: str, look: Look) -> str:
    return f"{title}, {look.label}" if look.label else title
