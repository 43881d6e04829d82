"""Lanes of marks: nothing in a lane touches, and what contains another lies below it."""

from __future__ import annotations

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.span import merged_ranges
from annotator.tui.page.cells import cell_width
from annotator.tui.page.lanes import TAG_FRAME, laned
from annotator.tui.page.marks import Mark, Status
from annotator.tui.page.rows import wrap

WIDTH = 30
TEXT = "one two three 中文中文 four five six seven eight nine ten " * 2
ROWS = wrap(TEXT, WIDTH)


@st.composite
def mark_lists(draw):
    """Marks in one or two pieces, nested, crossing and equal, with short and long labels."""
    found = []
    for number in range(draw(st.integers(0, 9))):
        parts = draw(
            st.lists(
                st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 25)),
                min_size=1,
                max_size=2,
            )
        )
        ranges = merged_ranges((s, min(s + size, len(TEXT))) for s, size in parts)
        label = draw(
            st.sampled_from(["A", "GPE", "ORGANIZATION", "组织", "A-very-very-long-label"])
        )
        found.append(Mark(f"m{number}", ranges, label, Status.ACCEPTED, draw(st.booleans())))
    return found


def one(item_id, start, end, label):
    return Mark(item_id, ((start, end),), label, Status.ACCEPTED)


def cells_of(piece):
    return {cell for s in piece.stretches for cell in range(s.left, s.right)}


def tag_of(piece):
    """The cells of the tag with its frame."""
    return range(piece.tag, piece.tag + cell_width(piece.mark.tag) + TAG_FRAME)


def room_of(piece):
    return {*range(piece.left, piece.right), *tag_of(piece)}


@given(mark_lists())
def test_no_two_marks_of_a_lane_share_a_cell_tags_included(marks):
    for row in ROWS:
        for a, b in combinations(laned(row, marks, WIDTH), 2):
            assert a.lane != b.lane or not room_of(a) & room_of(b)


@given(mark_lists())
def test_a_tag_begins_or_ends_with_its_mark_and_stays_in_the_row_where_it_can(marks):
    for row in ROWS:
        for piece in laned(row, marks, WIDTH):
            tag, first = tag_of(piece), piece.stretches[0]
            assert tag.start in (first.left, 0) or tag.stop == first.right
            assert tag.start >= 0
            assert tag.stop <= max(WIDTH, first.right) or len(tag) > first.right


@given(mark_lists())
@example([one("c", 12, 13, "WIDE"), one("b", 5, 7, "VERY-WIDE-TAG"), one("a", 4, 9, "A")])
def test_a_mark_that_contains_another_lies_below_it(marks):
    for row in ROWS:
        pieces = laned(row, marks, WIDTH)
        for outer in pieces:
            for inner in pieces:
                within = outer.left <= inner.left and inner.right <= outer.right
                shorter = inner.right - inner.left < outer.right - outer.left
                if within and shorter:
                    assert inner.lane < outer.lane


@given(mark_lists())
def test_every_mark_of_a_row_has_one_piece_with_its_cells(marks):
    for row in ROWS:
        pieces = {piece.mark.id: piece for piece in laned(row, marks, WIDTH)}
        for mark in marks:
            inside = [
                offset
                for start, end in mark.ranges
                for offset in range(max(start, row.start), min(end, row.end))
            ]
            assert (mark.id in pieces) == bool(inside)
            if inside:
                shown = {
                    cell
                    for offset in inside
                    if offset < row.words_end
                    for cell in range(row.column(offset), row.column(offset + 1))
                }
                assert shown <= cells_of(pieces[mark.id])
                assert pieces[mark.id].begins == (mark.start >= row.start)


@given(mark_lists())
def test_lanes_are_filled_from_the_text_down_without_a_gap(marks):
    for row in ROWS:
        lanes = {piece.lane for piece in laned(row, marks, WIDTH)}
        assert lanes == set(range(len(lanes)))


@given(mark_lists(), st.randoms(use_true_random=False))
def test_the_order_in_which_marks_come_does_not_matter(marks, random):
    shuffled = list(marks)
    random.shuffle(shuffled)
    for row in ROWS:
        assert laned(row, marks, WIDTH) == laned(row, shuffled, WIDTH)


def test_a_nested_mark_lies_between_the_text_and_what_contains_it():
    pieces = laned(ROWS[0], [one("outer", 0, 13, "A"), one("inner", 4, 7, "A")], WIDTH)
    assert [(piece.mark.id, piece.lane) for piece in pieces] == [("inner", 0), ("outer", 1)]


def test_neighbours_share_a_lane_where_their_tags_leave_room():
    near = [one("a", 0, 3, "A"), one("b", 4, 7, "A")]
    assert {piece.lane for piece in laned(ROWS[0], near, WIDTH)} == {0}
    wide = [one("a", 0, 3, "LONGER"), one("b", 4, 7, "A")]
    assert {piece.lane for piece in laned(ROWS[0], wide, WIDTH)} == {0, 1}


def test_a_discontinuous_mark_is_one_piece_of_several_stretches():
    split = Mark("s", ((0, 3), (8, 13)), "A", Status.ACCEPTED)
    (piece,) = laned(ROWS[0], [split], WIDTH)
    assert [(s.left, s.right) for s in piece.stretches] == [(0, 3), (8, 13)]
