"""Where things lie: a project, what the package ships, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import traceback
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Layout:
    """The files and folders of one project."""

    root: Path

    @property
    def database(self) -> Path:
        """Everything that was annotated."""
        return self.root / "annotator.db"

    @property
    def config(self) -> Path:
        """The project's settings, written for people."""
        return self.root / "annotator.toml"

    @property
    def labels(self) -> Path:
        """Label schemes with their guidelines and patterns."""
        return self.root / "labels"

    @property
    def corpus(self) -> Path:
        """Articles to import on first use."""
        return self.root / "corpus"

    @property
    def exports(self) -> Path:
        """Where exports go when no other place is named."""
        return self.root / "exports"


def shipped(name: str) -> Path:
    """The folder `labels` or `corpus` that came with the package.

    In a wheel it lies inside the package, in a checkout beside it.
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


@contextlib.contextmanager
def atomic_write(path: Path, *, mode: int = 0o644) -> Generator[IO[bytes]]:
    """A binary file that takes the place of `path` only when the block ends without an error.

    Written beside the target, synced, renamed, and the folder synced: after a crash or power loss
    the target is either the old file or the new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_crash_report(error: BaseException) -> Path:
    """Write where an error came from to a file only its owner can read; gives its path.

    Variables are left out: they may hold article text or secrets of the environment.
    """
    folder = Path(platformdirs.user_log_dir("annotator", appauthor=False, ensure_exists=True))
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    places = "".join(traceback.format_tb(error.__traceback__))
    with atomic_write(path, mode=0o600) as file:
        file.write(f"{type(error).__name__}\n{places}".encode("utf-8", "replace"))
    return path


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last through power loss, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def safe_file_name(name: str, *, length: int = 60) -> str:
    """`name` as a file name that every system takes and that stays in its folder."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:length].rstrip("-.")
    reserved = re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", plain)
    return f"_{plain}" if reserved or not plain else plain
