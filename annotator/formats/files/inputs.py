"""What is read of the files, folders and archives that a user names, one file after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats import doccano, registry, text
from annotator.formats.files import archives
from annotator.formats.files.archives import Unpacked
from annotator.formats.files.progress import ungauged
from annotator.formats.files.streams import shown
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected

_OF_NOBODY = ("all", "unknown")
"""How doccano calls the files of an export that are no member's."""


@dataclass(frozen=True, slots=True)
class File:
    """One file, or a folder whose files belong together, while it is read."""

    name: str
    items: Iterator[Annotated | Rejected]
    annotator: str = ""
    """Whose annotations they are by the file's name; empty where that does not say."""


class InputFiles:
    """Goes through everything that can be read; archives are unpacked when it is their turn."""

    def __init__(
        self,
        paths: Sequence[Path],
        format_name: str | None = None,
        options: ReadOptions = ReadOptions(),
    ) -> None:
        """Raises FormatError where a path cannot be read at all, before anything is read."""
        self._paths = tuple(paths)
        self._format = format_name
        self._options = options
        if not [True for path in paths for _ in islice(self._found(path), 1)]:
            names = ", ".join(shown(path) for path in paths)
            raise FormatError(f"There is nothing to import in {names}.", "See `annotator formats`.")
        self.total = sum(map(_size, paths))
        """The bytes that are to be read; those in archives are added when they are unpacked."""

    def __iter__(self) -> Iterator[File]:
        for named in self._paths:
            for path, name in self._found(named):
                if name:
                    yield File(path.name, registry.read(path, name, self._options))
                else:
                    yield from self._unpacked(path)

    def _found(self, path: Path) -> Iterator[tuple[Path, str]]:
        """The files with their formats, the archives with none."""
        if archives.is_archive(path):
            yield path, ""
            return
        yield from _looked_into(path, self._format)
        if path.is_dir():
            yield from ((archive, "") for archive in text.files(path, archives.SUFFIXES))

    def _unpacked(self, archive: Path) -> Iterator[File]:
        try:
            with archives.unpacked(archive) as unpacked:
                if unpacked.left_out:
                    yield File(shown(archive), iter(unpacked.left_out))
                yield from self._members(unpacked)
        except FormatError as error:
            reason = str(error).removeprefix(shown(archive)).strip()
            yield File(shown(archive), iter([Rejected(shown(archive), 0, reason)]))

    def _members(self, unpacked: Unpacked) -> Iterator[File]:
        self.total += _size(unpacked.place)
        is_empty = not unpacked.left_out
        for path, name in self._known(unpacked):
            is_empty = False
            items = _retelling(registry.read(path, name, self._options), unpacked)
            yield File(unpacked.told(shown(path)), items, _member(path, name, unpacked))
        if is_empty and unpacked.archive in self._paths:
            raise FormatError(f"{shown(unpacked.archive)} holds nothing that can be read.")

    def _known(self, unpacked: Unpacked) -> Iterator[tuple[Path, str]]:
        try:
            yield from _looked_into(unpacked.place, self._format)
        except FormatError:  # the one file that there is has no format that is known
            return


def _looked_into(path: Path, format_name: str | None) -> Iterator[tuple[Path, str]]:
    """Files with their formats; what is read of them to find that out is not counted."""
    found = registry.each_file(path, format_name)
    while True:
        with ungauged():
            pair = next(found, None)
        if pair is None:
            return
        yield pair


def _size(path: Path) -> int:
    """The bytes of what may be read; 0 of what is not there, which its reader tells."""
    endings = (*registry.suffixes(), *archives.SUFFIXES)
    files = text.files(path, endings) if path.is_dir() else (path,)
    try:
        return sum(file.stat().st_size for file in files)
    except OSError:
        return 0


def _member(path: Path, name: str, unpacked: Unpacked) -> str:
    """Whose file it is in a zip of doccano's, which has one for each member of a project."""
    is_members = name == doccano.NAME and unpacked.place.is_dir() and path.stem not in _OF_NOBODY
    return shown(Path(path.stem)) if is_members else ""


def _retelling(
    items: Iterator[Annotated | Rejected], unpacked: Unpacked
) -> Iterator[Annotated | Rejected]:
    """The items of a member, its place told as one in the archive."""
    try:
        for item in items:
            is_rejected = isinstance(item, Rejected)
            yield replace(item, file=unpacked.told(item.file)) if is_rejected else item
    except FormatError as error:
        raise _retold(error, unpacked) from error


def _retold(error: FormatError, unpacked: Unpacked) -> FormatError:
    return FormatError(unpacked.told(error.message), error.hint)
