"""Copies are whole, checked and private; a migration keeps one."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils.migrations import Migrations

from annotator.errors import StoreError
from annotator.model.change import Change
from annotator.store import documents, entries, history
from annotator.store.backup import backup
from annotator.store.database import SCHEMA_VERSION, connect
from annotator.store.migrations import MIGRATIONS, m001_initial, migrate
from annotator.store.verify import verify

ROOT = Path(__file__).parents[2]
NEXT = SCHEMA_VERSION + 1
MIGRATE = f"""
import sys
from pathlib import Path
from sqlite_utils.migrations import Migrations
from annotator.store.database import connect
from annotator.store.migrations import m001_initial, migrate
newer = Migrations("annotator")
newer()(m001_initial)
newer(name="m002")(lambda tables: tables.conn.execute("CREATE TABLE later (x TEXT) STRICT"))
database = connect(Path(sys.argv[1]), timeout=600)
print("ready", flush=True)
sys.stdin.readline()
migrate(database, newer, {NEXT})
print(database.value("PRAGMA user_version"), database.value("SELECT count(*) FROM later"))
database.close()
"""


def done(document_id: str) -> history.NewHistoryRow:
    change = Change("flag", "done", None, {})
    return history.NewHistoryRow(document_id, "ann", "s", {}, (change,))


def newer(statement: str) -> Migrations:
    migrations = Migrations("annotator")
    migrations()(m001_initial)
    migrations(name="m002")(lambda tables: tables.conn.execute(statement))
    return migrations


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("annotator.db.bak-*"))


def test_a_copy_holds_what_is_still_in_the_log_and_stands_alone(db, tmp_path):
    history.append(db, done("a"), 0)
    target = tmp_path / "kept" / "copy.db"
    backup(db, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [p.name for p in target.parent.iterdir()] == ["copy.db"]
    assert target.read_bytes()[18:20] == b"\x01\x01", "the header asks for no log"
    alone = sqlite3.connect(f"{target.as_uri()}?mode=ro&immutable=1", uri=True)
    assert alone.execute("SELECT count(*) FROM history").fetchall() == [(1,)]
    alone.close()
    with connect(target) as copy:
        assert entries.load(copy, "ann", "a") == {("flag", "done"): {}}
        assert verify(copy) == ()
        history.append(copy, done("b"), 0)
    assert entries.load(db, "ann", "b") == {}


def test_a_copy_takes_the_place_of_no_file(db, path, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        backup(db, target)
    with pytest.raises(StoreError, match="exists already"):
        backup(db, path)
    assert target.read_text() == "mine"


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(db, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        backup(db, tmp_path / "file" / "copy.db")
    assert not list(tmp_path.glob(".copy*"))


def test_a_copy_may_be_made_while_others_write(db, path, tmp_path):
    with connect(path) as other, other.write() as transaction:
        transaction.run("INSERT INTO places VALUES ('ann', 'a', '', '')")
        backup(db, tmp_path / "copy.db")
    with connect(tmp_path / "copy.db") as copy:
        assert copy.rows("SELECT * FROM places") == []


def test_the_version_is_the_number_of_migrations(db):
    assert (
        len(MIGRATIONS.pending(__import__("sqlite_utils").Database(memory=True))) == SCHEMA_VERSION
    )


def test_a_copy_is_kept_before_a_file_that_holds_something_is_migrated(db, path):
    history.append(db, done("a"), 0)
    assert copies(path) == []
    migrate(db, newer("CREATE TABLE later (x TEXT) STRICT"), NEXT)
    assert db.value("PRAGMA user_version") == NEXT
    assert db.rows("SELECT * FROM later") == []
    (kept,) = copies(path)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert f".bak-v{SCHEMA_VERSION}-" in kept.name
    with connect(kept) as copy:
        assert documents.ids(copy) == ("a", "b")
        assert entries.load(copy, "ann", "a") == {("flag", "done"): {}}
        assert verify(copy) == ()


def test_a_migration_that_fails_leaves_the_file_as_it_was(db, path):
    history.append(db, done("a"), 0)
    before = db.rows("SELECT name, sql FROM sqlite_master ORDER BY 1")
    with pytest.raises(StoreError):
        migrate(db, newer("CREATE TABLE entries (x TEXT)"), NEXT)
    assert db.rows("SELECT name, sql FROM sqlite_master ORDER BY 1") == before
    assert db.value("PRAGMA user_version") == SCHEMA_VERSION
    history.append(db, done("b"), 0)
    assert verify(db) == ()


def test_four_processes_may_migrate_at_once_and_keep_one_copy(db, path):
    db.close()
    children = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(4)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        out, err = child.communicate("go\n")
        assert (out, err) == (f"{NEXT} 0\n", "")
    assert len(copies(path)) == 1
