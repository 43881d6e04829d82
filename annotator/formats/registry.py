"""Every format by its name, and which one a file has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol, TypeVar

from annotator.errors import FormatError, UsageError
from annotator.formats import (
    brat,
    conll,
    conllu,
    csv,
    doccano,
    html,
    huggingface,
    jsonl,
    labelstudio,
    plover,
    prodigy,
    pygamma,
    spacy,
    spacy_json,
    text,
    webanno,
)
from annotator.formats.files.streams import Source, Target, shown
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Loss, Rejected


class _Format(Protocol):
    """What every format's module says of itself."""

    @property
    def NAME(self) -> str: ...  # noqa: N802 - a module's constant

    @property
    def SUFFIXES(self) -> tuple[str, ...]: ...  # noqa: N802

    @property
    def CARRIES(self) -> frozenset[Kind]: ...  # noqa: N802

    @property
    def LOSES(self) -> tuple[str, ...]: ...  # noqa: N802


class _Reader(_Format, Protocol):
    """A module that reads files."""

    def recognises(self, path: Path) -> bool: ...

    def read(
        self, source: Source, options: ReadOptions = ...
    ) -> Iterator[Annotated | Rejected]: ...


class _FolderReader(_Reader, Protocol):
    """A module that reads files which belong together, as the folder."""

    def files(self, folder: Path) -> frozenset[Path]: ...


class _Writer(_Format, Protocol):
    """A module that writes."""

    def write(self, items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]: ...


class _ChoosingWriter(_Format, Protocol):
    """A module that writes in one way or another."""

    def write(
        self, items: Iterable[Annotated], target: Target, options: WriteOptions = ...
    ) -> tuple[Loss, ...]: ...


_AnyFormat = TypeVar("_AnyFormat", bound=_Format)


@dataclass(frozen=True, slots=True)
class Format:
    """What is told of a format in a list."""

    name: str
    suffixes: tuple[str, ...]
    directions: str
    """`in`, `out` or `in, out`."""
    is_folder: bool
    """Whether it is written as a folder."""
    carries: frozenset[Kind]
    loses: tuple[str, ...]


_FOLDER_READERS: tuple[_FolderReader, ...] = (brat,)
_READERS: tuple[_Reader, ...] = (
    *_FOLDER_READERS,
    text,
    prodigy,
    plover,
    labelstudio,
    doccano,
    spacy_json,
    webanno,
    conllu,
    conll,
    csv,
    html,
    jsonl,
    spacy,
)
"""In the order in which a file is shown to them: the first that recognises it has it."""
_CHOOSING_WRITERS: tuple[_ChoosingWriter, ...] = (brat, conll, conllu, huggingface, spacy)
_WRITERS: tuple[_Writer, ...] = (
    *_CHOOSING_WRITERS,
    text,
    prodigy,
    labelstudio,
    doccano,
    spacy_json,
    webanno,
    csv,
    pygamma,
    jsonl,
)
_FOLDER_WRITERS: tuple[_Writer, ...] = (brat, csv, huggingface, pygamma, text, webanno)


def formats() -> tuple[Format, ...]:
    """Every format in order of the names."""
    readers, writers = _by_name(_READERS), _by_name(_WRITERS)
    folders = _by_name(_FOLDER_WRITERS)
    found: dict[str, _Format] = {**readers, **writers}
    return tuple(
        Format(
            name,
            module.SUFFIXES,
            ", ".join(way for way, ones in (("in", readers), ("out", writers)) if name in ones),
            name in folders,
            module.CARRIES,
            module.LOSES,
        )
        for name, module in sorted(found.items())
    )


def detect(path: Path) -> str:
    """The name of the format that a file or folder has; raises FormatError where it has none."""
    for module in _READERS:
        fits = path.is_dir() or path.suffix.lower() in module.SUFFIXES
        if fits and module.recognises(path):
            return module.NAME
    if not path.exists():
        raise FormatError(f"{shown(path)} is not there.")
    raise FormatError(f"{shown(path)} has no format that is known.", "See `annotator formats`.")


def files(path: Path, format_name: str | None = None) -> list[tuple[Path, str]]:
    """What to read with the names of its formats: of one file, or of all below a folder.

    Files that belong together are read together, as the folder. Files that no format recognises
    are left out, hidden ones and links as well; a file that is named raises FormatError.
    """
    return list(each_file(path, format_name))


def each_file(path: Path, format_name: str | None = None) -> Iterator[tuple[Path, str]]:
    """Like `files`, for folders with very many of them."""
    named = _reader(format_name) if format_name else None
    if not path.is_dir():
        yield path, named.NAME if named else detect(path)
        return
    taken: set[Path] = set()
    for module in _FOLDER_READERS:
        if (named is None or named is module) and (together := module.files(path)):
            yield path, module.NAME
            taken |= together
    for file in text.files(path, _suffixes_of_single_files(named)):
        name = "" if file in taken else named.NAME if named else _known(file)
        if name:
            yield file, name


def suffixes() -> tuple[str, ...]:
    """How the names of files end that can be read."""
    return tuple(sorted({suffix for module in _READERS for suffix in module.SUFFIXES}))


def read(
    source: Source, format_name: str, options: ReadOptions = ReadOptions()
) -> Iterator[Annotated | Rejected]:
    """What a file has; raises UsageError for a format that is not read."""
    return _reader(format_name).read(source, options)


def write(
    items: Iterable[Annotated],
    target: Target,
    format_name: str,
    options: WriteOptions = WriteOptions(),
) -> tuple[Loss, ...]:
    """Write `items`; gives what they lack already, then what the format cannot express.

    Raises UsageError for a format that is not written.
    """
    lacking: list[Loss] = []
    noted = _noted(items, lacking)
    if format_name in (choosing := _by_name(_CHOOSING_WRITERS)):
        losses = choosing[format_name].write(noted, target, options)
    else:
        losses = _named(_WRITERS, format_name, "written").write(noted, target)
    return (*lacking, *losses)


def _noted(items: Iterable[Annotated], lacking: list[Loss]) -> Iterator[Annotated]:
    for item in items:
        lacking += item.losses
        yield item


def _reader(name: str) -> _Reader:
    return _named(_READERS, name, "read")


def _suffixes_of_single_files(named: _Reader | None) -> tuple[str, ...]:
    modules = [m for m in ((named,) if named else _READERS) if m not in _FOLDER_READERS]
    return tuple(sorted({suffix for module in modules for suffix in module.SUFFIXES}))


def _known(file: Path) -> str:
    """The name of the format that a file has, empty where it has none."""
    try:
        return detect(file)
    except FormatError:
        return ""


def _by_name(modules: Iterable[_AnyFormat]) -> dict[str, _AnyFormat]:
    return {module.NAME: module for module in modules}


def _named(modules: Iterable[_AnyFormat], name: str, done: str) -> _AnyFormat:
    known = _by_name(modules)
    if name in known:
        return known[name]
    listed = f"These are {done}: {', '.join(sorted(known))}."
    if any(one.name == name for one in formats()):
        raise UsageError(f"The format {name} is not {done}.", listed)
    close = get_close_matches(name, known, 1)
    hint = f"Did you mean {close[0]}?" if close else listed
    raise UsageError(f"There is no format {name!r}.", hint)
