"""Other names for labels, roles and attributes, as a TOML file that people write.

    PERS = "PERSON"            # an entity label or an event type
    MISC = ""                  # left out, with whatever hangs on it

    [roles]
    Arg1 = "Agent"             # roles, and the labels of relations

Tables `[entities]` and `[events]` are for a name that is both, `[attributes]` for attributes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from annotator.errors import FormatError, SchemeError
from annotator.formats.validation import check_name
from annotator.schemes.files import read_text
from annotator.schemes.toml_lines import Field, line_of, lines_of
from annotator.text.safe_text import pictured

_TABLES = ("entities", "events", "roles", "attributes")

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelMap:
    """New names by old ones; an empty new name stands for leaving out."""

    labels: Names = field(default_factory=dict[str, str], hash=False)
    """Entity labels and event types alike."""
    entities: Names = field(default_factory=dict[str, str], hash=False)
    events: Names = field(default_factory=dict[str, str], hash=False)
    roles: Names = field(default_factory=dict[str, str], hash=False)
    attributes: Names = field(default_factory=dict[str, str], hash=False)


UNCHANGED = LabelMap()


def read(path: Path) -> LabelMap:
    """The names of a file; raises FormatError with the line of what cannot be meant."""
    try:
        text = read_text(path)
        table = tomllib.loads(text)
    except SchemeError as error:
        raise FormatError(error.message) from error
    except tomllib.TOMLDecodeError as error:
        hint = 'Write OLD = "NEW" on each line, and quotes around names that have blanks.'
        raise FormatError(pictured(f"{path}: not valid TOML: {error}."), hint) from error
    found: dict[str, dict[str, str]] = {name: {} for name in ("labels", *_TABLES)}
    for place, name in _pairs(table):
        if problem := _problem(place, name):
            line = line_of(lines_of(text), place)
            raise FormatError(pictured(f"{path}:{line}: {'.'.join(map(str, place))} {problem}."))
        kind = "labels" if len(place) == 1 else str(place[0])
        found[kind][str(place[-1])] = cast("str", name)
    return LabelMap(**found)


def _pairs(table: Mapping[str, object]) -> Iterator[tuple[Field, object]]:
    for key, value in table.items():
        if isinstance(value, dict) and key in _TABLES:
            yield from (((key, old), new) for old, new in cast("Names", value).items())
        else:
            yield (key,), value


def _problem(place: Field, name: object) -> str:
    if isinstance(name, dict):
        return f"is no table that is known: {', '.join(_TABLES)}"
    if not isinstance(name, str):
        return 'needs a new name in quotes, "" to leave it out'
    try:
        if name:
            check_name(name, "the new name")
    except ValueError as error:
        return f"cannot be renamed: {error}"
    return "" if place[-1] else "is no name"
