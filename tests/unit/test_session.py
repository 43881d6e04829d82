"""One annotator at work on a real file: saved at once, undone across documents and restarts."""

from __future__ import annotations

import pytest

from annotator.errors import CommandError, NothingToDoError, StaleStateError, StoreError
from annotator.model.annotations import FLAGGED
from annotator.model.document import Document
from annotator.model.event import Argument
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.session.commands import (
    AcceptSuggestion,
    AddSpan,
    Batch,
    FinishDocument,
    RejectSuggestion,
    Relabel,
    Remove,
    Resize,
    SetArgument,
    SetFlag,
)
from annotator.session.session import Session
from annotator.session.state import entries_of
from annotator.store import documents, entries, history, suggestions
from annotator.store.database import connect
from annotator.store.verify import verify


@pytest.fixture
def opened(database, scheme):
    """A session of mia with the document `news` open; the file is sound when the test ends."""
    session = Session(database, scheme, "mia")
    session.open("news")
    yield session
    assert verify(database) == ()


@pytest.fixture
def second(database, scheme):
    """Another session of mia, on a connection of its own."""
    with connect(database.path) as other:
        yield Session(other, scheme, "mia")


def rows(database):
    return len(history.rows(database, limit=1000))


def saved(database, document_id="news", annotator="mia"):
    return entries.load(database, annotator, document_id)


# -- opening ----------------------------------------------------------------------------------


def test_a_document_is_not_changed_by_being_opened(opened, database):
    before = documents.get(database, "news"), saved(database), rows(database)
    opened.open("rain")
    opened.open("news")
    opened.reload()
    assert (documents.get(database, "news"), saved(database), rows(database)) == before
    assert opened.state.annotations.is_empty
    assert opened.undo_depth == 0


def test_an_opened_document_has_its_suggestions_tokens_and_sentences(opened):
    assert [item.id for item in opened.items][:3] == ["mia", "acme", "bombed"]
    text = opened.state.document.text
    assert [text[s:e] for s, e in opened.tokens][:4] == ["Mia", "Stone", "of", "Acme"]
    assert len(opened.sentences) == 2
    opened.open("rain")
    assert opened.items == ()
    assert len(opened.tokens) == 5
    assert len(opened.sentences) == 1


def test_a_document_that_is_not_there_leaves_the_open_one_open(opened):
    with pytest.raises(StoreError):
        opened.open("nowhere")
    assert opened.state.document.id == "news"


def test_before_a_document_is_open_there_is_nothing_to_do(database, scheme):
    session = Session(database, scheme, "mia")
    with pytest.raises(NothingToDoError):
        session.run(AcceptSuggestion("mia"))


def test_without_documents_there_is_nothing_to_open(tmp_path, scheme):
    empty = connect(tmp_path / "empty.db", create=True)
    with empty as database, pytest.raises(NothingToDoError):
        Session(database, scheme, "mia").open_last()


def test_a_second_session_on_a_document_is_told_of_the_first(opened, second):
    second.open("news")
    assert second.also_open_in
    second.open("rain")
    assert second.also_open_in == ""
    opened.open("news")
    assert opened.also_open_in == ""


# -- running ----------------------------------------------------------------------------------


def test_a_command_is_saved_when_it_returns(opened, second):
    opened.run(AcceptSuggestion("bombed"))
    second.open("news")
    assert second.state == opened.state
    assert second.state.annotations.events["bombed"].arguments == (
        Argument("Attacker", "mia"),
        Argument("Target", "rome"),
    )


def test_a_command_that_changes_nothing_is_not_saved(opened, database):
    opened.run(AcceptSuggestion("mia"))
    before = rows(database)
    assert opened.run(AcceptSuggestion("mia")) == ()
    assert opened.run(Relabel("mia", "PER")) == ()
    assert rows(database) == before
    assert opened.undo_depth == 1


def test_a_refused_command_saves_nothing(opened, database):
    with pytest.raises(CommandError):
        opened.run(Batch((AcceptSuggestion("mia"), Remove("nothing"))))
    assert saved(database) == {}
    assert opened.state.annotations.is_empty


