"""Kappas, AC1 and alpha: undefined cases and laws."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import (
    cohen_kappa,
    contingency,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    observed_agreement,
    randolph_kappa,
    scott_pi,
)

pairs = st.lists(st.tuples(st.sampled_from("XYZ"), st.sampled_from("XYZ")), max_size=30)
ratings = st.integers(2, 4).flatmap(
    lambda annotators: st.lists(
        st.lists(st.sampled_from(["X", "Y", "Z", None]), min_size=annotators, max_size=annotators),
        max_size=20,
    ).map(lambda units: list(zip(*units, strict=True)) if units else [()] * annotators)
)


def counts_of(units):
    return [[unit.count(c) for c in "XYZ"] for unit in units]


@pytest.mark.parametrize("measure", [cohen_kappa, scott_pi])
@pytest.mark.parametrize("table", [[], [[0]], [[7]], [[0, 0], [0, 9]]])
def test_nothing_or_one_category_has_no_kappa(measure, table):
    assert measure(table) is None


def test_one_annotator_with_one_category_has_a_cohens_kappa_of_exactly_zero():
    assert cohen_kappa([[90, 10], [0, 0]]) == 0
    assert scott_pi([[90, 10], [0, 0]]) < 0


@pytest.mark.parametrize("measure", [fleiss_kappa, randolph_kappa])
@pytest.mark.parametrize(
    "counts",
    [[], [[1, 0], [0, 1]], [[2, 1], [1, 1]], [[3], [3]]],
    ids=["no units", "one annotator", "different numbers of annotators", "one category"],
)
def test_counts_without_comparable_pairs_have_no_kappa(measure, counts):
    assert measure(counts) is None


def test_a_category_that_nobody_used_changes_randolphs_kappa_but_not_fleiss():
    used, unused = [[2, 0], [1, 1], [0, 2]], [[2, 0, 0], [1, 1, 0], [0, 2, 0]]
    assert fleiss_kappa(used) == fleiss_kappa(unused)
    assert randolph_kappa(used) == pytest.approx(1 / 3)
    assert randolph_kappa(unused) == pytest.approx(1 / 2)


def test_tables_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="square"):
        cohen_kappa([[1, 2]])
    with pytest.raises(ValueError, match="every category"):
        fleiss_kappa([[1, 1], [2]])
    with pytest.raises(ValueError, match="zip"):
        krippendorff_alpha([["X"], ["X", "Y"]])
    with pytest.raises(ValueError, match="2 categories were used"):
        gwet_ac1([["X", "Y"], ["X", "Y"]], categories=1)


@pytest.mark.parametrize(
    "given_ratings",
    [[], [(), ()], [["X", None], [None, "Y"]], [["X", "X"], ["X", "X"]]],
    ids=["nobody", "no units", "no unit rated twice", "one category"],
)
def test_ratings_that_cannot_disagree_have_no_alpha_and_no_ac1(given_ratings):
    assert krippendorff_alpha(given_ratings) is None
    assert gwet_ac1(given_ratings) is None


def test_ac1_is_defined_by_categories_that_could_have_been_used():
    assert gwet_ac1([["X", "X"], ["X", "X"]], categories=2) == 1


def test_ac1_averages_over_units_with_missing_ratings():
    # Two units rated twice, one once. Shares: X (1 + 1/2 + 1) / 3, Y (1/2) / 3.
    value = gwet_ac1([["X", "X", "X"], ["X", "Y", None]])
    x, y = 2.5 / 3, 0.5 / 3
    expected = x * (1 - x) + y * (1 - y)
    assert value == pytest.approx((0.5 - expected) / (1 - expected))


def test_observed_agreement_is_undefined_without_a_unit_rated_twice():
    assert observed_agreement([["X", None], [None, "Y"]]) is None
    assert observed_agreement([["X", "X"], ["X", "X"]]) == 1


@given(pairs)
def test_kappas_of_two_are_symmetric_and_at_most_one(found):
    table = contingency(Counter(found))
    turned = list(zip(*table, strict=True))
    for measure in (cohen_kappa, scott_pi):
        assert measure(table) == measure(turned)
        assert measure(table) is None or measure(table) <= 1


@given(pairs)
def test_fleiss_kappa_of_two_is_scotts_pi(found):
    pi = scott_pi(contingency(Counter(found)))
    assert fleiss_kappa(counts_of(found)) == (None if pi is None else pytest.approx(pi))


@given(st.lists(st.sampled_from("XYZ"), max_size=20))
def test_the_same_ratings_agree_fully_where_there_is_more_than_one_category(values):
    expected = 1 if len(set(values)) > 1 else None
    table = contingency(Counter(zip(values, values, strict=True)))
    assert cohen_kappa(table) == expected
    assert scott_pi(table) == expected
    assert fleiss_kappa(counts_of([value * 3 for value in values])) == expected
    assert krippendorff_alpha([values, values, values]) == expected
    assert gwet_ac1([values, values, values]) == expected


@given(ratings, st.randoms())
def test_who_is_who_does_not_matter(found, random):
    shuffled = random.sample(found, len(found))
    for measure in (krippendorff_alpha, gwet_ac1, observed_agreement):
        value = measure(found)
        assert value is None or value <= 1 + 1e-12
        assert measure(shuffled) == (None if value is None else pytest.approx(value))


@given(ratings)
def test_the_names_of_the_categories_do_not_matter(found):
    names = {"X": 3, "Y": ("a", "b"), "Z": "X", None: None}
    renamed = [[names[value] for value in values] for values in found]
    assert krippendorff_alpha(renamed) == krippendorff_alpha(found)
    assert gwet_ac1(renamed) == gwet_ac1(found)


@given(ratings)
def test_a_unit_with_one_rating_has_no_influence_on_alpha(found):
    more = [[*values, "Z" if i == 0 else None] for i, values in enumerate(found)]
    assert krippendorff_alpha(more) == krippendorff_alpha(found)
