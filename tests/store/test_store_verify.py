"""Every kind of damage is found, and a sound file has no findings."""

from __future__ import annotations

import sqlite3

import pytest

from annotator.model.change import Change
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.store import history, suggestions
from annotator.store.database import connect
from annotator.store.verify import Finding, verify

TRIGGERS = (
    "documents_keep_their_text",
    "documents_stay",
    "history_is_not_rewritten",
    "history_stays",
    "history_is_not_replaced",
)


@pytest.fixture
def full(db):
    suggestions.replace(db, "p@1", [("a", [Suggestion(Span.of("s", 2, 7, "LOC"), "p@1")])])
    span = {"id": "s", "label": "LOC", "ranges": [[2, 7]]}
    for n in range(5):
        change = Change("comment", f"c{n}", None, {"id": f"c{n}", "target": "", "text": "hm"})
        changes = (change, Change("entity", "s", None, span)) if n == 0 else (change,)
        row = history.NewHistoryRow("a", "ann", "s", {"command": "Test"}, changes)
        history.append(db, row, n)
    return db


def damaged(db, statement: str) -> tuple[Finding, ...]:
    """What is found after another program, which dropped the triggers, has run `statement`."""
    raw = sqlite3.connect(db.path)
    sql = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    for name in TRIGGERS:
        raw.execute(f"DROP TRIGGER {name}")
    assert raw.execute(statement).rowcount > 0
    for name in TRIGGERS:
        raw.execute(sql[name])
    raw.commit()
    raw.close()
    return verify(db)


def test_a_sound_file_has_no_findings_and_tells_how_far_it_is(full):
    stages: list[tuple[str, int, int]] = []
    assert verify(full, lambda *stage: stages.append(stage)) == ()
    assert {stage for stage, _, _ in stages} == {
        "file",
        "schema",
        "documents",
        "history",
        "annotations",
    }
    assert ("documents", 2, 2) in stages
    assert ("history", 5, 5) in stages
    assert all(done <= total for _, done, total in stages)


@pytest.mark.parametrize(
    "change",
    [
        "command = replace(command, 'Test', 'Tess')",
        "changes = replace(changes, 'hm', 'mm')",
        "annotator = 'zoe'",
        "document_id = 'b'",
        "at = '2020'",
        "session = 't'",
        "uuid = 'u'",
        "hash = 'b2:00'",
        "previous_hash = 'b2:00'",
    ],
)
def test_one_changed_value_in_one_row_of_history_is_found(full, change):
    found = damaged(full, f"UPDATE history SET {change} WHERE seq = 3")
    assert any(f.kind == "history" and f.where in ("row 3", "row 4") for f in found)


def test_a_row_changed_together_with_its_hash_is_found(full):
    _, *content, previous, _ = full.row(f"SELECT {history.COLUMNS} FROM history WHERE seq = 3")
    content[4] = "2020-01-01T00:00:00+00:00"
    digest = history.chained(previous, tuple(content))
    found = damaged(
        full, f"UPDATE history SET at = '{content[4]}', hash = '{digest}' WHERE seq = 3"
    )
    assert found == (Finding("history", "row 4", "a row before it is missing or was changed"),)


def test_a_row_taken_out_of_history_is_found(full):
    found = damaged(full, "DELETE FROM history WHERE seq = 3")
    assert Finding("history", "row 4", "a row before it is missing or was changed") in found


def test_the_last_row_taken_out_of_history_is_found(full):
    found = damaged(full, "DELETE FROM history WHERE seq = 5")
    assert Finding("history", "row 5", "the last rows are missing") in found


def test_a_changed_text_is_found(full):
    found = damaged(
        full, "UPDATE documents SET text = replace(text, 'fell', 'felt') WHERE id = 'a'"
    )
    assert found == (Finding("document", "a", "its text is not what was imported"),)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET record = replace(record, 'hm', 'mm') WHERE id = 'c2'",
        "DELETE FROM entries WHERE id = 'c2'",
        "UPDATE entries SET annotator = 'zoe' WHERE id = 'c2'",
        "INSERT INTO entries VALUES ('ann', 'a', 'comment', 'c2x', '{}')",
    ],
)
def test_entries_that_are_not_what_history_says_are_found(full, statement):
    found = damaged(full, statement)
    assert found
    assert {f.message for f in found} == {"the comment is not what history says"}
    assert all("c2" in f.where for f in found)


@pytest.mark.parametrize("table", ["entries SET record", "suggestions SET item"])
def test_a_span_beyond_the_text_is_found(full, table):
    column = table.rpartition(" ")[2]
    found = damaged(full, f"UPDATE {table} = replace({column}, '[2,7]', '[2,700]') WHERE id = 's'")
    assert any("ends at 700, beyond the text (38)" in f.message for f in found)


@pytest.mark.parametrize("broken", ["[2]", "[7,2]", "nonsense"])
def test_a_span_that_is_none_is_found(full, broken):
    found = damaged(
        full, f"UPDATE entries SET record = replace(record, '[2,7]', '{broken}') WHERE id = 's'"
    )
    assert any("it is no entity" in f.message for f in found)


def test_a_missing_or_planted_trigger_is_found(full, path):
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER history_stays")
    raw.execute("DROP INDEX documents_by_text")
    raw.execute(
        "CREATE TRIGGER planted AFTER INSERT ON entries BEGIN UPDATE entries SET record = '{}'; END"
    )
    raw.execute("CREATE VIEW my_own AS SELECT 1")
    raw.close()
    assert verify(full) == (
        Finding("schema", "index documents_by_text", "is missing"),
        Finding("schema", "trigger history_stays", "is missing"),
        Finding("schema", "trigger planted", "is not ours and may change what is saved"),
    )


def test_a_row_that_points_to_nothing_is_found(full, path):
    raw = sqlite3.connect(path)
    raw.execute("INSERT INTO runs VALUES ('nowhere', 'p', 'p@1')")
    raw.commit()
    raw.close()
    assert [f.message for f in verify(full)] == ["points to nothing in documents"]


def test_a_damaged_page_is_a_finding_and_no_traceback(full, path):
    page = full.value("SELECT rootpage FROM sqlite_master WHERE name = 'history'")
    size = full.value("PRAGMA page_size")
    full.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    with connect(path) as database:
        assert any(f.kind == "file" for f in verify(database))


def test_what_points_to_nothing_is_found_and_no_word_of_the_article_is_told(full):
    event = {
        "id": "e1",
        "type": "Raid",
        "trigger": {"id": "e1t", "ranges": [[0, 1]]},
        "arguments": [{"role": "Place", "target": "s"}, {"role": "Agent", "target": "gone"}],
        "attributes": {},
    }
    relation = {"id": "r1", "label": "near", "source": "s", "target": "away"}
    changes = (Change("event", "e1", None, event), Change("relation", "r1", None, relation))
    history.append(full, history.NewHistoryRow("a", "ann", "s", {"command": "Test"}, changes), None)
    assert [(f.kind, f.where, f.message) for f in verify(full)] == [
        ("entry", "a ann e1", "Agent of Raid e1 points to gone, which is not there"),
        ("entry", "a ann r1", "relation near r1 points to away, which is not there"),
    ]
