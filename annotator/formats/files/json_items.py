"""JSON values one by one out of a file, or into it: items of one array, or a value a line.

An array is cut at its commas while it is read, so that a file of any size takes the memory of its
largest item. What lies inside the items is left to the parser.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import orjson

from annotator.errors import FormatError
from annotator.formats.files.streams import (
    BOM,
    MAX_LINE,
    Json,
    Source,
    Target,
    lines,
    looks_like_utf_16,
    opened,
    shown,
    written,
)
from annotator.formats.record import Annotated, Rejected
from annotator.formats.validation import checked

_CHUNK = 1 << 16
_BETWEEN = re.compile(rb"[\s,]*")
_MARK = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+("?)|[\[\]{}]', re.DOTALL)
"""A string, whose group is empty where the buffer ends inside of it, or a bracket."""
_SCALAR = re.compile(rb'[^\s,\[\]{}"]+')
_ROW = re.compile(rb'\[\s*"')
_NO_HEAD = re.compile(rb"(?!)")


@dataclass(frozen=True, slots=True)
class Item:
    """The bytes of one value, and where they begin."""

    line: int
    raw: bytes
    place: str = ""
    """Which item of an array it is, where lines do not tell."""

    def value(self) -> Any:  # noqa: ANN401 - any JSON value
        """The value; raises ValueError where the bytes are no JSON."""
        try:
            return orjson.loads(self.raw)
        except orjson.JSONDecodeError as error:
            raise ValueError(f"not JSON: {error.msg} (column {error.colno})") from error


def read_items(
    source: Source, parse: Callable[[Any], Annotated], head: re.Pattern[bytes] = _NO_HEAD
) -> Iterator[Annotated | Rejected]:
    """One record an item: `parse` makes it, or says by ValueError why not; null is nothing."""
    for item in items(source, head):
        if isinstance(item, Rejected):
            yield item
            continue
        try:
            value = item.value()
            if value is not None:
                yield checked(parse(value), item.line)
        except ValueError as error:
            yield Rejected(shown(source), item.line, f"{item.place}{error}")


def first_item(source: Path, head: re.Pattern[bytes] = _NO_HEAD) -> Any:  # noqa: ANN401
    """The first value of a file, None where there is none."""
    try:
        for item in items(source, head):
            return None if isinstance(item, Rejected) else item.value()
    except (ValueError, FormatError):
        return None
    return None


def write_array(values: Iterable[Json], target: Target) -> None:
    """One array, an item a line; raises FormatError where a value is no JSON."""
    with written(target) as stream:
        before = b"[\n"
        for number, value in enumerate(values, 1):
            try:
                stream.write(before + orjson.dumps(value))
            except TypeError as error:
                raise FormatError(f"Item {number} cannot be written: {error}.") from error
            before = b",\n"
        stream.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def items(source: Source, head: re.Pattern[bytes] = _NO_HEAD) -> Iterator[Item | Rejected]:
    """The values of a file; what `head` matches before an array is passed over."""
    with opened(source) as stream:
        start = _beginning(stream)
        whole = _Rewound(start, stream, shown(source))
        skipped = _before_items(start, head)
        if skipped is None:
            for line in lines(cast("IO[bytes]", whole)):
                yield line if isinstance(line, Rejected) else Item(*line)
            return
        line = 1 + whole.read(skipped).count(b"\n")
        in_array = start[skipped - 1 : skipped] == b"["
        yield from _Cutter(whole, line).items(in_array=in_array)


def _beginning(stream: IO[bytes]) -> bytes:
    """The first chunk, whole also where a stream gives less at a time."""
    found = b""
    while len(found) < _CHUNK and (more := stream.read(_CHUNK - len(found))):
        found += more
    return found


def _before_items(start: bytes, head: re.Pattern[bytes]) -> int | None:
    """How many bytes come before the first item, None where there is an item a line."""
    text = start.removeprefix(BOM).lstrip()
    skipped = len(start) - len(text)
    if looks_like_utf_16(start):
        return None
    if matched := head.match(text):
        return skipped + matched.end()
    if text.startswith(b"[") and not _ROW.match(text):
        return skipped + 1
    return skipped if text.partition(b"\n")[0].strip() == b"{" else None


class _Rewound:
    """A stream whose beginning was read already, from the beginning again."""

    def __init__(self, start: bytes, rest: IO[bytes], name: str) -> None:
        self._start = io.BytesIO(start)
        self._rest = rest
        self.name = name

    def read(self, size: int) -> bytes:
        found = self._start.read(size)
        return found if len(found) == size else found + self._rest.read(size - len(found))

    def readline(self, size: int) -> bytes:
        found = self._start.readline(size)
        if found.endswith(b"\n") or len(found) == size:
            return found
        return found + self._rest.readline(size - len(found))


class _Cutter:
    """Cuts a stream that stands before an item, perhaps of an array, into its items."""

    def __init__(self, stream: _Rewound, line: int) -> None:
        self._stream = stream
        self._name = stream.name
        self._line = line
        self._buffer = b""
        self._at = 0

    def items(self, *, in_array: bool) -> Iterator[Item | Rejected]:
        """The items up to the end of the array, or of the file where there is no array."""
        number = 0
        while self._stands_on_item():
            number += 1
            end = self._end_of_item()
            raw = self._buffer[self._at : end]
            if len(raw) > MAX_LINE:
                reason = f"an item is longer than {MAX_LINE:,} bytes; the rest is not read"
                yield Rejected(self._name, self._line, reason)
                return
            yield Item(self._line, raw, f"item {number}: " if in_array else "")
            self._pass_to(end)
        if in_array and self._at == len(self._buffer):
            yield Rejected(self._name, self._line, "the file ends before the array does")

    def _stands_on_item(self) -> bool:
        while True:
            match = _BETWEEN.match(self._buffer, self._at)
            self._pass_to(match.end() if match else self._at)
            if self._at < len(self._buffer):
                return not self._buffer.startswith(b"]", self._at)
            if not self._fill():
                return False

    def _end_of_item(self) -> int:
        """The end of what begins here; the end of the buffer where the file ends inside of it."""
        depth, done = 0, 0
        scalar = _SCALAR.match(self._buffer, self._at)
        while scalar and scalar.end() == len(self._buffer) and self._fill():
            scalar = _SCALAR.match(self._buffer, self._at)
        if scalar:
            return scalar.end()
        while True:
            for match in _MARK.finditer(self._buffer, self._at + done):
                if match[0][:1] == b'"' and not match[1]:
                    break
                depth += _STEPS[match[0][:1]]
                done = match.end() - self._at
                if depth <= 0:
                    return match.end()
            if len(self._buffer) - self._at > MAX_LINE or not self._fill():
                return len(self._buffer)

    def _pass_to(self, end: int) -> None:
        self._line += self._buffer.count(b"\n", self._at, end)
        self._at = end

    def _fill(self) -> bool:
        """Read on, twice as much each time an item does not end; what was passed is let go."""
        rest = self._buffer[self._at :]
        more = self._stream.read(max(_CHUNK, len(rest)))
        self._buffer, self._at = rest + more, 0
        return bool(more)


_STEPS = {b'"': 0, b"[": 1, b"{": 1, b"]": -1, b"}": -1}
