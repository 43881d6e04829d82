"""When documents were finished."""

from __future__ import annotations

from datetime import UTC, datetime

from annotator.model.change import Change
from annotator.store import finished, history

ON = Change("flag", "done", None, {})
OFF = Change("flag", "done", {}, None)
TOLD = Change("comment", "c", None, {"target": "", "text": '"id":"done","kind":"flag"'})


def append(db, document_id, annotator, day, *changes):
    at = f"2026-03-{day:02}T10:00:00.000+00:00"
    row = history.NewHistoryRow(document_id, annotator, "s", {}, changes, at=at)
    history.append(db, row, None)


def on(day):
    return datetime(2026, 3, day, 10, tzinfo=UTC)


def test_a_document_is_dated_by_the_last_who_finished_it(db):
    append(db, "a", "ann", 1, ON)
    append(db, "a", "zoe", 4, ON)
    append(db, "a", "kim", 9, ON)
    assert finished.times(db, ["ann", "zoe"]) == {"a": on(4)}
    assert finished.times(db, []) == {}


def test_a_document_finished_again_is_dated_by_the_last_time(db):
    append(db, "a", "ann", 1, ON)
    append(db, "a", "ann", 2, OFF)
    assert finished.times(db, ["ann"]) == {}
    append(db, "a", "ann", 3, ON)
    assert finished.times(db, ["ann"]) == {"a": on(3)}


def test_what_comes_after_finishing_does_not_move_it(db):
    append(db, "a", "ann", 1, ON)
    append(db, "a", "ann", 5, TOLD)
    assert finished.times(db, ["ann"]) == {"a": on(1)}


def test_a_time_that_is_none_is_left_out(db):
    history.append(db, history.NewHistoryRow("a", "ann", "s", {}, (ON,), at="soon"), None)
    assert finished.times(db, ["ann"]) == {}
    append(db, "a", "zoe", 2, ON)
    assert finished.times(db, ["ann", "zoe"]) == {"a": on(2)}
