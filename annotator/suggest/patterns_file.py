"""A patterns file: JSON lines in spaCy's and Prodigy's form, with a few more fields.

    {"label": "GPE", "pattern": "New York"}
    {"label": "Attack", "pattern": [{"lower": {"in": ["storm", "stormed"]}}]}

More than the plain form: `phrases` lists many strings in one line; `before` and `after` are token
patterns that must stand beside the span and are no part of it; `score` is how sure the line is,
where 0 means that these words are not to be suggested with this label; `yields` lists labels that
win where one of their spans overlaps. Blank lines and lines that begin with `//` or `#` are
comments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from annotator.errors import PatternError
from annotator.suggest.token_patterns import TokenPattern, checked_tokens

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
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            line = raw.decode("utf-8").strip()
            if line and not line.startswith(("//", "#")):
                found.append(_Line.model_validate(json.loads(line)).pattern_at(number))
        except UnicodeDecodeError as error:
            raise PatternError(f"{name}:{number}: not UTF-8", "Save the file as UTF-8.") from error
        except json.JSONDecodeError as error:
            what = f"not JSON: {error.msg} at column {error.colno}"
            raise PatternError(f"{name}:{number}: {what}", _HINT) from error
        except ValidationError as error:
            raise PatternError(f"{name}:{number}: {_first_problem(error)}", _HINT) from error
    return tuple(found)


_Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
_Tokens = list[dict[str, Any]]


class _Line(BaseModel):
    """A line as people write it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    label: _Text
    pattern: _Text | _Tokens | None = None
    phrases: Annotated[list[_Text], Field(min_length=1)] | None = None
    before: _Tokens | None = None
    after: _Tokens | None = None
    score: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = DEFAULT_SCORE
    yields: list[_Text] = []
    id: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> _Line:
        if (self.pattern is None) == (self.phrases is None):
            raise ValueError("give either pattern or phrases")
        for name in ("before", "after"):
            tokens: _Tokens | None = getattr(self, name)
            if tokens is not None and not isinstance(self.pattern, list):
                raise ValueError(f"{name} goes with a token pattern, not with a string")
        self._parts()
        return self

    def _parts(self) -> tuple[tuple[TokenPattern, ...], ...]:
        """The tokens of pattern, before and after, checked."""
        lists = (self.pattern if isinstance(self.pattern, list) else None, self.before, self.after)
        return tuple(() if tokens is None else checked_tokens(tokens) for tokens in lists)

    def pattern_at(self, line: int) -> Pattern:
        """The value of this line."""
        tokens, before, after = self._parts()
        phrases = tuple(self.phrases or ())
        if isinstance(self.pattern, str):
            phrases = (self.pattern,)
        return Pattern(
            self.label, line, phrases, tokens, before, after,
            self.score, tuple(self.yields), self.id,
        )  # fmt: skip


_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "unknown field",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "has nothing but blanks in it",
    "model_type": "expected an object in braces",
}


def _first_problem(error: ValidationError) -> str:
    """The first thing that is wrong, with its field; messages of our own stand as they are."""
    problem = error.errors(include_url=False)[0]
    kind, place = problem["type"], problem["loc"]
    message = _MESSAGES.get(kind, problem["msg"].removeprefix("Value error, "))
    if place[:1] == ("pattern",) and kind in ("string_type", "list_type", "dict_type"):
        message = "expected a string or a list of token objects"
    return f"{place[0]}: {message}" if place else message
