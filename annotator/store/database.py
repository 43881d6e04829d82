"""The open file: one connection, read in whole answers, written in one way only."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from annotator.errors import StoreError
from annotator.store.failures import store_errors
from annotator.store.location import make_private, refuse_network
from annotator.store.lock import WriteLock, needs_lock
from annotator.store.remains import is_there, nothing_there, refuse_orphan

if TYPE_CHECKING:
    import sqlite_utils

APPLICATION_ID = 0x416E_6E6F
"""Says in the file's header whose it is: `Anno`."""
SCHEMA_VERSION = 1
"""The version of the tables that this program writes: the number of migrations."""
_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
_SMALLEST = 512  # bytes; less is not a page, and SQLite would write over it
_SETTINGS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "journal_size_limit=67108864",
    "query_only=ON",
)

Values = Sequence[Any]
"""What is bound to the question marks of a statement."""


class Transaction:
    """What may be done inside `Database.write`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement; gives how many rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def add(self, sql: str, values: Values) -> int:
        """Run a statement that adds one row; gives the number of the row."""
        return self._connection.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Values]) -> int:
        """Run one statement once for each of `rows`; gives how many rows it changed."""
        return self._connection.executemany(sql, rows).rowcount

    def tables(self) -> sqlite_utils.Database:
        """The same transaction as sqlite-utils sees it, for migrations."""
        import sqlite_utils

        return sqlite_utils.Database(self._connection, execute_plugins=False)


class Database:
    """One connection to the file. It belongs to the thread and process that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriteLock) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._process = os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """The whole answer to a question; no cursor is left open to pin the write-ahead log."""
        with store_errors(self.path):
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> tuple[Any, ...] | None:
        """The first row of an answer, None where it is empty."""
        return next(iter(self.rows(sql, values)), None)

    def value(self, sql: str, values: Values = ()) -> Any:  # noqa: ANN401 - what the column holds
        """The first column of the first row, None where there is none."""
        found = self.row(sql, values)
        return found[0] if found else None

    @contextmanager
    def reading(self) -> Generator[None]:
        """Several reads of one and the same moment. Keep it short: it pins the write-ahead log."""
        if self._connection.in_transaction:
            yield
            return
        with store_errors(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Generator[Transaction]:
        """The only way to write: all of the block or, where it raises, nothing of it.

        What was written lasts through power loss once the block has ended without an error.
        Raises StoreError where the file cannot be written or a newer program has changed it.
        """
        with self.writing() as transaction:
            self._expect_own_version()
            yield transaction

    @contextmanager
    def writing(self) -> Generator[Transaction]:
        """Like `write`, on tables of any version; for migrations."""
        connection = self._connection
        if self._process != os.getpid() or connection.in_transaction:
            raise RuntimeError("a write within another, or in a process that did not open the file")
        with store_errors(self.path), self._lock:
            connection.execute("PRAGMA query_only=OFF")
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield Transaction(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise
            finally:
                connection.execute("PRAGMA query_only=ON")

    def close(self) -> None:
        """Close the file. The last one to close it moves the log into it."""
        with suppress(StoreError), self._lock:
            self._connection.close()
        self._connection.close()  # also where others would not let go of the lock
        self._lock.close()

    def _expect_own_version(self) -> None:
        if self.value("PRAGMA user_version") != SCHEMA_VERSION:
            raise StoreError(
                f"A newer Annotator has changed {self.path.name} meanwhile; nothing was saved.",
                "Start again, with the newer program.",
            )


def connect(path: Path, *, create: bool = False, timeout: float = 30.0) -> Database:
    """Open the file at `path`, brought to the newest version.

    With `create` one that is missing or empty is made, unless its log is left. `timeout` is how
    long a write waits for others, in seconds. Raises StoreError for a file that is missing, empty,
    not ours, damaged, from a newer program, on a network file system or not to be written; what
    is refused is left as it was.
    """
    path = path.resolve()
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(
            f"Python's SQLite is {sqlite3.sqlite_version}; 3.37 or newer is needed.",
            "Use another Python, such as one from python.org or uv.",
        )
    refuse_network(path)
    refuse_orphan(path)
    if create:
        make_private(path)
    version = _probed(path, timeout) if is_there(path) else 0
    if not version and not create:
        raise nothing_there(path)
    with store_errors(path):
        beside = path.with_name(path.name + "-lock") if needs_lock() else None
        lock = WriteLock(beside, timeout=timeout, mode=path.stat().st_mode & 0o777)
        database = Database(path, _opened(path, timeout), lock)
    if version < SCHEMA_VERSION:
        _migrate(database)
    return database


def is_blank(path: Path) -> bool:
    """Whether the file is missing, empty or has no table yet; raises StoreError as `connect`."""
    if not is_there(path):
        return True
    return _probed(path, timeout=30.0) == 0


def _migrate(database: Database) -> None:
    from annotator.store.migrations import migrate  # sqlite_utils costs a good part of a second

    try:
        migrate(database)
    except BaseException:
        database.close()
        raise


def _probed(path: Path, timeout: float) -> int:
    """The file's version, read through a connection that cannot write a byte; 0 without tables."""
    with store_errors(path):
        return _version(path, timeout)


def _version(path: Path, timeout: float) -> int:
    if 0 < path.stat().st_size < _SMALLEST:
        raise StoreError(
            f"{path.name} is not a database of Annotator.",
            "Name another project folder, or move that file away.",
        )
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=ro", uri=True, timeout=timeout, isolation_level=None
    )
    try:
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    finally:
        connection.close()
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError(
            f"{path.name} belongs to another program.",
            "Name another project folder, or move that file away.",
        )
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path.name} was written by a newer Annotator (version {version} of its tables; "
            f"this one knows {SCHEMA_VERSION}). It was left as it is.",
            "Update Annotator.",
        )
    return version


def _opened(path: Path, timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=timeout, isolation_level=None
    )
    try:
        _use_log(connection, path, timeout)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # noqa: FBT003
    except BaseException:
        connection.close()
        raise
    return connection


def _use_log(connection: sqlite3.Connection, path: Path, timeout: float) -> None:
    """Switch to the write-ahead log. SQLite does not wait for others here, so this does."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
            continue
        if mode != "wal":
            raise StoreError(
                f"The file system cannot carry the write-ahead log of {path.name}.",
                "Keep the project on a local disk.",
            )
        return
