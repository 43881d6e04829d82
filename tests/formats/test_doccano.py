from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from properties.test_formats_roundtrip import items, links, place, raw_links, through

from annotator.formats import doccano
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.triggers import with_events
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

TEXT = "Rebels attacked Aleppo."
ACTOR = {"id": 10, "label": "ACTOR", "start_offset": 0, "end_offset": 6}
ATTACK = {"id": 11, "label": "Attack", "start_offset": 7, "end_offset": 15}
ATTACKER = {"id": 3, "from_id": 11, "to_id": 10, "type": "Attacker"}


def read(raw: bytes, options: ReadOptions = ReadOptions()) -> list[Annotated]:
    found = list(doccano.read(io.BytesIO(raw), options))
    assert all(isinstance(item, Annotated) for item in found), found
    return [item for item in found if isinstance(item, Annotated)]


def read_row(row: dict[str, Any]) -> Annotated:
    [item] = read(orjson.dumps(row))
    return item


def reason(**row: Any) -> str:
    [item] = doccano.read(io.BytesIO(orjson.dumps({"text": TEXT, **row})))
    assert isinstance(item, Rejected), item
    return item.reason


def places(item: Annotated) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.label) for one in item.annotations for s in one.entities.values()]


@pytest.mark.parametrize("key", ["label", "labels"])
def test_sequence_labels_are_entities(key: str) -> None:
    row = {"id": 1, "text": "EU rejects German call", key: [[0, 2, "ORG"], [11, 17, "MISC"]]}
    item = read_row({**row, "Comments": ["why?"]})
    assert places(item) == [(0, 2, "ORG"), (11, 17, "MISC")]
    [annotations] = item.annotations
    assert [(c.target, c.text) for c in annotations.comments.values()] == [("", "why?")]
    assert annotations.annotator == ""
    assert not annotations.is_done


def test_entities_and_relations_become_an_event_again() -> None:
    row = {"id": 1, "text": TEXT, "entities": [ACTOR, ATTACK], "relations": [ATTACKER]}
    item = read_row({**row, "Comments": [{"id": 4, "comment": "sure?"}]})
    [annotations] = with_events(item, {"Attack"}).annotations
    [event] = annotations.events.values()
    assert event.arguments == (Argument("Attacker", "e10"),)
    assert annotations.entities == {"e10": Span.of("e10", 0, 6, "ACTOR")}
    assert [comment.text for comment in annotations.comments.values()] == ["sure?"]


def test_a_number_is_kept_as_metadata_and_the_text_gives_the_id() -> None:
    item = read_row({"id": 7, "text": TEXT, "label": [], "source": "AFP", "page": None})
    assert item.document == Document(text_id(TEXT), TEXT, {"id": 7, "source": "AFP"})
    assert item.annotations == ()


def test_lines_of_two_members_have_one_document_id() -> None:
    first = read_row({"id": 7, "text": TEXT, "label": [[0, 6, "ACTOR"]]})
    second = read_row({"id": 7, "text": TEXT, "label": [[0, 6, "GROUP"]]})
    assert first.document == second.document


def test_the_key_of_the_text_can_be_named() -> None:
    raw = orjson.dumps({"body": TEXT, "text": "other", "label": [[0, 6, "ACTOR"]]})
    [item] = read(raw, ReadOptions(language="de", column="body"))
    assert item.document == Document(text_id(TEXT), TEXT, {"text": "other"}, "de")


def test_an_array_and_an_object_over_several_lines_are_read_like_lines() -> None:
    row = {"text": TEXT, "entities": [ACTOR], "relations": []}
    line = orjson.dumps(row)
    expected = read(line)
    assert read(b" [\n" + line + b"\n]") == expected
    assert read(orjson.dumps(row, option=orjson.OPT_INDENT_2)) == expected
    assert read(b"\xef\xbb\xbf[" + line + b"," + line + b"]") == expected * 2


def test_a_relation_that_is_there_twice_is_two() -> None:
    row = {"text": TEXT, "entities": [ACTOR, ATTACK], "relations": [ATTACKER, ATTACKER]}
    [annotations] = read_row(row).annotations
    assert len(annotations.relations) == 2
    assert read_row(row) == read_row(row)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"text": 3}, "text is not a string"),
        ({"text": None}, "text is missing"),
        ({"text": " "}, "the text is empty"),
        ({"label": "ORG"}, "label is not a list"),
        ({"label": ["ORG"]}, "a label is 'ORG'"),
        ({"label": [[0, 6]]}, "expected [start, end, label]"),
        ({"label": [[0, 99, "X"]]}, "X 0-99 is no stretch of the text"),
        ({"label": [[6, 6, "X"]]}, "X 6-6 is no stretch"),
        ({"label": [[-1, 6, "X"]]}, "X -1-6 is no stretch"),
        ({"label": [["0", 6, "X"]]}, "the start of a label is '0'"),
        ({"label": [[0, True, "X"]]}, "the end of a label is True"),
        ({"label": [[0, 6, ""]]}, "the label of 0-6 is ''"),
        ({"entities": [ACTOR, {**ATTACK, "id": 10}]}, "two entities have the id 10"),
        ({"entities": [ACTOR], "relations": [{"from_id": 1}]}, "type is missing"),
        ({"entities": [ACTOR], "Comments": [1]}, "a comment is not an object"),
    ],
)
def test_a_line_that_makes_no_sense_is_rejected_with_its_reason(
    row: dict[str, Any], words: str
) -> None:
    assert words in reason(**row)


