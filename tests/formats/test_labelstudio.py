from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from properties.test_formats_roundtrip import items, place, raw_links, through

from annotator.formats import labelstudio
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.triggers import with_events
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.answers import answers
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

TEXT = "Rebels attacked Aleppo."
EMOJI = "😀 Rebels attacked Aleppo."
Row = dict[str, Any]


def region(key: str, start: int, end: int, *labels: str, **more: Any) -> Row:
    quote = more.pop("quote", TEXT[start:end])
    value = {"start": start, "end": end, "text": quote, "labels": list(labels)}
    row = {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return {**row, **more}


ACTOR = region("a1", 0, 6, "ACTOR")
ATTACK = region("t1", 7, 15, "Attack")
ATTACKER = {
    "type": "relation", "from_id": "t1", "to_id": "a1", "direction": "right",
    "labels": ["Attacker"],
}  # fmt: skip
POSITIVE = {
    "id": "t1", "from_name": "polarity", "to_name": "text", "type": "choices",
    "value": {"start": 7, "end": 15, "choices": ["Positive"]},
}  # fmt: skip


def task(*result: Row, text: str = TEXT, **more: Any) -> Row:
    annotation = {"id": 1001, "completed_by": 10, "was_cancelled": False, "result": [*result]}
    return {"id": 1, "data": {"text": text}, "annotations": [{**annotation, **more}]}


def read(*tasks: Any, column: str = "") -> list[Annotated]:
    options = ReadOptions(column=column)
    found = list(labelstudio.read(io.BytesIO(orjson.dumps(tasks)), options))
    assert all(isinstance(item, Annotated) for item in found), found
    return [item for item in found if isinstance(item, Annotated)]


def said(*result: Row, **more: Any) -> AnnotationSet:
    [item] = read(task(*result, **more))
    return item.annotations[0]


def reason(value: Any) -> str:
    [item] = labelstudio.read(io.BytesIO(orjson.dumps([value])))
    assert isinstance(item, Rejected), item
    assert item.reason.startswith("item 1: ")
    return item.reason


def surfaces(annotations: AnnotationSet, text: str) -> list[str]:
    return [span.surface(text) for span in annotations.spans()]


def test_a_region_that_something_is_said_of_is_an_event_with_attributes() -> None:
    annotations = said(ATTACK, ACTOR, ATTACKER, POSITIVE)
    assert annotations.entities == {"a1": Span.of("a1", 0, 6, "ACTOR")}
    assert annotations.events == {
        "t1": Event(
            "t1",
            Span.of("tt1", 7, 15, "Attack"),
            (Argument("Attacker", "a1"),),
            {"polarity": "Positive"},
        )
    }
    assert (annotations.annotator, annotations.flags) == ("10", {"done"})


def test_a_region_without_attributes_becomes_an_event_by_its_tag_or_by_the_scheme() -> None:
    [item] = read(task(ATTACK, ACTOR, ATTACKER))
    assert set(item.annotations[0].entities) == {"a1", "t1"}
    [raised] = with_events(item, {"Attack"}).annotations
    assert raised.events["t1"].arguments == (Argument("Attacker", "a1"),)
    tagged = said({**ATTACK, "from_name": "Event types"}, ACTOR, ATTACKER)
    assert tagged.events == raised.events


@pytest.mark.parametrize(
    ("direction", "ends"), [("right", "ta"), ("bi", "ta"), (None, "ta"), ("left", "at")]
)
def test_a_relation_to_the_left_points_the_other_way(direction: str | None, ends: str) -> None:
    annotations = said(ATTACK, ACTOR, {**ATTACKER, "direction": direction})
    [relation] = annotations.relations.values()
    assert relation.source[0] + relation.target[0] == ends


def test_a_relation_with_several_labels_or_none_is_as_many_relations_or_one() -> None:
    annotations = said(
        ATTACK, ACTOR, {**ATTACKER, "labels": ["A", "B"]}, {**ATTACKER, "labels": []}
    )
    assert [r.label for r in annotations.relations.values()] == ["A", "B", "related"]


def test_a_region_with_several_labels_is_a_span_for_each() -> None:
    annotations = said(region("a1", 0, 6, "ACTOR", "GROUP"), ATTACK, ATTACKER)
    assert [(s.id, s.label) for s in annotations.entities.values()] == [
        ("a1", "ACTOR"), ("a1:GROUP", "GROUP"), ("t1", "Attack")
    ]  # fmt: skip
    again = said(ACTOR, {**region("a1", 0, 6, "High"), "from_name": "priority"})
    assert set(again.entities) == {"a1", "a1:High"}


@pytest.mark.parametrize(
    ("more", "annotator", "flags"),
    [
        ({"completed_by": {"id": 3, "email": "amy@example.org"}}, "amy@example.org", {"done"}),
        ({"completed_by": {"id": 3}}, "3", {"done"}),
        ({"completed_by": None}, "", {"done"}),
        ({"was_cancelled": True}, "10", {"skipped"}),
        ({"ground_truth": True}, "gold", {"done"}),
    ],
)
def test_whose_an_annotation_is_and_how_far_it_is(
    more: Row, annotator: str, flags: set[str]
) -> None:
    annotations = said(ACTOR, **more)
    assert (annotations.annotator, annotations.flags) == (annotator, flags)
    assert len(annotations.entities) == 1


def test_a_draft_is_unfinished_and_that_of_a_submitted_annotation_is_left_out() -> None:
    drafts = [
        {"user": "bo@example.org", "result": [ACTOR]},
        {"user": "bo@example.org", "annotation": 1001, "result": [ATTACK]},
    ]
    [item] = read({**task(), "drafts": drafts})
    assert [(one.annotator, one.is_done) for one in item.annotations] == [
        ("10", True), ("bo@example.org", False)
    ]  # fmt: skip
    assert list(item.annotations[1].entities) == ["a1"]


def test_predictions_are_suggestions_of_their_model() -> None:
    predictions = [
        {"model_version": "m1", "score": 0.9, "result": [ACTOR, {**ATTACK, "score": 7.5}]},
        {"score": 0.2, "result": [region("a1", 16, 22, "GPE")]},
        {"model_version": "m2", "result": [ATTACK, ACTOR, ATTACKER, POSITIVE]},
    ]
    [item] = read({"data": {"text": TEXT}, "predictions": predictions})
    assert item.annotations == ()
    assert [(s.source, s.score, s.label) for s in item.suggestions] == [
        ("m1", 0.9, "ACTOR"), ("m1", 1.0, "Attack"), ("label-studio", 0.2, "GPE"),
        ("m2", 1.0, "ACTOR"),
    ]  # fmt: skip
    assert len({suggestion.id for suggestion in item.suggestions}) == 4


def test_a_predicted_event_keeps_its_arguments_and_attributes() -> None:
    rows = [ATTACK, ACTOR, ATTACKER, POSITIVE]
    [item] = read({"data": {"text": TEXT}, "predictions": [{"result": rows}]})
    event = next(s.item for s in item.suggestions if isinstance(s.item, Event))
    assert event.arguments == (Argument("Attacker", "a1"),)
    assert event.attributes == {"polarity": "Positive"}


def test_remarks_are_comments_and_what_else_is_said_of_the_whole_document_is_an_answer() -> None:
    topic = {"id": "x", "from_name": "topic", "type": "choices", "value": {"choices": ["War"]}}
    summary = {"id": "y", "from_name": "summary", "type": "textarea", "value": {"text": ["Short."]}}
    remark = {
        "id": "a1", "from_name": "comment", "type": "textarea",
        "value": {"start": 0, "end": 6, "text": ["sure?", "yes"]},
    }  # fmt: skip
    [item] = read(task(ACTOR, topic, summary, remark))
    [annotations] = item.annotations
    assert {(c.target, c.text) for c in annotations.comments.values()} == {
        ("", "summary: Short."), ("a1", "sure?"), ("a1", "yes")
    }  # fmt: skip
    assert set(annotations.entities) == {"a1"}
    assert annotations.is_done
    [answer] = answers(item.document.meta)
    assert answer == {
        "by": "10", "task": "choices", "name": "topic", "answer": "accept", "values": ["War"]
    }  # fmt: skip
    assert [part.detail.partition(": ")[2] for part in item.left_out] == ["choices topic War by 10"]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("choices", ["A", "B"], "A; B"),
        ("textarea", ["words"], "words"),
        ("rating", 4, "4"),
        ("taxonomy", [["War", "Air strike"], ["Law"]], "War/Air strike; Law"),
        ("ranker", {"b": [1]}, '{"b":[1]}'),
    ],
)
def test_values_of_every_kind_are_attributes(kind: str, value: object, expected: str) -> None:
    key = "text" if kind == "textarea" else kind
    row = {"id": "t1", "from_name": "about", "type": kind, "value": {key: value}}
    assert said(ATTACK, row).events["t1"].attributes == {"about": expected}


