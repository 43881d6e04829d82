"""The published schema of our own lines says what is written, and takes all that is read."""

from __future__ import annotations

import copy
import io
import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.test_formats_roundtrip import items

from annotator.formats import jsonl
from annotator.formats.jsonl.schema import schema
from annotator.formats.record import Annotated

jsonschema = pytest.importorskip("jsonschema")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema()))
VALUES = st.none() | st.booleans() | st.integers(-2, 2) | st.floats(0, 2) | st.text(max_size=2)
ANNOTATED = items(annotators=2, flags=("done", "skipped", "flagged"))


@given(ANNOTATED)
def test_every_line_that_is_written_is_valid(item: Annotated) -> None:
    stream = io.BytesIO()
    jsonl.write([item], stream)
    VALIDATOR.validate(orjson.loads(stream.getvalue()))


@given(st.data())
def test_every_line_that_is_read_is_valid(data: st.DataObject) -> None:
    record = changed(data, copy.deepcopy(dict(jsonl.record_of(data.draw(ANNOTATED)))))
    [item] = jsonl.read(io.BytesIO(orjson.dumps(record)))
    if isinstance(item, Annotated) and "format" in record:
        VALIDATOR.validate(record)


def test_the_schema_is_one_and_knows_the_version_that_is_written() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))
    assert json.loads(schema())["properties"]["version"]["const"] == jsonl.VERSION


@pytest.mark.parametrize(
    "line",
    [
        {"format": "annotator", "version": 1, "id": "d", "text": "x", "tokens": []},
        {"format": "annotator", "version": 1, "id": "d", "text": ""},
        {"format": "annotator", "version": 2, "id": "d", "text": "x"},
        {"version": 1, "id": "d", "text": "x"},
    ],
)
def test_what_is_no_line_of_ours_is_refused(line: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(line)


def changed(data: st.DataObject, value: Any) -> Any:
    """The record with one thing in it left out, added, or another."""
    places = list(walk(value))
    holder, key = data.draw(st.sampled_from(places))
    change = data.draw(st.sampled_from(["other", "gone", "more"]))
    if change == "gone":
        del holder[key]
    elif change == "other" or isinstance(holder, list):
        holder[key] = data.draw(VALUES)
    else:
        holder[data.draw(st.sampled_from(["label", "other", ""]))] = data.draw(VALUES)
    return value


def walk(value: Any) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(pairs):
        yield value, key
        if isinstance(inner, (dict, list)):
            yield from walk(inner)