def test_a_bad_line_is_rejected_alone() -> None:
    good = orjson.dumps({"text": TEXT, "label": []})
    found = list(doccano.read(io.BytesIO(good + b"\n{]\n[1]\n" + good)))
    assert [getattr(item, "line", 0) for item in found] == [0, 2, 3, 0]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ('{"text": "a", "label": []}', True),
        ('{"text": "a", "label": [[0, 1, "X"]]}', True),
        ('{"text": "a", "labels": [{"start_offset": 0, "end_offset": 1}]}', True),
        ('{"text": "a", "entities": [], "relations": []}', True),
        ('[{"text": "a", "label": [[0, 1, "X"]]}]', True),
        ('{"text": "a", "label": "X"}', False),
        ('{"text": "a", "label": ["X"]}', False),
        ('{"text": "a", "entities": [[0, 1, "X"]]}', False),
        ('{"label": [[0, 1, "X"]]}', False),
        ("{", False),
        ("", False),
    ],
)
def test_a_file_is_known_by_its_first_object(tmp_path: Path, line: str, *, known: bool) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line)
    assert doccano.recognises(path) is known


def test_what_is_written_is_what_doccano_takes_and_comes_back() -> None:
    entities = {"x": Span.of("x", 0, 6, "ACTOR"), "y": Span.of("y", 0, 6, "ACTOR")}
    event = Event("e", Span.of("t", 7, 15, "Attack"), (Argument("Attacker", "y"),))
    annotations = AnnotationSet(
        "d", "amy", entities, {"e": event}, {"r": Relation("r", "same", "x", "y")},
        flags=frozenset({"done", "flagged"}),
    )  # fmt: skip
    document = Document("d", TEXT, {"n": [1, {"x": None}], "text": "no"}, "de")
    stream = io.BytesIO()
    assert doccano.write([Annotated(document, (annotations,)), Annotated(document)], stream) == ()
    first, second = map(orjson.loads, stream.getvalue().splitlines())
    assert [(e["id"], e["label"]) for e in first["entities"]] == [
        (1, "ACTOR"), (2, "ACTOR"), (3, "Attack")
    ]  # fmt: skip
    assert [(r["from_id"], r["to_id"], r["type"]) for r in first["relations"]] == [
        (3, 2, "Attacker"), (1, 2, "same")
    ]  # fmt: skip
    assert (second["entities"], second["annotator"]) == ([], "")
    back, empty = read(stream.getvalue())
    assert (back.document, empty) == (document, Annotated(document))
    [there] = with_events(back, {"Attack"}).annotations
    assert (there.annotator, there.flags) == ("amy", annotations.flags)
    assert len(there.entities) == 2
    [again] = there.events.values()
    assert [a.role for a in again.arguments] == ["Attacker"]


def test_whatever_a_line_cannot_say_is_counted() -> None:
    pieces = Span("x", ((0, 6), (16, 22)), "GROUP")
    event = Event("e", Span.of("t", 7, 15, "Attack"), (Argument("Agent", "x"),), {"k": "v"})
    comments = {"c": Comment("c", "e", "sure?"), "d": Comment("d", "", "well")}
    annotations = AnnotationSet("d", "amy", {"x": pieces}, {"e": event}, comments=comments)
    suggestion = Suggestion(Span.of("s", 16, 22, "GPE"), "patterns")
    losses = doccano.write(
        [Annotated(Document("d", TEXT), (annotations,), (suggestion,))], io.BytesIO()
    )
    assert Counter(loss.what for loss in losses) == {
        "discontinuous spans": 1,
        "arguments and relations of spans left out": 1,
        "event attributes": 1,
        "what a comment is on": 1,
        "suggestions and decisions": 1,
    }
    assert {loss.what for loss in losses} <= set(doccano.LOSES)


@given(items())
def test_what_is_written_comes_back_less_what_is_lost(item: Annotated) -> None:
    back, lost = through(doccano, item)
    [before], [after] = item.annotations, back.annotations
    assert (back.document, after.annotator, after.flags) == (
        item.document, before.annotator, before.flags
    )  # fmt: skip
    spans = {**before.entities, **{key: e.trigger for key, e in before.events.items()}}
    kept = {key: place(span) for key, span in spans.items() if not span.is_discontinuous}
    assert Counter(place(span) for span in after.spans()) == Counter(kept.values())
    assert lost["discontinuous spans"] == len(spans) - len(kept)
    expected = [link for link in raw_links(before) if link[0] in kept and link[1] in kept]
    assert links(after) == {(kept[s], kept[t], label) for s, t, label in expected}
    assert len(after.relations) == len(expected)
    out = lost["arguments and relations of spans left out"]
    assert out == len(raw_links(before)) - len(expected)
    assert [c.text for c in after.comments.values()] == [c.text for c in before.comments.values()]
    assert through(doccano, item)[0] == back
