"""Spans and the algebra of half-open ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span, merged_ranges, ranges_overlap

ranges = st.builds(lambda start, size: (start, start + size), st.integers(0, 30), st.integers(1, 8))


def points(parts):
    return {point for start, end in parts for point in range(start, end)}


def test_a_discontinuous_span_is_known_by_its_hull_and_its_pieces():
    span = Span("x", ((2, 4), (7, 9)), "A")
    assert (span.start, span.end, span.is_discontinuous) == (2, 9, True)
    assert span.surface("0123456789") == "23 78"


def test_a_span_of_one_range_is_not_discontinuous():
    span = Span.of("x", 0, 4, "A")
    assert span.ranges == ((0, 4),)
    assert not span.is_discontinuous
    assert span.surface("\U0001f600 né") == "\U0001f600 né"


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ((3, 3),),
        ((4, 3),),
        ((-1, 3),),
        ((0, 3), (3, 5)),  # touching ranges are one range
        ((0, 3), (2, 5)),
        ((5, 7), (0, 3)),
    ],
)
def test_ranges_that_are_empty_unsorted_or_touching_are_refused(wrong):
    with pytest.raises(ValueError, match="span 'x'"):
        Span("x", wrong, "A")


def test_a_span_without_a_label_is_refused():
    with pytest.raises(ValueError, match="needs a label"):
        Span.of("x", 0, 1, "")


def test_neighbours_do_not_overlap_and_a_gap_is_no_part_of_a_span():
    split = Span("x", ((0, 2), (6, 8)), "A")
    assert not split.overlaps(Span.of("y", 2, 6, "A"))
    assert split.overlaps(Span.of("y", 7, 20, "A"))


@given(st.lists(ranges), st.lists(ranges))
def test_ranges_overlap_where_they_share_a_code_point(a, b):
    assert ranges_overlap(a, b) == bool(points(a) & points(b))


@given(st.lists(ranges, min_size=1))
def test_merged_ranges_hold_the_same_code_points_and_make_a_span(parts):
    merged = merged_ranges(parts)
    assert points(merged) == points(parts)
    assert Span("x", merged, "A").ranges == merged