def test_a_flattened_task_is_read_like_a_full_one() -> None:
    places = [{"start": 0, "end": 6, "text": "Rebels", "labels": ["ACTOR"]}]
    choices = [{"start": 0, "end": 6, "text": "Rebels", "choices": ["many"]}]
    row = {"text": TEXT, "id": 3, "label": places, "annotator": 2, "annotation_id": 5,
           "source": "AFP", "lead_time": 1.5}  # fmt: skip
    [item] = read(row)
    [annotations] = item.annotations
    assert item.document == Document(text_id(TEXT), TEXT, {"id": 3, "source": "AFP"})
    assert annotations.annotator == "2"
    assert surfaces(annotations, TEXT) == ["Rebels"]
    [again] = read({**row, "count": choices})
    assert [e.attributes for e in again.annotations[0].events.values()] == [{"count": "many"}]
    [bare] = read({"text": TEXT})
    assert bare.annotations == ()


def test_the_text_is_the_one_named_or_text_or_the_only_string() -> None:
    only = {"data": {"body": TEXT, "page": 3}}
    two = {"data": {"body": TEXT, "title": "T"}}
    assert read(only)[0].document == Document(text_id(TEXT), TEXT, {"page": 3})
    assert read(two, column="body")[0].document.meta == {"title": "T"}
    assert "several strings (body, title)" in reason(two)
    assert "data has no text 'text'" in reason({"data": {"page": 3}})


