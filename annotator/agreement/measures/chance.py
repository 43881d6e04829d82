"""The kappas and alphas of the report, from the sums of `token_tally` and `span_tally`.

They are the formulas of `kappa`, `alpha` and `ac1`, each over all documents and every draw at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from annotator.agreement.coefficients.estimate import Measured, ratio
from annotator.agreement.measures.spans import NO_DOCUMENT, Numbers, Source
from annotator.agreement.tallies.bootstrap_counts import BootstrapCounts
from annotator.agreement.tokens import UNMARKED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Cells = Mapping[tuple[Hashable, Hashable], Array]

NO_TOKENS = "the tokens are not known"
ONE_CATEGORY = "all tokens are of one category"
NOBODY_MARKED = "nobody marked a token"
NOT_CO_MARKED = "no two spans have the same edges"
ONE_LABEL = "all spans with the same edges have one label"
UNEVEN = "documents were finished by different numbers of annotators"
TOKEN_PAIR = ("token_kappa", "token_pi", "token_alpha", "token_observed")
MARKED_PAIR = ("marked_kappa", "marked_observed")
LABEL_PAIR = ("label_kappa", "label_pi", "label_ac1", "label_observed")
GROUP = ("token_alpha", "token_fleiss", "token_observed", "marked_alpha", "marked_ac1")


def pair_numbers(source: BootstrapCounts, *, tokens_known: bool) -> Numbers:
    """What two annotators' categories agree, corrected for chance.

    `token_` over all tokens, `marked_` over those that somebody marked, `label_` over spans of the
    same edges. `kappa` is Cohen's (1960), `pi` Scott's (1955), `alpha` Krippendorff's (2011), `ac1`
    Gwet's (2008), `observed` the agreement without correction. Undefined where there is nothing to
    compare, and but for `observed` where all is of one category.
    """
    reason = NO_DOCUMENT if not len(source) else "" if tokens_known else NO_TOKENS
    cells = {(a, b): source[("token", a, b)] for a, b in source.named("token")}
    unmarked = (UNMARKED, UNMARKED)
    marked = {key: value for key, value in cells.items() if key != unmarked}
    coded = {(a, b): source[("coded", a, b)] for a, b in source.named("coded")}
    numbers: Numbers = {}
    documents = len(source)
    for names, found, unit, empty, one in (
        (TOKEN_PAIR, cells, "tokens", NO_DOCUMENT, ONE_CATEGORY),
        (MARKED_PAIR, marked, "tokens", NOBODY_MARKED, ONE_CATEGORY),
        (LABEL_PAIR, coded, "span pairs", NOT_CO_MARKED, ONE_LABEL),
    ):
        why = reason if unit == "tokens" else ""
        if found is coded:
            documents = source.documents([("coded", *key) for key in coded])
        values = _corrected(found)
        n = sum(float(cell[0]) for cell in found.values())
        for name in names:
            value = values.get(name.rpartition("_")[2])
            numbers[name] = (
                Measured(None, documents, n, unit, why or empty)
                if value is None or why
                else Measured(value, documents, n, unit, one)
            )
    return numbers


def group_numbers(source: BootstrapCounts, *, tokens_known: bool) -> Numbers:
    """What the tokens of all annotators agree, documents of some of them included.

    `token_alpha` and `marked_alpha` are Krippendorff's (2011), `token_fleiss` is Fleiss' kappa
    (1971), `marked_ac1` Gwet's (2008) over the tokens that somebody marked. Undefined where there
    is nothing to compare or all is of one category, Fleiss' also where documents were finished by
    different numbers of annotators: none is left out.
    """
    documents = len(source)
    reason = NO_DOCUMENT if not documents else "" if tokens_known else NO_TOKENS
    values: dict[str, Array] = {}
    for scope in ("all", "marked"):
        name = "token" if scope == "all" else scope
        values[f"{name}_alpha"] = _alpha(source, scope)
        ratings = source[("ratings", scope)]
        values[f"{name}_observed"] = 1 - ratio(source[("differing", scope)], ratings)
    values["token_fleiss"] = _fleiss(source)
    values["marked_ac1"] = _ac1(source, "marked")
    numbers: Numbers = {}
    for name in GROUP:
        scope = "marked" if name.startswith("marked") else "all"
        n = float(source[("units", scope)][0])
        if reason:
            numbers[name] = Measured(None, documents, n, "tokens", reason)
            continue
        why = ONE_CATEGORY if n else NOBODY_MARKED
        if name == "token_fleiss" and len(source.named("raters")) > 1:
            numbers[name] = Measured(None, documents, n, "tokens", UNEVEN)
            continue
        numbers[name] = Measured(values[name], documents, n, "tokens", why)
    return numbers


def kappa_of_cells(cells: Cells, documents: int, unit: str, empty: str, one: str) -> Measured:
    """Cohen's kappa of counted pairs of categories."""
    n = sum(float(cell[0]) for cell in cells.values())
    if not cells:
        return Measured(None, documents, n, unit, empty)
    return Measured(_corrected(cells)["kappa"], documents, n, unit, one)


