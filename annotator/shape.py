"""Tables that people write as frozen dataclasses: nothing is missing, unknown or of another type.

For the two files that every start reads, the settings and the scheme. Pydantic, which checks the
other files, takes longer to import than a start may take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

Place = tuple[str | int, ...]
"""The way to a value: keys of tables and indices of lists, from the top."""

_Shaped = TypeVar("_Shaped")
_NAME = "name"
"""The field of an item that is not in its table, since the table is named by it."""
_PLAIN = {str: "text in quotes", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is wrong with one value."""

    place: Place
    message: str
    known: tuple[str, ...] = ()
    """The keys that can stand there, where this one cannot."""
    value: object = None
    """The value, where it is that which is wrong; TOML has no None."""


class ShapeError(ValueError):
    """A table does not have its shape; `misfits` is everything that is wrong with it."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__(misfits)
        self.misfits = tuple(misfits)


def shaped(kind: type[_Shaped], table: Mapping[str, object]) -> _Shaped:
    """The value of a table; raises ShapeError.

    `kind` is a dataclass of texts, truths, literals, tuples and mappings of these. A tuple of
    dataclasses is written as a table of tables, each under the name of its item.
    """
    reading = _Reading()
    values = reading.fields(kind, table, ())
    if reading.misfits:
        raise ShapeError(reading.misfits)
    return kind(**values)


class _Reading:
    """Goes through a table once; what it gives is of no use where there are misfits."""

    def __init__(self) -> None:
        self.misfits: list[Misfit] = []

    def fields(self, kind: type, table: object, place: Place, *given: str) -> dict[str, Any]:
        """The values of a dataclass's fields, less those `given` by other means."""
        hints = get_type_hints(kind)
        shape = {field.name: field for field in fields(kind) if field.name not in given}
        values: dict[str, Any] = {}
        for key, value in self.items(table, place):
            if key in shape:
                values[key] = self.value(hints[key], value, (*place, key))
            else:
                self.note((*place, key), "there is no such key", known=tuple(shape))
        for key, field in shape.items():
            is_needed = field.default is MISSING and field.default_factory is MISSING
            if is_needed and key not in values and isinstance(table, dict):
                self.note((*place, key), "is missing")
        return values

    def value(self, hint: Any, value: object, place: Place) -> object:  # noqa: ANN401
        """What a field of a type holds."""
        kind, inner = get_origin(hint), get_args(hint)
        if kind is tuple:
            return tuple(self.members(inner[0], value, place))
        if kind is Mapping:
            items = self.items(value, place)
            return {key: self.value(inner[1], each, (*place, key)) for key, each in items}
        if kind is Literal:
            if value not in inner:
                allowed = " or ".join(repr(each) for each in inner)
                self.note(place, f"should be {allowed}", value=value)
        elif not isinstance(value, hint):
            self.note(place, f"should be {_PLAIN[hint]}", value=value)
        return value

    def members(self, kind: Any, value: object, place: Place) -> Iterator[object]:  # noqa: ANN401
        """The members of a tuple: values out of a list, or named items out of a table."""
        if is_dataclass(kind):
            for name, table in self.items(value, place):
                found = self.fields(cast("type", kind), table, (*place, name), _NAME)
                yield None if self.misfits else cast("Any", kind)(**{_NAME: name}, **found)
        elif isinstance(value, list):
            for index, each in enumerate(cast("list[object]", value)):
                yield self.value(kind, each, (*place, index))
        else:
            self.note(place, "should be a list in brackets", value=value)

    def items(self, table: object, place: Place) -> Iterator[tuple[str, object]]:
        """The keys and values of what has to be a table."""
        if isinstance(table, dict):
            yield from cast("dict[str, object]", table).items()
        else:
            self.note(place, "should be a table", value=table)

    def note(
        self, place: Place, message: str, *, known: tuple[str, ...] = (), value: object = None
    ) -> None:
        self.misfits.append(Misfit(place, message, known, value))
