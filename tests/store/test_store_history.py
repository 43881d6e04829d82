"""Rows of history: saved once, chained, refused when stale, and folding to the entries."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import StaleStateError, StoreError
from annotator.model.change import Change, Key, applied, changes_between
from annotator.model.document import Document
from annotator.model.records import Record
from annotator.store import documents, entries, history
from annotator.store.database import Database, connect
from annotator.store.verify import folded_rows, verify


def row(*changes: Change, **given_: str) -> history.NewHistoryRow:
    values = {"document_id": "a", "annotator": "ann", "session": "s", **given_}
    return history.NewHistoryRow(command={"command": "Test"}, changes=changes, **values)


def flag(name: str) -> Change:
    return Change("flag", name, None, {})


def test_a_saved_row_is_given_back_as_it_is_read_later(db):
    saved = history.append(db, row(flag("done")), 0)
    assert history.find(db, saved.uuid) == saved
    assert history.rows(db) == (saved,)
    assert (saved.seq, saved.kind, saved.reverts, saved.previous_hash) == (1, "do", None, "")


def test_rows_are_chained_over_all_annotators_and_documents(db):
    first = history.append(db, row(flag("done")), 0)
    second = history.append(db, row(flag("done"), annotator="zoe"), 0)
    third = history.append(db, row(flag("done"), document_id="b"), 0)
    assert second.previous_hash == first.hash
    assert third.previous_hash == second.hash
    assert len({first.hash, second.hash, third.hash}) == 3


def test_a_stale_write_is_refused_and_nothing_is_written(db):
    history.append(db, row(flag("done")), 0)
    with pytest.raises(StaleStateError):
        history.append(db, row(flag("skipped")), 0)
    assert set(entries.load(db, "ann", "a")) == {("flag", "done")}
    assert len(history.rows(db)) == 1


def test_the_work_of_another_annotator_makes_nothing_stale(db):
    history.append(db, row(flag("done"), annotator="zoe"), 0)
    history.append(db, row(flag("done"), document_id="b"), 0)
    assert history.append(db, row(flag("done")), 0).seq == 3


def test_two_sessions_that_take_turns_on_one_document_lose_nothing(db, path):
    with connect(path) as other:
        first = history.append(db, row(flag("done")), history.revision(db, "ann", "a"))
        history.append(other, row(flag("skipped")), history.revision(other, "ann", "a"))
        with pytest.raises(StaleStateError):
            history.append(db, row(flag("flagged")), first.seq)
        history.append(db, row(flag("flagged")), history.revision(db, "ann", "a"))
    assert {key[1] for key in entries.load(db, "ann", "a")} == {"done", "skipped", "flagged"}


@pytest.mark.parametrize(
    "change",
    [
        Change("flag", "done", None, {"other": 1}),
        Change("flag", "done", {"other": 1}, None),
        Change("flag", "done", {"other": 1}, {}),
        Change("flag", "skipped", {}, None),
        Change("flag", "skipped", {}, {"a": 1}),
    ],
)
def test_a_change_that_does_not_fit_the_entries_is_refused_as_a_whole(db, change):
    history.append(db, row(flag("done")), 0)
    with pytest.raises(StaleStateError):
        history.append(db, row(flag("x"), change), 1)
    assert entries.load(db, "ann", "a") == {("flag", "done"): {}}
    assert len(history.rows(db)) == 1


def test_a_row_sent_again_under_its_uuid_is_saved_once(db):
    sent = row(flag("done"))
    first = history.append(db, sent, 0)
    assert history.append(db, sent, 0) == first
    assert history.append(db, sent, 99) == first
    assert history.append_many(db, [sent]) == 0
    assert len(history.rows(db)) == 1


def test_a_row_about_an_unknown_document_is_refused(db):
    with pytest.raises(StoreError, match="refuses"):
        history.append(db, row(flag("done"), document_id="nowhere"), 0)
    assert history.rows(db) == ()
    assert history.append(db, row(flag("done")), 0).seq == 1


def test_an_undo_of_nothing_is_refused(db):
    with pytest.raises(StoreError, match="refuses"):
        history.append(db, row(kind="undo", reverts="no such row"), 0)
    with pytest.raises(StoreError, match="refuses"):
        history.append(db, row(kind="undo"), 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET command = '{}'",
        "UPDATE history SET seq = 7",
        "DELETE FROM history",
        "INSERT OR REPLACE INTO history SELECT * FROM history",
        "REPLACE INTO history (seq, uuid, document_id, annotator, session, at, kind, command,"
        " changes, previous_hash, hash)"
        " VALUES (1, 'x', 'a', 'ann', 's', '', 'do', '{}', '[]', '', '')",
        "INSERT INTO history SELECT * FROM history WHERE true ON CONFLICT DO UPDATE SET at = ''",
    ],
)
def test_history_is_not_rewritten_even_by_another_program(db, path, statement):
    history.append(db, row(flag("done")), 0)
    before = db.rows("SELECT * FROM history")
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="history is never"):
        raw.execute(statement)
    raw.close()
    assert db.rows("SELECT * FROM history") == before


def test_many_rows_are_saved_together_or_not_at_all(db):
    good = [row(flag("done")), row(flag("done"), document_id="b")]
    with pytest.raises(StaleStateError):
        history.append_many(db, [*good, row(flag("done"))])
    assert history.rows(db) == ()
    assert history.append_many(db, good) == 2
    assert verify(db) == ()


def test_rows_come_newest_first_and_in_pages(db):
    for n in range(5):
        history.append(db, row(flag(str(n))), None)
    history.append(db, row(flag("0"), annotator="zoe", document_id="b"), None)
    page = history.rows(db, annotator="ann", limit=2)
    assert [each.seq for each in page] == [5, 4]
    page = history.rows(db, annotator="ann", before=page[-1].seq, limit=2)
    assert [each.seq for each in page] == [3, 2]
    assert [each.annotator for each in history.rows(db, document_id="b")] == ["zoe"]


def test_undo_and_redo_cross_documents_and_a_new_command_ends_redo(db):
    first = history.append(db, row(flag("done")), None)
    second = history.append(db, row(flag("done"), document_id="b"), None)
    undone = Change("flag", "done", {}, None)
    history.append(db, row(undone, document_id="b", kind="undo", reverts=second.uuid), None)
    assert history.stacks(db, "ann") == history.Stacks([first.uuid], [second.uuid])
    history.append(db, row(undone, kind="undo", reverts=first.uuid), None)
    assert history.stacks(db, "ann") == history.Stacks([], [second.uuid, first.uuid])
    history.append(db, row(flag("done"), kind="redo", reverts=first.uuid), None)
    assert history.stacks(db, "ann") == history.Stacks([first.uuid], [second.uuid])
    third = history.append(db, row(flag("skipped")), None)
    assert history.stacks(db, "ann") == history.Stacks([first.uuid, third.uuid], [])
    assert history.stacks(db, "zoe") == history.Stacks([], [])


def test_time_stamps_are_in_utc_and_do_not_order_anything(db):
    late = history.append(db, row(flag("1"), at="2030-01-01T00:00:00+00:00"), None)
    early = history.append(db, row(flag("2"), at="1999-01-01T00:00:00+00:00"), None)
    assert history.rows(db) == (early, late)
    assert history.now().endswith("+00:00")


# -- the law: entries are the fold of history -------------------------------------------------

KINDS = st.sampled_from(["entity", "event", "relation", "comment", "flag", "decision"])
KEYS = st.tuples(KINDS, st.sampled_from(["x", "y", "z"]))
VALUES = st.dictionaries(
    st.text(max_size=4), st.integers() | st.text(max_size=6) | st.none() | st.booleans(), max_size=3
)
STATES = st.dictionaries(KEYS, VALUES, max_size=6)
STEPS = st.lists(
    st.tuples(st.sampled_from(["do", "do", "undo", "redo"]), st.sampled_from(["a", "b"]), STATES),
    max_size=12,
)


@pytest.fixture(scope="module")
def long_lived() -> Iterator[Database]:
    with (
        tempfile.TemporaryDirectory() as folder,
        connect(Path(folder) / "annotator.db", create=True) as database,
    ):
        documents.add(database, [Document("a", "Text."), Document("b", "More text.")])
        yield database
        problems = [f for f in verify(database) if "it is no " not in f.message]
        assert problems == []


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_entries_are_always_the_fold_of_history(long_lived, steps):
    """The model: a dictionary for each document, and two stacks of rows."""
    db = long_lived
    annotator = history.new_uuid()
    model: dict[str, dict[Key, Record]] = {"a": {}, "b": {}}
    undo: list[history.HistoryRow] = []
    redo: list[history.HistoryRow] = []
    for kind, document_id, target in steps:
        if kind == "do":
            changes = changes_between(model[document_id], target)
            new = row(*changes, annotator=annotator, document_id=document_id)
            undo.append(history.append(db, new, history.revision(db, annotator, document_id)))
            redo.clear()
        else:
            source, other = (undo, redo) if kind == "undo" else (redo, undo)
            if not source:
                continue
            done = source.pop()
            other.append(done)
            document_id = done.document_id
            changes = done.changes
            if kind == "undo":
                changes = tuple(change.inverse() for change in reversed(changes))
            history.append(
                db,
                row(
                    *changes,
                    annotator=annotator,
                    document_id=document_id,
                    kind=kind,
                    reverts=done.uuid,
                ),
                history.revision(db, annotator, document_id),
            )
        model[document_id] = applied(model[document_id], changes)

    for document_id, expected in model.items():
        assert entries.load(db, annotator, document_id) == expected
        saved = db.rows(
            "SELECT changes FROM history WHERE annotator = ? AND document_id = ? ORDER BY seq",
            (annotator, document_id),
        )
        assert folded_rows(each[0] for each in saved) == expected
    found = history.stacks(db, annotator)
    assert found.undo == [each.uuid for each in undo]
    assert found.redo == [each.uuid for each in redo]
    assert dict(entries.all_of(db, annotator)) == {k: v for k, v in model.items() if v}
