"""Which item comes next, and which lies at a place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.event import Event
from annotator.model.span import Span
from annotator.session.navigation import following, items_at, items_within, other_item
from annotator.session.state import reading_order

A, B, C = Span.of("a", 0, 4, "X"), Span.of("b", 6, 9, "X"), Span.of("c", 12, 20, "X")
ITEMS = (A, B, C)

item_lists = st.lists(
    st.builds(
        lambda start, size, is_event: (start, start + size, is_event),
        st.integers(0, 20),
        st.integers(1, 6),
        st.booleans(),
    ),
    max_size=8,
).map(
    lambda rows: tuple(
        sorted(
            (
                Event(str(i), Span.of(f"{i}t", start, end, "E"))
                if is_event
                else Span.of(str(i), start, end, "X")
                for i, (start, end, is_event) in enumerate(rows)
            ),
            key=reading_order,
        )
    )
)


def test_the_next_item_follows_the_current_one_and_the_search_goes_round():
    assert following(ITEMS, "a", 0) is B
    assert following(ITEMS, "c", 12) is A
    assert following(ITEMS, "a", 0, -1) is C


def test_without_a_current_item_the_search_begins_at_the_place():
    assert following(ITEMS, "", 5) is B
    assert following(ITEMS, "", 6) is B
    assert following(ITEMS, "gone", 5, -1) is A
    assert following(ITEMS, "", 6, -1) is B
    assert following(ITEMS, "", 99) is A


def test_the_current_item_is_never_its_own_successor():
    assert following((A,), "a", 0) is None
    assert following((), "a", 0) is None
    assert following(ITEMS, "a", 0, fits=lambda item_id: item_id == "a") is None


def test_items_that_do_not_fit_are_passed_over():
    assert following(ITEMS, "a", 0, fits=lambda item_id: item_id == "c") is C


def test_items_at_a_place_are_given_shortest_first_and_a_gap_is_no_part_of_them():
    whole = Span.of("w", 0, 20, "X")
    split = Span("s", ((0, 2), (10, 14)), "X")
    items = sorted((*ITEMS, whole, split), key=reading_order)
    assert [i.id for i in items_at(items, (0, 1))] == ["a", "s", "w"]
    assert [i.id for i in items_at(items, (4, 6))] == ["w"]
    assert [i.id for i in items_at(items, (13, 14))] == ["c", "s", "w"]


def test_items_of_one_word_are_gone_through_round_and_round():
    items = (Span.of("w", 0, 20, "X"), A, Event("e", Span.of("t", 0, 4, "E")))
    seen, current = [], ""
    for _ in range(4):
        current = other_item(items, (0, 4), current).id
        seen.append(current)
    assert seen == ["a", "e", "w", "a"]
    assert other_item(items, (30, 31), "a") is None


def test_items_within_a_stretch_begin_in_it():
    assert items_within(ITEMS, (0, 12)) == (A, B)
    assert items_within(ITEMS, (1, 13)) == (B, C)


@given(item_lists, st.sampled_from([1, -1]))
def test_going_on_from_item_to_item_meets_each_of_them_once(items, step):
    seen, current = [], following(items, "", 0, step)
    while current is not None and current.id not in seen:
        seen.append(current.id)
        current = following(items, current.id, 0, step)
    assert sorted(seen) == sorted(item.id for item in items)


@given(item_lists)
def test_going_back_undoes_going_on(items):
    for item in items:
        there = following(items, item.id, 0)
        if there is not None:
            assert following(items, there.id, 0, -1) is item
