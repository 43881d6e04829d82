"""The u-alpha family of a corpus, from the sums of `unit_tally`, by the formulas of `unitizing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from annotator.agreement.coefficients.estimate import Measured, ratio
from annotator.agreement.measures.spans import Numbers
from annotator.agreement.tallies.bootstrap_counts import BootstrapCounts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

FAMILY = ("u_alpha", "bar_u_alpha", "cu_alpha")
NO_CONTRAST = "there is nothing to tell apart: all of the text is alike"
NO_MEETING = "no units of two annotators meet, or all that do have one label"
LABEL_NO_MEETING = "no unit of the label meets another annotator's, or nothing else does"


def unit_numbers(source: BootstrapCounts, annotators: int, reason: str) -> Numbers:
    """`u_alpha` (all), `bar_u_alpha` (where) and `cu_alpha` (which label) of the corpus.

    Krippendorff, Mathet, Bouvry and Widlöcher 2016, all documents end to end. `reason` is why the
    family does not apply; empty where it does. Undefined too where all of the text is alike, the
    last where no units meet or all that do have one label.
    """
    documents, n = len(source), float(_marked(source)[0]) if not reason else 0.0
    if reason:
        return {name: Measured(None, documents, n, "code points", reason) for name in FAMILY}
    values = {
        "u_alpha": (_u_alpha(source, annotators), NO_CONTRAST),
        "bar_u_alpha": (_bar_u_alpha(source, annotators), NO_CONTRAST),
        "cu_alpha": (_cu_alpha(source), NO_MEETING),
    }
    return {
        name: Measured(value, documents, n, "code points", why)
        for name, (value, why) in values.items()
    }


def unit_label_numbers(source: BootstrapCounts, annotators: int, reason: str) -> dict[str, Numbers]:
    """`ku_alpha` and `ku_coverage` of every label that somebody used."""
    labels = sorted(cast("str", label) for (label,) in source.named("marked"))
    return {} if reason else {label: _of_label(source, annotators, label) for label in labels}


def _of_label(source: BootstrapCounts, annotators: int, label: str) -> Numbers:
    marked, met = source[("marked", label)], source[("met", label)]
    documents = source.documents([("marked", label)])
    n = float(marked[0])

    def made(value: Array, why: str) -> Measured:
        return Measured(value, documents, n, "code points", why)

    every = _all(source, "met")
    differ = met - source[("same", label)]
    drawn = met * every - source[("met_square", label)]
    alpha = 1 - ratio(differ * drawn, met * met * (every - met))
    return {
        "ku_alpha": made(alpha, LABEL_NO_MEETING),
        "ku_coverage": made(ratio(met, (annotators - 1) * marked), LABEL_NO_MEETING),
    }


def _u_alpha(source: BootstrapCounts, annotators: int) -> Array:
    total, marked = source[("length",)], _marked(source)
    gap = total - marked
    same = gap**2 + _squares(source, "marked")
    met = _all(source, "met")
    pairs = (annotators - 1) * total
    alike = pairs - 2 * (annotators - 1) * marked + met + _all(source, "same")
    return _over(source, (pairs - alike) / (annotators - 1), total**2 - same)


def _bar_u_alpha(source: BootstrapCounts, annotators: int) -> Array:
    total, marked = source[("length",)], _marked(source)
    differ = 2 * (annotators - 1) * marked - 2 * _all(source, "met")
    return _over(source, differ / (annotators - 1), 2 * (total - marked) * marked)


def _cu_alpha(source: BootstrapCounts) -> Array:
    n = _all(source, "met")
    expected = n * n - _squares(source, "met")
    differ = n - _all(source, "same")
    return 1 - ratio(differ * (n * n - _all(source, "met_square")), n * expected)


def _over(source: BootstrapCounts, observed: Array, expected: Array) -> Array:
    total = source[("length",)]
    self_pairs = total - _marked(source) + source[("square",)]
    return 1 - ratio(observed * (total**2 - self_pairs), total * expected)


def _marked(source: BootstrapCounts) -> Array:
    return _all(source, "marked")


def _all(source: BootstrapCounts, name: str) -> Array:
    return sum((source[(name, *rest)] for rest in source.named(name)), source[("nothing",)])


def _squares(source: BootstrapCounts, name: str) -> Array:
    found = (source[(name, *rest)] for rest in source.named(name))
    return sum((value * value for value in found), source[("nothing",)])
