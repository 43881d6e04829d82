"""The side panel, the status line, and what the mouse does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import ARTICLE, sample_screen
from screen_reader import hides, lines, press, settle, shows, text, until
from textual.events import MouseMove

from annotator.actions import Mode
from annotator.model.scheme import EntityLabel, EventType, Scheme
from annotator.session.state import span_of
from annotator.tui.page.cells import cell_width
from annotator.tui.panels.card import card_of, first_rule
from annotator.tui.panels.label_panel import label_strips
from annotator.tui.panels.lines import Hint, Situation, status_strip
from annotator.tui.stopwatch import Stopwatch
from annotator.tui.theme import THEMES, Palette

LARGE = (120, 40)
DECIDED = ("a", "a", "a", "x", "a", "a", "a", "a", "a")


def place_of(app, words, nth=0):
    """Column and line of some words on the screen."""
    places = [
        (cell_width(line[: line.index(words)]), number)
        for number, line in enumerate(lines(app))
        if words in line
    ]
    return places[nth]


def editor_of(pilot):
    return pilot.app.screen.editor


def words_of(editor, item_id):
    return span_of(editor.state.item(item_id)).surface(ARTICLE)


# -- the drawer -------------------------------------------------------------------------------


async def test_below_a_hundred_columns_the_panel_lies_over_the_text_and_moves_nothing(tmp_path):
    async with sample_screen(tmp_path, (80, 24), *DECIDED) as pilot:
        before = lines(pilot.app)
        await press(pilot, "\\")
        await shows(pilot, "SPANS", "1 Agent")
        assert [line[:37] for line in lines(pilot.app)] == [line[:37] for line in before]
        await press(pilot, "\\")
        await hides(pilot, "SPANS")
        assert lines(pilot.app) == before


async def test_the_panel_stands_beside_the_text_where_there_is_room(tmp_path):
    async with sample_screen(tmp_path, (100, 30)) as pilot:
        await shows(pilot, "SPANS")
        view = pilot.app.screen.view
        assert view.region.right <= pilot.app.screen.query_one("#side").region.x
        await pilot.resize_terminal(99, 30)
        await hides(pilot, "SPANS")
        assert view.region.width == 99


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (99, 50), (120, 40), (300, 80)])
async def test_mode_and_what_is_saved_are_told_at_every_size(tmp_path, size):
    async with sample_screen(tmp_path, size, *DECIDED) as pilot:
        last = lines(pilot.app)[-1]
        assert "NORMAL" in last
        if size[0] >= 100:
            assert "✓ saved ↶9" in last
            assert "a accept" in last
        else:
            assert last.rstrip().endswith("✓ ↶9")
            assert "a yes x no" in last
        assert "? help" in last
        assert size[0] < 80 or "0m" in last or "0 min" in last
        assert size[0] < 80 or "39%" in last


# -- the list of spans --------------------------------------------------------------------------


async def test_the_list_is_narrowed_by_label_status_and_words_until_esc(tmp_path):
    async with sample_screen(tmp_path, LARGE, *DECIDED) as pilot:
        spans = pilot.app.screen.spans
        everything = len(spans._order)
        await press(pilot, "L", *"group")
        await until(pilot, lambda: len(spans._order) < everything, "narrowed")
        assert {spans._marks[item].label for item in spans._order} == {"GROUP"}
        await press(pilot, " ", *"suggested")
        await until(pilot, lambda: len(spans._order) == 2, "narrowed further")
        await press(pilot, "enter", "j")
        assert editor_of(pilot).mode is Mode.NORMAL
        assert len(spans._order) == 2
        await press(pilot, "L", "escape")
        await until(pilot, lambda: len(spans._order) == everything, "all of them")
        await press(pilot, "a")
        assert editor_of(pilot).session.undo_depth == 10


async def test_a_filter_that_fits_nothing_shows_an_empty_list(tmp_path):
    async with sample_screen(tmp_path, (80, 24)) as pilot:
        await press(pilot, "L", *"zzz")
        await until(pilot, lambda: not pilot.app.screen.spans._order, "nothing")
        await press(pilot, "backspace", "backspace", "backspace")
        await until(pilot, lambda: pilot.app.screen.spans._order, "all of them")


# -- the mouse ----------------------------------------------------------------------------------


async def test_a_click_on_a_label_gives_it_to_the_current_item(tmp_path):
    async with sample_screen(tmp_path, LARGE) as pilot:
        first = editor_of(pilot).current
        await pilot.click(offset=place_of(pilot.app, "3 GPE"))
        await until(pilot, lambda: editor_of(pilot).session.undo_depth == 1, "a label")
        assert span_of(editor_of(pilot).state.item(first)).label == "GPE"


async def test_a_click_on_an_event_type_makes_an_event_of_the_current_item(tmp_path):
    async with sample_screen(tmp_path, LARGE) as pilot:
        await pilot.click(offset=place_of(pilot.app, "ea Attack"))
        await until(pilot, lambda: editor_of(pilot).state.annotations.events, "an event")
        assert [e.type for e in editor_of(pilot).state.annotations.events.values()] == ["Attack"]


async def test_a_click_on_a_role_begins_to_fill_it(tmp_path):
    async with sample_screen(tmp_path, LARGE, *DECIDED) as pilot:
        await pilot.click(offset=place_of(pilot.app, "3 Origin"))
        await until(pilot, lambda: editor_of(pilot).mode is Mode.LINK, "link mode")
        assert editor_of(pilot).linking.role == "Origin"
        await shows(pilot, "fills Origin")


async def drag(pilot, start, end):
    """Press at one place, move to another, let go."""
    await pilot.mouse_down(offset=start)
    await pilot._post_mouse_events([MouseMove], None, end, button=1)
    await settle(pilot)
    await pilot.mouse_up(offset=end)
    await settle(pilot)


async def test_an_end_of_a_bracket_is_drawn_to_another_word(tmp_path):
    async with sample_screen(tmp_path, LARGE) as pilot:
        app, editor = pilot.app, editor_of(pilot)
        row = place_of(app, "Dockers and", 1)[1]
        await press(pilot, "j")
        left, line = place_of(app, "Port Alma strike", 1)
        assert line == row
        await drag(pilot, (left + 8, line + 1), (left + 12, line))
        await until(pilot, lambda: editor.session.undo_depth == 1, "a drag of the right end")
        assert words_of(editor, "s02") == "Port Alma strike"
        await drag(pilot, (left, line + 1), (left - 5, line))
        await until(pilot, lambda: editor.session.undo_depth == 2, "a drag of the left end")
        assert words_of(editor, "s02") == "sailors of Port Alma strike"


async def test_a_click_on_an_end_of_a_bracket_changes_nothing(tmp_path):
    async with sample_screen(tmp_path, LARGE, "j") as pilot:
        left, line = place_of(pilot.app, "Port Alma strike", 1)
        await pilot.click(offset=(left + 8, line + 1))
        await until(pilot, lambda: editor_of(pilot).current == "s02", "the span")
        assert editor_of(pilot).session.undo_depth == 0


async def test_an_end_drawn_beyond_the_other_leaves_the_span_as_it_is(tmp_path):
    async with sample_screen(tmp_path, LARGE, "j") as pilot:
        left, line = place_of(pilot.app, "Port Alma strike", 1)
        before = words_of(editor_of(pilot), "s02")
        await drag(pilot, (left + 8, line + 1), (left - 20, line))
        assert words_of(editor_of(pilot), "s02") == before
        assert editor_of(pilot).focus.selection is None


# -- the card -----------------------------------------------------------------------------------


async def test_the_card_tells_who_suggested_and_what_was_changed(tmp_path):
    async with sample_screen(tmp_path, LARGE, "2", "K") as pilot:
        card = card_of(editor_of(pilot).state, editor_of(pilot).scheme, "s01")
        assert card is not None
        assert card.history == (
            "suggested by patterns:test",
            "relabelled by mia, was GROUP",
        )
        assert card.score == 0.8
        await shows(pilot, "relabelled by mia, was GROUP", "▰▰▰▰▰▰▱▱ 0.80")


async def test_a_moved_edge_is_told_with_the_words_that_were_suggested(tmp_path):
    async with sample_screen(tmp_path, LARGE, "g") as pilot:
        await shows(pilot, "resized by mia, was “Dockers”")


async def test_what_was_made_by_hand_says_so(tmp_path):
    async with sample_screen(tmp_path, LARGE, "end", "1") as pilot:
        await shows(pilot, "added by mia")


@pytest.mark.parametrize(
    ("guideline", "rule"),
    [
        ("", ""),
        ("# ORG\n\n- Names of **bodies**.\n- More.", "Names of bodies."),
        ("\nPlain words.\n", "Plain words."),
        ("Bodies of the U.N. count. So do parties.", "Bodies of the U.N. count."),
        ("## A\n### B\n", ""),
    ],
)
def test_the_first_rule_of_a_guideline_is_its_first_sentence_that_is_no_heading(guideline, rule):
    assert first_rule(guideline) == rule


# -- labels -------------------------------------------------------------------------------------


def label_lines(scheme, width=41):
    palette = Palette(scheme, THEMES["ink"])
    strips = label_strips(scheme, {str(i): e.name for i, e in enumerate(scheme.entities)}, palette,
                          width)  # fmt: skip
    assert {strip.cell_length for strip in strips} == {width}
    return ["".join(segment.text for segment in strip) for strip in strips]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=40),
       st.integers(12, 60))  # fmt: skip
def test_labels_of_any_names_fit_their_panel(names, width):
    scheme = Scheme("any", entities=tuple(EntityLabel(name) for name in dict.fromkeys(names)))
    assert len(label_lines(scheme, width)) <= 15


def test_a_long_name_is_cut_with_an_ellipsis_and_never_runs_into_the_next():
    names = [f"Organization-of-{i}-very-many-words-indeed" for i in range(3)]
    events = (EventType("Negotiate-Over-Something", key="n"),)
    shown = label_lines(Scheme("long", entities=tuple(map(EntityLabel, names)), events=events))
    assert sum("…" in line for line in shown) == 3
    assert any("en Negotiate-Over-Something" in line for line in shown)


# -- the status line ------------------------------------------------------------------------------

SITUATION = Situation(
    "normal",
    (Hint("a", "accept"), Hint("x", "reject")),
    "✓ saved",
    facts=("40%", "12 min", "3/19 done"),
    always=(Hint("?", "help"),),
)


def status(situation, width):
    strip = status_strip(situation, Palette(Scheme("none"), THEMES["ink"]), width)
    assert strip.cell_length == width
    return "".join(segment.text for segment in strip)


def test_facts_are_left_out_by_their_order_where_there_is_no_room():
    for narrowest, widest in ((30, 100), (100, 161)):  # where few words are said, and many
        told = [
            [fact in status(SITUATION, width) for fact in SITUATION.facts]
            for width in range(narrowest, widest)
        ]
        assert told[0] == [narrowest == 100, narrowest == 100, False]
        assert told[-1] == [True, True, True]
        assert all(sum(narrow) <= sum(wide) for narrow, wide in pairwise(told))
    assert all("✓ saved" in status(SITUATION, width) for width in range(20, 161))


def test_keys_are_left_out_by_their_order_but_those_that_always_have_room():
    said = [status(SITUATION, width) for width in range(30, 120)]
    assert all("? help" in line for line in said)
    assert [("a accept" in line, "x reject" in line) for line in said][::89] == [
        (False, False),
        (True, True),
    ]


async def test_edges_by_character_are_told_as_long_as_they_last(tmp_path):
    async with sample_screen(tmp_path, (80, 24)) as pilot:
        await press(pilot, "i", "j", "l")
        await shows(pilot, "NORMAL  i by character ")
        await press(pilot, "i", "j")
        await hides(pilot, "by character")


async def test_keys_are_those_of_what_is_under_the_cursor(tmp_path):
    async with sample_screen(tmp_path, (80, 24), "l") as pilot:
        await shows(pilot, "1-9 label v select e event j next")
        await press(pilot, "j")
        await shows(pilot, "a yes x no 1-9 label sdfg edges e event u undo")
        await press(pilot, "a", "K")
        await shows(pilot, "j next x take out 1-9 label sdfg edges")
        editor_of(pilot).point_at("s04")
        await press(pilot, "j", "k")
        await shows(pilot, "t roles", "e type")
        await press(pilot, "Y")
        await shows(pilot, "D finishes")
        await press(pilot, "l")
        await shows(pilot, "D finish ")


async def test_documents_done_and_minutes_are_told(tmp_path):
    async with sample_screen(tmp_path, LARGE) as pilot:
        await shows(pilot, "0 min", "0/2 done", "0%")
        await press(pilot, "D")
        await shows(pilot, "1/2 done")
        await press(pilot, "u")
        await shows(pilot, "0/2 done")
        assert "✓ saved" in text(pilot.app)


def test_minutes_add_up_by_document():
    now = 0.0
    watch = Stopwatch(lambda: now)
    watch.enter("a")
    now = 150.0
    assert watch.minutes == 2
    watch.enter("b")
    assert watch.minutes == 0
    now = 220.0
    assert watch.minutes == 1
    watch.enter("a")
    now = 250.0
    assert watch.minutes == 3