def test_a_batch_is_one_step(opened):
    opened.run(Batch((AcceptSuggestion("mia"), AcceptSuggestion("acme"), FinishDocument())))
    assert opened.undo_depth == 1
    opened.undo()
    assert opened.state.annotations.is_empty


def test_annotators_do_not_see_one_another(opened, database, scheme):
    opened.run(AcceptSuggestion("mia"))
    other = Session(database, scheme, "bo")
    other.open("news")
    assert other.state.annotations.is_empty
    assert other.also_open_in == ""
    assert other.undo() is None


# -- undo and redo ----------------------------------------------------------------------------


def test_undo_and_redo_cross_documents(opened):
    opened.run(AcceptSuggestion("bombed"))
    news = opened.state
    opened.open("rain")
    opened.run(AddSpan(Span.of("oslo", 13, 17, "LOC")))
    rain = opened.state

    step = opened.undo()
    assert (step.document_id, step.item_id) == ("rain", "oslo")
    assert opened.state.annotations.is_empty
    step = opened.undo()
    assert (step.document_id, opened.state.document.id) == ("news", "news")
    assert opened.state.annotations.is_empty
    assert opened.state.decisions == {}
    assert opened.undo() is None

    assert opened.redo().document_id == "news"
    assert opened.state == news
    assert opened.redo().document_id == "rain"
    assert opened.state == rain
    assert opened.redo() is None


def test_undo_and_redo_cross_a_restart(opened, second):
    states = [opened.state]
    for command in (
        AcceptSuggestion("said"),
        Relabel("acme", "LOC"),
        Resize("raid", ((0, 3), (5, 9))),
        SetArgument("bombed", "Attacker", "acme"),
        RejectSuggestion("bo"),
        SetFlag(FLAGGED, on=True),
    ):
        opened.run(command)
        states.append(opened.state)
    opened.close("acme")

    second.open_last()
    assert second.state == states[-1]
    for state in reversed(states[:-1]):
        assert second.undo() is not None
        assert second.state == state
    assert second.undo() is None
    for state in states[1:]:
        assert second.redo() is not None
        assert second.state == state


def test_what_was_undone_is_also_undone_in_the_file(opened, second):
    opened.run(AcceptSuggestion("mia"))
    opened.run(AcceptSuggestion("acme"))
    opened.undo()
    second.open("news")
    assert set(second.state.annotations.entities) == {"mia"}
    assert second.undo_depth == 1
    second.redo()
    assert set(second.state.annotations.entities) == {"mia", "acme"}


def test_the_undo_depth_counts_over_all_documents(opened, second):
    for command in (AcceptSuggestion("mia"), AcceptSuggestion("acme")):
        opened.run(command)
    opened.open("rain")
    opened.run(SetFlag(FLAGGED, on=True))
    assert opened.undo_depth == 3
    opened.undo()
    assert opened.undo_depth == 2
    second.open("news")
    assert second.undo_depth == 2


def test_a_new_command_ends_what_could_be_done_again(opened):
    opened.run(AcceptSuggestion("mia"))
    opened.undo()
    opened.run(AcceptSuggestion("acme"))
    assert opened.redo() is None
    assert set(opened.state.annotations.entities) == {"acme"}


def test_undo_takes_back_only_what_this_annotator_did(opened, database, scheme):
    other = Session(database, scheme, "bo")
    other.open("news")
    opened.run(AcceptSuggestion("mia"))
    other.run(AcceptSuggestion("acme"))
    opened.undo()
    assert set(other.state.annotations.entities) == {"acme"}
    assert saved(database) == {}
    assert saved(database, annotator="bo") == entries_of(other.state)


