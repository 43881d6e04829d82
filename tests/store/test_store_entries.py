"""Current annotations, one document at a time and all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.change import Change
from annotator.model.document import Document
from annotator.model.identity import canonical_json
from annotator.store import documents, entries, history, leases, places


def flagged(db, annotator: str, *document_ids: str) -> None:
    change = (Change("flag", "done", None, {}),)
    history.append_many(
        db, [history.NewHistoryRow(name, annotator, "s", {}, change) for name in document_ids]
    )


def test_annotators_are_those_who_say_something(db):
    assert entries.annotators(db) == ()
    flagged(db, "zoe", "a")
    flagged(db, "ann", "a", "b")
    flagged(db, "Émile", "b")
    assert entries.annotators(db) == ("ann", "zoe", "Émile")


def test_everything_on_some_documents_comes_by_id(db):
    flagged(db, "ann", "a", "b")
    flagged(db, "zoe", "a")
    assert dict(entries.of_documents(db, "ann", ["b", "none", "a", "a"])) == {
        "a": {("flag", "done"): {}},
        "b": {("flag", "done"): {}},
    }
    assert list(entries.of_documents(db, "zoe", ["b"])) == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_record_is_written_as_canonical_json_is(record):
    assert entries.record_json(record) == canonical_json(record)


def test_everything_of_an_annotator_comes_document_by_document(db):
    names = [f"d{n:04d}" for n in range(1200)]
    documents.add(db, [Document(name, name) for name in names])
    flagged(db, "ann", *reversed(names))
    flagged(db, "zoe", "a")
    found = list(entries.all_of(db, "ann"))
    assert [name for name, _ in found] == names
    assert all(each == {("flag", "done"): {}} for _, each in found)
    assert [name for name, _ in entries.all_of(db, "zoe")] == ["a"]
    assert list(entries.all_of(db, "nobody")) == []


def test_an_annotator_may_write_while_everything_is_read(db):
    flagged(db, "ann", "a", "b")
    for document_id, _ in entries.all_of(db, "ann"):
        flagged(db, "zoe", document_id)
    assert [name for name, _ in entries.all_of(db, "zoe")] == ["a", "b"]


def test_a_second_session_on_a_document_is_told_of_the_first(db):
    assert leases.take(db, "a", "ann", "one") == ()
    assert leases.take(db, "b", "ann", "two") == ()
    assert leases.take(db, "a", "zoe", "three") == ()
    (other,) = leases.take(db, "a", "ann", "two")
    assert (other.session, other.document_id, other.annotator) == ("one", "a", "ann")
    assert [each.session for each in leases.take(db, "a", "ann", "one")] == ["two"]


def test_a_session_that_let_go_is_told_of_no_more(db):
    leases.take(db, "a", "ann", "one")
    leases.take(db, "b", "ann", "one")
    leases.release(db, "one", "a")
    assert leases.take(db, "a", "ann", "two") == ()
    assert len(leases.take(db, "b", "ann", "two")) == 1
    leases.release(db, "one")
    assert leases.take(db, "b", "ann", "two") == ()


def test_a_session_whose_process_is_gone_is_cleared_away(db):
    leases.take(db, "a", "ann", "one")
    with db.write() as transaction:
        transaction.run("UPDATE leases SET pid = ?", (2**22 + 1,))  # above every pid
    assert leases.take(db, "a", "ann", "two") == ()
    assert db.rows("SELECT session FROM leases") == [("two",)]


def test_a_session_on_another_host_counts_for_half_a_day(db):
    leases.take(db, "a", "ann", "one")
    with db.write() as transaction:
        transaction.run("UPDATE leases SET host = 'elsewhere'")
    assert len(leases.take(db, "a", "ann", "two")) == 1
    with db.write() as transaction:
        transaction.run("UPDATE leases SET host = 'elsewhere', since = '2020-01-01T00:00:00+00:00'")
    assert leases.take(db, "a", "ann", "three") == ()


def test_the_last_place_is_remembered_for_each_annotator(db):
    assert places.last(db, "ann") is None
    places.keep(db, "ann", places.Place("a", "s1"))
    places.keep(db, "ann", places.Place("b"))
    places.keep(db, "zoe", places.Place("a"))
    assert places.last(db, "ann") == places.Place("b", "")
