"""Words are looked for in the text while they are typed."""

from __future__ import annotations

import pytest
from screen_reader import hides, segments, settle, shows
from screen_reader import press as press_on_screen
from test_editor import press, under_cursor
from test_screen import HOSTILE, SIZES, expect_nothing_stale, expect_sound, running
from textual import events

from annotator.actions import Mode
from annotator.model.document import Document
from annotator.session.session import Session
from annotator.store import documents
from annotator.tui.editing.editor import Editor


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open("news")
    return opened


@pytest.fixture
def editor(session):
    return Editor(session)


def typed(editor, words):
    press(editor, ["slash"])
    for char in words:
        editor.press({" ": "space"}.get(char, char), char)


def hits(editor):
    return [editor.state.document.text[start:end] for start, end in editor.focus.hits]


def test_every_place_shows_while_words_are_typed(editor):
    typed(editor, "r")
    many = len(hits(editor))
    editor.press("o", "o")
    assert hits(editor) == ["Ro"]
    assert many > 1
    assert editor.mode is Mode.FIND
    assert under_cursor(editor) == "Rome"
    press(editor, "backspace")
    assert len(hits(editor)) == many
    press(editor, "ctrl+u")
    assert hits(editor) == []


def test_enter_stays_and_n_goes_round_the_places(editor):
    typed(editor, "mo")
    assert hits(editor) == ["mo"] * 0 + ["Mo"]
    press(editor, "escape")
    typed(editor, "or")
    press(editor, "enter")
    assert editor.mode is Mode.NORMAL
    first = editor.place
    visited = [first]
    for _ in range(len(hits(editor))):
        press(editor, "n")
        visited.append(editor.place)
    assert visited[-1] == first
    assert sorted(set(visited)) == [start for start, _ in editor.focus.hits]
    press(editor, "N")
    assert editor.place == visited[-2]


def test_n_goes_to_the_nearest_place_from_where_the_cursor_went_meanwhile(editor):
    typed(editor, "a")
    press(editor, "enter end N")
    assert editor.place == editor.focus.hits[-1][0]
    press(editor, "home n")
    assert editor.place in [start for start, _ in editor.focus.hits[:2]]


def test_escape_goes_back_while_typing_and_ends_the_search_after_it(editor):
    press(editor, "w")
    place, current = editor.place, editor.current
    typed(editor, "killed")
    assert under_cursor(editor) == "killed"
    press(editor, "escape")
    assert (editor.place, editor.current, hits(editor)) == (place, current, [])
    typed(editor, "killed")
    press(editor, "enter escape")
    assert hits(editor) == []
    assert under_cursor(editor) == "killed"
    press(editor, "n")
    assert "/" in editor.message


def test_digits_and_letters_of_labels_are_words_while_typing(editor):
    typed(editor, "1ax-")
    assert editor.finding.words == "1ax-"
    assert editor.state.decisions == {}
    press(editor, "enter")
    assert "not in this text" in editor.message


def test_the_words_are_marked_in_the_next_document_too(editor):
    typed(editor, "on")
    press(editor, "enter")
    press(editor, [">".replace(">", "greater_than_sign")])
    assert hits(editor) == ["on"]
    press(editor, "escape less_than_sign")
    assert hits(editor) == []


def test_a_place_that_was_found_can_be_annotated(editor):
    typed(editor, "monday")
    press(editor, "enter 3")
    (span,) = editor.state.annotations.entities.values()
    assert (span.surface(editor.state.document.text), span.label) == ("Monday", "LOC")


@SIZES
async def test_the_places_stand_out_on_the_screen_and_nothing_stale_is_left(session, size):
    async with running(session, size) as pilot:
        before = {s.style for line in segments(pilot.app) for s in line}
        await press_on_screen(pilot, "/", "a")
        await shows(pilot, "FIND", "/a▏", "1/")
        assert {s.style for line in segments(pilot.app) for s in line} - before
        await expect_nothing_stale(pilot, "while typing")
        for key in ("down", "enter", "n", "N", "a", "escape"):
            await press_on_screen(pilot, key)
            await expect_nothing_stale(pilot, key)
        await hides(pilot, "FIND")


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_words_can_be_pasted_and_are_found(database, session, name):
    words = HOSTILE[name]
    documents.add(database, [Document("hostile", f"Some {words} there")])
    session.open("hostile")
    async with running(session) as pilot:
        await press_on_screen(pilot, "/")
        pilot.app.screen.post_message(events.Paste(words))
        await settle(pilot)
        await shows(pilot, "FIND")
        expect_sound(pilot.app)
        assert len(pilot.app.screen.editor.focus.hits) == 1
