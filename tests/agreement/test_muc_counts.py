"""The MUC and SemEval-2013 counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import MucCounts, muc_counts

SCHEMES = ("strict", "exact", "partial", "type")

marks = st.lists(
    st.builds(
        lambda start, length, label: (start, start + length, label),
        st.integers(0, 9),
        st.integers(1, 5),
        st.sampled_from("XY"),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("strict", MucCounts(correct=1, incorrect=2, missing=1, spurious=1)),
        ("exact", MucCounts(correct=2, incorrect=1, missing=1, spurious=1)),
        ("partial", MucCounts(correct=2, partial=1, missing=1, spurious=1)),
        ("type", MucCounts(correct=2, incorrect=1, missing=1, spurious=1)),
    ],
)
def test_each_scheme_judges_the_same_pairs(scheme, expected):
    a = [(0, 5, "X"), (10, 15, "X"), (20, 25, "X"), (30, 35, "X")]
    b = [(0, 5, "X"), (10, 15, "Y"), (22, 25, "X"), (40, 45, "X")]
    assert muc_counts(a, b, scheme) == expected


def test_identical_marks_are_paired_before_there_are_more_pairs():
    a, b = [(0, 10, "X"), (2, 3, "X")], [(0, 10, "X"), (7, 8, "X")]
    assert muc_counts(a, b) == MucCounts(correct=1, missing=1, spurious=1)


def test_equal_ranges_come_before_equal_labels():
    counts = muc_counts([(0, 5, "X")], [(3, 8, "X"), (0, 5, "Y")], "exact")
    assert counts == MucCounts(correct=1, spurious=1)


def test_an_equal_label_settles_what_is_left():
    counts = muc_counts([(2, 6, "X")], [(0, 3, "Y"), (5, 8, "X")], "type")
    assert counts == MucCounts(correct=1, spurious=1)


def test_nothing_marked_by_either_is_undefined():
    assert muc_counts([], []).f1 is None
    assert muc_counts([(0, 5, "X")], []).f1 == 0


def test_half_a_credit_is_given_for_a_partial_pair():
    assert muc_counts([(0, 5, "X")], [(0, 4, "X")], "partial").f1 == 0.5
    assert muc_counts([(0, 5, "X")], [(0, 4, "X")], "exact").f1 == 0


@given(marks, marks, st.sampled_from(SCHEMES))
def test_changing_sides_changes_missing_with_spurious_only(a, b, scheme):
    one, other = muc_counts(a, b, scheme), muc_counts(b, a, scheme)
    assert one == MucCounts(
        other.correct, other.incorrect, other.partial, other.spurious, other.missing
    )


@given(marks, marks, st.randoms(), st.sampled_from(SCHEMES))
def test_the_order_of_the_marks_does_not_matter(a, b, random, scheme):
    shuffled = random.sample(a, len(a)), random.sample(b, len(b))
    assert muc_counts(*shuffled, scheme) == muc_counts(a, b, scheme)


@given(marks, marks, st.sampled_from(SCHEMES))
def test_every_mark_is_counted_once(a, b, scheme):
    counts = muc_counts(a, b, scheme)
    paired = counts.correct + counts.incorrect + counts.partial
    assert (paired + counts.missing, paired + counts.spurious) == (len(a), len(b))
