"""From one version of the tables to the next, all in one transaction, a copy kept before it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils.migrations import Migrations

from annotator.store.backup import copied
from annotator.store.database import APPLICATION_ID, SCHEMA_VERSION, Database
from annotator.store.schema import INNER, STATEMENTS

MIGRATIONS = Migrations("annotator")


@MIGRATIONS()
def m001_initial(tables: sqlite_utils.Database) -> None:
    """Documents, suggestions, history and entries."""
    for statement in STATEMENTS:
        tables.conn.execute(statement)


def migrate(
    database: Database, migrations: Migrations = MIGRATIONS, newest: int = SCHEMA_VERSION
) -> None:
    """Bring the file to version `newest`, unless another process has done so meanwhile.

    A file that held something is copied first; the copy is checked, lies beside it and stays.
    """
    with database.writing() as transaction:
        version = int(database.value("PRAGMA user_version"))
        if version >= newest:
            return
        if version:
            copied(database.path, copy_name(database.path, version, datetime.now(UTC)))
        migrations.apply(transaction.tables())
        transaction.run(f"PRAGMA application_id={APPLICATION_ID}")
        transaction.run(f"PRAGMA user_version={newest}")


def copy_name(path: Path, version: int, at: datetime) -> Path:
    """Where the copy that is kept before a migration lies: `annotator.db.bak-v1-20261122T1015Z`."""
    return path.with_name(f"{path.name}.bak-v{version}-{at:%Y%m%dT%H%M%SZ}")


def expected_schema() -> dict[tuple[str, str], str]:
    """The SQL of every table, index, trigger and view of the newest version, by type and name."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        MIGRATIONS.apply(sqlite_utils.Database(connection, execute_plugins=False))
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master"
            " WHERE sql IS NOT NULL AND tbl_name <> ? AND name NOT LIKE 'sqlite_%'"
            " AND substr(name, 1, length(?)) <> ?",
            (MIGRATIONS.migrations_table, INNER, INNER),
        ).fetchall()
    finally:
        connection.close()
    return {(kind, name): sql for kind, name, sql in rows}
