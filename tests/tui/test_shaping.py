"""Edges by characters, spans split, merged, doubled and in pieces, and edges inside words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_reader import press as press_on_screen
from screen_reader import shows, text
from test_editor import press, undone, words
from test_screen import row_below, running

from annotator.actions import Mode
from annotator.model.annotations import Comment
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Outcome
from annotator.session.commands import AddEvent, AddSpan, Merge, Remove, Resize, SetComment
from annotator.session.session import Session
from annotator.store import documents
from annotator.store.verify import verify
from annotator.text.boundaries import before_punctuation, stepped
from annotator.text.tokenizer import tokens
from annotator.tui.editing.editor import Editor
from annotator.tui.page.marks import cuts_words


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open("news")
    yield opened
    assert verify(database) == ()


@pytest.fixture
def editor(session):
    return Editor(session)


def on(session, database, content):
    """An editor on a document of some words, without suggestions."""
    documents.add(database, [Document("new", content)])
    session.open("new")
    return Editor(session)


def ranges(editor, item_id):
    item = editor.state.item(item_id)
    return getattr(item, "trigger", item).ranges


# -- edges by characters --------------------------------------------------------------------------


def test_capitals_move_edges_by_one_character(editor):
    press(editor, "E")
    assert words(editor, "mia") == "ia Stone"
    press(editor, "F F G S S")
    assert words(editor, "mia") == "Mia Ston"
    assert editor.current == "mia"
    assert undone(editor) == {}


def test_a_toggle_lets_the_small_letters_move_by_characters(editor):
    press(editor, "i d f")
    assert words(editor, "mia") == "ia Ston"
    press(editor, "i f")
    assert words(editor, "mia") == "ia"
    assert undone(editor) == {}


def test_characters_end_where_the_span_or_the_text_does(session, database):
    editor = on(session, database, "é.")
    press(editor, "1 F E S")
    assert ranges(editor, editor.current) == ((0, 1),)
    press(editor, "G G")
    assert ranges(editor, editor.current) == ((0, 2),)


@given(st.text("ae\u0301\u200d👩🏽\u0915\u093f\n ", max_size=12), st.integers(0, 12))
def test_a_step_forward_is_undone_by_one_back_between_whole_characters(content, offset):
    offset = min(offset, len(content))
    there = stepped(content, offset, 1)
    assert offset <= there <= len(content)
    assert offset == len(content) or there > offset
    back = stepped(content, there, -1)
    assert back <= offset or offset == there
    assert stepped(content, back, 1) == there or there == 0


def test_a_letter_and_its_marks_are_one_step():
    assert stepped("e\u0301x", 0, 1) == 2
    assert stepped("👍🏽x", 0, 1) == 2
    assert stepped("🇫🇷🇩🇪x", 2, 1) == 4
    assert stepped("🇫🇷🇩🇪x", 4, -1) == 2
    assert stepped("e\u0301x", 2, -1) == 0
    assert stepped("👩\u200d🔧!", 0, 1) == 3


def test_widening_goes_to_before_the_next_punctuation_and_on_from_there(session, database):
    editor = on(session, database, "The anti-tank unit (of Oslo), they said, won 5% of $3.\n\nNext")
    press(editor, "1")
    seen = []
    for _ in range(6):
        press(editor, "comma")
        seen.append(words(editor))
    assert seen == [
        "The anti-tank unit",
        "The anti-tank unit (of Oslo",
        "The anti-tank unit (of Oslo)",
        "The anti-tank unit (of Oslo), they said",
        "The anti-tank unit (of Oslo), they said, won 5% of $3",
        "The anti-tank unit (of Oslo), they said, won 5% of $3.",
    ]
    assert undone(editor) == {}


def test_widening_ends_with_the_line_and_where_nothing_follows():
    content = "One two\nthree"
    found = tokens(content, "en")
    assert before_punctuation(content, found, 3) == 7
    assert before_punctuation(content, found, 9) == 13
    assert before_punctuation(content, found, 13) == 13


# -- edges inside words -----------------------------------------------------------------------


def test_one_key_widens_a_span_to_whole_words(editor):
    press(editor, "E F I")
    assert words(editor, "mia") == "Mia Stone"
    press(editor, "I")
    assert "already" in editor.message
    assert undone(editor) == {}


def test_a_trigger_is_snapped_and_keeps_its_arguments(editor):
    press(editor, "j j F I")
    event = editor.state.annotations.events["bombed"]
    assert event.trigger.surface(editor.state.document.text) == "bombed"
    assert len(event.arguments) == 2
    assert undone(editor) == {}


def test_an_edge_inside_a_word_is_found_in_every_piece_and_never_without_tokens():
    found = tokens("Mia Stone of Acme", "en")
    assert not cuts_words(Span("a", ((0, 9), (13, 17)), "PER"), found)
    assert cuts_words(Span("a", ((0, 9), (13, 16)), "PER"), found)
    assert cuts_words(Span.of("a", 0, 4, "PER"), found)
    assert not cuts_words(Span.of("a", 0, 4, "PER"), ())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_annotated_edge_inside_a_word_is_marked_at_once_until_it_is_snapped(session, size):
    session.tokens  # noqa: B018 - loads the tokenizer
    async with running(session, size) as pilot:
        assert "PER!" not in text(pilot.app)
        await press_on_screen(pilot, "F")
        await shows(pilot, "PER!", "edge inside a word: I snaps it")
        await press_on_screen(pilot, "I")
        assert "PER!" not in text(pilot.app)
        assert "edge inside" not in text(pilot.app)
        assert "PER" in row_below(pilot.app, "Mia Stone of")


async def test_what_was_cut_before_is_marked_once_the_tokenizer_is_there(session, database):
    documents.add(database, [Document("sv", "Stenarna rullar fort.", language="sv")])
    session.open("sv")
    session.run(AddSpan(Span.of("cut", 0, 5, "PER")))
    async with running(session) as pilot:
        await shows(pilot, "PER!", "edge inside a word")


# -- split and merge ------------------------------------------------------------------------------


def test_a_span_is_split_before_the_cursor_and_the_first_part_keeps_its_role(editor):
    press(editor, "a a a")
    editor.point_at("mia")
    press(editor, "l H")
    assert words(editor, "mia") == "Mia"
    assert (words(editor), editor.item.label) == ("Stone", "PER")
    assert editor.current != "mia"
    attack = editor.state.annotations.events["bombed"]
    assert Argument("Attacker", "mia") in attack.arguments
    depth = editor.session.undo_depth
    press(editor, "u")
    assert editor.message == "Undone: split."
    assert words(editor, "mia") == "Mia Stone"
    assert editor.session.undo_depth == depth - 1
    assert undone(editor) == {}


def test_a_span_is_not_split_at_its_first_word(editor):
    press(editor, "H")
    assert editor.state.annotations.is_empty
    assert "second part" in editor.message


def test_splitting_a_trigger_makes_a_second_event_without_arguments(editor):
    press(editor, "j j g l H")
    first = editor.state.annotations.events["bombed"]
    assert first.trigger.surface(editor.state.document.text) == "bombed"
    assert len(first.arguments) == 2
    assert (editor.item.type, words(editor), editor.item.arguments) == ("Attack", "Rome", ())
    assert undone(editor) == {}


def test_a_span_in_pieces_is_split_between_them(editor):
    editor.run(Resize("mia", ((0, 3), (13, 17))))
    editor.moving.to(13)
    editor.current = "mia"
    press(editor, "H")
    assert ranges(editor, "mia") == ((0, 3),)
    assert words(editor) == "Acme"
    assert undone(editor) == {}


def test_two_spans_of_a_label_are_merged_and_both_fill_their_roles(editor):
    editor.run(AddSpan(Span.of("ike", 0, 3, "PER")))
    editor.run(AddSpan(Span.of("tina", 4, 9, "PER")))
    attack = Event("one", Span.of("one-t", 18, 24, "Attack"), (Argument("Attacker", "ike"),))
    say = Event("two", Span.of("two-t", 33, 39, "Say"), (Argument("Speaker", "tina"),))
    editor.run(AddEvent(attack))
    editor.run(AddEvent(say))
    editor.run(SetComment(Comment("c", "tina", "who?")))
    press(editor, "x")
    editor.point_at("ike")
    press(editor, "M")
    assert ranges(editor, "ike") == ((0, 9),)
    annotations = editor.state.annotations
    assert "tina" not in annotations.entities
    assert annotations.events["one"].arguments == (Argument("Attacker", "ike"),)
    assert annotations.events["two"].arguments == (Argument("Speaker", "ike"),)
    assert annotations.comments["c"].target == "ike"
    press(editor, "u")
    assert ranges(editor, "tina") == ((4, 9),)
    assert editor.state.annotations.events["two"].arguments == (Argument("Speaker", "tina"),)
    assert undone(editor) == {}


def test_a_merge_goes_no_further_than_the_sentence(editor):
    press(editor, "M")
    assert "in this sentence" in editor.message
    assert editor.state.annotations.is_empty


def test_a_merge_keeps_the_span_that_a_suggested_event_waits_for(editor):
    editor.run(AddSpan(Span.of("the", 42, 45, "PER")))
    editor.point_at("the")
    press(editor, "M")
    assert editor.current == "bo"
    assert words(editor) == "The mayor of Paris said that the raid killed Bo Lee"
    assert editor.state.is_undecided("raid")
    assert editor.state.item("raid").arguments == (Argument("Target", "bo"),)
    assert undone(editor) == {}


def test_two_events_are_merged_with_the_arguments_of_both(editor):
    editor.run(
        AddEvent(Event("more", Span.of("more-t", 25, 29, "Attack"), (Argument("Place", "rome"),)))
    )
    press(editor, "x")
    editor.point_at("bombed")
    press(editor, "M")
    event = editor.state.annotations.events["bombed"]
    assert event.trigger.surface(editor.state.document.text) == "bombed Rome"
    assert Argument("Place", "rome") in event.arguments
    assert "more" not in editor.state.annotations.events
    assert undone(editor) == {}


def test_what_named_the_merged_event_names_the_kept_one_and_nothing_names_itself(state):
    say = Event("s", Span.of("s-t", 0, 3, "Say"), (Argument("Topic", "bombed"),))
    other = Event("o", Span.of("o-t", 4, 9, "Say"), (Argument("Topic", "s"),))
    with_both = AddEvent(other).apply(AddEvent(say).apply(state))
    merged = Merge("s", "o").apply(with_both).annotations
    assert merged.events["s"].arguments == (Argument("Topic", "bombed"),)
    assert merged.events["s"].trigger.ranges == ((0, 9),)


def test_a_merged_suggestion_is_decided(editor):
    editor.run(Merge("mia", "bo"))
    assert editor.state.decisions["mia"].outcome is Outcome.RESIZED
    assert editor.state.is_rejected("bo")
    assert editor.state.annotations.events["raid"].arguments == (Argument("Target", "mia"),)
    assert undone(editor) == {}


@pytest.mark.parametrize(("kept", "other"), [("mia", "mia"), ("mia", "bombed"), ("mia", "none")])
def test_what_is_not_two_of_a_kind_is_not_merged(editor, kept, other):
    assert not editor.run(Merge(kept, other))
    assert editor.state.annotations.is_empty


# -- duplicates -----------------------------------------------------------------------------------


def test_a_duplicate_has_the_label_whose_key_follows(editor):
    press(editor, "C 2")
    assert (words(editor), editor.item.label, editor.current != "mia") == ("Mia Stone", "ORG", True)
    assert editor.state.is_undecided("mia")
    assert editor.mode is Mode.NORMAL
    press(editor, "u")
    assert editor.message == "Undone: duplicate."
    assert undone(editor) == {}


def test_a_duplicate_of_an_event_keeps_its_arguments(editor):
    press(editor, "j j C s")
    assert (editor.item.type, words(editor)) == ("Say", "bombed")
    assert len(editor.item.arguments) == 2
    assert undone(editor) == {}


def test_a_duplicate_without_a_label_is_none(editor):
    press(editor, "C q escape")
    assert editor.mode is Mode.NORMAL
    assert editor.state.annotations.is_empty
    editor.moving.to(editor.state.document.text.index("on Monday"))
    press(editor, "C")
    assert editor.mode is Mode.NORMAL
    assert "no span" in editor.message


async def test_a_duplicate_may_be_labelled_by_name(session):
    async with running(session) as pilot:
        await press_on_screen(pilot, "C")
        await shows(pilot, "COPY", "1 PER", "2 ORG")
        await press_on_screen(pilot, "r")
        await shows(pilot, "A person")
        await press_on_screen(pilot, "l", "o", "c", "enter")
        await shows(pilot, "●1")
        (span,) = session.state.annotations.entities.values()
        assert (span.label, span.ranges) == ("LOC", ((0, 9),))


# -- pieces ---------------------------------------------------------------------------------------


def test_selected_words_become_a_further_piece_of_the_span_and_go_again(editor):
    press(editor, "v l l l v a")
    assert ranges(editor, "mia") == ((0, 9), (13, 17))
    assert (editor.current, editor.mode) == ("mia", Mode.NORMAL)
    press(editor, "v l l l v x")
    assert ranges(editor, "mia") == ((0, 9),)
    assert undone(editor) == {}


def test_a_piece_beside_the_span_is_joined_to_it(editor):
    press(editor, "v l l v a")
    assert ranges(editor, "mia") == ((0, 12),)
    assert undone(editor) == {}


def test_the_middle_may_be_taken_out_of_a_span_but_never_all_of_it(editor):
    press(editor, "g g v l v x")
    assert ranges(editor, "mia") == ((0, 3), (10, 17))
    press(editor, "v l l l x")
    assert editor.mode is Mode.SELECT
    assert "Nothing would be left" in editor.message
    assert undone(editor) == {}


def test_a_piece_needs_a_span_to_go_to(editor):
    editor.run(Remove("mia"))
    editor.moving.to(editor.state.document.text.index("on Monday"))
    press(editor, "v a")
    assert editor.mode is Mode.SELECT
    assert editor.state.annotations.is_empty


# -- accepting much ---------------------------------------------------------------------------


def test_everything_undecided_in_a_paragraph_or_the_document_is_accepted_as_one_step(editor):
    press(editor, "P")
    assert not editor.state.is_undecided("rome")
    assert editor.state.is_undecided("paris")
    press(editor, "u Y")
    assert editor.state.undecided() == ()
    assert editor.state.document.id == "news"
    assert not editor.state.annotations.is_done
    assert editor.session.undo_depth == 1
    assert undone(editor) == {}
