"""Tokens as units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Score, token_f1, token_labels
from annotator.agreement.tokens import UNMARKED, token_columns

TOKENS = ((0, 3), (4, 7), (7, 8), (9, 14))
marks = st.lists(
    st.builds(
        lambda start, length, label: (start, start + length, label),
        st.integers(0, 13),
        st.integers(1, 9),
        st.sampled_from("XY"),
    ),
    max_size=5,
)


def test_a_token_has_the_label_of_every_mark_that_touches_it():
    labels = token_labels([(2, 5, "X"), (4, 8, "Y")], TOKENS)
    assert labels == {0: {"X"}, 1: {"X", "Y"}, 2: {"Y"}}


def test_a_mark_on_white_space_touches_no_token():
    assert token_labels([(3, 4, "X"), (8, 9, "X")], TOKENS) == {}


def test_the_hole_of_a_discontinuous_mark_is_unmarked():
    assert token_labels([(((0, 3), (9, 14)), "X")], TOKENS) == {0: {"X"}, 3: {"X"}}


def test_one_token_off_is_not_a_total_miss():
    assert token_f1([(0, 8, "X")], [(4, 8, "X")], TOKENS) == Score(2, 1, 0)


def test_no_label_on_any_token_is_undefined():
    assert token_f1([], [(3, 4, "X")], TOKENS).f1 is None


def test_neighbours_with_one_label_look_like_one_span():
    assert token_f1([(0, 3, "X"), (4, 7, "X")], [(0, 7, "X")], TOKENS).f1 == 1


def test_columns_tell_unmarked_from_not_finished():
    labelled = [token_labels([(0, 3, "X")], TOKENS), {}, None]
    assert token_columns(labelled, len(TOKENS)) == {
        (frozenset("X"), UNMARKED, None): 1,
        (UNMARKED, UNMARKED, None): 3,
    }


@given(marks, marks)
def test_it_is_symmetric_and_one_on_the_same_marks(a, b):
    one, other = token_f1(a, b, TOKENS), token_f1(b, a, TOKENS)
    assert one.f1 == other.f1
    assert token_f1(a, a, TOKENS).f1 in (1, None)


@given(marks)
def test_tokens_are_found_as_by_looking_at_every_code_point(a):
    expected = {
        index: {x for s, e, x in a if s < end and start < e}
        for index, (start, end) in enumerate(TOKENS)
    }
    assert token_labels(a, TOKENS) == {i: labels for i, labels in expected.items() if labels}


@given(marks, marks)
def test_every_token_is_in_one_column(a, b):
    columns = token_columns([token_labels(a, TOKENS), token_labels(b, TOKENS)], len(TOKENS))
    assert columns.total() == len(TOKENS)
    assert min(columns.values()) > 0
