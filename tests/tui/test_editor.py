"""What keys do, played without a screen."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.actions import ACTIONS, Mode
from annotator.model.annotations import DONE, FLAGGED
from annotator.model.document import Document
from annotator.model.event import Argument
from annotator.model.span import Span
from annotator.session.commands import AddSpan, Relabel, Resize
from annotator.session.session import Session
from annotator.session.state import entries_of
from annotator.store import documents, entries
from annotator.store.database import connect
from annotator.store.verify import verify
from annotator.tui.editing.editor import Editor

NAMED = {
    "semicolon": ";", "full_stop": ".", "greater_than_sign": ">", "less_than_sign": "<",
    "exclamation_mark": "!", "backslash": "\\", "question_mark": "?", "enter": "\r", "tab": "\t",
    "space": " ", "backspace": "\x7f", "escape": "\x1b", "minus": "-", "equals_sign": "=",
}  # fmt: skip
EVERY_KEY = sorted(
    {key for action in ACTIONS for key in action.keys}
    | set("abcdefghijklmnopqrstuvwxyz0123456789")
    | {"minus", "equals_sign", "²", "é"}
)


def press(editor, keys):
    """Press keys by Textual's names; every change and the focus are asked for as a screen does."""
    answer = None
    for key in keys.split() if isinstance(keys, str) else keys:
        answer = editor.press(key, key if len(key) == 1 else NAMED.get(key))
        editor.taken_changes()
        assert editor.focus.cursor[0] <= len(editor.state.document.text)
    return answer


def words(editor, item_id=None):
    text = editor.state.document.text
    item = editor.state.item(item_id or editor.current)
    return getattr(item, "trigger", item).surface(text)


def under_cursor(editor):
    start, end = editor.focus.cursor
    return editor.state.document.text[start:end]


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open("news")
    yield opened
    assert verify(database) == ()


@pytest.fixture
def editor(session):
    return Editor(session)


@pytest.fixture
def plain(session):
    """An editor on a document of five words without suggestions."""
    session.open("rain")
    return Editor(session)


def undone(editor):
    """The entries after everything was undone, of every document."""
    editor.leave()
    while editor.session.undo_depth:
        depth = editor.session.undo_depth
        press(editor, "u")
        assert editor.session.undo_depth == depth - 1, editor.message
    return entries_of(editor.state)


# -- deciding ---------------------------------------------------------------------------------


def test_the_first_undecided_span_is_the_current_one(editor):
    assert editor.current == "mia"
    assert under_cursor(editor) == "Mia"


def test_accepting_goes_on_to_the_next_undecided(editor):
    press(editor, "a enter")
    assert set(editor.state.annotations.entities) == {"mia", "acme"}
    assert editor.current == "bombed"
    assert undone(editor) == {}


def test_an_accepted_event_takes_its_fillers_along_and_the_next_is_undecided(editor):
    press(editor, "x a")
    assert editor.current == "bombed"
    press(editor, "a")
    assert set(editor.state.annotations.events) == {"bombed"}
    assert editor.state.annotations.events["bombed"].arguments == (Argument("Target", "rome"),)
    assert editor.current == "paris"
    assert undone(editor) == {}


def test_rejecting_goes_on_and_the_rejected_span_is_no_stop_any_more(editor):
    press(editor, "x")
    assert editor.state.is_rejected("mia")
    assert editor.current == "acme"
    press(editor, "K")
    assert editor.current == "bo"
    assert undone(editor) == {}


def test_rejecting_what_was_accepted_takes_it_out_and_stays(editor):
    press(editor, "a K x")
    assert editor.state.is_rejected("mia")
    assert editor.state.annotations.is_empty
    assert editor.current == ""
    assert under_cursor(editor) == "Mia"
    assert undone(editor) == {}


def test_a_digit_relabels_a_suggestion_and_goes_on(editor):
    press(editor, "2")
    assert editor.state.annotations.entities["mia"].label == "ORG"
    assert editor.current == "acme"
    assert undone(editor) == {}


def test_the_digit_of_the_suggested_label_accepts_and_goes_on(editor):
    press(editor, "1")
    assert editor.state.decisions["mia"].outcome.value == "accepted"
    assert editor.current == "acme"


