"""Span F1 and what goes with it, from the sums of `span_tally`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from annotator.agreement.coefficients.estimate import Measured, mean, ratio
from annotator.agreement.coefficients.muc import MucCounts
from annotator.agreement.tallies.bootstrap_counts import BootstrapCounts, Key, Pool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Source = BootstrapCounts | Pool
Numbers = dict[str, Measured]
"""What was measured, by the name of the measure."""

NO_DOCUMENT = "no document was finished by two annotators"
NOTHING_MARKED = "nobody marked anything"
NO_TAG = "nobody marked a token"
ORIGINS = ("suggested", "hand")


def labels_of(source: Source) -> tuple[str, ...]:
    """The labels that somebody used, sorted."""
    found = {label for side in ("a", "b") for (label,) in source.named(side)}
    return tuple(sorted(cast("set[str]", found)))


def added(source: Source, keys: Sequence[Key]) -> Array:
    """The sums of several keys added up."""
    total = source[("nothing",)]
    for key in keys:
        total = total + source[key]
    return total


def span_numbers(source: Source) -> Numbers:
    """F1 of all spans: strict, relaxed, unlabelled, the mean over labels, MUC's; and of tokens.

    F1 is 2 both / (n(a) + n(b)) throughout (Hripcsak and Rothschild 2005), both by one-to-one
    matching; that of MUC counts a partial match as half of one (SemEval-2013 task 9.1).
    `suggested` and `hand` are the share of the spans of that origin that the other annotator has
    too; over both origins together it is strict F1. Undefined where nobody marked anything, those
    by origin where no span has it.
    """
    labels = labels_of(source)
    spans = added(source, [(side, label) for side in "ab" for label in labels])
    keys = [(side, label) for side in "ab" for label in labels]
    documents = source.documents(keys)
    nothing = NOTHING_MARKED if len(source) else NO_DOCUMENT
    strict = added(source, [("strict", label) for label in labels])
    relaxed = added(source, [("relaxed", label) for label in labels])
    correct, partial = pairs(source, same_ranges=True), pairs(source, same_ranges=False)
    by_label = [_of_label(source, "strict", label) for label in labels]
    values = {
        "span_f1": ratio(2 * strict, spans),
        "relaxed_f1": ratio(2 * relaxed, spans),
        "unlabelled_f1": ratio(2 * source[("unlabelled",)], spans),
        "macro_f1": mean(by_label, len(spans)),
        "muc_f1": ratio(2 * correct + partial, spans),
    }
    numbers = {
        name: Measured(value, documents, spans[0], "spans", nothing)
        for name, value in values.items()
    }
    for origin in ORIGINS:
        whole = source[("origin", origin)]
        of_origin = source.documents([("origin", origin)])
        reason = f"no span is of that origin ({origin})" if len(source) else NO_DOCUMENT
        share = ratio(source[("origin_both", origin)], whole)
        numbers[f"{origin}_f1"] = Measured(share, of_origin, whole[0], "spans", reason)
    return numbers


def label_numbers(source: Source, label: str) -> Numbers:
    """Strict and relaxed F1 of one label, 2 both / (n(a) + n(b)).

    Undefined where nobody used it.
    """
    keys = [("a", label), ("b", label)]
    spans = added(source, keys)
    documents = source.documents(keys)
    return {
        f"{name}_f1": Measured(
            _of_label(source, kind, label), documents, spans[0], "spans", NOTHING_MARKED
        )
        for name, kind in (("span", "strict"), ("relaxed", "relaxed"))
    }


def token_f1_number(source: Source, undefined: str) -> Measured:
    """F1 of pairs of a token and one of its labels; `undefined` is why it cannot be reckoned.

    Undefined too where nobody marked a token.
    """
    keys = [("tag", "a"), ("tag", "b")]
    tags = added(source, keys)
    value = ratio(2 * source[("tag", "both")], tags)
    documents = source.documents(keys)
    if undefined:
        return Measured(None, documents, tags[0], "labelled tokens", undefined)
    return Measured(value, documents, tags[0], "labelled tokens", NO_TAG)


def pairs(source: Source, *, same_ranges: bool) -> Array:
    """Aligned pairs of spans whose ranges are the same, or are not."""
    return source[("pair", same_ranges, True)] + source[("pair", same_ranges, False)]


def muc_table(source: Source) -> dict[str, MucCounts]:
    """The counts of MUC by scheme, the first annotator as the reference."""
    cells = {
        (ranges, label): int(source[("pair", ranges, label)][0])
        for ranges in (True, False)
        for label in (True, False)
    }
    paired = sum(cells.values())
    sides = [int(added(source, [(side, label) for label in labels_of(source)])[0]) for side in "ab"]
    missing, spurious = (n - paired for n in sides)
    same_ranges = cells[True, True] + cells[True, False]
    same_label = cells[True, True] + cells[False, True]
    strict = cells[True, True]
    return {
        "strict": MucCounts(strict, paired - strict, 0, missing, spurious),
        "exact": MucCounts(same_ranges, paired - same_ranges, 0, missing, spurious),
        "partial": MucCounts(same_ranges, 0, paired - same_ranges, missing, spurious),
        "type": MucCounts(same_label, paired - same_label, 0, missing, spurious),
    }


def _of_label(source: Source, kind: str, label: str) -> Array:
    return ratio(2 * source[(kind, label)], source[("a", label)] + source[("b", label)])
