"""On which line each key of a TOML text stands; tomllib reads values and forgets where they were.

For texts that tomllib has already read without an error.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

Field = tuple[str | int, ...]
"""The way to a value: keys of tables and indices of arrays, from the top."""

_STRING = (
    r'"""(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})'
    r"|'''[\s\S]*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(rf"(?:{_STRING}|[A-Za-z0-9_.\- \t])+")
_VALUE = re.compile(rf"{_STRING}|[^,\]}}\n#]+")


def line_of(lines: Mapping[Field, int], field: Field) -> int:
    """The line of a field; where the text lacks it, of the table that it belongs to, else 1."""
    while field and field not in lines:
        field = field[:-1]
    return lines.get(field, 1)


def lines_of(text: str) -> dict[Field, int]:
    """The line, from 1, on which each key, table and array item of a valid TOML text begins."""
    scan = _Scan(text)
    scan.document()
    return scan.lines


def ends_of(text: str) -> dict[Field, int]:
    """The code point, from 0, at which each value of a valid TOML text has ended."""
    scan = _Scan(text)
    scan.document()
    return scan.ends


class _Scan:
    """One pass through a text; `at` is the code point reached and `line` its line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: dict[Field, int] = {}
        self.ends: dict[Field, int] = {}

    def document(self) -> None:
        table: Field = ()
        while opening := self.next_char():
            if opening != "[":
                self.pair(table)
                continue
            self.skip(1)
            if self.next_char() == "[":
                self.skip(1)
            table = self.key()
            self.note(table)
            while self.next_char() == "]":
                self.skip(1)

    def pair(self, table: Field) -> None:
        field = table + self.key()
        self.note(field)
        self.next_char()
        self.skip(1)  # the equals sign
        self.value(field)

    def value(self, field: Field) -> None:
        opening = self.next_char()
        if opening == "[":
            self.array(field)
        elif opening == "{":
            self.inline_table(field)
        else:
            self.skip(self.length(_VALUE))
        self.ends[field] = self.at

    def array(self, field: Field) -> None:
        self.skip(1)
        index = 0
        while self.next_char() not in ("]", ""):
            self.note((*field, index))
            self.value((*field, index))
            self.comma()
            index += 1
        self.skip(1)

    def inline_table(self, field: Field) -> None:
        self.skip(1)
        while self.next_char() not in ("}", ""):
            self.pair(field)
            self.comma()
        self.skip(1)

    def comma(self) -> None:
        if self.next_char() == ",":
            self.skip(1)

    def key(self) -> Field:
        """The parts of a dotted key, each as tomllib understands it."""
        self.next_char()
        length = self.length(_KEY)
        nested: Any = tomllib.loads(self.text[self.at : self.at + length] + "= 0")
        self.skip(length)
        parts: list[str] = []
        while nested:
            ((name, nested),) = nested.items()
            parts.append(name)
        return tuple(parts)

    def note(self, field: Field) -> None:
        for length in range(1, len(field) + 1):
            self.lines.setdefault(field[:length], self.line)

    def next_char(self) -> str:
        """The next character that is neither blank nor in a comment; empty at the end."""
        self.skip(self.length(_BLANK))
        return self.text[self.at : self.at + 1]

    def length(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        return len(match[0]) if match else 1

    def skip(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count
