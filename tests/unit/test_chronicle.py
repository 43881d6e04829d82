"""History tells every change in words, and where it was."""

from __future__ import annotations

import pytest

from annotator.model.annotations import Comment
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.session.commands import (
    AcceptSuggestion,
    AddEvent,
    AddSpan,
    FinishDocument,
    RejectSuggestion,
    Relabel,
    Remove,
    RemoveArgument,
    Resize,
    SetArgument,
    SetAttribute,
    SetComment,
    SetFlag,
)
from annotator.session.history_entries import PAGE
from annotator.session.session import Session


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open("news")
    return opened


def said(deed):
    label = f" {'◆' if deed.is_event else ''}{deed.label} “{deed.words}”" if deed.label else ""
    return f"{deed.verb}{label}{' ' if deed.detail else ''}{deed.detail}"


def last(session):
    told = session.history_entries.page()[0]
    return told.prefix + "; ".join(said(deed) for deed in told.history_texts)


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([AcceptSuggestion("acme")], "accepted ORG “Acme”"),
        ([AcceptSuggestion("raid")], "accepted ◆Attack “raid”; accepted PER “Bo Lee”"),
        ([RejectSuggestion("acme")], "rejected ORG “Acme”"),
        ([AcceptSuggestion("acme"), RejectSuggestion("acme")], "rejected ORG “Acme”"),
        (
            [Relabel("acme", "LOC")],
            "relabelled LOC “Acme” was ORG",
        ),
        (
            [AcceptSuggestion("acme"), Relabel("acme", "LOC")],
            "relabelled LOC “Acme” was ORG",
        ),
        (
            [AcceptSuggestion("acme"), Resize("acme", ((10, 17),))],
            "resized ORG “of Acme” was “Acme”",
        ),
        ([AddSpan(Span.of("t1", 0, 3, "PER"))], "added PER “Mia”"),
        ([AddSpan(Span.of("t1", 0, 3, "PER")), Remove("t1")], "removed PER “Mia”"),
        (
            [AddEvent(Event("e1", Span.of("e1t", 0, 3, "Say")))],
            "added ◆Say “Mia”",
        ),
        (
            [AcceptSuggestion("bombed"), SetArgument("bombed", "Place", "paris")],
            "filled Place of ◆Attack “bombed” with LOC “Paris”; accepted LOC “Paris”",
        ),
        (
            [AcceptSuggestion("bombed"), RemoveArgument("bombed", "Target", "rome")],
            "emptied Target of ◆Attack “bombed” with LOC “Rome”",
        ),
        (
            [AcceptSuggestion("bombed"), SetAttribute("bombed", "polarity", "negative")],
            "set polarity of ◆Attack “bombed” to negative",
        ),
        ([FinishDocument()], "marked as done"),
        ([FinishDocument(), SetFlag("done", on=False)], "marked as not done"),
        ([SetFlag("skipped", on=True)], "skipped"),
        ([SetFlag("flagged", on=True)], "flagged"),
        ([SetComment(Comment("c", "", "who?"))], "commented “who?”"),
        ([SetComment(Comment("c", "acme", "who?"))], "commented on ORG “Acme” “who?”"),
    ],
)
def test_a_change_is_told_in_words(session, commands, words):
    for command in commands:
        session.run(command)
    assert last(session) == words


def test_what_was_undone_is_told_as_what_it_was(session):
    session.run(AcceptSuggestion("acme"))
    session.undo()
    assert last(session) == "undid: accepted ORG “Acme”"
    session.redo()
    assert last(session) == "did again: accepted ORG “Acme”"


def test_an_event_with_new_arguments_tells_its_place(session):
    event = Event("e1", Span.of("e1t", 0, 3, "Say"), (Argument("Speaker", "mia"),))
    session.run(AddEvent(event))
    told = session.history_entries.page()[0]
    assert (told.document_id, told.title, told.item_id) == ("news", "A raid", "e1")


def test_history_is_read_page_by_page_the_newest_first(session):
    for number in range(PAGE + 5):
        session.run(SetComment(Comment("c", "", f"note {number}")))
    first = session.history_entries.page()
    second = session.history_entries.page(first[-1].seq)
    assert (len(first), len(second)) == (PAGE, 5)
    assert first[0].history_texts[0].detail == f"“note {PAGE + 4}”"
    assert session.history_entries.page(second[-1].seq) == ()


def test_history_of_one_document_and_of_one_annotator_only(session, database, scheme):
    session.run(FinishDocument())
    session.open("rain")
    session.run(FinishDocument())
    Session(database, scheme, "zoe").open("news")
    assert [told.document_id for told in session.history_entries.page()] == ["rain", "news"]
    assert [told.document_id for told in session.history_entries.page(None, "news")] == ["news"]
    assert Session(database, scheme, "zoe").history_entries.page() == ()


def test_comments_that_stand_are_listed_with_what_they_are_on(session):
    session.run(AddSpan(Span.of("t1", 0, 3, "PER")))
    session.run(SetComment(Comment("c1", "t1", "by hand")))
    session.run(SetComment(Comment("c2", "acme", "suggested")))
    session.run(SetComment(Comment("c3", "", "gone")))
    session.run(SetComment(Comment("c3", "", "")))
    told = [said(deed) for row in session.history_entries.comments() for deed in row.history_texts]
    assert told == ["commented on PER “Mia” “by hand”", "commented on ORG “Acme” “suggested”"]
