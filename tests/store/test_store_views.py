"""The views read well in any program that opens the file."""

from __future__ import annotations

import sqlite3

import pytest

from annotator.model.change import Change
from annotator.model.event import Argument, Event
from annotator.model.records import event_record, span_record
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.store import history, suggestions

TEXT = "\U0001f600 Paris fell, says the mayor of Paris."


@pytest.fixture
def look(db, path):
    """Answers of a plain connection, as those of `sqlite3` on the command line are."""
    paris = Span.of("s1", 2, 7, "LOC")
    mayor = Span("h1", ((18, 23), (33, 38)), "PER")
    fall = Event(
        "e1", Span.of("t1", 8, 12, "Fall"), (Argument("place", "s1"), Argument("cause", "e2"))
    )
    says = Event("e2", Span.of("t2", 14, 18, "Say"), (), {"polarity": "asserted"})
    suggestions.replace(
        db,
        "p@1",
        [("a", [Suggestion(paris, "p@1", 0.5), Suggestion(Span.of("s2", 33, 38, "ORG"), "p@1")])],
    )
    changes = (
        *(Change("entity", span.id, None, span_record(span)) for span in (paris, mayor)),
        *(Change("event", event.id, None, event_record(event)) for event in (fall, says)),
        Change("decision", "s1", None, {"suggestion": "s1", "outcome": "accepted"}),
        Change("decision", "s2", None, {"suggestion": "s2", "outcome": "rejected"}),
        Change("flag", "done", None, {}),
    )
    history.append(db, history.NewHistoryRow("a", "ann", "s", {}, changes), 0)
    history.append(db, history.NewHistoryRow("a", "zoe", "s", {}, changes[:1]), 0)
    raw = sqlite3.connect(path)
    yield lambda sql: raw.execute(sql).fetchall()
    raw.close()


def test_spans_show_their_words_also_after_an_emoji(look):
    assert TEXT[2:7] == "Paris"
    found = look(
        'SELECT id, label, start, "end", text, origin, outcome FROM spans'
        " WHERE annotator = 'ann' ORDER BY start"
    )
    assert found == [
        ("s1", "LOC", 2, 7, "Paris", "p@1", "accepted"),
        ("h1", "PER", 18, 38, f"{TEXT[18:23]} {TEXT[33:38]}", "hand", "added"),
    ]


def test_events_show_their_trigger_and_attributes(look):
    found = look('SELECT id, type, trigger_text, start, "end", arguments, attributes FROM events')
    assert found == [
        ("e1", "Fall", "fell", 8, 12, 2, "{}"),
        ("e2", "Say", TEXT[14:18], 14, 18, 0, '{"polarity":"asserted"}'),
    ]


def test_arguments_show_the_words_of_what_they_point_to(look):
    found = look("SELECT event_id, role, target, target_kind, target_text FROM arguments")
    assert found == [
        ("e1", "place", "s1", "entity", "Paris"),
        ("e1", "cause", "e2", "event", TEXT[14:18]),
    ]


def test_decisions_show_what_was_suggested_by_whom(look):
    found = look("SELECT suggestion, kind, label, text, source, score, outcome FROM decisions")
    assert found == [
        ("s1", "entity", "LOC", "Paris", "p@1", 0.5, "accepted"),
        ("s2", "entity", "ORG", TEXT[33:38], "p@1", 1.0, "rejected"),
    ]


def test_progress_counts_by_annotator(look):
    found = look("SELECT annotator, document_id, entities, events, decided, done FROM progress")
    assert found == [("ann", "a", 2, 2, 2, 1), ("zoe", "a", 1, 0, 0, 0)]
