"""The same words elsewhere: shown first, refusable, one change; suggested in other documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_reader import press as press_on_screen
from screen_reader import shows
from test_editor import press, undone
from test_screen import running

from annotator.actions import Mode
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.session.commands import AddSpan
from annotator.session.occurrences import Spread, marking, occurrences, suggest_elsewhere
from annotator.session.session import Session
from annotator.session.state import State
from annotator.store import documents, entries, suggestions
from annotator.store.verify import verify
from annotator.text.tokenizer import tokens
from annotator.tui.editing.editor import Editor

TEXT = "Georgia said that Georgia’s army left Georgia. Georgians, not georgia, stayed in Georgia."


@pytest.fixture
def session(database, scheme):
    documents.add(database, [Document("g", TEXT)])
    opened = Session(database, scheme, "mia")
    opened.open("g")
    yield opened
    assert verify(database) == ()


@pytest.fixture
def editor(session):
    opened = Editor(session)
    opened.run(AddSpan(Span.of("one", 0, 7, "LOC")))
    opened.point_at("one")
    return opened


def places(editor):
    found = editor.state.annotations.entities.values()
    return sorted((span.start, span.label) for span in found)


def starts(word="Georgia"):
    return [i for i in range(len(TEXT)) if TEXT.startswith(word, i)]


def test_every_place_is_shown_before_any_is_marked(editor):
    press(editor, "o")
    assert editor.mode is Mode.OCCURRENCES
    assert [start for start, _ in editor.focus.occurrences] == [18, 38, 81]
    assert all(editor.focus.occurrences.values())
    assert editor.focus.cursor == (18, 25)
    assert places(editor) == [(0, "LOC")]


def test_enter_marks_them_all_as_one_change(editor):
    press(editor, "o enter")
    assert places(editor) == [(0, "LOC"), (18, "LOC"), (38, "LOC"), (81, "LOC")]
    assert (editor.mode, editor.current) == (Mode.NORMAL, "one")
    press(editor, "u")
    assert editor.message == "Undone: mark 3 more as LOC."
    assert places(editor) == [(0, "LOC")]
    assert undone(editor) == {}


def test_part_of_a_word_and_other_capitals_are_no_occurrence(editor):
    press(editor, "o")
    shown = {start for start, _ in editor.focus.occurrences}
    assert TEXT.index("Georgians") not in shown
    assert TEXT.index("georgia,") not in shown


def test_a_place_is_left_out_and_taken_in_again(editor):
    press(editor, "o x")
    assert editor.focus.cursor == (38, 45)
    assert list(editor.focus.occurrences.values()) == [False, True, True]
    press(editor, "N x")
    assert list(editor.focus.occurrences.values()) == [True, True, True]
    press(editor, "x x enter")
    assert places(editor) == [(0, "LOC"), (18, "LOC")]
    assert undone(editor) == {}


def test_the_way_through_the_places_goes_round(editor):
    press(editor, "o N")
    assert editor.focus.cursor == (81, 88)
    press(editor, "n")
    assert editor.focus.cursor == (18, 25)


def test_escape_marks_none_and_goes_back(editor):
    press(editor, "o n escape")
    assert places(editor) == [(0, "LOC")]
    assert (editor.mode, editor.focus.cursor) == (Mode.NORMAL, (0, 7))
    assert editor.focus.occurrences == {}


def test_label_keys_do_nothing_meanwhile(editor):
    press(editor, "o 1 2 minus e t v")
    assert editor.mode is Mode.OCCURRENCES
    assert places(editor) == [(0, "LOC")]


def test_what_has_the_label_already_is_no_occurrence_and_another_label_is_left_out_at_first(editor):
    editor.run(AddSpan(Span.of("same", 18, 25, "LOC")))
    editor.run(AddSpan(Span.of("other", 38, 45, "PER")))
    editor.point_at("one")
    press(editor, "o")
    assert editor.focus.occurrences == {(38, 45): False, (81, 88): True}
    press(editor, "enter")
    assert places(editor) == [(0, "LOC"), (18, "LOC"), (38, "PER"), (81, "LOC")]


def test_when_all_are_left_out_nothing_changes(editor):
    depth = editor.session.undo_depth
    press(editor, "o x x x enter")
    assert editor.message == "None was marked."
    assert editor.session.undo_depth == depth


def test_where_the_words_are_nowhere_else_it_is_said(editor):
    editor.moving.to(TEXT.index("army"))
    press(editor, "1 o")
    assert editor.focus.occurrences == {}
    assert "nowhere else" in editor.message
    press(editor, "enter")
    assert editor.mode is Mode.NORMAL


def test_events_and_spans_in_pieces_have_no_occurrences(editor):
    press(editor, "e a escape o")
    assert editor.mode is Mode.NORMAL
    assert "entity" in editor.message
    assert occurrences(editor.state, editor.session.tokens, Span("x", ((0, 7), (8, 12)), "L")) == ()


def test_suggestions_are_taken_over_and_rejected_ones_left_out(session, database):
    found = [Span.of(f"s{start}", start, start + 7, "LOC") for start in (0, 18, 38)]
    found.append(Span.of("s81", 81, 88, "PER"))
    suggestions.replace(database, "test@1", [("g", [Suggestion(each, "test@1") for each in found])])
    session.open("g")
    editor = Editor(session)
    editor.point_at("s18")
    press(editor, "x")
    editor.point_at("s0")
    press(editor, "o enter")
    assert set(editor.state.annotations.entities) == {"s0", "s38", "s81"}
    assert {span.label for span in editor.state.annotations.entities.values()} == {"LOC"}
    assert editor.state.undecided() == ()
    assert undone(editor) == {}


@given(st.lists(st.sampled_from(["ab", "abab", "b", ".", " ", "\n"]), max_size=20).map("".join))
def test_occurrences_are_the_words_on_whole_tokens_and_never_share_a_character(content):
    content = "ab " + content
    state = State(Document("d", content), AnnotationSet("d", "mia"))
    found = tokens(content, "en")
    entity = Span.of("e", 0, 2, "LOC")
    shown = [each.place for each in occurrences(state, found, entity)]
    assert shown == [place for place in found if content[slice(*place)] == "ab"][1:]
    after = marking(state, entity, occurrences(state, found, entity)).apply(state)
    assert occurrences(after, found, entity) == ()


# -- other documents --------------------------------------------------------------------------


def test_in_other_documents_it_is_suggested_and_nothing_is_annotated(session, database):
    documents.add(database, [Document("h", "Georgia and Georgia."), Document("i", "Georgians.")])
    assert session.suggest_elsewhere("Georgia", "LOC") == Spread(2, 1)
    assert entries.load(database, "mia", "h") == {}
    found = suggestions.of(database, "h", "mia")
    assert [(s.span.start, s.label, s.source) for s in found] == [
        (0, "LOC", "occurrences:mia"),
        (12, "LOC", "occurrences:mia"),
    ]
    assert suggestions.of(database, "g", "mia") == suggestions.of(database, "i", "mia") == ()


def test_further_words_are_added_to_what_was_suggested_and_the_same_twice_is_not(session, database):
    documents.add(database, [Document("h", "Georgia and Oslo.")])
    assert session.suggest_elsewhere("Georgia", "LOC") == Spread(1, 1)
    assert session.suggest_elsewhere("Oslo", "LOC") == Spread(2, 2)
    assert session.suggest_elsewhere("Oslo", "LOC") == Spread(0, 0)
    assert [s.span.start for s in suggestions.of(database, "h", "mia")] == [0, 12]


def test_what_the_annotator_labelled_or_rejected_is_not_suggested_again(session, database):
    documents.add(database, [Document("h", "Georgia or Georgia or Georgia.")])
    session.suggest_elsewhere("Georgia", "PER")
    session.open("h")
    editor = Editor(session)
    press(editor, "a x")
    assert suggest_elsewhere(database, "mia", "g", "Georgia", "PER") == Spread(0, 0)
    assert suggest_elsewhere(database, "mia", "g", "Georgia", "LOC") == Spread(2, 1)


async def test_the_screen_shows_every_place_and_tells_what_it_suggested(session, database):
    documents.add(database, [Document("h", "Georgia and Georgia.")])
    session.run(AddSpan(Span.of("one", 0, 7, "LOC")))
    async with running(session) as pilot:
        await press_on_screen(pilot, "J", "o")
        await shows(pilot, "OCCURRENCES", "1/3", "Enter marks 3")
        await press_on_screen(pilot, "x")
        await shows(pilot, "2/3", "Enter marks 2")
        await press_on_screen(pilot, "o")
        await shows(pilot, "2 suggested in 1 other document.")
        await press_on_screen(pilot, "enter")
        await shows(pilot, "2 more marked as LOC", "NORMAL")
        assert len(session.state.annotations.entities) == 3
