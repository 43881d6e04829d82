"""CSV and TSV: in, a table with a text in each row; out, a folder of tables for spreadsheets.

In: the first row names the columns. The text is in the one that `ReadOptions.column` names, else in
the first of `TEXT_COLUMNS` that is there; `id` and `language` are the document's, and all other
cells that are not empty are metadata. A document without an id gets one from its text. Between
cells stands a comma, tab, semicolon or vertical line, whichever cuts the first rows into as many
cells as there are columns; where tabs stand, quotes may be mere characters. A row with more or
fewer cells than there are columns is rejected, since its text may be cut.

Out: see `annotator.formats.csv.tables`. Of these tables `documents.csv` alone is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

import orjson

from annotator.errors import FormatError
from annotator.formats.csv.cells import restored
from annotator.formats.csv.rows import CsvRow, rows
from annotator.formats.csv.tables import CARRIES, LOSES, TABLES, write
from annotator.formats.files.streams import Source, shown
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.validation import checked
from annotator.model.document import Document

__all__ = ["CARRIES", "LOSES", "NAME", "SUFFIXES", "TEXT_COLUMNS", "read", "recognises", "write"]

NAME = "csv"
SUFFIXES = (".csv", ".tsv")
TEXT_COLUMNS = (
    "text", "content", "body", "article", "fulltext", "full_text", "full text", "maintext",
    "sentence", "story",
)  # fmt: skip
"""Names of columns with the text, in any case."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def recognises(path: Path) -> bool:
    """Whether a column holds the text; raises FormatError that names the columns where none does.

    Our other tables, which hold no text, are none of this format.
    """
    header = None if path.is_dir() else next(rows(path), None)
    if not isinstance(header, CsvRow) or tuple(header.cells) in _other_tables():
        return False
    try:
        Columns.of(header.cells, "")
    except ValueError as error:
        hint = "Name one with `--format csv --column NAME`."
        raise FormatError(f"{shown(path)}: {error}.", hint) from error
    return True


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a row; rows that name no language get that of `options`."""
    found = rows(source)
    header = next(found, None)
    if header is None:
        return
    if isinstance(header, Rejected):
        yield header
        return
    try:
        columns = Columns.of(header.cells, options.column)
    except ValueError as error:
        yield Rejected(shown(source), header.line, str(error))
        return
    for row in found:
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield checked(Annotated(columns.document(row.cells, options.language)))
        except ValueError as error:
            yield Rejected(shown(source), row.line, str(error))


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold."""

    names: tuple[str, ...]
    text: str
    is_ours: bool
    """Whether the cells were defused, and `meta` is an object in JSON."""

    @classmethod
    def of(cls, header: Sequence[str], text: str) -> Self:
        """The columns of a header; raises ValueError where none holds the text, or two might.

        `text` is the name of the one that does, if that is known.
        """
        _check_bytes(header)
        names = tuple(cell.strip() or f"column {n}" for n, cell in enumerate(header, 1))
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two columns are called {twice[0]!r}")
        if text and text not in names:
            raise ValueError(f"there is no column {text!r}; there are {', '.join(names)}")
        found = text or _text_column(names)
        if not found:
            raise ValueError(f"no column is known to hold the text; there are {', '.join(names)}")
        return cls(names, found, tuple(header) == TABLES["documents"])

    def document(self, cells: Sequence[str], language: str) -> Document:
        """The document of a row; raises ValueError where it is not as wide as the header."""
        if len(cells) != len(self.names):
            raise ValueError(f"the row has {len(cells)} cells, the header {len(self.names)}")
        _check_bytes(cells)
        values = map(restored, cells) if self.is_ours else cells
        row = {name: value for name, value in zip(self.names, values, strict=True) if value}
        text = row.pop(self.text, "")
        name = row.pop("id", "") or text_id(text)
        if _LANGUAGE.fullmatch(row.get("language", "")):
            language = row.pop("language")
        return Document(name, text, self._meta(row), language)

    def _meta(self, row: dict[str, str]) -> dict[str, Any]:
        if not self.is_ours or not row.get("meta"):
            return dict(row)
        try:
            found = orjson.loads(row["meta"])
        except orjson.JSONDecodeError as error:
            raise ValueError(f"meta is not JSON: {error.msg}") from error
        if not isinstance(found, dict):
            raise ValueError("meta is not an object {...}")
        return cast("dict[str, Any]", found)


def _text_column(names: Sequence[str]) -> str:
    by_folded = {name.casefold(): name for name in reversed(names)}
    return next((by_folded[name] for name in TEXT_COLUMNS if name in by_folded), "")


def _check_bytes(cells: Sequence[str]) -> None:
    try:
        "".join(cells).encode("utf-8")
    except UnicodeEncodeError as error:
        byte = ord(error.object[error.start]) & 0xFF
        raise ValueError(f"byte 0x{byte:02X} is not UTF-8; save it so") from error


def _other_tables() -> set[tuple[str, ...]]:
    return {columns for name, columns in TABLES.items() if name != "documents"}
