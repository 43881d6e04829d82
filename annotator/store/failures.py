"""What SQLite complains of, as errors that say what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import StoreError

_HOLD_STILL = (
    "Leave the file and its -wal as they are, copy all of them somewhere safe, "
    "and go back to a backup."
)
_BUSY = (
    "{name} is in use by another process and did not come free; nothing was saved.",
    "Do it again in a moment; if that fails, close the other sessions.",
)
_NO_WRITE = (
    "{name} cannot be written ({detail}); nothing was saved.",
    "The file, its -wal and -shm and their folder must belong to you and be writable.",
)
_DAMAGED = ("{name} is damaged: {detail}.", _HOLD_STILL)

_BY_CODE: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_PERM: _NO_WRITE,
    sqlite3.SQLITE_READONLY: _NO_WRITE,
    sqlite3.SQLITE_CANTOPEN: (
        "{name} cannot be opened.",
        "The file must exist, and it and its folder must belong to you and be writable.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk is full; nothing was saved.",
        "Free a few megabytes where {name} lies, then do it again; no restart is needed.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk did not read or write {name} ({detail}); nothing was saved.",
        "Look for a full disk, a quota or a failing device, then do it again.",
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: (
        "{name} is not a database of Annotator.",
        "Name another project folder, or move that file away.",
    ),
    sqlite3.SQLITE_TOOBIG: ("A value is too large for {name}; nothing was saved.", ""),
    sqlite3.SQLITE_CONSTRAINT: ("{name} refuses that: {detail}; nothing was saved.", ""),
}


def failure(error: sqlite3.Error, path: Path) -> StoreError:
    """The StoreError that tells a user what `error` means for the file at `path`."""
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    detail = str(getattr(error, "sqlite_errorname", "") or error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CONSTRAINT):
        detail = str(error)
    message, hint = _BY_CODE.get(code, ("{name} cannot be used: " + str(error) + ".", _HOLD_STILL))
    values = {"name": path.name, "detail": detail}
    return StoreError(message.format(**values), hint.format(**values))


@contextmanager
def store_errors(path: Path) -> Generator[None]:
    """Raise what SQLite raises in the block as a StoreError about the file at `path`.

    A misuse of the connection is a fault of ours, not of the file, and passes as it is.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        raise failure(error, path) from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"{error.object[error.start : error.end]!a} is half a character and cannot be saved; "
            "nothing was saved.",
            "Take the lone surrogate out of the text.",
        ) from error