@pytest.mark.parametrize("shift", [0, 1])
def test_offsets_are_code_points_or_utf_16_units_as_the_quotes_say(shift: int) -> None:
    rows = [
        region("a", 2 + shift, 8 + shift, "ACTOR", quote="Rebels"),
        region("b", 9 + shift, 17 + shift, "Attack", quote="attacked"),
        region("c", 0, 1 + shift, "FACE", quote="😀"),
    ]
    assert surfaces(said(*rows, text=EMOJI), EMOJI) == ["Rebels", "attacked", "😀"]


def test_offsets_without_quotes_are_code_points_unless_others_of_the_list_are_not() -> None:
    bare = region("a", 2, 8, "ACTOR", quote=None)
    assert surfaces(said(bare, text=EMOJI), EMOJI) == ["Rebels"]
    bare = region("a", 3, 9, "ACTOR", quote=None)
    other = region("b", 10, 18, "Attack", quote="attacked")
    assert surfaces(said(bare, other, text=EMOJI), EMOJI) == ["Rebels", "attacked"]


def test_an_offset_inside_a_surrogate_pair_is_refused() -> None:
    rows = [
        region("a", 1, 9, "ACTOR", quote=None),
        region("b", 10, 18, "Attack", quote="attacked"),
    ]
    assert "Attack 10-18 says 'attacked', the text has" in reason(task(*rows, text=EMOJI))


def test_a_quote_may_have_lost_blanks_and_line_ends() -> None:
    text = "Rebels\nattacked\r\nAleppo."
    row = region("a", 0, 15, "X", quote="Rebels\\nattacked ")
    assert surfaces(said(row, text=text), text) == ["Rebels\nattacked"]


