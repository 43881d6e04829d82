"""Letters on the words of the screen lead the cursor there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_reader import press as press_on_screen
from screen_reader import segments, shows, text
from test_editor import press, under_cursor, undone, words
from test_screen import expect_sound, running

from annotator.actions import Mode
from annotator.model.document import Document
from annotator.model.scheme import Scheme
from annotator.session.session import Session
from annotator.store import documents
from annotator.store.verify import verify
from annotator.tui.editing.editor import Editor
from annotator.tui.editing.hints import hints
from annotator.tui.page.focus import Focus
from annotator.tui.page.rows import wrap
from annotator.tui.page.text_styles import TextStyles
from annotator.tui.theme import THEMES, Palette


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open("news")
    yield opened
    assert verify(database) == ()


@pytest.fixture
def editor(session):
    return Editor(session)


def hint_of(editor, word):
    return editor.focus.word_hints[editor.state.document.text.index(word)]


def long_document(session, database, content):
    documents.add(database, [Document("long", content)])
    session.open("long")


def test_a_letter_on_each_word_leads_there(editor):
    press(editor, "apostrophe")
    assert editor.mode is Mode.JUMP
    hint = hint_of(editor, "killed")
    assert len(hint) == 1
    press(editor, hint)
    assert under_cursor(editor) == "killed"
    assert (editor.mode, editor.focus.word_hints) == (Mode.NORMAL, {})


def test_every_word_has_a_hint_of_its_own_and_punctuation_has_none(editor):
    press(editor, "m")
    found = editor.focus.word_hints
    content = editor.state.document.text
    assert len(set(found.values())) == len(found)
    assert [content[offset] for offset in found if not content[offset].isalnum()] == []
    assert len(found) == len(content.replace(".", "").split())


def test_after_the_first_of_two_letters_only_the_words_that_go_on_are_marked(session, database):
    long_document(session, database, "word " * 40)
    editor = Editor(session)
    press(editor, "apostrophe")
    hint = editor.focus.word_hints[150]
    assert len(hint) == 2
    press(editor, hint[0])
    assert 0 < len(editor.focus.word_hints) < 40
    assert editor.focus.word_hints[150] == hint[1]
    press(editor, hint[1])
    assert editor.place == 150


def test_while_selecting_the_selection_follows_the_jump(editor):
    press(editor, "v apostrophe")
    assert editor.focus.selection == (0, 3)
    press(editor, hint_of(editor, "Acme"))
    assert editor.mode is Mode.SELECT
    press(editor, "2")
    assert words(editor) == "Mia Stone of Acme"
    assert undone(editor) == {}


def test_escape_goes_back_to_where_the_jump_began(editor):
    press(editor, "v l apostrophe escape")
    assert (editor.mode, under_cursor(editor)) == (Mode.SELECT, "Stone")
    press(editor, "escape apostrophe escape")
    assert (editor.mode, editor.current) == (Mode.NORMAL, "mia")


def test_a_letter_that_leads_nowhere_and_a_digit_do_nothing(editor):
    press(editor, ["apostrophe", "1", "²", "A", "enter"])
    assert editor.mode is Mode.JUMP
    assert editor.state.annotations.is_empty


def test_there_is_no_jump_where_there_are_no_words(session, database):
    long_document(session, database, "... !!!")
    editor = Editor(session)
    press(editor, "apostrophe")
    assert editor.mode is Mode.NORMAL
    assert editor.message


def test_of_too_many_words_those_near_the_cursor_have_hints(session, database):
    long_document(session, database, "word " * 2000)
    editor = Editor(session)
    editor.moving.to(5000)
    press(editor, "apostrophe")
    found = editor.focus.word_hints
    assert len(found) == 26 * 26
    assert min(found) < 5000 < max(found)


@given(st.integers(0, 700))
def test_no_hint_is_the_beginning_of_another(count):
    found = list(hints(range(count)).values())
    assert len(set(found)) == len(found) == min(count, 676)
    in_order = sorted(found)
    assert not any(b.startswith(a) for a, b in pairwise(in_order))
    assert [len(hint) for hint in found] == sorted(len(hint) for hint in found)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_letters_stand_on_the_words_of_the_screen_only_and_go_with_the_jump(
    session, database, size
):
    long_document(session, database, "alpha beta gamma delta\n\n" * 60)
    async with running(session, size) as pilot:
        editor = pilot.app.screen.editor
        before = text(pilot.app)
        await press_on_screen(pilot, "'")
        await shows(pilot, "JUMP")
        found = editor.focus.word_hints
        assert 20 < len(found) < 120
        await shows(pilot, f"{found[0]}{'alpha'[len(found[0]) :]} ")
        expect_sound(pilot.app)
        target = max(found)
        await press_on_screen(pilot, *found[target])
        assert editor.word[0] == target
        await press_on_screen(pilot, "home")
        assert text(pilot.app) == before


def test_a_letter_that_touches_the_next_word_gets_a_single_letter_and_so_does_the_word(
    session, database
):
    long_document(session, database, "word " * 30 + "it is 5km off " + "word " * 30)
    editor = Editor(session)
    content = editor.state.document.text
    assert [content[slice(*token)] for token in editor.session.tokens[32:34]] == ["5", "km"]
    press(editor, "apostrophe")
    assert len(hint_of(editor, "5km")) == 1
    assert hint_of(editor, "km")
    assert len(editor.focus.word_hints) == 65
    press(editor, " ".join(hint_of(editor, "km")))
    assert under_cursor(editor) == "km"


async def test_hints_that_touch_each_other_look_different(session, database):
    long_document(session, database, "it is 5km off")
    async with running(session) as pilot:
        await press_on_screen(pilot, "'")
        await shows(pilot, "JUMP")
        found = pilot.app.screen.editor.focus.word_hints
        line = segments(pilot.app)[1]
        styles = [segment.style for segment in line if segment.text in (found[6], found[7])]
        assert len(styles) == 2
        assert styles[0] != styles[1]


def test_a_hint_at_the_end_of_a_row_is_whole():
    row = wrap("one two x", 20)[0]
    focus = Focus(word_hints={8: "as"})
    lettering = TextStyles(
        Palette(Scheme("none"), THEMES["ink"]), focus, {}, (0, 0), tells_status=False
    )
    shown = lettering.segments(row, ())
    assert "".join(segment.text for segment in shown) == "one two as"


async def test_letters_fit_on_wide_and_single_characters(session, database):
    long_document(session, database, "a b c 中文字符，日本語 x" * 9 + " é\u0301 y\u200d z")
    async with running(session) as pilot:
        await press_on_screen(pilot, "'")
        await shows(pilot, "JUMP")
        expect_sound(pilot.app)
        await press_on_screen(pilot, "a")
        expect_sound(pilot.app)
