"""Documents are added once, come back as they were, and never change."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.model.change import Change
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.store import documents, history, order, suggestions
from annotator.store.documents import Conflict, Duplicate, Summary

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def test_what_is_added_again_is_the_same_and_nothing_is_written(db):
    before = db.rows("SELECT * FROM documents")
    given_ = list(documents.every(db))
    result = documents.add(db, given_)
    assert (result.added, result.same) == (0, 2)
    assert (result.conflicts, result.duplicates) == ([], [])
    assert db.rows("SELECT * FROM documents") == before


def test_another_text_under_a_known_id_is_a_conflict_and_is_not_kept(db):
    other = Document("b", "Sun.")
    kept = documents.get(db, "b")
    result = documents.add(db, [other])
    assert result.conflicts == [Conflict("b", kept.sha256, other.sha256)]
    assert documents.get(db, "b") == kept


def test_a_known_text_under_another_id_is_reported_and_added_only_when_asked(db):
    copy = Document("c", "Rain.")
    assert documents.add(db, [copy]).duplicates == [Duplicate("c", "b")]
    assert documents.ids(db) == ("a", "b")
    result = documents.add(db, [copy], keep_duplicates=True)
    assert (result.added, result.duplicates) == (1, [Duplicate("c", "b")])
    assert documents.add(db, [copy], keep_duplicates=True).same == 1
    assert documents.add(db, [Document("d", "Rain.")]).duplicates == [Duplicate("d", "b")]


def test_conflicts_and_duplicates_are_found_within_one_batch(db):
    result = documents.add(
        db, [Document("x", "1"), Document("x", "1"), Document("x", "2"), Document("y", "1")]
    )
    assert (result.added, result.same) == (1, 1)
    assert [c.id for c in result.conflicts] == ["x"]
    assert result.duplicates == [Duplicate("y", "x")]


def test_more_documents_than_a_batch_keep_their_order(db):
    many = [Document(f"n{n % 7}-{n}", f"Text {n}") for n in range(2 * documents.BATCH + 3)]
    assert documents.add(db, iter(many)).added == len(many)
    assert documents.ids(db) == ("a", "b", *(document.id for document in many))
    assert list(documents.every(db))[2:] == many
    assert documents.count(db) == len(many) + 2


def test_named_documents_come_in_the_order_in_which_they_are_named(db):
    assert [document.id for document in documents.every(db, ["b", "nowhere", "a"])] == ["b", "a"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    meta=st.dictionaries(st.text(max_size=6), JSON, max_size=4),
    language=st.sampled_from(["en", "de", "xx"]),
)
def test_every_document_comes_back_as_it_was(db, text, meta, language):
    document = Document(history.new_uuid(), text, meta, language)
    documents.add(db, [document], keep_duplicates=True)
    found = documents.get(db, document.id)
    assert found == document
    assert found.sha256 == document.sha256


def test_an_unknown_document_is_an_error(db):
    with pytest.raises(StoreError, match="no document 'nowhere'"):
        documents.get(db, "nowhere")


@pytest.mark.parametrize("meta", [{"when": object()}, {"score": float("nan")}, {"a": "\ud800"}])
def test_a_document_whose_meta_is_not_json_is_refused_by_name(db, meta):
    with pytest.raises(StoreError, match="'odd'"):
        documents.add(db, [Document("odd", "x", meta)])


def test_the_tokenizer_in_use_is_kept_with_the_documents(db):
    documents.add(db, [Document("c", "x")], "en:Tokenizer:1")
    documents.add(db, [Document("d", "y")], "en:Tokenizer:2")
    assert documents.tokenizers(db) == ("en:Tokenizer:1", "en:Tokenizer:2")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET text = 'x'",
        "UPDATE documents SET sha256 = 'x'",
        "UPDATE documents SET id = id || 'x'",
        "DELETE FROM documents",
        "INSERT OR REPLACE INTO documents SELECT * FROM documents",
    ],
)
def test_texts_are_not_changed_even_by_another_program(db, path, statement):
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    raw.execute("UPDATE documents SET title = 'another title'")
    raw.close()


def test_a_summary_counts_what_the_annotator_did_and_what_is_left(db):
    found = [Suggestion(Span.of(f"s{n}", n, n + 1, "LOC"), "p@1", 0.5) for n in range(3)]
    suggestions.replace(db, "p@1", [("a", found)])
    span = {"id": "s0", "label": "LOC", "ranges": [[0, 1]]}
    changes = (
        Change("entity", "s0", None, span),
        Change("event", "e", None, {}),
        Change("decision", "s0", None, {"suggestion": "s0", "outcome": "accepted"}),
        Change("decision", "old", None, {"suggestion": "old", "outcome": "rejected"}),
        Change("flag", "flagged", None, {}),
        Change("flag", "done", None, {}),
    )
    history.append(db, history.NewHistoryRow("a", "ann", "s", {}, changes), 0)
    title = "\U0001f600 Paris fell, says the mayor of Paris."
    mine, other = documents.summaries(db, "ann")
    assert mine == Summary("a", title, None, ("done", "flagged"), 2, 1, 1)
    assert mine.is_done
    assert other == Summary("b", "Rain.", None, (), 0, 0, 0)
    assert documents.summaries(db, "zoe")[0] == Summary("a", title, None, (), 3, 0, 0)
    suggestions.replace(db, "p@2", [("a", found[1:])])
    assert documents.summaries(db, "ann")[0].left == 2


def test_a_summary_has_title_and_date_of_the_meta(db):
    documents.add(db, [Document("c", "x", {"title": "News", "date": "2026-01-02"})])
    documents.add(db, [Document("d", "y", {"title": 5, "date": 6})])
    third, fourth = documents.summaries(db, "ann")[2:]
    assert (third.title, third.date) == ("News", "2026-01-02")
    assert (fourth.title, fourth.date) == ("y", None)


def test_the_next_open_document_goes_round_and_leaves_out_what_is_done(db):
    documents.add(db, [Document("c", "x")])
    done = (Change("flag", "done", None, {}),)
    assert [order.number(db, name) for name in "abc"] == [1, 2, 3]
    assert (order.neighbour(db, "a", 1), order.neighbour(db, "a", -1)) == ("b", None)
    history.append(db, history.NewHistoryRow("b", "ann", "s", {}, done), 0)
    assert order.next_open(db, "ann") == "a"
    assert order.next_open(db, "ann", "a") == "c"
    assert order.next_open(db, "ann", "c") == "a"
    history.append(db, history.NewHistoryRow("a", "ann", "s", {}, done), 0)
    history.append(db, history.NewHistoryRow("c", "ann", "s", {}, done), 0)
    assert order.next_open(db, "ann") is None
    assert order.next_open(db, "zoe", "b") == "c"