def test_a_region_in_html_is_read_by_global_offsets_that_its_quote_bears_out() -> None:
    value = {
        "start": "/p[1]/text()[1]", "end": "/p[1]/text()[1]", "startOffset": 0, "endOffset": 6,
        "globalOffsets": {"start": 0, "end": 6}, "text": "Rebels", "hypertextlabels": ["X"],
    }  # fmt: skip
    row = {"id": "h", "from_name": "l", "type": "hypertextlabels", "value": value}
    assert surfaces(said(row), TEXT) == ["Rebels"]
    assert "X 0-6 says 'Rebels', the text has '<p>Reb'" in reason(task(row, text="<p>Rebels</p>"))
    del value["text"]
    assert "starts at /p[1]/text()[1], a place in HTML" in reason(task(row))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([region("a", 0, 6, "X", quote="Rebel!")], "X 0-6 says 'Rebel!', the text has 'Rebels'"),
        ([region("a", 0, 99, "X")], "X 0-99 is no stretch of the text (23 characters)"),
        ([region("a", 6, 6, "X")], "X 6-6 is no stretch"),
        ([region("a", 0, 6)], "a region a has the labels []"),
        ([{**ACTOR, "value": 3}], "the value of a region is not an object"),
        ([{**ACTOR, "value": {"start": 0, "labels": ["X"]}}], "the end of a region a1 is None"),
        ([{**ACTOR, "type": "brushlabels"}], "the labels []"),
        ([ACTOR, POSITIVE], "polarity is said of a region that has no label"),
        ([1], "an item of result is not an object"),
    ],
)
def test_a_task_that_makes_no_sense_is_rejected_with_its_reason(
    rows: list[Any], words: str
) -> None:
    assert words in reason(task(*rows))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "a task is not an object"),
        ({"data": 3}, "data is not an object"),
        ({"data": {"text": ["a"]}}, "no text 'text'"),
        ({"data": {"text": " "}}, "the text is empty"),
        ({"data": {"text": TEXT}, "annotations": 3}, "annotations is not a list"),
    ],
)
def test_what_is_no_task_is_rejected(value: Any, words: str) -> None:
    assert words in reason(value)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('[{"id": 1, "data": {"text": "a"}}]', True),
        ('{"data": {"text": "a"}, "predictions": []}', True),
        ('[{"text": "a", "label": [{"start": 0, "end": 1, "labels": ["X"]}]}]', True),
        ('[{"text": "a", "annotator": 1, "annotation_id": 2, "lead_time": 3}]', True),
        ('[{"data": {"n": 1}}]', False),
        ('[{"text": "a"}]', False),
        ('[{"text": "a", "label": [[0, 1, "X"]]}]', False),
        ("[1]", False),
        ("[", False),
    ],
)
def test_a_file_is_known_by_its_first_task(tmp_path: Path, text: str, *, known: bool) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    assert labelstudio.recognises(path) is known


def everything() -> Annotated:
    text = "😀 Mia met Bo."
    event = Event("e", Span.of("te", 6, 9, "Meet"), (Argument("Who", "p"),), {"mood": "good"})
    later = Event("f", Span.of("tf", 6, 9, "Meet"), (Argument("Why", "e"),))
    annotations = AnnotationSet(
        "d", "amy",
        {"p": Span.of("p", 2, 5, "PER"), "q": Span.of("q", 2, 5, "PER")},
        {"e": event, "f": later},
        {"r": Relation("r", "knows", "p", "q")},
        {"c": Comment("c", "p", "sure?"), "k": Comment("k", "e", "x"), "m": Comment("m", "", "y")},
        frozenset({"done", "flagged"}),
    )  # fmt: skip
    suggestions = (
        Suggestion(Span.of("p", 2, 5, "PER"), "patterns@1", 0.25),
        Suggestion(Event("e", Span.of("te", 6, 9, "Meet"), (Argument("Who", "p"),)), "patterns@1"),
        Suggestion(Span.of("z", 10, 12, "PER"), "llm", 0.0),
    )
    sets = (annotations, AnnotationSet("d", "bo@example.org"), AnnotationSet("d", "gold"))
    return Annotated(
        Document("d", text, {"n": [1, {"x": None}], "text": 1}, "de"), sets, suggestions
    )


def test_everything_comes_back_but_some_ids() -> None:
    stream = io.BytesIO()
    assert labelstudio.write([everything()], stream) == ()
    [back] = labelstudio.read(io.BytesIO(stream.getvalue()))
    assert isinstance(back, Annotated), back
    expected = everything()
    assert (back.document, back.suggestions) == (expected.document, expected.suggestions)
    assert back.annotations[1:] == expected.annotations[1:]
    one, other = back.annotations[0], expected.annotations[0]
    assert (one.entities, one.events, one.flags) == (other.entities, other.events, other.flags)
    assert [(r.label, r.source, r.target) for r in one.relations.values()] == [("knows", "p", "q")]
    assert {(c.target, c.text) for c in one.comments.values()} == {
        (c.target, c.text) for c in other.comments.values()
    }
    again = io.BytesIO()
    labelstudio.write([back], again)
    assert again.getvalue() == stream.getvalue()


