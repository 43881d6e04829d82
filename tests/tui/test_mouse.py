"""What the mouse does: all that keys do to spans, labels, roles and edges."""

from __future__ import annotations

from contextlib import asynccontextmanager

import pytest
from sample import ARTICLE, sample_screen
from screen_reader import at_rest, hides, press, settle, shows, until
from test_looks_panel import DECIDED, LARGE, drag, editor_of, place_of, words_of
from test_screen import running
from textual.events import MouseMove, MouseScrollDown, MouseScrollUp

from annotator.actions import Mode
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.session.session import Session
from annotator.store import documents
from annotator.store import suggestions as stored_suggestions

SMALL = (80, 24)
WORDS = " ".join(f"Word{number}" for number in range(600))


def selected(editor):
    start, end = editor.focus.selection or (0, 0)
    return editor.state.document.text[start:end]


@asynccontextmanager
async def long_screen(database, scheme, size=SMALL):
    """A document of many screens, with a span in the middle of its first one."""
    start = WORDS.index("Word40")
    found = [Suggestion(Span.of("forty", start, start + 6, "PER"), "guess@1", 0.5)]
    documents.add(database, [Document("long", WORDS)])
    stored_suggestions.replace(database, "guess@1", [("long", found)])
    session = Session(database, scheme, "mia")
    session.open("long")
    async with running(session, size) as pilot:
        await until(pilot, lambda: session.has_tokens, "the tokenizer")
        await at_rest(pilot)
        yield pilot


async def hold(pilot, place):
    """Move the mouse somewhere with its button down."""
    await pilot._post_mouse_events([MouseMove], None, place, button=1)
    await settle(pilot)


# -- selecting --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_words_that_the_mouse_is_drawn_over_are_selected_and_a_digit_labels_them(
    tmp_path, size
):
    async with sample_screen(tmp_path, size, *DECIDED) as pilot:
        editor = editor_of(pilot)
        left, line = place_of(pilot.app, "will not go back")
        await drag(pilot, (left + 1, line), (left + 6, line))
        await until(pilot, lambda: editor.mode is Mode.SELECT, "a selection")
        assert selected(editor) == "will not"
        await press(pilot, "5")
        await until(pilot, lambda: editor.session.undo_depth == 10, "a span")
        assert words_of(editor, editor.current) == "will not"


async def test_drawn_backwards_the_cursor_is_at_the_beginning(tmp_path):
    async with sample_screen(tmp_path, LARGE, *DECIDED) as pilot:
        editor = editor_of(pilot)
        left, line = place_of(pilot.app, "will not go back")
        await drag(pilot, (left + 6, line), (left + 1, line))
        await until(pilot, lambda: editor.mode is Mode.SELECT, "a selection")
        assert selected(editor) == "will not"
        assert editor.place == ARTICLE.index("will not")
        await press(pilot, "left")
        await until(pilot, lambda: selected(editor) == "We will not", "one word more")


async def test_a_selection_may_shrink_to_the_word_where_it_began(tmp_path):
    async with sample_screen(tmp_path, LARGE) as pilot:
        editor = editor_of(pilot)
        left, line = place_of(pilot.app, "will not go back")
        await pilot.mouse_down(offset=(left, line))
        await hold(pilot, (left + 6, line))
        assert selected(editor) == "will not"
        await hold(pilot, (left, line))
        assert selected(editor) == "will"
        await pilot.mouse_up(offset=(left, line))


async def test_a_double_click_selects_the_word(tmp_path):
    async with sample_screen(tmp_path, LARGE) as pilot:
        editor = editor_of(pilot)
        left, line = place_of(pilot.app, "will not go back")
        await pilot.click(offset=(left + 2, line), times=2)
        await until(pilot, lambda: editor.mode is Mode.SELECT, "a selection")
        assert selected(editor) == "will"
        await pilot.click(offset=(left + 9, line))
        await until(pilot, lambda: editor.mode is Mode.NORMAL, "the selection is gone")


@pytest.mark.parametrize("button", [2, 3])
async def test_other_buttons_change_nothing(tmp_path, button):
    async with sample_screen(tmp_path, LARGE) as pilot:
        before = editor_of(pilot).focus
        left, line = place_of(pilot.app, "will not go back")
        await pilot.click(offset=(left, line), button=button)
        await settle(pilot)
        assert editor_of(pilot).focus == before


# -- beyond the view --------------------------------------------------------------------------


async def test_the_text_rolls_while_a_selection_is_drawn_beyond_its_end_and_back(database, scheme):
    async with long_screen(database, scheme) as pilot:
        editor, view = editor_of(pilot), pilot.app.screen.view
        left, line = place_of(pilot.app, "Word20 ")
        await pilot.mouse_down(offset=(left, line))
        await hold(pilot, (left, 23))
        await until(pilot, lambda: view.scroll_y > 30, "rolled down")
        await until(pilot, lambda: len(selected(editor).split()) > 200, "a long selection")
        assert selected(editor).startswith("Word20 ")
        await hold(pilot, (left, 0))
        await until(pilot, lambda: view.scroll_y == 0, "rolled up again")
        await until(pilot, lambda: selected(editor).endswith(" Word20"), "now upwards")
        await hold(pilot, (left, line - 1))
        await pilot.mouse_up(offset=(left, line - 1))
        assert view._rolling is None
        assert editor.session.undo_depth == 0