def test_a_label_without_a_key_has_the_first_spare_digit(editor):
    assert editor.label_keys() == {"1": "PER", "2": "ORG", "3": "LOC"}


def test_a_digit_relabels_what_was_accepted_and_stays(editor):
    press(editor, "a K 3")
    assert editor.state.annotations.entities["mia"].label == "LOC"
    assert editor.current == "mia"
    assert undone(editor) == {}


def test_a_digit_on_an_event_changes_nothing_and_says_why(editor):
    press(editor, "a a 1")
    assert editor.current == "bombed"
    assert editor.state.is_undecided("bombed")
    assert "event" in editor.message


def test_everything_undecided_in_a_sentence_is_accepted_as_one_step(editor):
    press(editor, "A")
    annotated = {*editor.state.annotations.entities, *editor.state.annotations.events}
    assert annotated == {"mia", "acme", "bombed", "rome"}
    assert editor.current == "paris"
    assert editor.session.undo_depth == 1
    assert undone(editor) == {}


def test_going_on_passes_over_what_is_decided_and_goes_round(editor):
    press(editor, "a j j")
    assert editor.current == "rome"
    press(editor, "k k k")
    assert editor.current == "bo"
    press(editor, "j")
    assert editor.current == "acme"


def test_when_nothing_is_left_it_is_said(editor):
    press(editor, "A A")
    assert editor.state.undecided() == ()
    assert "Nothing is left" in editor.message


# -- edges ------------------------------------------------------------------------------------


def test_edges_move_by_whole_words_and_the_span_stays_the_current_one(editor):
    press(editor, "d")
    assert (words(editor, "mia"), editor.current) == ("Stone", "mia")
    press(editor, "g")
    assert words(editor, "mia") == "Stone of"
    press(editor, "f")
    assert words(editor, "mia") == "Stone"
    press(editor, "s")
    assert words(editor, "mia") == "Mia Stone"
    assert editor.state.decisions["mia"].outcome.value == "accepted"
    assert undone(editor) == {}


def test_an_edge_never_leaves_the_text_nor_the_last_word(editor):
    press(editor, "s")
    assert words(editor, "mia") == "Mia Stone"
    press(editor, "f f f")
    assert words(editor, "mia") == "Mia"
    assert editor.session.undo_depth == 1


def test_an_events_trigger_moves_and_its_arguments_are_kept(editor):
    press(editor, "a a g")
    event = editor.state.annotations.events["bombed"]
    assert event.trigger.surface(editor.state.document.text) == "bombed Rome"
    assert event.arguments == (Argument("Attacker", "mia"), Argument("Target", "rome"))
    assert event.trigger.label == "Attack"
    assert undone(editor) == {}


def test_a_filler_with_another_edge_still_fills_its_role(editor):
    press(editor, "a a a")
    editor.point_at("rome")
    press(editor, "g")
    assert words(editor, "rome") == "Rome on"
    assert Argument("Target", "rome") in editor.state.annotations.events["bombed"].arguments
    assert undone(editor) == {}


def test_the_outer_edges_of_a_discontinuous_span_move_and_its_gap_stays(editor):
    editor.run(Resize("mia", ((0, 3), (10, 12))))
    press(editor, "g")
    assert editor.state.annotations.entities["mia"].ranges == ((0, 3), (10, 17))
    press(editor, "f f d")
    assert editor.state.annotations.entities["mia"].ranges == ((0, 3), (10, 12))
    assert undone(editor) == {}


# -- new spans --------------------------------------------------------------------------------


def test_a_new_span_of_two_words_costs_three_keys(plain):
    press(plain, "v right 3")
    assert words(plain) == "Rain fell"
    assert plain.item.label == "LOC"
    assert plain.mode is Mode.NORMAL
    assert undone(plain) == {}


def test_a_digit_on_a_bare_word_makes_it_an_entity(plain):
    press(plain, "l l l 3")
    assert words(plain) == "Oslo"
    assert plain.session.undo_depth == 1
    assert undone(plain) == {}


