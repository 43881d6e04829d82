"""The u-alpha family: the worked example of the book, undefined cases and laws."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import (
    bar_u_alpha,
    cu_alpha,
    krippendorff_alpha,
    ku_alpha,
    ku_coverage,
    u_alpha,
)

# Krippendorff 2019, figure 12.11: three observers of a continuum of 60.
BOOK = {
    "Alex": [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")],
    "Paul": [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")],
    "Suzan": [
        (0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6"),
    ],
}  # fmt: skip


@st.composite
def unitizings(draw):
    """A length, and two to four annotators with units that do not overlap."""
    length = draw(st.integers(4, 30))
    annotators = {}
    for name in "abcd"[: draw(st.integers(2, 4))]:
        edges = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
        labels = draw(st.lists(st.sampled_from(["X", "Y", ""]), min_size=8, max_size=8))
        annotators[name] = [
            (start, end, label)
            for start, end, label in zip(edges, edges[1:], labels, strict=False)
            if label
        ]
    return length, annotators


def test_the_books_example_comes_out_as_printed():
    assert u_alpha(60, BOOK) == pytest.approx(0.510, abs=0.0005)
    assert bar_u_alpha(60, BOOK) == pytest.approx(0.413, abs=0.001)
    assert cu_alpha(60, BOOK) == pytest.approx(0.724, abs=0.0005)


@pytest.mark.parametrize(
    ("label", "alpha", "coverage"),
    [
        ("1", 1, 1), ("2", 0, 1), ("3", 0, 1), ("4", 0, 1), ("5", 1, 8 / 18), ("6", 1, 1),
        ("7", None, 0),
    ],
)  # fmt: skip
def test_the_books_example_comes_out_by_label(label, alpha, coverage):
    assert ku_alpha(60, BOOK, label) == (None if alpha is None else pytest.approx(alpha))
    assert ku_coverage(60, BOOK, label) == pytest.approx(coverage)


def test_a_label_that_nobody_used_has_neither_alpha_nor_coverage():
    assert ku_alpha(60, BOOK, "9") is None
    assert ku_coverage(60, BOOK, "9") is None


@pytest.mark.parametrize("measure", [u_alpha, bar_u_alpha, cu_alpha])
@pytest.mark.parametrize(
    "annotators",
    [
        {},
        {"a": [(0, 3, "X")]},
        {"a": [], "b": []},
        {"a": [(0, 4, "X"), (2, 6, "Y")], "b": [(0, 4, "X")]},
        {"a": [(0, 10, "X")], "b": [(0, 10, "X")]},
    ],
    ids=["nobody", "one annotator", "nothing marked", "nested", "one label all over"],
)
def test_what_cannot_be_reckoned_is_undefined(measure, annotators):
    assert measure(10, annotators) is None


def test_units_that_never_meet_have_no_coding_agreement():
    apart = {"a": [(0, 3, "X")], "b": [(5, 8, "Y")]}
    assert cu_alpha(10, apart) is None
    assert u_alpha(10, apart) < 0


def test_without_a_gap_there_is_no_boundary_between_units_and_gaps():
    full = {"a": [(0, 5, "X"), (5, 10, "Y")], "b": [(0, 10, "X")]}
    assert bar_u_alpha(10, full) is None
    assert cu_alpha(10, full) is not None


def test_two_adjacent_units_are_not_one_long_unit():
    apart = {"a": [(0, 4, "X"), (4, 8, "X")], "b": [(0, 4, "X"), (5, 8, "X")]}
    one = {"a": [(0, 8, "X")], "b": [(0, 4, "X"), (5, 8, "X")]}
    assert u_alpha(20, apart) != u_alpha(20, one)


def test_pieces_of_a_discontinuous_mark_are_units():
    pieces = {"a": [(((0, 2), (5, 7)), "X")], "b": [(0, 4, "X")]}
    plain = {"a": [(0, 2, "X"), (5, 7, "X")], "b": [(0, 4, "X")]}
    assert u_alpha(10, pieces) == u_alpha(10, plain)


def test_a_unit_beyond_the_text_is_refused():
    with pytest.raises(ValueError, match="beyond the text"):
        u_alpha(5, {"a": [(0, 6, "X")], "b": []})


def test_on_units_of_one_code_point_it_is_alpha_over_code_points():
    text_a, text_b, text_c = "XYX.X", "XY..Y", "X.X.Y"
    annotators = {
        name: [(i, i + 1, label) for i, label in enumerate(text) if label != "."]
        for name, text in zip("abc", (text_a, text_b, text_c), strict=True)
    }
    assert u_alpha(5, annotators) == pytest.approx(krippendorff_alpha([text_a, text_b, text_c]))


def by_code_points(length, annotators, *, binary=False, valued=False):
    """The same from the meaning: how often two code points differ, met and drawn by chance.

    Each code point of each annotator is `(label, unit, position)`. By chance any two are drawn that
    are not of one unit; with `valued`, each as often as it meets a unit.
    """
    points = [
        [
            next(
                ((binary or label, (who, start), at) for start, end, label in marks
                 if start <= at < end),
                (None, (who, "gap", at), at),
            )
            for at in range(length)
        ]
        for who, marks in annotators.items()
    ]  # fmt: skip
    met = [
        (row[at], other[at])
        for row in points
        for other in points
        for at in range(length)
        if row is not other and not (valued and None in (row[at][0], other[at][0]))
    ]
    weights = Counter(one for one, _ in met)
    drawn = differ = 0
    for (one, times), (other, times_other) in product(weights.items(), repeat=2):
        if one[1] != other[1]:
            drawn += times * times_other
            differ += times * times_other * (one[0] != other[0])
    if not differ:
        return None
    observed = sum(one[0] != other[0] for one, other in met) / len(met)
    return pytest.approx(1 - observed * drawn / differ)


@given(unitizings())
def test_the_family_is_what_comparing_code_points_gives(drawn):
    length, annotators = drawn
    assert u_alpha(length, annotators) == by_code_points(length, annotators)
    assert bar_u_alpha(length, annotators) == by_code_points(length, annotators, binary=True)
    assert cu_alpha(length, annotators) == by_code_points(length, annotators, valued=True)


@given(unitizings())
def test_the_family_is_at_most_one_and_does_not_know_names_or_order(drawn):
    length, annotators = drawn
    renamed = {f"other {name}": marks for name, marks in reversed(annotators.items())}
    for measure in (u_alpha, bar_u_alpha, cu_alpha):
        value = measure(length, annotators)
        assert value is None or value <= 1 + 1e-12
        assert measure(length, renamed) == (None if value is None else pytest.approx(value))


@given(unitizings())
def test_annotators_who_say_the_same_agree_fully_where_it_is_defined(drawn):
    length, annotators = drawn
    marks = next(iter(annotators.values()))
    same = dict.fromkeys(annotators, marks)
    covered = sum(end - start for start, end, _ in marks)
    labels = {label for _, _, label in marks}
    assert u_alpha(length, same) == (
        1 if len(labels) > 1 or 0 < covered < length else None
    )  # fmt: skip
    assert bar_u_alpha(length, same) == (1 if 0 < covered < length else None)
    assert cu_alpha(length, same) == (1 if len(labels) > 1 else None)
    for label in labels:
        assert ku_coverage(length, same, label) == 1
        assert ku_alpha(length, same, label) == (1 if len(labels) > 1 else None)


def test_units_that_one_of_many_met_do_not_push_coding_agreement_above_one():
    annotators = {
        "a": [],
        "b": [],
        "c": [(0, 7, "X")],
        "d": [(0, 1, "X"), (1, 2, "X"), (2, 3, "X"), (3, 7, "Y")],
    }
    assert cu_alpha(7, annotators) == pytest.approx(3 / 35)
    assert cu_alpha(7, annotators) == cu_alpha(7, {"c": annotators["c"], "d": annotators["d"]})
