"""A copy of the whole file, made while others work on it, and checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from annotator.errors import StoreError
from annotator.paths import sync_folder
from annotator.store.database import Database
from annotator.store.failures import store_errors


def backup(database: Database, target: Path) -> None:
    """Copy everything that is saved to `target`, one file that is complete without its log.

    Raises StoreError where there is a file already, the copy is not sound or cannot be written.
    """
    copied(database.path, target)


def copied(source: Path, target: Path) -> None:
    """Like `backup`, for the file at `source`.

    Only SQLite reads it: other ways miss the log and, in a process that has the file open, drop
    its locks.
    """
    if target.exists():
        raise StoreError(f"{target} exists already.", "Name another file.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name}.", suffix=".part"
        )
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}.") from error
    os.close(handle)
    temporary = Path(name)
    try:
        with store_errors(target):
            _fill(source, temporary)
        _sync(temporary)
        temporary.rename(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def _fill(source: Path, target: Path) -> None:
    original = sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        original.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # else the copy would want a log beside it
        findings = copy.execute("PRAGMA integrity_check").fetchall()
    finally:
        copy.close()
        original.close()
    if findings != [("ok",)]:
        raise StoreError(
            f"The copy of {source.name} is damaged: {findings[0][0]}.",
            "Look at the file itself with `annotator verify`.",
        )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
