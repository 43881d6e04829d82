"""A file that is gone or empty, and what is left of it: nothing is made anew in its place unasked.

SQLite deletes a log whose file is empty, and with it work that was saved.
"""

from __future__ import annotations

from pathlib import Path

from annotator.errors import StoreError

_LOG = "-wal"
_RESTORE = "Put the file back from a copy"


def is_there(path: Path) -> bool:
    """Whether there is a file with something in it."""
    return path.exists() and not (path.is_file() and path.stat().st_size == 0)


def remains(path: Path) -> tuple[str, ...]:
    """The names of what lies beside the file and has something in it: logs and kept copies."""
    found = (each for each in path.parent.glob("*") if each.name.startswith(path.name))
    full = (each.name for each in found if each != path and each.is_file() and is_there(each))
    return tuple(sorted(full))


def refuse_orphan(path: Path) -> None:
    """Raise StoreError where only the log of the file is left, which opening would delete."""
    log = path.name + _LOG
    if not is_there(path) and log in remains(path):
        raise StoreError(
            f"{_what(path)}, but {log} with saved work is there. Nothing was touched.",
            f"Keep it. {_RESTORE} that was made together with it.",
        )


def nothing_there(path: Path) -> StoreError:
    """The error that says that there is no work where some should be."""
    left = remains(path)
    beside = f" There is {', '.join(left)}." if left else ""
    return StoreError(
        f"{_what(path)}.{beside}",
        f"{_RESTORE}. Where nothing was saved yet, `annotator init` makes an empty one.",
    )


def _what(path: Path) -> str:
    if path.exists():
        return f"{path.name} in {path.parent} is empty"
    return f"There is no {path.name} in {path.parent}"
