"""Files as bytes: opened with care, cut at line feeds only, written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import orjson

from annotator.errors import FormatError
from annotator.formats.files.progress import watched
from annotator.formats.record import Annotated, Rejected
from annotator.formats.validation import checked
from annotator.paths import atomic_write

Source = Path | IO[bytes]
Target = Path | IO[bytes]
Json = Mapping[str, Any]

MAX_LINE = 64 * 1024 * 1024
"""The most bytes that one line may have; a longer one is rejected without being held."""
BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def shown(source: Source) -> str:
    """The name of a file as text, even where the file system's bytes are none."""
    name = source if isinstance(source, Path) else getattr(source, "name", "-")
    return os.fsencode(str(name)).decode("utf-8", "backslashreplace")


@contextmanager
def opened(source: Source) -> Generator[IO[bytes]]:
    """`source` as a binary stream; raises FormatError where it is no regular file."""
    if not isinstance(source, Path):
        yield source
        return
    try:
        if not stat.S_ISREG(source.stat().st_mode):
            raise FormatError(f"{shown(source)} is not a regular file.")
        file = source.open("rb")
    except OSError as error:
        raise FormatError(f"{shown(source)} cannot be read: {error.strerror}.") from error
    with file, watched(file):
        yield file


@contextmanager
def written(target: Target) -> Generator[IO[bytes]]:
    """`target` as a binary stream; a path is replaced only when the block ends without an error."""
    if not isinstance(target, Path):
        yield target
        return
    try:
        with atomic_write(target) as file:
            yield file
    except OSError as error:
        raise FormatError(f"{shown(target)} cannot be written: {error.strerror}.") from error


def lines(source: Source) -> Iterator[tuple[int, bytes] | Rejected]:
    """The lines with their numbers; blank ones are left out, a BOM at the start is taken off."""
    with opened(source) as stream:
        number = 0
        while raw := stream.readline(MAX_LINE + 1):
            number += 1
            if number == 1:
                if looks_like_utf_16(raw):
                    yield Rejected(shown(source), 1, "looks like UTF-16; save it as UTF-8")
                    return
                raw = raw.removeprefix(BOM)
            if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
                _skip_line(stream)
                yield Rejected(shown(source), number, f"the line is longer than {MAX_LINE:,} bytes")
            elif raw.strip():
                yield number, raw


def looks_like_utf_16(raw: bytes) -> bool:
    """Whether the beginning of a file is UTF-16, with its mark or without."""
    return raw.startswith(_UTF_16) or raw[:4].count(0) == 2


def read_objects(
    source: Source, parse: Callable[[Json], Annotated]
) -> Iterator[Annotated | Rejected]:
    """One record a line: `parse` makes it, or says by ValueError why not."""
    for line in lines(source):
        if isinstance(line, Rejected):
            yield line
            continue
        number, raw = line
        try:
            yield checked(parse(json_object(raw)), number)
        except ValueError as error:
            yield Rejected(shown(source), number, str(error))


def json_object(raw: bytes) -> Json:
    """The JSON object of a line; raises ValueError, also on NaN and on half a surrogate pair."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} (column {error.colno})") from error
    if not isinstance(value, dict):
        found = raw[:20].decode("utf-8", "replace").strip()
        raise ValueError(f"expected an object {{...}} on each line, not {found}")
    return cast("Json", value)


def first_object(source: Path) -> Json | None:
    """The JSON object of the first line that is not blank, None where there is none."""
    for line in lines(source):
        if isinstance(line, Rejected):
            return None
        try:
            return json_object(line[1])
        except ValueError:
            return None
    return None


def write_objects(values: Iterable[Json], target: Target) -> None:
    """One record a line, keys in the order given; raises FormatError where a value is no JSON."""
    with written(target) as stream:
        for value in values:
            try:
                stream.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
            except TypeError as error:
                name = value.get("id") or value.get("document_id")
                raise FormatError(f"Document {name!r} cannot be written: {error}.") from error


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass
