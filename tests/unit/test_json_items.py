from __future__ import annotations

import io
from typing import IO, Any, cast

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import FormatError
from annotator.formats import doccano, labelstudio, spacy_json
from annotator.formats.files import json_items
from annotator.formats.record import Annotated, Rejected
from annotator.model.document import Document

CHUNK = 1 << 16

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=4)
    | st.sampled_from(['"', "\\", "\\\\", '[{"', "]}", "\u2028\r\n", "😀\\u005b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)  # fmt: skip


class Trickle(io.RawIOBase):
    """A file that cannot seek and gives a few bytes at a time."""

    def __init__(self, raw: bytes, size: int) -> None:
        super().__init__()
        self._rest = io.BytesIO(raw)
        self._size = size

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(min(size, self._size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._rest.readline(size)


def values(raw: bytes, size: int = CHUNK) -> list[Any]:
    stream = cast("IO[bytes]", Trickle(raw, size))
    found = list(json_items.items(stream))
    return [item if isinstance(item, Rejected) else item.value() for item in found]


def reasons(raw: bytes) -> list[tuple[int, str]]:
    """Line and reason of what is rejected, line and no reason of what is read."""
    found = json_items.read_items(
        io.BytesIO(raw), lambda value: Annotated(Document("d", value["t"]))
    )
    return [(one.line, one.reason) if isinstance(one, Rejected) else (0, "") for one in found]


@given(st.lists(VALUES, max_size=5), st.sampled_from((0, orjson.OPT_INDENT_2)))
def test_an_array_is_cut_into_the_values_it_holds(found: list[Any], option: int) -> None:
    raw = orjson.dumps([{}, *found], option=option)
    assert values(b"\xef\xbb\xbf \n" + raw + b"\n") == [{}, *found]
    assert values(raw, 3) == [{}, *found]


@given(st.lists(VALUES, min_size=1, max_size=4), st.data())
def test_where_a_chunk_ends_makes_no_difference(found: list[Any], data: st.DataObject) -> None:
    expected: list[Any] = [{}, *found]
    body = b",\n ".join(map(orjson.dumps, expected)) + b"]"
    before = CHUNK - 1 - data.draw(st.integers(0, len(body)))
    assert values(b"[" + b" " * before + body) == expected


def test_an_item_may_be_larger_than_many_chunks() -> None:
    large: dict[str, Any] = {"t": 'a"\\' * CHUNK, "n": [[{}]] * 99}
    assert values(orjson.dumps([large, 1, large])) == [large, 1, large]


def test_values_on_lines_and_one_over_several_lines_are_read() -> None:
    assert values(b'{"a":1}\n\n["b",{}]\n') == [{"a": 1}, ["b", {}]]
    assert values(b'["b",{}]\n["c",{}]\n') == [["b", {}], ["c", {}]]
    assert values(b'{\n "a": 1\n}\n{"b":\n2}') == [{"a": 1}, {"b": 2}]
    assert (values(b""), values(b" [ ] "), values(b"[\n]")) == ([], [], [])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'[\n{"t":"a"},\n{"t":},\n{"t":"b"}]', [(0, ""), (3, "item 2: not JSON"), (0, "")]),
        (b'[{"t":"a"},\n{"t":"b"', [(0, ""), (2, "item 2: not JSON"), (2, "the file ends")]),
        (b'[{"t":"a"}', [(0, ""), (1, "the file ends before the array does")]),
        (b'[{"t":"a"},}, null,{"t":"b"}]', [(0, ""), (1, "item 2: not JSON"), (0, "")]),
        (b'[{"t":"\xff"}]', [(1, "item 1: not JSON")]),
        (b'[{"t":" "}]', [(1, "item 1: the text is empty")]),
        ("[1]".encode("utf-16"), [(1, "looks like UTF-16")]),
        ("[1]".encode("utf-16-le"), [(1, "looks like UTF-16")]),
    ],
)
def test_what_is_no_json_is_rejected_with_its_place(
    raw: bytes, expected: list[tuple[int, str]]
) -> None:
    found = reasons(raw)
    assert [line for line, _ in found] == [line for line, _ in expected]
    for (_, reason), (_, words) in zip(found, expected, strict=True):
        assert reason.startswith(words)


def test_what_is_written_is_one_array_and_what_is_no_json_is_an_error() -> None:
    stream = io.BytesIO()
    json_items.write_array([{"a": 1}, {"b": "é"}], stream)
    assert stream.getvalue().decode() == '[\n{"a":1},\n{"b":"é"}\n]\n'
    with pytest.raises(FormatError, match="Item 1 cannot be written"):
        json_items.write_array([{"a": 2**70}], io.BytesIO())


@given(st.binary(max_size=60), st.sampled_from((doccano, labelstudio, spacy_json)))
def test_no_bytes_make_a_reader_fall(raw: bytes, module: Any) -> None:
    pieces = (b"", b"[", b'{"text":"x","label":[', b'[{"data":{"text":"x"},"annotations":[')
    for before in pieces:
        list(module.read(io.BytesIO(before + raw)))


@given(VALUES, st.sampled_from((doccano, labelstudio, spacy_json)))
def test_no_json_makes_a_reader_fall(value: Any, module: Any) -> None:
    rows = [
        {"text": "abc", "label": value, "entities": value, "relations": value, "meta": value},
        {"text": "abc", "label": [[0, 1, value], value], "Comments": value, "id": value},
        {"text": "abc", "l": [{"start": 0, "end": value, "labels": ["X"], "k": value}]},
        {"data": value, "annotations": value},
        *(
            {"data": {"text": "a😀c", "k": value}, "id": value, "annotations": [{"result": [row]}]}
            for row in results(value)
        ),
        {"data": {"text": "abc"}, "predictions": [{"score": value, "model_version": value}]},
        {"data": {"text": "abc"}, "drafts": [{"user": value, "result": value}]},
    ]
    found = list(module.read(io.BytesIO(orjson.dumps([value, *rows]))))
    assert all(isinstance(item, (Annotated, Rejected)) for item in found)


def results(value: Any) -> list[Any]:
    labels = {"start": 0, "end": 1, "text": value, "labels": ["X"]}
    region = {"id": "a", "type": "labels", "value": labels}
    return [
        value,
        {**region, "id": value, "from_name": value, "score": value},
        {**region, "value": {**labels, "labels": value}},
        {**region, "value": {**labels, "start": value, "globalOffsets": value}},
        {"type": "relation", "from_id": value, "to_id": value, "labels": value},
        {"type": "choices", "from_name": "k", "value": {"choices": value}},
        {"type": "choices", "from_name": "k", "value": {"start": value, "end": value}},
        {"type": value, "value": value},
    ]
