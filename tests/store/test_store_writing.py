"""There is one way to write, and it saves all or nothing."""

from __future__ import annotations

import re
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.model.change import Change
from annotator.model.document import Document
from annotator.store import documents, entries, history
from annotator.store.database import connect
from annotator.store.verify import verify

ROOT = Path(__file__).parents[2]
APPENDER = """
import sys
from pathlib import Path
from annotator.model.change import Change
from annotator.store import history
from annotator.store.database import connect
path, annotator, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
with connect(path, timeout=600) as database:
    seq = 0
    for n in range(count):
        change = Change("comment", f"c{n}", None, {"id": f"c{n}", "target": "", "text": "hm"})
        row = history.NewHistoryRow("a", annotator, "session", {"command": "Comment"}, (change,))
        seq = history.append(database, row, seq).seq
"""


def comment(annotator: str, n: int = 0, document_id: str = "a") -> history.NewHistoryRow:
    record = {"id": f"c{n}", "target": "", "text": "hm"}
    change = Change("comment", f"c{n}", None, record)
    return history.NewHistoryRow(
        document_id, annotator, "session", {"command": "Comment"}, (change,)
    )


def test_nothing_in_the_package_writes_in_another_way():
    ways = re.compile(
        r"\.atomic\(|\.commit\(|executescript|\bCOMMIT\b|BEGIN IMMEDIATE|query_only=OFF"
        r"|\.(insert|insert_all|upsert|upsert_all)\(|isolation_level=(?!None)"
    )
    found = {
        (path.name, match)
        for path in (ROOT / "annotator").rglob("*.py")
        for match in ways.findall(path.read_text(encoding="utf-8"))
    }
    text = (ROOT / "annotator" / "store" / "database.py").read_text(encoding="utf-8")
    assert {name for name, _ in found} <= {"database.py", "lock.py"}
    assert text.count('execute("COMMIT")') == text.count('execute("BEGIN IMMEDIATE")') == 1


def test_only_the_opening_and_the_copy_make_a_connection():
    makers = {
        path.name
        for path in (ROOT / "annotator").rglob("*.py")
        if "sqlite3.connect(" in path.read_text(encoding="utf-8")
    }
    assert makers == {"database.py", "backup.py", "migrations.py"}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO places VALUES ('ann', 'a', '', '')",
        "UPDATE documents SET title = 'x'",
        "DELETE FROM entries",
        "DROP TABLE history",
        "PRAGMA user_version=9",
    ],
)
def test_a_write_outside_of_a_transaction_is_refused(db, path, statement):
    """Before the first transaction and after one."""
    with connect(path) as fresh, pytest.raises(StoreError, match="cannot be written"):
        fresh.rows(statement)
    with pytest.raises(StoreError, match="cannot be written"):
        db.rows(statement)
    assert db.value("PRAGMA user_version") == 1
    assert documents.count(db) == 2


def test_a_transaction_is_not_to_be_kept_for_later(db):
    with db.write() as transaction:
        pass
    with pytest.raises(sqlite3.OperationalError):
        transaction.run("DELETE FROM entries")


