"""Fields of JSON objects, each of the type that it must have."""

from __future__ import annotations

from typing import Any, cast

from annotator.formats.files.streams import Json


def an_object(value: object, what: str) -> Json:
    """`value` as a JSON object; raises ValueError that calls it `what`."""
    if not isinstance(value, dict):
        raise ValueError(f"{what} is not an object {{...}}")
    return cast("Json", value)


def objects(row: Json, key: str) -> list[Json]:
    """The objects of a list; none where the key is missing or null."""
    return [an_object(value, f"an item of {key}") for value in a_list(row, key)]


def a_list(row: Json, key: str) -> list[Any]:
    """A list, empty where the key is missing or null; raises ValueError where it is none."""
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{key} is not a list")
    return cast("list[Any]", value)


def words(row: Json, key: str) -> str:
    """A string; raises ValueError where it is missing or something else."""
    value = row.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is missing" if value is None else f"{key} is not a string")
    return value


def whole(value: object, what: str) -> int:
    """A whole number, also as 3.0 (tables are exported so); raises ValueError."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{what} is {value!r}; expected a whole number")
    return value


def name_of(value: object) -> str:
    """A string or number as a name, empty where there is none."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)


def stretch(start: object, end: object, label: object, text: str) -> tuple[int, int, str]:
    """Offsets and label of a span; raises ValueError where they are no labelled stretch of text."""
    first, last = whole(start, "the start of a label"), whole(end, "the end of a label")
    if not isinstance(label, str) or not label:
        raise ValueError(f"the label of {first}-{last} is {label!r}; expected a string")
    if not 0 <= first < last <= len(text):
        raise ValueError(
            f"{label} {first}-{last} is no stretch of the text ({len(text)} characters)"
        )
    return first, last, label
