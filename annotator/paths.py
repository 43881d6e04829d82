"""Where things lie: a project, what the package ships, and files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import traceback
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import platformdirs

from annotator.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent
_STREAMS = tuple(map(Path, ("/dev/fd", "/dev/stdout", "/dev/stderr", "/proc")))
"""Names that stand for open files."""


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

    @property
    def exists(self) -> bool:
        """Whether the folder is a project, whole or not."""
        return self.database.exists() or self.config.exists()

    def owns(self, path: Path) -> bool:
        """Whether a path is the project's own: its work, settings, labels or articles.

        What is there is known by its place on the disk, so that a link or another spelling of its
        name is no way round.
        """
        own = {*map(_identity, (self.database, self.config, self.labels, self.corpus))}
        if any(_identity(place) in own for place in (path, *path.parents)):
            return True
        beside = _identity(path.parent) == _identity(self.root)
        is_log = path.name.casefold().startswith(self.database.name)
        return beside and (is_log or path.name.casefold() == self.config.name)


def shipped(name: str) -> Path:
    """The folder `labels` or `corpus` that came with the package.

    In a wheel it lies inside the package, in a checkout beside it.
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def refuse_own(path: Path) -> None:
    """Raise UsageError where `path` is one of the own files of the project in which it lies."""
    for place in (path.absolute(), Path(os.path.realpath(path))):  # a link may lead in
        layout = next(filter(lambda one: one.exists, map(Layout, (place, *place.parents))), None)
        if layout is not None and layout.owns(place):
            raise UsageError(
                f"{path} belongs to the project in {layout.root}; an export does not go there.",
                "Name another file or folder.",
            )


@contextlib.contextmanager
def atomic_write(path: Path, *, mode: int = 0o644, is_own: bool = False) -> Generator[IO[bytes]]:
    """A binary file that takes the place of `path` only when the block ends without an error.

    Written beside the target, synced, renamed, and the folder synced: after a crash or power loss
    the target is either the old file or the new one. A link stays one, and what it leads to is
    replaced; a device or pipe is written through. Raises UsageError for a project's own files
    unless it `is_own`, which says that the project itself writes.
    """
    if not is_own:
        refuse_own(path)
    if _is_stream(path):
        with path.open("wb") as file:
            yield file
        return
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as temporary:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    sync_folder(target.parent)


@contextlib.contextmanager
def _beside(target: Path) -> Generator[Path]:
    """An empty file in the folder of `target`, which goes where it was not renamed."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _is_stream(path: Path) -> bool:
    """Whether a path is no file to be replaced; raises IsADirectoryError for a folder."""
    try:
        kind = path.stat().st_mode
    except OSError:
        return False
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    named = path.absolute()
    return not stat.S_ISREG(kind) or any(named.is_relative_to(place) for place in _STREAMS)


def _identity(path: Path) -> tuple[int, int] | Path:
    """Device and number of what is there; the path itself where nothing is, or it has no number."""
    try:
        found = path.stat()
    except OSError:
        return path
    return (found.st_dev, found.st_ino) if found.st_ino else path


def write_crash_report(error: BaseException) -> Path:
    """Write where an error came from to a file only its owner can read; gives its path.

    Variables are left out: they may hold article text or secrets of the environment.
    """
    folder = Path(platformdirs.user_log_dir("annotator", appauthor=False, ensure_exists=True))
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    places = "".join(traceback.format_tb(error.__traceback__))
    with atomic_write(path, mode=0o600, is_own=True) as file:
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