def test_a_decision_outlives_the_suggester_that_no_longer_suggests_it(opened, database, second):
    opened.run(RejectSuggestion("paris"))
    opened.run(AcceptSuggestion("mia"))
    suggestions.replace(database, "patterns:test@2", [("news", ())])
    second.open("news")
    assert {item.id for item in second.items} == {"mia"}
    assert second.state.is_rejected("paris")
    assert second.undo_depth == 2
    second.undo()
    second.undo()
    assert second.state.annotations.is_empty


# -- two sessions -----------------------------------------------------------------------------


def test_a_stale_session_is_refused_with_nothing_written(opened, second, database):
    second.open("news")
    opened.run(AcceptSuggestion("mia"))
    before, count = saved(database), rows(database)
    with pytest.raises(StaleStateError):
        second.run(AcceptSuggestion("acme"))
    assert (saved(database), rows(database)) == (before, count)
    assert second.state.annotations.is_empty


def test_a_stale_session_goes_on_after_it_was_loaded_again(opened, second):
    second.open("news")
    opened.run(AcceptSuggestion("mia"))
    second.reload()
    assert second.state == opened.state
    second.run(AcceptSuggestion("acme"))
    assert set(second.state.annotations.entities) == {"mia", "acme"}
    second.undo()
    second.undo()
    assert second.state.annotations.is_empty


def test_a_stale_undo_is_refused_with_nothing_written(opened, second, database):
    opened.run(AcceptSuggestion("mia"))
    second.open("news")
    second.run(Relabel("mia", "ORG"))
    before, count = saved(database), rows(database)
    with pytest.raises(StaleStateError):
        opened.undo()
    assert (saved(database), rows(database)) == (before, count)
    opened.reload()
    opened.undo()
    assert opened.state.annotations.entities["mia"].label == "PER"


def test_two_sessions_on_two_documents_do_not_disturb_each_other(opened, second):
    second.open("rain")
    opened.run(AcceptSuggestion("mia"))
    second.run(AddSpan(Span.of("oslo", 13, 17, "LOC")))
    opened.run(AcceptSuggestion("acme"))
    assert opened.undo_depth == 2


# -- the queue and the place ------------------------------------------------------------------


def test_the_place_is_restored_at_the_next_start(opened, second):
    opened.open("rain")
    opened.open("news")
    opened.close("paris")
    second.open_last()
    assert (second.state.document.id, second.place) == ("news", "paris")
    second.open("rain")
    assert second.place == ""


def test_without_a_place_the_first_document_that_is_not_done_is_opened(opened, second):
    opened.run(FinishDocument())
    second.open_last()
    assert second.state.document.id == "rain"


def test_when_all_is_done_the_first_document_is_opened(opened, second):
    for document_id in ("news", "rain"):
        opened.open(document_id)
        opened.run(FinishDocument())
    assert opened.next_open() is None
    second.open_last()
    assert second.state.document.id == "news"


def test_documents_have_a_position_and_neighbours(opened):
    assert opened.position == (1, 2)
    assert (opened.neighbour(1), opened.neighbour(-1)) == ("rain", None)
    opened.open("rain")
    assert opened.position == (2, 2)
    assert (opened.neighbour(1), opened.neighbour(-1)) == (None, "news")


def test_the_next_open_document_goes_round_and_passes_over_what_is_done(opened, database):
    documents.add(database, [Document("wind", "Wind."), Document("hail", "Hail in Rome.")])
    opened.open("rain")
    opened.run(FinishDocument())
    assert opened.next_open() == "wind"
    opened.open("wind")
    opened.run(FinishDocument())
    opened.open("hail")
    assert opened.next_open() == "news"
    opened.undo()
    assert opened.next_open() == "hail"


@pytest.mark.parametrize(("order", "following"), [("shortest", "wind"), ("uncertain", "rain")])
def test_the_queue_may_go_by_length_or_by_the_scores_of_suggestions(
    opened, database, order, following
):
    documents.add(database, [Document("wind", "Wind.")])
    unsure = Suggestion(Span.of("oslo", 13, 17, "LOC"), "guess@1", 0.1)
    suggestions.replace(database, "guess@1", [("rain", (unsure,))])
    opened.order = order
    assert opened.next_open() == following
