"""A page that was changed again and again looks like one that was laid out at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import merged_ranges
from annotator.tui.page.marks import Mark, Status
from annotator.tui.page.page import Density, Page

TEXT = (
    "Mia Stone of Acme bombed Rome on Monday.\n\n\nThe mayor of Paris 中文中文 said that the raid "
    "killed Bo Lee.\r\nShe has a-very-long-word-in-her-speech and left."
)
IDS = [f"m{number}" for number in range(6)]
WIDTH = 24


@st.composite
def marks(draw, item_id):
    parts = draw(
        st.lists(
            st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)), min_size=1, max_size=2
        )
    )
    ranges = merged_ranges((s, min(s + size, len(TEXT))) for s, size in parts)
    status = draw(st.sampled_from(Status))
    label = draw(st.sampled_from(["A", "GPE", "ORGANIZATION"]))
    fillers = draw(st.lists(st.sampled_from([*IDS, "gone"]), max_size=3, unique=True))
    arguments = tuple(("Role", target) for target in fillers)
    is_trigger = bool(arguments) or draw(st.booleans())
    return Mark(item_id, ranges, label, status, is_trigger, draw(st.booleans()), arguments)


one_change = st.dictionaries(
    st.sampled_from(IDS), st.none() | st.just(""), min_size=1, max_size=3
).flatmap(
    lambda wanted: st.fixed_dictionaries(
        {
            item_id: st.none() if value is None else marks(item_id)
            for item_id, value in wanted.items()
        }
    )
)
looks = st.fixed_dictionaries({"density": st.sampled_from(Density), "show_rejected": st.booleans()})


def row_look(page, row):
    """All that is drawn of a row, but for where it lies."""
    visible = sorted(page.visible_marks(row), key=lambda mark: mark.id)
    return page.height(row), page.pieces(row), page.has_role_line(row), visible


def look(page):
    rows = range(len(page.rows))
    frames = {item_id: page.frame(item_id) for item_id in page.marks}
    return page.lines, [(page.top(row), *row_look(page, row)) for row in rows], frames


@given(st.lists(one_change, max_size=8), looks)
def test_a_changed_page_is_laid_out_like_a_new_one(changes, options):
    page, current = Page(TEXT, WIDTH, (), **options), {}
    for change in changes:
        page.change(change)
        current = {key: mark for key, mark in {**current, **change}.items() if mark is not None}
        assert look(page) == look(Page(TEXT, WIDTH, current.values(), **options))


@given(st.lists(one_change, max_size=5), looks)
def test_a_change_names_every_row_that_looks_different_and_whether_any_moved(changes, options):
    page = Page(TEXT, WIDTH, (), **options)
    for change in changes:
        before = [row_look(page, row) for row in range(len(page.rows))]
        tops = [page.top(row) for row in range(len(page.rows))]
        lines = page.lines
        dirty, moved = page.change(change)
        after = [row_look(page, row) for row in range(len(page.rows))]
        different = {row for row in range(len(page.rows)) if before[row] != after[row]}
        assert different <= dirty
        assert moved or (tops, lines) == (
            [page.top(row) for row in range(len(page.rows))],
            page.lines,
        )


@given(st.lists(one_change, max_size=3), looks)
def test_lines_and_rows_are_found_from_one_another(changes, options):
    page = Page(TEXT, WIDTH, (), **options)
    for change in changes:
        page.change(change)
    places = [page.at_line(line) for line in range(page.lines)]
    assert places == [
        (row, sub) for row in range(len(page.rows)) for sub in range(page.height(row))
    ]
    shown = [row for row in range(len(page.rows)) if page.height(row)]
    assert [page.at_line(page.top(row)) for row in shown] == [(row, 0) for row in shown]


@given(st.lists(one_change, max_size=3), looks)
def test_every_lane_and_the_line_for_roles_lie_within_their_row(changes, options):
    page = Page(TEXT, WIDTH, (), **options)
    for change in changes:
        page.change(change)
    for row in range(len(page.rows)):
        lanes = {piece.lane for piece in page.pieces(row)}
        parted = page.rows[row].is_blank and row > 0 and page.has_role_line(row - 1)
        assert page.height(row) == (0 if parted else 1 + len(lanes) + page.has_role_line(row))


def test_a_rejected_mark_takes_room_only_where_rejected_ones_are_shown():
    mark = Mark("m", ((0, 3),), "A", Status.REJECTED)
    assert Page("one two", 20, [mark]).height(0) == 1
    assert Page("one two", 20, [mark], show_rejected=True).height(0) == 2


def test_only_a_roomy_page_keeps_a_line_for_roles():
    event = Mark("e", ((4, 7),), "E", Status.ACCEPTED, is_trigger=True, arguments=(("R", "m"),))
    marks_ = [Mark("m", ((0, 3),), "A", Status.ACCEPTED), event]
    heights = {
        density: Page("one two", 20, marks_, density=density).height(0) for density in Density
    }
    assert heights == {Density.ROOMY: 3, Density.COMPACT: 2, Density.TEXT: 1}


def test_a_filler_keeps_a_line_for_its_role_in_the_row_where_it_begins_only():
    event = Mark("e", ((0, 3),), "E", Status.ACCEPTED, is_trigger=True, arguments=(("R", "m"),))
    split = Mark("m", ((4, 7), (12, 15)), "A", Status.ACCEPTED)
    page = Page("one two\nand six\nmore", 20, [event, split])
    assert [page.has_role_line(row) for row in range(3)] == [True, False, False]
    assert page.frame("e") == (0,)


@pytest.mark.parametrize("text", ["", "\n", " \n\n "])
def test_a_page_without_words_has_one_row_of_one_line(text):
    page = Page(text, 20, ())
    assert (page.lines, page.at_line(0), page.at_line(5)[0]) == (1, (0, 0), 0)
    assert page.row_of(0) == 0