def observed_of_cells(cells: Cells, documents: int, unit: str, empty: str) -> Measured:
    """The share of counted pairs of categories that agree."""
    n = sum(float(cell[0]) for cell in cells.values())
    if not cells:
        return Measured(None, documents, n, unit, empty)
    return Measured(_corrected(cells)["observed"], documents, n, unit, empty)


def _corrected(cells: Cells) -> dict[str, Array]:
    """Kappa, pi, alpha and AC1 of a table of two annotators, and what they observe."""
    if not cells:
        return {}
    rows: dict[Hashable, Array] = {}
    columns: dict[Hashable, Array] = {}
    agree = 0.0 * next(iter(cells.values()))
    total = agree
    for (a, b), n in cells.items():
        rows[a] = rows[a] + n if a in rows else n
        columns[b] = columns[b] + n if b in columns else n
        total = total + n
        if a == b:
            agree = agree + n
    none = 0 * total
    categories = list(dict.fromkeys([*rows, *columns]))
    sides = [(rows.get(c, none), columns.get(c, none)) for c in categories]
    by_own = sum((row * column for row, column in sides), none)
    by_both = sum(((row + column) ** 2 for row, column in sides), none)
    shares = [ratio(row + column, 2 * total) for row, column in sides]
    spread = sum((share * (1 - share) for share in shares), none)
    return {
        "observed": ratio(agree, total),
        "kappa": ratio(agree * total - by_own, total**2 - by_own),
        "pi": ratio(4 * agree * total - by_both, 4 * total**2 - by_both),
        "alpha": 1 - ratio((2 * total - 1) * 2 * (total - agree), 4 * total**2 - by_both),
        "ac1": _over_chance(ratio(agree, total), spread, len(categories)),
    }


def _alpha(source: Source, scope: str) -> Array:
    n = source[("ratings", scope)]
    same = _squares(source, "value", scope)
    return 1 - ratio((n - 1) * source[("differing", scope)], n * n - same)


def _fleiss(source: Source) -> Array:
    n = source[("ratings", "all")]
    expected = _squares(source, "value", "all")
    observed = ratio(source[("agreeing", "all")], source[("units", "all")])
    return ratio(observed * n * n - expected, n * n - expected)


def _ac1(source: Source, scope: str) -> Array:
    units = source[("units", scope)]
    observed = ratio(source[("agreeing", scope)], units)
    categories = [rest[1] for rest in source.named("share") if rest[0] == scope]
    shares = [ratio(source[("share", scope, category)], units) for category in categories]
    spread = sum((share * (1 - share) for share in shares), 0 * units)
    return _over_chance(observed, spread, len(categories))


def _over_chance(observed: Array, spread: Array, categories: int) -> Array:
    """Gwet's correction; not a number for fewer than two categories."""
    expected = spread / (categories - 1) if categories > 1 else spread * float("nan")
    return (observed - expected) / (1 - expected)


def _squares(source: Source, name: str, scope: str) -> Array:
    found = [source[(name, *rest)] for rest in source.named(name) if rest[0] == scope]
    return sum((value * value for value in found), source[("nothing",)])
