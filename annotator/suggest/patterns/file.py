"""A patterns file: JSON lines in spaCy's and Prodigy's form, with a few more fields.

    {"label": "GPE", "pattern": "New York"}
    {"label": "Attack", "pattern": [{"lower": {"in": ["storm", "stormed"]}}]}

More than the plain form: `phrases` lists many strings in one line; `before` and `after` are token
patterns that must stand beside the span and are no part of it; `score` is how sure the line is,
where 0 means that these words are not to be suggested with this label; `yields` lists labels that
win where one of their spans overlaps. Blank lines and lines that begin with `//` or `#` are
comments. Words that many patterns use have a line of their own, above the patterns that name it
in place of a list after `in` or `not_in`:

    {"list": "weekdays", "words": ["Monday", "Tuesday"]}
    {"label": "DATE", "pattern": [{"orth": {"in": "weekdays"}}]}
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotator.errors import PatternError
from annotator.suggest.patterns.tokens import TokenPattern, checked_tokens, expressions_of

DEFAULT_SCORE = 0.8

_HINT = 'A line is like {"label": "GPE", "pattern": "New York"}; see the patterns guide.'


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: either strings to find as they are (`phrases`) or a token pattern (`tokens`)."""

    label: str
    line: int
    """Where it stands in its file, counted from 1."""
    phrases: tuple[str, ...] = ()
    tokens: tuple[TokenPattern, ...] = ()
    before: tuple[TokenPattern, ...] = ()
    after: tuple[TokenPattern, ...] = ()
    score: float = DEFAULT_SCORE
    yields: tuple[str, ...] = ()
    """Labels whose spans push this one's out where they overlap."""
    id: str = ""

    @property
    def expressions(self) -> tuple[str, ...]:
        """The regular expressions in it."""
        return expressions_of((*self.before, *self.tokens, *self.after))


def read(path: Path) -> tuple[Pattern, ...]:
    """The patterns of a file; raises PatternError that names file, line and what is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PatternError(f"{path}: cannot be read: {error.strerror}", "") from error
    return parse(data, str(path))


def parse(data: bytes, name: str) -> tuple[Pattern, ...]:
    """The patterns of a file's bytes; `name` is what errors call the file."""
    found: list[Pattern] = []
    lists: dict[str, list[str]] = {}
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            line = raw.decode("utf-8").strip()
            if not line or line.startswith(("//", "#")):
                continue
            value = json.loads(line)
            if isinstance(value, dict) and "list" in value:
                _add_list(_ListLine.model_validate(value), lists)
            else:
                found.append(_Line.model_validate(value).pattern_at(number, lists))
        except ValueError as error:
            raise PatternError(f"{name}:{number}: {_what(error)}", _HINT) from error
    return tuple(found)


_Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
_Texts = Annotated[list[_Text], Field(min_length=1)]
_Tokens = list[dict[str, Any]]


class _ListLine(BaseModel):
    """A line that names a list of words."""

    model_config = ConfigDict(extra="forbid", strict=True)

    list: _Text
    words: _Texts


def _add_list(line: _ListLine, lists: dict[str, list[str]]) -> None:
    if line.list in lists:
        raise ValueError(f"the list {line.list!r} is there already")
    lists[line.list] = line.words


class _Line(BaseModel):
    """A line that is a pattern, as people write it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    label: _Text
    pattern: _Text | _Tokens | None = None
    phrases: _Texts | None = None
    before: _Tokens | None = None
    after: _Tokens | None = None
    score: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = DEFAULT_SCORE
    yields: list[_Text] = []
    id: str = ""

    def pattern_at(self, line: int, lists: Mapping[str, Sequence[str]]) -> Pattern:
        """The value of this line; ValueError says what cannot be meant."""
        if (self.pattern is None) == (self.phrases is None):
            raise ValueError("give either pattern or phrases")
        if not isinstance(self.pattern, list) and (self.before or self.after):
            raise ValueError("before and after go with a token pattern, not with a string")
        tokens = self.pattern if isinstance(self.pattern, list) else None
        phrases = self.phrases or ([self.pattern] if isinstance(self.pattern, str) else [])
        tokens, before, after = (
            () if part is None else checked_tokens(part, lists)
            for part in (tokens, self.before, self.after)
        )
        return Pattern(
            self.label, line, tuple(phrases), tokens, before, after,
            self.score, tuple(self.yields), self.id,
        )  # fmt: skip


def _what(error: ValueError) -> str:
    """What is wrong with a line, in few words."""
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    return _first_problem(error) if isinstance(error, ValidationError) else str(error)


_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "unknown field",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "has nothing but blanks in it",
    "model_type": "expected an object in braces",
}


def _first_problem(error: ValidationError) -> str:
    """The first thing that is wrong, with its field."""
    problem = error.errors(include_url=False)[0]
    kind, place = problem["type"], problem["loc"]
    message = _MESSAGES.get(kind, problem["msg"])
    if place[:1] == ("pattern",) and kind in ("string_type", "list_type", "dict_type"):
        message = "expected a string or a list of token objects"
    return f"{place[0]}: {message}" if place else message