def test_a_span_may_be_selected_backwards_and_within_another(editor):
    press(editor, "right shift+left 2")
    assert words(editor) == "Mia Stone"
    assert len(editor.state.annotations.entities) == 1
    assert editor.current != "mia"
    assert editor.state.is_undecided("mia")


def test_a_selection_that_is_cancelled_leaves_nothing(editor):
    press(editor, "v right right escape")
    assert editor.mode is Mode.NORMAL
    assert editor.focus.selection is None
    assert editor.state.annotations.is_empty


def test_after_a_cancelled_selection_keys_act_on_what_is_under_the_cursor(editor):
    press(editor, "v right right right escape")
    assert under_cursor(editor) == "Acme"
    assert editor.current == "acme"


def test_a_mouse_selection_is_widened_to_whole_words(plain):
    plain.making.select(2, 7)
    start, end = plain.focus.selection
    assert plain.state.document.text[start:end] == "Rain fell"
    press(plain, "1")
    assert words(plain) == "Rain fell"


def test_other_spans_on_the_same_word_are_reached_one_after_another(editor):
    editor.run(AddSpan(Span.of("long", 0, 17, "ORG")))
    press(editor, "full_stop")
    assert editor.current == "long"
    press(editor, "full_stop")
    assert editor.current == "mia"


# -- events -----------------------------------------------------------------------------------


def test_an_event_is_made_of_a_word_and_letters_fill_its_roles(editor):
    editor.moving.to(editor.state.document.text.index("killed"))
    press(editor, "e a")
    event = editor.item
    assert (words(editor), event.type, event.arguments) == ("killed", "Attack", ())
    assert editor.mode is Mode.LINK
    hints = editor.focus.hints
    assert set(hints) == {"mia", "acme", "rome", "paris", "bo"}
    press(editor, hints["bo"])
    assert editor.item.arguments == (Argument("Target", "bo"),)
    press(editor, editor.focus.hints["mia"])
    assert editor.item.arguments[1] == Argument("Attacker", "mia")
    press(editor, "enter")
    assert editor.mode is Mode.NORMAL
    assert editor.current == event.id
    assert undone(editor) == {}


def test_a_digit_chooses_the_role_that_the_next_letter_fills(editor):
    press(editor, "j j t")
    assert editor.current == "bombed"
    press(editor, "3")
    assert editor.linking.role == "Place"
    assert set(editor.focus.hints) == {"rome", "paris"}
    press(editor, editor.focus.hints["paris"])
    assert editor.item.fillers("Place") == ("paris",)
    assert editor.linking.role is None
    assert undone(editor) == {}


def test_the_same_digit_again_chooses_no_role(editor):
    press(editor, "j j t 1 1")
    assert editor.linking.role is None
    press(editor, "9")
    assert editor.linking.role is None


@pytest.mark.parametrize("key", ["²", "٣", "①", "九"])
def test_what_looks_like_a_digit_never_raises_where_roles_are_filled(editor, key):
    press(editor, ["j", "j", "t", key])
    assert editor.mode is Mode.LINK
    assert editor.state.annotations.is_empty


def test_the_last_argument_is_taken_out_again(editor):
    press(editor, "j j t backspace")
    assert editor.item.arguments == (Argument("Attacker", "mia"),)
    press(editor, "backspace backspace")
    assert editor.item.arguments == ()
    assert undone(editor) == {}


def test_an_event_fills_a_role_of_another_event(editor):
    press(editor, "j j j j j t")
    assert editor.current == "said"
    press(editor, "2")
    press(editor, editor.focus.hints["bombed"])
    assert set(editor.item.fillers("Topic")) == {"raid", "bombed"}
    assert undone(editor) == {}


def test_another_type_keeps_the_arguments(editor):
    press(editor, "j j e s")
    assert (editor.item.type, len(editor.item.arguments)) == ("Say", 2)
    assert editor.mode is Mode.NORMAL
    assert undone(editor) == {}


def test_an_event_is_made_of_the_current_span(editor):
    press(editor, "e a")
    assert words(editor) == "Mia Stone"
    assert editor.state.is_undecided("mia")
    assert undone(editor) == {}


