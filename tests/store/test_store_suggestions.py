"""Suggestions of the last run are current; what was decided on stays."""

from __future__ import annotations

import pytest

from annotator.errors import StoreError
from annotator.model.change import Change
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.store import history, suggestions


def spans(source: str, *starts: int) -> list[Suggestion]:
    return [Suggestion(Span.of(f"s{n}", n, n + 1, "LOC"), source, 0.5) for n in starts]


def starts(found: tuple[Suggestion, ...]) -> list[int]:
    return [suggestion.span.start for suggestion in found]


def test_spans_and_events_come_back_as_they_were_and_by_place(db):
    event = Event(
        "e", Span("t", ((8, 12), (14, 18)), "Fall"), (Argument("place", "s2"),), {"a": "b"}
    )
    found = [Suggestion(event, "p@1", 0.25), *spans("p@1", 20, 2)]
    assert suggestions.replace(db, "p@1", [("a", found)]) == 3
    assert suggestions.of(db, "a", "ann") == (found[2], found[0], found[1])


def test_what_a_suggester_has_now_comes_for_some_documents(db):
    suggestions.replace(db, "p@1", [("a", spans("p@1", 1, 2)), ("b", spans("p@1", 3))])
    suggestions.replace(db, "p@2", [("a", spans("p@2", 2))])
    suggestions.replace(db, "q@1", [("a", spans("q@1", 5))])
    found = suggestions.current(db, "p@3", ["a", "b", "none"])
    assert {document_id: starts(of) for document_id, of in found.items()} == {"a": [2], "b": [3]}


def test_a_second_run_takes_the_place_of_the_first(db):
    suggestions.replace(db, "p@1", [("a", spans("p@1", 1, 2))])
    suggestions.replace(db, "p@2", [("a", spans("p@2", 2, 3))])
    assert starts(suggestions.of(db, "a", "ann")) == [2, 3]
    assert {s.source for s in suggestions.of(db, "a", "ann")} == {"p@2"}
    assert db.value("SELECT count(*) FROM suggestions") == 3
    assert suggestions.sources(db) == {"p@2": 2}


def test_a_run_leaves_other_documents_and_suggesters_alone(db):
    suggestions.replace(db, "p@1", [("a", spans("p@1", 1)), ("b", spans("p@1", 1))])
    suggestions.replace(db, "q@1", [("a", spans("q@1", 5))])
    suggestions.replace(db, "p@2", [("a", [])])
    assert starts(suggestions.of(db, "a", "ann")) == [5]
    assert starts(suggestions.of(db, "b", "ann")) == [1]


def test_what_an_annotator_decided_on_stays_with_that_annotator(db):
    suggestions.replace(db, "p@1", [("a", spans("p@1", 1, 2))])
    decision = Change("decision", "s1", None, {"suggestion": "s1", "outcome": "rejected"})
    history.append(db, history.NewHistoryRow("a", "ann", "s", {}, (decision,)), 0)
    suggestions.replace(db, "p@2", [("a", spans("p@2", 3))])
    assert starts(suggestions.of(db, "a", "ann")) == [1, 3]
    assert starts(suggestions.of(db, "a", "zoe")) == [3]


def test_a_document_waits_until_this_version_has_run_on_it_even_if_it_found_nothing(db):
    assert suggestions.waiting(db, "p@1") == ("a", "b")
    suggestions.replace(db, "p@1", [("b", [])])
    assert suggestions.waiting(db, "p@1") == ("a",)
    suggestions.replace(db, "p@1", [("a", spans("p@1", 1))])
    assert suggestions.waiting(db, "p@1") == ()
    assert suggestions.waiting(db, "p@2") == ("a", "b")
    assert suggestions.waiting(db, "q@1") == ("a", "b")


def test_suggestions_for_an_unknown_document_are_refused(db):
    with pytest.raises(StoreError):
        suggestions.replace(db, "p@1", [("a", spans("p@1", 1)), ("nowhere", spans("p@1", 1))])
    assert suggestions.of(db, "a", "ann") == ()


def test_the_same_ids_may_occur_in_several_documents(db):
    suggestions.replace(db, "p@1", [("a", spans("p@1", 1)), ("b", spans("p@1", 1))])
    assert starts(suggestions.of(db, "b", "ann")) == [1]
    assert db.value("SELECT count(*) FROM suggestions") == 2


def test_nothing_is_locked_while_a_suggester_thinks(db):
    def thinking():
        for document_id in ("a", "b"):
            with db.write() as transaction:
                transaction.run("DELETE FROM leases")
            yield document_id, spans("p@1", 1)

    assert suggestions.replace(db, "p@1", thinking()) == 2