def test_an_error_in_the_block_saves_nothing_of_it(db):
    def interrupted() -> None:
        with db.write() as transaction:
            transaction.run("INSERT INTO places VALUES ('ann', 'a', '', '')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert db.rows("SELECT * FROM places") == []
    with db.write() as transaction:
        transaction.run("INSERT INTO places VALUES ('ann', 'a', '', '')")
    assert len(db.rows("SELECT * FROM places")) == 1


def test_a_write_within_a_write_is_a_fault_and_saves_nothing(db):
    def nested() -> None:
        with db.write() as transaction:
            transaction.run("INSERT INTO places VALUES ('ann', 'a', '', '')")
            history.append(db, comment("ann"), None)

    with pytest.raises(RuntimeError):
        nested()
    assert db.rows("SELECT * FROM places") == []
    assert history.rows(db) == ()


def test_no_read_is_left_open(db):
    list(entries.all_of(db, "ann"))
    for document in documents.every(db):
        assert document.text
        db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    with db.reading():
        assert history.revision(db, "ann", "a") == 0
    assert db.path.with_name("annotator.db-wal").stat().st_size == 0


def test_reads_of_one_moment_do_not_see_what_is_saved_meanwhile(db, path):
    with connect(path) as other, db.reading():
        assert history.revision(db, "ann", "a") == 0
        history.append(other, comment("ann"), 0)
        assert entries.load(db, "ann", "a") == {}
    assert len(entries.load(db, "ann", "a")) == 1


def test_a_database_belongs_to_its_thread(db):
    caught: list[Exception] = []

    def use() -> None:
        try:
            documents.count(db)
        except sqlite3.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_a_write_gives_up_on_a_file_that_another_holds(db, path):
    with connect(path, timeout=0.2) as other, db.write() as transaction:
        transaction.run("DELETE FROM entries")
        with pytest.raises(StoreError, match="did not come free"):
            history.append(other, comment("ann"), 0)
        assert documents.count(other) == 2, "others read on meanwhile"
    assert history.rows(db) == ()


def test_a_write_waits_for_another_program_that_holds_the_file(db, path):
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    raw.execute("BEGIN IMMEDIATE")
    begun, done = threading.Event(), []

    def work_on_and_let_go() -> None:
        begun.wait()
        for _ in range(5000):
            raw.execute("SELECT count(*) FROM documents").fetchone()
        done.append("other")
        raw.execute("ROLLBACK")

    thread = threading.Thread(target=work_on_and_let_go)
    thread.start()
    try:
        with connect(path, timeout=600) as ours:
            ours._connection.set_trace_callback(lambda sql: sql.startswith("BEGIN") and begun.set())
            history.append(ours, comment("ann"), 0)
            done.append("ours")
    finally:
        begun.set()
        thread.join()
        raw.close()
    assert done == ["other", "ours"]
    assert len(history.rows(db)) == 1


def test_two_processes_append_at_once_and_lose_nothing(db, path):
    children = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(path), f"ann{n}", "50"],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for n in range(8)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        _, err = child.communicate()
        assert (child.returncode, err) == (0, "")
    assert db.value("SELECT count(*) FROM history") == 400
    for n in range(8):
        assert len(entries.load(db, f"ann{n}", "a")) == 50
    assert verify(db) == ()


def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(db):
    """A limit on the size of files stands for the full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sent: list[history.NewHistoryRow] = []

    def fill() -> None:
        while True:
            sent.append(comment("ann", len(sent)))
            history.append(db, sent[-1], None)

    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, hard))
        with pytest.raises(StoreError) as caught:
            fill()
        assert "nothing was saved" in caught.value.message
        assert "again" in caught.value.hint
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert len(sent) > 10
    assert len(entries.load(db, "ann", "a")) == len(sent) - 1
    history.append(db, sent[-1], None)
    assert len(entries.load(db, "ann", "a")) == len(sent)
    assert verify(db) == ()


def test_a_lone_surrogate_is_told_and_saves_nothing(db):
    record = {"id": "c", "target": "", "text": "half \ud83d"}
    change = Change("comment", "c", None, record)
    row = history.NewHistoryRow("a", "ann", "session", {}, (change,))
    with pytest.raises(StoreError, match="half a character"):
        history.append(db, row, 0)
    with pytest.raises(StoreError, match="cannot be kept"):
        documents.add(db, [Document("fine", "x"), Document("half", "\ud83d")])
    assert history.rows(db) == ()
    assert documents.ids(db) == ("a", "b")


def test_a_write_is_refused_once_a_newer_program_has_changed_the_file(db, path):
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version=2")
    raw.close()
    with pytest.raises(StoreError, match="newer Annotator"):
        history.append(db, comment("ann"), 0)
    assert history.rows(db) == ()