def test_an_event_is_made_of_a_selection(plain):
    press(plain, "v l e a")
    assert (words(plain), plain.item.type) == ("Rain fell", "Attack")
    assert plain.mode is Mode.NORMAL  # nothing fits its roles
    assert undone(plain) == {}


def test_a_key_of_no_event_type_makes_no_event(editor):
    press(editor, "e q")
    assert editor.state.annotations.is_empty
    press(editor, "escape")
    assert editor.mode is Mode.NORMAL


def test_an_attribute_key_goes_through_the_values(editor):
    press(editor, "j j minus")
    assert editor.item.attributes == {"polarity": "negative"}
    press(editor, "minus")
    assert editor.item.attributes == {}
    editor.point_at("said")
    seen = []
    for _ in range(3):
        press(editor, "equals_sign")
        seen.append(editor.item.attributes.get("tense"))
    assert seen == ["past", "future", None]
    assert undone(editor) == {}


def test_an_attribute_of_other_types_only_does_nothing_here(editor):
    press(editor, "j j equals_sign")
    assert editor.state.annotations.is_empty


def test_roles_of_what_is_no_event_are_not_filled(editor):
    press(editor, "t")
    assert editor.mode is Mode.NORMAL
    assert editor.message


# -- the document -----------------------------------------------------------------------------


def test_finishing_accepts_the_rest_and_opens_the_next_document(editor, database):
    press(editor, "x D")
    assert editor.state.document.id == "rain"
    saved = entries.load(database, "mia", "news")
    assert ("flag", DONE) in saved
    assert sum(kind in ("entity", "event") for kind, _ in saved) == 7
    press(editor, "u u")
    assert editor.state.document.id == "news"
    assert entries_of(editor.state) == {}


def test_a_comment_goes_with_the_span_made_by_hand_and_comes_back_with_it(editor):
    press(editor, "v l 3")
    made = editor.current
    editor.queueing.comment("why?")
    press(editor, "x")
    assert not editor.state.annotations.holds(made)
    assert editor.state.annotations.comments == {}
    press(editor, "u")
    assert editor.current == made
    assert [each.target for each in editor.state.annotations.comments.values()] == [made]
    assert undone(editor) == {}


def test_when_every_document_is_done_it_is_said(editor):
    press(editor, "D D")
    assert editor.message == "Every document is done."


def test_documents_are_walked_through_in_both_directions(editor):
    press(editor, "greater_than_sign")
    assert editor.state.document.id == "rain"
    press(editor, "greater_than_sign")
    assert editor.message
    press(editor, "less_than_sign")
    assert editor.state.document.id == "news"
    assert editor.session.undo_depth == 0


def test_a_flag_is_raised_and_lowered(editor):
    press(editor, "exclamation_mark")
    assert FLAGGED in editor.state.annotations.flags
    press(editor, "exclamation_mark")
    assert editor.state.annotations.is_empty


def test_a_comment_belongs_to_the_current_span_and_an_empty_one_is_removed(editor):
    editor.queueing.comment("who?")
    editor.queueing.comment("she")
    assert [(c.target, c.text) for c in editor.state.annotations.comments.values()] == [
        ("mia", "she")
    ]
    editor.queueing.comment("")
    assert editor.state.annotations.is_empty


def test_an_undo_says_what_it_took_back_and_goes_there(editor):
    press(editor, "a j j u")
    assert editor.current == "mia"
    assert editor.message
    press(editor, "u")
    assert editor.message == "Nothing to undo."
    press(editor, "U")
    assert set(editor.state.annotations.entities) == {"mia"}
    press(editor, "U")
    assert editor.message == "Nothing to redo."


def test_keys_that_only_a_screen_can_do_are_handed_on(editor):
    assert press(editor, "question_mark") == "help"
    assert press(editor, "r") == "pick-label"
    assert press(editor, "c") == "comment"
    assert press(editor, "f5") is None


def test_an_action_may_have_other_keys(session):
    editor = Editor(session, {"accept": ("f2",)})
    press(editor, "a")
    assert editor.state.annotations.is_empty
    press(editor, "f2")
    assert set(editor.state.annotations.entities) == {"mia"}


