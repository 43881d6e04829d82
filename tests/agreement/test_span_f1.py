"""Span F1: counts, undefined cases and laws."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Score, mean_f1, muc_counts, pooled, span_f1, span_f1_by_label

MATCHES = ("strict", "relaxed", "unlabelled")

plain_marks = st.builds(
    lambda start, length, label: (start, start + length, label),
    st.integers(0, 10),
    st.integers(1, 5),
    st.sampled_from("XYZ"),
)
split_marks = st.builds(
    lambda points, label: (tuple((p, p + 1) for p in sorted(points)), label),
    st.sets(st.integers(0, 12), min_size=1, max_size=4),
    st.sampled_from("XYZ"),
)
marks = st.lists(plain_marks | split_marks, max_size=7)


def points(mark):
    ranges = [mark[:2]] if len(mark) == 3 else mark[0]
    return {point for start, end in ranges for point in range(start, end)}


def most_pairs(a, b):
    """The most one-to-one pairs of overlapping marks of one label, by trying all."""
    shorter, longer = sorted((a, b), key=len)
    padded = [*longer, *([None] * len(shorter))]
    fits = {
        (i, j): other is not None and one[-1] == other[-1] and bool(points(one) & points(other))
        for i, one in enumerate(shorter)
        for j, other in enumerate(padded)
    }
    places = range(len(longer))
    return max(
        sum(fits[i, j] for i, j in enumerate(chosen))
        for chosen in permutations(places, len(shorter))
    )


def test_the_three_ways_to_match_tell_existence_boundary_and_label_apart():
    a = [(0, 5, "ORG"), (10, 15, "GPE"), (20, 25, "PERSON")]
    b = [(0, 5, "ORG"), (10, 15, "LOC"), (21, 25, "PERSON")]
    assert span_f1(a, b) == Score(1, 2, 2)
    assert span_f1(a, b, "relaxed") == Score(2, 1, 1)
    assert span_f1(a, b, "unlabelled") == Score(2, 1, 1)


def test_half_open_neighbours_do_not_overlap():
    assert span_f1([(0, 5, "X")], [(5, 9, "X")], "relaxed").f1 == 0


def test_one_long_span_matches_one_short_span_only():
    assert span_f1([(0, 9, "X")], [(0, 4, "X"), (5, 9, "X")], "relaxed") == Score(1, 0, 1)


def test_a_span_of_another_label_does_not_use_up_a_partner():
    a, b = [(0, 9, "X")], [(0, 4, "Y"), (5, 9, "X")]
    assert span_f1(a, b, "relaxed") == Score(1, 0, 1)


def test_nested_spans_count_each():
    nested = [(0, 9, "ORG"), (0, 4, "GPE")]
    assert span_f1(nested, nested[::-1]) == Score(2, 0, 0)


def test_a_hole_is_part_of_a_discontinuous_span():
    split, whole = [(((0, 3), (6, 9)), "X")], [(0, 9, "X")]
    assert span_f1(split, whole).f1 == 0
    assert span_f1(split, whole, "relaxed").f1 == 1
    assert span_f1(split, [(3, 6, "X")], "relaxed").f1 == 0


def test_both_spellings_of_a_mark_are_the_same_mark():
    assert span_f1([(((0, 3),), "X")], [(0, 3, "X")]).f1 == 1
    assert span_f1([(((4, 6), (0, 4)), "X")], [(0, 6, "X")]).f1 == 1


@pytest.mark.parametrize("mark", [(3, 3, "X"), (4, 3, "X"), (-1, 3, "X"), ((), "X"),
                                  (((2, 2),), "X")])  # fmt: skip
def test_an_empty_mark_is_refused(mark):
    with pytest.raises(ValueError, match="0 <= start < end"):
        span_f1([mark], [])


@pytest.mark.parametrize("match", MATCHES)
def test_nothing_marked_by_either_is_undefined(match):
    score = span_f1([], [], match)
    assert (score.f1, score.precision, score.recall) == (None, None, None)


@pytest.mark.parametrize("match", MATCHES)
def test_nothing_marked_by_one_is_zero(match):
    score = span_f1([(0, 5, "X")], [], match)
    assert (score.f1, score.precision, score.recall) == (0, None, 0)


def test_an_undefined_score_adds_nothing_to_the_pool_and_is_not_in_the_mean():
    scores = [Score(), Score(1, 1, 0), Score(1, 0, 0)]
    assert pooled(scores) == Score(2, 1, 0)
    assert mean_f1(scores) == pytest.approx((2 / 3 + 1) / 2)
    assert mean_f1([Score()]) is None
    assert pooled([]).f1 is None


def test_a_label_of_one_annotator_only_is_listed_with_zero():
    by_label = span_f1_by_label([(0, 5, "X")], [(0, 5, "Y")])
    assert by_label == {"X": Score(0, 1, 0), "Y": Score(0, 0, 1)}


@given(marks, marks, st.sampled_from(MATCHES))
def test_it_is_symmetric(a, b, match):
    one, other = span_f1(a, b, match), span_f1(b, a, match)
    assert (one.both, one.only_a, one.only_b) == (other.both, other.only_b, other.only_a)
    assert (one.f1, one.precision, one.recall) == (other.f1, other.recall, other.precision)


@given(marks, marks, st.sampled_from(MATCHES))
def test_it_lies_between_zero_and_one_and_counts_every_mark(a, b, match):
    score = span_f1(a, b, match)
    assert score.f1 is None or 0 <= score.f1 <= 1
    assert (score.both + score.only_a, score.both + score.only_b) == (len(a), len(b))


@given(marks.filter(bool), st.randoms(), st.sampled_from(MATCHES))
def test_it_is_one_on_the_same_marks_in_any_order(a, random, match):
    assert span_f1(a, random.sample(a, len(a)), match).f1 == 1


@given(marks, marks)
def test_relaxed_and_unlabelled_are_never_below_strict(a, b):
    strict = span_f1(a, b).both
    assert span_f1(a, b, "relaxed").both >= strict
    assert span_f1(a, b, "unlabelled").both >= strict


@given(st.lists(plain_marks | split_marks, max_size=5), st.lists(plain_marks, max_size=5))
def test_relaxed_finds_as_many_pairs_as_there_can_be(a, b):
    assert span_f1(a, b, "relaxed").both == most_pairs(a, b)


@given(marks, marks, st.sampled_from(MATCHES[:2]))
def test_the_labels_add_up_to_the_whole(a, b, match):
    assert pooled(span_f1_by_label(a, b, match).values()) == span_f1(a, b, match)


@given(marks, marks)
def test_the_strict_counts_of_muc_are_those_of_strict_f1(a, b):
    strict, counts = span_f1(a, b), muc_counts(a, b, "strict")
    assert counts.correct == strict.both
    assert counts.f1 == strict.f1