def test_what_is_written_has_the_shape_that_label_studio_imports() -> None:
    stream = io.BytesIO()
    labelstudio.write([everything(), Annotated(Document("x", TEXT))], stream)
    first, second = orjson.loads(stream.getvalue())
    assert (second["annotations"], second["predictions"]) == ([], [])
    tags = {
        (row["from_name"], row["to_name"], row["type"])
        for one in [*first["annotations"], *first["predictions"]]
        for row in one["result"]
        if row["type"] != "relation"
    }
    assert tags == {
        ("entity", "text", "labels"), ("event", "text", "labels"), ("mood", "text", "choices"),
        ("comment", "text", "textarea"),
    }  # fmt: skip
    for row in first["annotations"][0]["result"]:
        if row["type"] == "labels":
            value = row["value"]
            assert first["data"]["text"][value["start"] : value["end"]] == value["text"]
    amy, bo, gold = first["annotations"]
    assert "completed_by" not in amy
    assert bo["completed_by"] == {"email": "bo@example.org"}
    assert [one["ground_truth"] for one in (amy, bo, gold)] == [False, False, True]
    assert [one["model_version"] for one in first["predictions"]] == ["patterns@1", "llm"]
    assert first["predictions"][0]["score"] == 0.625


def test_nothing_at_all_is_an_empty_array() -> None:
    stream = io.BytesIO()
    labelstudio.write([], stream)
    assert orjson.loads(stream.getvalue()) == []
    stream.seek(0)
    assert list(labelstudio.read(stream)) == []


def test_whatever_a_task_cannot_say_is_counted() -> None:
    pieces = Span("x", ((0, 6), (16, 22)), "GROUP")
    event = Event("e", Span.of("t", 7, 15, "Attack"), (Argument("Agent", "x"),))
    relations = {"r": Relation("r", "with", "e", "y"), "s": Relation("s", "with", "y", "x")}
    annotations = AnnotationSet(
        "d", "amy", {"x": pieces, "y": Span.of("y", 0, 6, "ACTOR")}, {"e": event}, relations,
        {"c": Comment("c", "x", "sure?")},
    )  # fmt: skip
    suggestion = Suggestion(Span.of("s", 16, 22, "GPE"), "patterns")
    decisions = {"amy": (Decision("s", Outcome.REJECTED),)}
    item = Annotated(Document("d", TEXT), (annotations,), (suggestion, suggestion), decisions)
    losses = labelstudio.write([item], io.BytesIO())
    assert Counter(loss.what for loss in losses) == {
        "discontinuous spans": 1,
        "arguments and relations of spans left out": 2,
        "comments on spans left out": 1,
        "relations from events, which come back as arguments": 1,
        "suggestions with the id of another": 1,
        "decisions": 1,
    }
    assert {loss.what for loss in losses} <= set(labelstudio.LOSES)


def less_ids(annotations: AnnotationSet) -> object:
    """The set as a file has it: without discontinuous spans, and the ids that are lost."""
    entities, events = annotations.entities, annotations.events
    spans = {**entities, **{key: event.trigger for key, event in events.items()}}
    kept = {key for key, span in spans.items() if not span.is_discontinuous}
    links = [link for link in raw_links(annotations) if link[0] in kept and link[1] in kept]
    return (
        {key: place(spans[key]) for key in kept},
        {key: event.attributes for key, event in events.items() if key in kept},
        {link for link in links if link[0] in events},
        Counter(link for link in links if link[0] in entities),
        Counter((c.target, c.text) for c in annotations.comments.values()),
        annotations.flags,
        annotations.annotator,
    )


@given(items(annotators=2, flags=("done", "skipped", "flagged")))
def test_what_is_written_comes_back_less_what_is_lost(item: Annotated) -> None:
    back, lost = through(labelstudio, item)
    assert back.document == item.document
    assert [less_ids(one) for one in back.annotations] == [
        less_ids(one) for one in item.annotations
    ]
    first = {s.id: s for s in reversed(item.suggestions)}
    assert lost["suggestions with the id of another"] == len(item.suggestions) - len(first)
    expected = {key: s for key, s in first.items() if not s.span.is_discontinuous}
    found = {s.id: s for s in back.suggestions}
    assert {key: (s.span.ranges, s.label, s.source, s.score) for key, s in found.items()} == {
        key: (s.span.ranges, s.label, s.source, s.score) for key, s in expected.items()
    }
    assert lost["decisions"] == bool(sum(map(len, item.decisions.values())))
    assert through(labelstudio, back)[0] == back