def test_the_annotators_place_is_where_the_editor_begins(session):
    session.remember("paris")
    session.open("news")
    assert Editor(session).current == "paris"


# -- refusals ---------------------------------------------------------------------------------


@pytest.fixture
def overtaken(database, scheme, editor):
    """The editor after another session has changed its document."""
    with connect(database.path) as other:
        second = Session(other, scheme, "mia")
        second.open("news")
        second.run(AddSpan(Span.of("theirs", 0, 3, "ORG")))
        yield editor


@pytest.mark.parametrize("key", ["a", "x", "2", "d", "exclamation_mark", "A", "D"])
def test_a_change_that_was_refused_is_told_and_the_editor_stays_where_it_is(
    overtaken, database, key
):
    before = entries.load(database, "mia", "news")
    press(overtaken, key)
    assert "nothing was saved" in overtaken.message
    assert overtaken.current == "mia"
    assert overtaken.state.is_undecided("mia")
    assert entries.load(database, "mia", "news") == before


def test_after_a_refusal_the_same_key_does_what_it_says_on_what_is_there_now(overtaken, database):
    press(overtaken, "a a")
    assert set(overtaken.state.annotations.entities) == {"theirs", "mia"}
    assert entries_of(overtaken.state) == entries.load(database, "mia", "news")


def test_an_attribute_that_was_refused_is_told(overtaken):
    overtaken.point_at("bombed")
    press(overtaken, "minus")
    assert "nothing was saved" in overtaken.message


def test_an_undo_that_was_refused_in_another_document_leaves_nothing_of_this_one(
    database, scheme, editor
):
    press(editor, "greater_than_sign v 3 less_than_sign a")
    with connect(database.path) as other:
        second = Session(other, scheme, "mia")
        second.open("news")
        second.run(Relabel("mia", "ORG"))
    press(editor, "greater_than_sign")
    assert words(editor) == "Rain"
    press(editor, "u")
    assert "nothing was saved" in editor.message
    assert editor.current == "" or editor.item is not None
    assert entries_of(editor.state) == entries.load(database, "mia", editor.state.document.id)


# -- every key everywhere ---------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b", "."])
def test_no_key_does_anything_bad_to_a_document_without_words(database, scheme, text):
    documents.add(database, [Document("blank", text)])
    session = Session(database, scheme, "mia")
    for key in EVERY_KEY:
        session.open("blank")
        editor = Editor(session)
        for mode in ("", "v", "e"):
            press(editor, f"{mode} {key}")
            press(editor, "escape")
    assert undone(editor) == {}


numbers = itertools.count()


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(keys=st.lists(st.sampled_from(EVERY_KEY), min_size=20, max_size=60))
def test_whatever_is_pressed_can_be_undone_and_done_again(database, scheme, keys):
    session = Session(database, scheme, f"annotator {next(numbers)}")
    session.open("news")
    editor = Editor(session)
    press(editor, keys)
    ids = documents.ids(database)
    last = {i: entries.load(database, session.annotator, i) for i in ids}
    depth = session.undo_depth
    assert entries_of(editor.state) == last[editor.state.document.id]
    undone(editor)
    assert all(entries.load(database, session.annotator, i) == {} for i in ids)
    for _ in range(depth):
        press(editor, "U")
    assert {i: entries.load(database, session.annotator, i) for i in ids} == last


@settings(
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(turns=st.lists(st.tuples(st.booleans(), st.sampled_from(EVERY_KEY)), max_size=60))
def test_two_editors_of_one_annotator_never_break_each_others_work(database, scheme, turns):
    name = f"annotator {next(numbers)}"
    editors = []
    for _ in range(2):
        session = Session(database, scheme, name)
        session.open("news")
        editors.append(Editor(session))
    for which, key in turns:
        editor = editors[which]
        press(editor, [key])
        assert editor.current == "" or editor.item is not None
    for editor in editors:
        editor.session.reload()
        document_id = editor.state.document.id
        assert entries_of(editor.state) == entries.load(database, name, document_id)
    assert verify(database) == ()
