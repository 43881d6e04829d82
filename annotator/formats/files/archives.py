"""What gz and zip files hold, unpacked within limits into a folder that goes afterwards.

Readers want files with names: the name says the format and often the document's id. A member's
name cannot lead out of the folder, and what unpacks to too much is refused while it does so,
whatever the archive says of its sizes.
"""

from __future__ import annotations

import errno
import gzip
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, cast

from annotator.errors import FormatError
from annotator.formats.files.streams import opened, shown
from annotator.formats.record import Rejected

GZ, ZIP = ".gz", ".zip"
SUFFIXES = (GZ, ZIP)
MAX_BYTES = 16_000_000_000
"""The most bytes that one archive may unpack to."""
MAX_MEMBERS = 1_000_000
MAX_RATIO = 200
"""How many times its own size an archive may unpack to; news text makes some 3 to 20."""
FREE_BYTES = 50_000_000
"""Up to so many bytes the ratio does not matter."""

_CHUNK = 1 << 20
_BAD_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)
_FOLLOWED_BY_NAME = 0x08
_HAS_EXTRA = 0x04


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An archive on disk as a plain file or folder."""

    archive: Path
    place: Path
    left_out: tuple[Rejected, ...]
    """The members that could not be unpacked."""

    def told(self, text: str) -> str:
        """`text` with the archive's name for that of the folder it was unpacked to."""
        folder = self.place if self.place.is_dir() else self.place.parent
        return text.replace(shown(folder), shown(self.archive))


def is_archive(path: Path) -> bool:
    """Whether it is a file whose name ends in `.gz` or `.zip`."""
    return path.suffix.lower() in SUFFIXES and path.is_file()


@contextmanager
def unpacked(archive: Path) -> Generator[Unpacked]:
    """What an archive holds: a file for gz, a folder for zip.

    A gz file that was cut off gives what comes before. Raises FormatError where nothing can be
    unpacked, or more than `MAX_BYTES`, or `MAX_RATIO` times the archive's size.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        folder = Path(name)
        try:
            with opened(archive) as packed:
                if archive.suffix.lower() == GZ:
                    place = folder / _gz_name(archive, packed)
                    left_out = list(_unpack_gz(archive, packed, place))
                else:
                    place = folder
                    left_out = list(_unpack_zip(archive, packed, place))
        except OSError as error:
            reason = error.strerror or str(error)
            raise FormatError(f"{shown(archive)} cannot be unpacked: {reason}.") from error
        yield Unpacked(archive, place, tuple(left_out))


class _Readable(Protocol):
    def read1(self, n: int, /) -> bytes: ...


class _Allowance:
    """How much an archive may still unpack to."""

    def __init__(self, archive: Path) -> None:
        self._name = shown(archive)
        by_ratio = max(FREE_BYTES, MAX_RATIO * archive.stat().st_size)
        self._most = min(MAX_BYTES, by_ratio)
        self._taken = 0

    def copy(self, source: _Readable, target: Path) -> None:
        """Copy a stream into a new file, as far as that is allowed."""
        with target.open("xb") as file:
            while chunk := source.read1(_CHUNK):  # all there is, also before damage
                self._taken += len(chunk)
                if self._taken > self._most:
                    raise FormatError(
                        f"{self._name} unpacks to more than {self._most:,} bytes.",
                        "Unpack it yourself where you trust it, and import what it holds.",
                    )
                file.write(chunk)


def _unpack_gz(archive: Path, packed: IO[bytes], place: Path) -> Iterator[Rejected]:
    allowance = _Allowance(archive)
    try:
        with gzip.GzipFile(fileobj=packed, mode="rb") as stream:
            allowance.copy(stream, place)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        if not place.stat().st_size:
            raise FormatError(f"{shown(archive)} is damaged: {error}.") from error
        yield Rejected(shown(archive), 0, f"it is damaged ({error}); what comes before was read")


def _gz_name(archive: Path, packed: IO[bytes]) -> str:
    """The name less `.gz`; where that has no suffix, the one that was packed."""
    name = archive.stem
    if not Path(name).suffix:
        head = packed.read(10)
        packed_name = packed.read(300).partition(b"\0")
        flags = head[3] if len(head) == 10 else 0
        packed.seek(0)
        if flags & _FOLLOWED_BY_NAME and not flags & _HAS_EXTRA and packed_name[1]:
            name = "/".join(_parts(packed_name[0].decode("latin-1"))[-1:]) or name
    return name


def _unpack_zip(archive: Path, packed: IO[bytes], folder: Path) -> Iterator[Rejected]:
    allowance = _Allowance(archive)
    try:
        with zipfile.ZipFile(packed) as file:
            members = file.infolist()
            if len(members) > MAX_MEMBERS:
                raise FormatError(f"{shown(archive)} has more than {MAX_MEMBERS:,} members.")
            for member in members:
                if not member.is_dir() and (reason := _unpack(file, member, folder, allowance)):
                    name = "/".join(_parts(member.filename))
                    yield Rejected(f"{shown(archive)}/{name}", 0, reason)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise FormatError(f"{shown(archive)} is damaged: {error}.") from error


def _unpack(
    file: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, allowance: _Allowance
) -> str:
    """Unpack a member; gives why not, empty where it is there now."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link"
    if member.flag_bits & 1:
        return "it is encrypted"
    target = folder.joinpath(*_parts(member.filename))
    if target.exists():
        return "the archive has another member of that name"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with file.open(member) as stream:
            allowance.copy(cast("zipfile.ZipExtFile", stream), target)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        target.unlink(missing_ok=True)
        return f"it is damaged: {error}"
    except (FileExistsError, NotADirectoryError):
        return "the archive has another member of that name"
    except OSError as error:
        if error.errno not in _BAD_NAME:
            raise
        return f"its name cannot be kept: {error.strerror}"
    return ""


def _parts(name: str) -> list[str]:
    """The folders and file of a member's name, less what would lead out of a folder."""
    parts = re.split(r"[/\\]", name.partition("\0")[0])
    return [part for part in parts if part not in ("", ".", "..")] or ["member"]
