from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from properties.test_formats_roundtrip import items, place, through

from annotator.formats import spacy_json
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.triggers import with_events
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

TEXT = "Rebels attacked Aleppo."
PAIR = ["Rebels attacked Aleppo.", {"entities": [[0, 6, "ACTOR"], [16, 22, "GPE"]]}]


def read(raw: bytes, options: ReadOptions = ReadOptions()) -> list[Annotated]:
    found = list(spacy_json.read(io.BytesIO(raw), options))
    assert all(isinstance(item, Annotated) for item in found), found
    return [item for item in found if isinstance(item, Annotated)]


def places(item: Annotated) -> list[tuple[int, int, str]]:
    return [place(span) for one in item.annotations for span in one.spans()]


def reason(value: Any) -> str:
    [item] = spacy_json.read(io.BytesIO(orjson.dumps(value)))
    assert isinstance(item, Rejected), item
    return item.reason


@pytest.mark.parametrize(
    "raw",
    [
        orjson.dumps({"text": PAIR[0], **PAIR[1]}),  # type: ignore[dict-item]
        orjson.dumps(PAIR),
        orjson.dumps([PAIR]),
        orjson.dumps([{"text": PAIR[0], **PAIR[1]}], option=orjson.OPT_INDENT_2),  # type: ignore[dict-item]
        b'{"classes": ["A", "B"], "annotations": [null, ' + orjson.dumps(PAIR) + b"]}",
        b'{"text": "Rebels attacked Aleppo.", "spans": {"sc": [[0, 6, "ACTOR", "Q1"]]},'
        b'"ents": [{"start": 16, "end": 22, "label": "GPE"}], "tokens": [{"id": 0}], "cats": {}}',
    ],
)
def test_every_shape_of_a_record_says_the_same(raw: bytes) -> None:
    [item] = read(raw)
    assert item.document == Document(text_id(TEXT), TEXT)
    assert sorted(places(item)) == [(0, 6, "ACTOR"), (16, 22, "GPE")]
    assert not item.annotations[0].is_done


def test_pairs_can_stand_on_lines_and_other_keys_are_metadata() -> None:
    line = orjson.dumps(PAIR)
    assert read(line + b"\n" + line) == read(b"[" + line + b",\n" + line + b"]")
    [item] = read(orjson.dumps({"body": TEXT, "id": 7, "cats": {"war": 1.0}, "entities": []}),
                  ReadOptions(language="de", column="body"))  # fmt: skip
    assert item == Annotated(Document("7", TEXT, {"cats": {"war": 1.0}}, "de"))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"entities": []}, "text is missing"),
        ({"text": TEXT, "entities": [[0, 6]]}, "expected [start, end, label]"),
        ({"text": TEXT, "entities": [[0, 60, "X"]]}, "X 0-60 is no stretch of the text"),
        ({"text": TEXT, "entities": [["0", 6, "X"]]}, "the start of a label is '0'"),
        ({"text": TEXT, "entities": {"0": 6}}, "entities is not a list"),
        ({"text": TEXT, "spans": [[0, 6, "X"]]}, "spans is not an object"),
        ([[TEXT, [[0, 6, "X"]]]], 'item 1: a record is a list, but not ["text"'),
        (3, "a record is not an object"),
    ],
)
def test_a_record_that_makes_no_sense_is_rejected_with_its_reason(value: Any, words: str) -> None:
    assert words in reason(value)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('["a", {"entities": []}]', True),
        ('[["a", {"entities": [[0, 1, "X"]]}]]', True),
        ('{"text": "a", "entities": [[0, 1, "X"]]}', True),
        ('{"text": "a", "ents": [{"start": 0, "end": 1, "label": "X"}]}', True),
        ('{"classes": [], "annotations": [["a", {}]]}', True),
        ('{"text": "a", "entities": [{"start_offset": 0}]}', False),
        ('{"text": "a", "entities": [], "relations": []}', False),
        ('{"text": "a", "entities": "no"}', False),
        ('["a", "b"]', False),
        ("[", False),
        ("", False),
    ],
)
def test_a_file_is_known_by_its_first_record(tmp_path: Path, text: str, *, known: bool) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    assert spacy_json.recognises(path) is known


def test_a_trigger_comes_back_as_an_event_and_the_rest_is_counted() -> None:
    pieces = Span("x", ((0, 6), (16, 22)), "GROUP")
    twins = {key: Span.of(key, 0, 6, "ACTOR") for key in "yz"}
    event = Event("e", Span.of("t", 7, 15, "Attack"), (Argument("Agent", "x"),), {"k": "v"})
    annotations = AnnotationSet(
        "d", "amy", {"x": pieces, **twins}, {"e": event}, {"r": Relation("r", "with", "y", "z")},
        {"c": Comment("c", "", "sure?")}, frozenset({"done", "flagged"}),
    )  # fmt: skip
    document = Document("d", TEXT, {"n": 1}, "de")
    suggestion = Suggestion(Span.of("s", 16, 22, "GPE"), "patterns")
    stream = io.BytesIO()
    losses = spacy_json.write([Annotated(document, (annotations,), (suggestion,))], stream)
    assert Counter(loss.what for loss in losses) == {
        "discontinuous spans": 1,
        "equal spans": 1,
        "arguments and relations": 2,
        "event attributes": 1,
        "comments": 1,
        "suggestions and decisions": 1,
    }
    row = orjson.loads(stream.getvalue())
    assert row["entities"] == [[0, 6, "ACTOR"], [7, 15, "Attack"]]
    [back] = read(stream.getvalue())
    assert back.document == document
    [there] = with_events(back, {"Attack"}).annotations
    assert (there.annotator, there.flags) == ("amy", annotations.flags)
    assert [found.type for found in there.events.values()] == ["Attack"]


@given(items())
def test_what_is_written_comes_back_less_what_is_lost(item: Annotated) -> None:
    back, lost = through(spacy_json, item)
    [before], [after] = item.annotations, back.annotations
    whole = [place(span) for span in before.spans() if not span.is_discontinuous]
    assert (back.document, after.flags) == (item.document, before.flags)
    assert {place(span) for span in after.spans()} == set(whole)
    assert lost["discontinuous spans"] == len(list(before.spans())) - len(whole)
    assert lost["equal spans"] == len(whole) - len(set(whole))
    assert through(spacy_json, item)[0] == back
