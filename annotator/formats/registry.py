"""Every format by its name, and which one a file has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

from annotator.errors import FormatError, UsageError
from annotator.formats import jsonl, prodigy, spacy, text
from annotator.formats.record import Annotated, Loss, Rejected
from annotator.formats.streams import Source, Target, shown


class _Module(Protocol):
    """The shape that every format's module has."""

    @property
    def NAME(self) -> str: ...  # noqa: N802 - a module's constant

    @property
    def SUFFIXES(self) -> tuple[str, ...]: ...  # noqa: N802

    @property
    def LOSES(self) -> tuple[str, ...]: ...  # noqa: N802

    def recognises(self, path: Path) -> bool: ...

    def read(self, source: Source, *, language: str) -> Iterator[Annotated | Rejected]: ...

    def write(self, items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """What is told of a format in a list."""

    name: str
    suffixes: tuple[str, ...]
    directions: str
    loses: tuple[str, ...]


_MODULES: tuple[_Module, ...] = (text, prodigy, jsonl, spacy)
"""In the order in which a file is shown to them: the first that recognises it has it."""


def formats() -> tuple[Format, ...]:
    """Every format in order of the names."""
    return tuple(
        Format(module.NAME, module.SUFFIXES, "in, out", module.LOSES)
        for module in sorted(_MODULES, key=lambda module: module.NAME)
    )


def detect(path: Path) -> str:
    """The name of the format that a file or folder has; raises FormatError where it has none."""
    for module in _MODULES:
        fits = path.is_dir() or path.suffix.lower() in module.SUFFIXES
        if fits and module.recognises(path):
            return module.NAME
    if not path.exists():
        raise FormatError(f"{shown(path)} is not there.")
    raise FormatError(f"{shown(path)} has no format that is known.", "See `annotator formats`.")


def files(path: Path, format_name: str | None = None) -> list[tuple[Path, str]]:
    """What to read with the names of its formats: of one file, or of all below a folder.

    The text files below a folder are read together, as the folder, since their ids are their
    places in it. Files that no format recognises are left out, hidden ones and links as well; a
    file that is named raises FormatError.
    """
    if not path.is_dir():
        return [(path, _module(format_name).NAME if format_name else detect(path))]
    modules = (_module(format_name),) if format_name else _MODULES
    found: list[tuple[Path, str]] = []
    if text in modules and text.recognises(path):
        found.append((path, text.NAME))
    suffixes = {suffix for module in modules if module is not text for suffix in module.SUFFIXES}
    for file in text.files(path, tuple(sorted(suffixes))):
        if format_name:
            found.append((file, format_name))
            continue
        try:
            found.append((file, detect(file)))
        except FormatError:
            continue
    return found


def read(
    source: Source, format_name: str, *, language: str = "en"
) -> Iterator[Annotated | Rejected]:
    """What a file has; `language` is given to documents that name none."""
    return _module(format_name).read(source, language=language)


def write(items: Iterable[Annotated], target: Target, format_name: str) -> tuple[Loss, ...]:
    """Write `items` and give back what the format cannot express."""
    return _module(format_name).write(items, target)


def _module(name: str) -> _Module:
    known = {module.NAME: module for module in _MODULES}
    if name in known:
        return known[name]
    close = get_close_matches(name, known, 1)
    raise UsageError(
        f"There is no format {name!r}.",
        f"Did you mean {close[0]}?" if close else f"There are {', '.join(sorted(known))}.",
    )
