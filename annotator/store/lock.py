"""A lock beside the file that keeps commits and checkpoints of an old SQLite apart.

SQLite up to 3.51.2 can lose a commit of a write-ahead log that overlaps a checkpoint of another
connection (fixed in 3.51.3, 3.50.7 and 3.44.6). With such a library every write, its COMMIT and
the closing of the file run under this lock, so that nothing overlaps.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path

from annotator.errors import StoreError

if sys.platform != "win32":
    import fcntl

_FIXED = {44: 6, 50: 7, 51: 3}
"""Of SQLite 3: in which release of which branch it is mended."""
_LONGEST_PAUSE = 0.005


def needs_lock(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite can lose a commit to a checkpoint of another connection."""
    _, branch, release = version
    return release < _FIXED[branch] if branch in _FIXED else branch < 52


class WriteLock:
    """A context manager: one process at a time is inside. `path` None makes it free for all."""

    def __init__(self, path: Path | None, *, timeout: float, mode: int) -> None:
        self._path = path if sys.platform != "win32" else None
        self._timeout = timeout
        self._mode = mode
        self._handle = -1

    def __enter__(self) -> None:
        if self._path is None or sys.platform == "win32":
            return
        if self._handle < 0:
            self._handle = _opened(self._path, self._mode)
        deadline = time.monotonic() + self._timeout
        pause = 0.0001
        while not _taken(self._handle):
            if time.monotonic() > deadline:
                raise StoreError(
                    f"{self._path.name} is held by another process and did not come free; "
                    "nothing was saved.",
                    "Do it again in a moment; if that fails, close the other sessions.",
                )
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def __exit__(self, *_: object) -> None:
        if self._handle >= 0 and sys.platform != "win32":
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock file. It stays, for a lock on a removed file holds nobody off."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _taken(handle: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without such locks; those of SQLite have to do
    return True


def _opened(path: Path, mode: int) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_CREAT, mode)
    except OSError as error:
        raise StoreError(
            f"{path.name} cannot be opened: {error.strerror}; nothing was saved.",
            "The project's folder must belong to you and be writable.",
        ) from error