async def test_the_text_rolls_while_an_edge_is_drawn_beyond_its_end(database, scheme):
    async with long_screen(database, scheme) as pilot:
        editor, view = editor_of(pilot), pilot.app.screen.view
        left, line = place_of(pilot.app, "Word40 ")
        await pilot.mouse_down(offset=(left + 5, line + 1))
        await hold(pilot, (left + 5, 23))
        await until(pilot, lambda: view.scroll_y > 20, "rolled down")
        await hold(pilot, (left + 5, 12))
        where = view.scroll_y
        await pilot.mouse_up(offset=(left + 5, 12))
        await until(pilot, lambda: editor.session.undo_depth == 1, "another edge")
        span = editor.state.annotations.entities["forty"]
        assert WORDS[: span.end].endswith(tuple(str(number) for number in range(200, 600)))
        assert where > 20


async def test_the_wheel_scrolls_and_the_next_key_comes_back_to_the_cursor(database, scheme):
    async with long_screen(database, scheme) as pilot:
        view, place = pilot.app.screen.view, editor_of(pilot).place
        for turn, scrolled in ((MouseScrollDown, 40), (MouseScrollUp, -1)):
            for _ in range(40):
                await pilot._post_mouse_events([turn], None, (20, 8))
            await until(pilot, lambda least=scrolled: view.scroll_y > least, "scrolled")
        await until(pilot, lambda: view.scroll_y == 0, "scrolled back")
        for _ in range(10):
            await pilot._post_mouse_events([MouseScrollDown], None, (20, 8))
        await until(pilot, lambda: view.scroll_y > 10, "scrolled")
        await hides(pilot, "Word40 ")
        assert editor_of(pilot).place == place
        await press(pilot, "l")
        await shows(pilot, "Word40 ", "Word41 ")


# -- spans and lists --------------------------------------------------------------------------


async def test_a_click_in_the_list_makes_a_span_the_current_one(tmp_path):
    async with sample_screen(tmp_path, LARGE) as pilot:
        editor = editor_of(pilot)
        left, line = place_of(pilot.app, "Ada Fenwick", 1)
        assert left > 80
        await pilot.click(offset=(left, line))
        await until(pilot, lambda: words_of(editor, editor.current) == "Ada Fenwick", "the span")


async def test_a_click_on_a_label_in_the_line_of_brackets_goes_to_its_span(tmp_path):
    async with sample_screen(tmp_path, SMALL) as pilot:
        left, line = place_of(pilot.app, "╰PERSON")
        await pilot.click(offset=(left + 2, line))
        await until(pilot, lambda: editor_of(pilot).current == "s09", "the span")


# -- roles ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_role_and_then_what_fills_it_are_clicked(tmp_path, size):
    async with sample_screen(tmp_path, size, *DECIDED) as pilot:
        editor = editor_of(pilot)
        event = editor.current
        await pilot.click(offset=place_of(pilot.app, "1 Agent"))
        await until(pilot, lambda: editor.linking.role == "Agent", "a role")
        left, line = place_of(pilot.app, "Almaland dismissed")
        await pilot.click(offset=(left + 2, line))
        await until(pilot, lambda: editor.session.undo_depth == 10, "an argument")
        fillers = editor.item.fillers("Agent")
        assert "Almaland" in [words_of(editor, filler) for filler in fillers]
        assert (editor.current, editor.mode) == (event, Mode.LINK)


async def test_a_click_on_the_letters_of_a_span_fills_the_role(tmp_path):
    async with sample_screen(tmp_path, LARGE, *DECIDED, "t", "3") as pilot:
        editor = editor_of(pilot)
        event = editor.current
        left, line = place_of(pilot.app, "Almaland dismissed")
        await pilot.click(offset=(left + 1, line + 1))
        await until(pilot, lambda: editor.session.undo_depth == 10, "an argument")
        assert editor.state.annotations.events[event].fillers("Origin")


async def test_a_click_on_what_fits_no_role_leaves_the_event(tmp_path):
    async with sample_screen(tmp_path, LARGE, *DECIDED, "t") as pilot:
        left, line = place_of(pilot.app, "early on")
        await pilot.click(offset=(left, line))
        await until(pilot, lambda: editor_of(pilot).mode is Mode.NORMAL, "no link mode")
        assert editor_of(pilot).session.undo_depth == 9


# -- keys on the status line ------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_click_on_a_key_of_the_status_line_presses_it(tmp_path, size):
    async with sample_screen(tmp_path, size) as pilot:
        editor = editor_of(pilot)
        yes = "a yes" if size == SMALL else "a accept"
        await pilot.click(offset=place_of(pilot.app, yes))
        await until(pilot, lambda: editor.session.undo_depth == 1, "accepted")
        await pilot.click(offset=place_of(pilot.app, "u undo"))
        await until(pilot, lambda: editor.session.undo_depth == 0, "undone")
        await press(pilot, "l")
        await pilot.click(offset=place_of(pilot.app, "e event"))
        await shows(pilot, "EVENT")
        await pilot.click(offset=place_of(pilot.app, "a Attack"))
        await until(pilot, lambda: editor.state.annotations.events, "an event")
        assert [each.type for each in editor.state.annotations.events.values()] == ["Attack"]


async def test_a_click_on_help_shows_it(tmp_path):
    async with sample_screen(tmp_path, SMALL) as pilot:
        await pilot.click(offset=place_of(pilot.app, "? help"))
        await shows(pilot, "yes or no to a suggestion", "leave, at any moment")
