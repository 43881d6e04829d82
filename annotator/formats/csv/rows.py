"""The rows of a CSV or TSV file, with the lines where they begin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from annotator.formats.files.streams import BOM, MAX_LINE, Source, looks_like_utf_16, opened, shown
from annotator.formats.record import Rejected

MAX_CELL = 16 * 1024 * 1024
"""The most characters that a cell may have; an open quote would else take in the whole file."""
_SAMPLE = 1 << 18
"""The bytes by which it is found out what stands between cells."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row. Bytes that are not UTF-8 are in them as half surrogate pairs."""

    line: int
    """Where the row begins, counted from 1; a cell may go over several lines."""
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cut:
    """What cuts a line into cells."""

    delimiter: str
    is_quoted: bool = True
    """Whether a cell in double quotes may hold delimiters and line ends."""


_CUTS = (Cut(","), Cut("\t"), Cut(";"), Cut("|"), Cut("\t", is_quoted=False))


def rows(source: Source) -> Iterator[CsvRow | Rejected]:
    """The rows that are not blank, the header first; what is no row is rejected.

    A cell beyond `MAX_CELL` ends the reading.
    """
    csv.field_size_limit(MAX_CELL)
    with opened(source) as stream:
        start = stream.read(_SAMPLE)
        if looks_like_utf_16(start):
            yield Rejected(shown(source), 1, "looks like UTF-16; save it as UTF-8")
            return
        start = start.removeprefix(BOM)
        whole = start if len(start) < _SAMPLE - len(BOM) else start[: start.rfind(b"\n") + 1]
        cut = _cut_of(_decoded(whole))
        yield from _rows(map(_decoded, _lines(start, stream)), cut, shown(source))


def _cut_of(sample: str) -> Cut:
    """The cut that gives most rows as many cells as the header has, if it can be two or more."""
    return max(_CUTS, key=lambda cut: _fit(sample, cut))


def _fit(sample: str, cut: Cut) -> tuple[bool, int]:
    """How well a cut fits; a row that the end of the sample cuts off does not count."""
    widths = [
        len(row.cells) if isinstance(row, CsvRow) else 0
        for row in _rows(io.StringIO(sample, newline="\n"), cut, "")
    ]
    if widths and not widths[-1]:
        widths.pop()
    if not widths:
        return False, 0
    even = widths.count(widths[0])
    surplus = 2 * even - len(widths)
    return widths[0] > 1 and surplus > 0, surplus


def _rows(lines: Iterable[str], cut: Cut, file: str) -> Iterator[CsvRow | Rejected]:
    quoting = csv.QUOTE_MINIMAL if cut.is_quoted else csv.QUOTE_NONE
    reader = csv.reader(lines, delimiter=cut.delimiter, quoting=quoting, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                reason = f"a cell is longer than {MAX_CELL:,} characters; the rest is not read"
                yield Rejected(file, line, reason)
                return
            yield Rejected(file, line, f"no row of a table: {error}")
            continue
        if cells:
            yield CsvRow(line, cells)


def _lines(start: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of `start` and then of the stream; a longer one than `MAX_LINE` is cut."""
    first = io.BytesIO(start)
    for line in first:
        if first.tell() < len(start):
            yield line
        else:
            yield line if line.endswith(b"\n") else line + stream.readline(MAX_LINE)
    while line := stream.readline(MAX_LINE):
        yield line


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
