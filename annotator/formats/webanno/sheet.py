"""A WebAnno TSV file as a text with rows: one for each token, and for each piece of a token.

Of the text between sentences only the length is in the file: it becomes one line feed and blanks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotator.formats.files.streams import MAX_LINE, Source, lines
from annotator.formats.offsets import Utf16Offsets
from annotator.formats.webanno.cell import NOTHING, unescaped, unescaped_text
from annotator.formats.webanno.header import WebannoLayer, layer

FORMAT = "#FORMAT=WebAnno TSV 3."

_HEAD = re.compile(rf"{re.escape(FORMAT)}(\d+)\s*")
_UNIT = re.compile(r"\d+-\d+(?:\.\d+)?")
_RANGE = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Unit:
    """A token or a piece of one; code points."""

    line: int
    id: str
    start: int
    end: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The cell of a column; those that are not there say nothing."""
        return self.cells[index] if index < len(self.cells) else NOTHING


@dataclass(slots=True)
class WebannoSheet:
    """A file that is being read; `line` is the one that is being looked at."""

    text: str = ""
    layers: list[WebannoLayer] = field(default_factory=list[WebannoLayer])
    units: list[Unit] = field(default_factory=list[Unit])
    line: int = 0
    _rows: list[tuple[int, list[str]]] = field(default_factory=list[tuple[int, list[str]]])
    _sentence: list[str] = field(default_factory=list[str])
    """The lines of a sentence whose first token did not come yet."""
    _texts: list[str] = field(default_factory=list[str])
    """The sentences so far, with what is between them."""
    _length: int = 0
    """Of these, in UTF-16 units."""
    _version: int = -1

    def read(self, source: Source) -> None:
        """Take the whole file; raises ValueError where it makes no sense, in `line`."""
        for item in lines(source):
            if not isinstance(item, tuple):
                self.line = item.line
                raise ValueError(item.reason)
            self.line, raw = item
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                raise ValueError(f"byte 0x{raw[error.start]:02X} is not UTF-8") from error
            self._take(text.removesuffix("\n").removesuffix("\r"))
        if self._version < 0:
            raise ValueError("the file is empty")
        self._place_rows()

    def _take(self, line: str) -> None:
        if self._version < 0:
            match = _HEAD.fullmatch(line)
            if match is None:
                raise ValueError(f"expected {FORMAT}x in the first line")
            self._version = int(match[1])
        elif line.startswith("#Text="):
            java = self._version < 2
            self._sentence.append(unescaped_text(line.removeprefix("#Text="), as_java=java))
        elif line.startswith("#T_"):
            self.layers.append(layer(line, sum(len(known.columns) for known in self.layers)))
        elif not line.startswith("#"):
            self._row(line.removesuffix("\t").split("\t"))

    def _row(self, cells: list[str]) -> None:
        columns = sum(len(known.columns) for known in self.layers)
        range_ = _RANGE.fullmatch(cells[1]) if len(cells) > 2 else None
        if range_ is None or _UNIT.fullmatch(cells[0]) is None:
            raise ValueError("expected a row: 1-1, the offsets as in 0-3, and a token")
        if len(cells) < columns + 3:
            raise ValueError(f"{len(cells) - 3} columns, where the header has {columns}")
        if self._sentence:
            self._begin_sentence(int(range_[1]), cells[2])
        self._rows.append((self.line, cells))

    def _begin_sentence(self, start: int, token: str) -> None:
        text, self._sentence = "\n".join(self._sentence), []
        blank = len(text) - len(text.lstrip())
        if blank and not text.startswith(token):  # files of old versions begin before the token
            start -= blank
        gap = start - self._length
        if gap < 0:
            raise ValueError(f"the sentence begins at {start}, where another one is")
        if start > MAX_LINE:
            raise ValueError(f"the sentence begins at {start}, behind any text")
        between = "\n" + " " * (gap - 1) if gap and self._length else " " * gap
        self._texts += [between, text]
        self._length = start + Utf16Offsets.of(text).length_in_units

    def _place_rows(self) -> None:
        self.text = "".join(self._texts)
        offsets = Utf16Offsets.of(self.text)
        for line, cells in self._rows:
            self.line = line
            start, _, end = cells[1].partition("-")
            unit = Unit(
                line,
                cells[0],
                offsets.to_code_points(int(start)),
                offsets.to_code_points(int(end)),
                tuple(cells[3:]),
            )
            surface = self.text[unit.start : unit.end]
            if surface not in (cells[2], unescaped(cells[2])):
                raise ValueError(f"{unit.id} says {cells[2]!r}, the text has {surface!r} there")
            self.units.append(unit)
        if self._sentence:
            raise ValueError("a sentence without a token")
