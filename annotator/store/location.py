"""Where the file may lie, and how it comes into being."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from annotator.errors import StoreError
from annotator.paths import sync_folder

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "fuse.sshfs", "fuse.rclone"}
)
"""Kinds of file system whose locks two hosts do not share. 9p is not here: containers have it as
their own root. Where it cannot carry a write-ahead log, SQLite says so when the file is opened."""

_MOUNTS = Path("/proc/mounts")


def refuse_network(path: Path, mounts: Path = _MOUNTS) -> None:
    """Raise StoreError where `path` lies on a network file system; only Linux tells cheaply."""
    kind = file_system(path, mounts)
    if kind in _NETWORK:
        raise StoreError(
            f"{path.name} lies on a network file system ({kind}), where SQLite loses data.",
            "Keep the project on a disk of this machine; several people use it there by SSH.",
        )


def file_system(path: Path, mounts: Path = _MOUNTS) -> str:
    """The kind of file system that holds `path`, empty where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return ""
    holders = {path, *path.parents}
    found: dict[Path, str] = {}
    for line in lines:
        fields = line.split(" ")
        if len(fields) > 2 and (point := Path(_unescaped(fields[1]))) in holders:
            found[point] = fields[2]  # a later mount hides an earlier one
    return found[max(found, key=lambda point: len(point.parts))] if found else ""


def make_private(path: Path) -> None:
    """An empty file that only its owner reads, unless there is a file already.

    SQLite itself would let everybody read it.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise StoreError(
            f"{path} cannot be made: {error.strerror}.", "Its folder must be writable."
        ) from error
    os.close(handle)
    with contextlib.suppress(OSError):  # the name lasts, or the empty file is made again
        sync_folder(path.parent)


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)
