from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.formats import prodigy
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.triggers import with_events
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

TEXT = "Rebels attacked Aleppo."
REBELS = {"start": 0, "end": 6, "label": "ACTOR"}
ATTACKED = {"start": 7, "end": 15, "label": "Attack"}


def read(*rows: Mapping[str, Any]) -> list[Annotated]:
    raw = b"\n".join(orjson.dumps(row) for row in rows)
    items = list(prodigy.read(io.BytesIO(raw)))
    assert all(isinstance(item, Annotated) for item in items), items
    return [item for item in items if isinstance(item, Annotated)]


def reason(**row: Any) -> str:
    [item] = prodigy.read(io.BytesIO(orjson.dumps({"text": TEXT, **row})))
    assert isinstance(item, Rejected), item
    return item.reason


def written(item: Annotated) -> dict[str, Any]:
    stream = io.BytesIO()
    prodigy.write([item], stream)
    return orjson.loads(stream.getvalue())


def all_of(path: Path) -> list[Annotated]:
    items = list(prodigy.read(path))
    assert not [item for item in items if isinstance(item, Rejected)]
    return [item for item in items if isinstance(item, Annotated)]


def test_the_headlines_have_the_counts_they_are_known_to_have(shared: Path) -> None:
    folder = shared / "corpora" / "prodigy" / "example-datasets"
    items = all_of(folder / "annotated_news_headlines-ORG-PERSON-LOCATION-ner.jsonl")
    sets = [one for item in items for one in item.annotations]
    assert len(items) == 373
    assert Counter(flag for one in sets for flag in one.flags) == {"done": 372, "skipped": 1}
    labels = Counter(span.label for one in sets for span in one.entities.values())
    assert (labels.total(), len(labels)) == (303, 4)
    assert not any(item.suggestions for item in items)


def test_binary_answers_have_the_counts_they_are_known_to_have(shared: Path) -> None:
    folder = shared / "corpora" / "prodigy" / "example-datasets"
    path = folder / "annotated_reddit-PRODUCT-ner.jsonl"
    items = all_of(path)
    rows = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    answers = Counter(row["answer"] for row in rows)
    assert answers == {"accept": 438, "reject": 1276, "ignore": 86}
    assert len(items) == 1800
    assert len({item.document.id for item in items}) == len({row["text"] for row in rows})
    questions = {
        (number, span["start"], span["end"]): span["answer"]
        for number, row in enumerate(rows)
        for span in row["spans"]
    }
    expected = Counter(questions.values())
    assert sum(len(item.suggestions) for item in items) == len(questions)
    outcomes = Counter(d.outcome for item in items for d in item.decisions.get("", ()))
    assert outcomes == {
        Outcome.ACCEPTED: expected["accept"],
        Outcome.REJECTED: expected["reject"],
    }
    entities = [span for item in items for one in item.annotations for span in one.entities]
    assert len(entities) == expected["accept"]


def test_relations_have_the_counts_they_are_known_to_have(shared: Path) -> None:
    folder = shared / "corpora" / "prodigy_relations" / "tutorials" / "rel_component"
    items = all_of(folder / "assets" / "annotations.jsonl")
    sets = [one for item in items for one in item.annotations]
    relations = Counter(r.label for one in sets for r in one.relations.values())
    assert len(items) == 149
    assert sum(len(one.entities) for one in sets) == 466
    assert (relations.total(), len(relations)) == (267, 5)


@pytest.mark.parametrize(
    "name",
    [
        "prodigy/example-datasets/annotated_news_headlines-ORG-PERSON-LOCATION-ner.jsonl",
        "prodigy_relations/tutorials/rel_component/assets/annotations.jsonl",
    ],
)
def test_manual_rows_come_back_as_they_were(shared: Path, tmp_path: Path, name: str) -> None:
    items = all_of(shared / "corpora" / name)
    assert prodigy.write(items, tmp_path / "x.jsonl") == ()
    assert all_of(tmp_path / "x.jsonl") == items


def test_importing_twice_gives_the_same_ids() -> None:
    row = {"text": TEXT, "spans": [REBELS], "answer": "accept"}
    [first], [second] = read(row), read(row)
    assert first == second
    assert first.document.id == text_id(TEXT)


def test_an_accepted_manual_row_is_a_finished_annotation_of_its_annotator() -> None:
    row = {"text": TEXT, "spans": [REBELS], "answer": "accept", "_view_id": "ner_manual"}
    [item] = read({**row, "_session_id": "set-amy", "_annotator_id": "amy"})
    [annotations] = item.annotations
    assert annotations.annotator == "amy"
    assert annotations.is_done
    [span] = annotations.entities.values()
    assert (span.ranges, span.label) == (((0, 6),), "ACTOR")
    [session] = read({**row, "_session_id": "set-amy"})
    assert session.annotations[0].annotator == "set-amy"


def test_an_accepted_row_without_spans_says_that_there_are_none() -> None:
    [item] = read({"text": TEXT, "tokens": [], "answer": "accept"})
    assert item.annotations[0].is_done
    assert not item.annotations[0].entities


def test_a_row_without_an_answer_is_unfinished() -> None:
    with_spans, without = read({"text": TEXT, "spans": [REBELS]}, {"text": TEXT, "spans": []})
    assert not with_spans.annotations[0].is_done
    assert len(with_spans.annotations[0].entities) == 1
    assert without.annotations == ()


@pytest.mark.parametrize(("answer", "flag"), [("ignore", "skipped"), ("reject", "flagged")])
def test_spans_of_a_manual_row_that_was_not_accepted_are_only_suggestions(
    answer: str, flag: str
) -> None:
    [item] = read({"text": TEXT, "spans": [REBELS], "answer": answer, "_view_id": "spans_manual"})
    [annotations] = item.annotations
    assert (annotations.flags, annotations.entities) == ({flag}, {})
    assert [s.label for s in item.suggestions] == ["ACTOR"]
    assert item.decisions == {}


@pytest.mark.parametrize(
    ("answer", "outcomes"),
    [("accept", [Outcome.ACCEPTED]), ("reject", [Outcome.REJECTED]), ("ignore", [])],
)
def test_a_binary_answer_is_a_decision_on_a_suggestion(
    answer: str, outcomes: list[Outcome]
) -> None:
    span = {**REBELS, "score": 0.0, "source": "core_web_sm"}
    row = {"text": TEXT, "spans": [span], "answer": answer, "_view_id": "ner"}
    [item] = read({**row, "meta": {"score": 0.0, "pattern": 3, "source": "AFP"}})
    [suggestion] = item.suggestions
    assert (suggestion.score, suggestion.source) == (0.0, "prodigy@core_web_sm")
    assert [d.outcome for d in item.decisions.get("", ())] == outcomes
    assert all(d.suggestion_id == suggestion.id for d in item.decisions.get("", ()))
    accepted = [key for one in item.annotations for key in one.entities]
    assert accepted == ([suggestion.id] if answer == "accept" else [])
    assert not any(one.is_done for one in item.annotations)
    assert item.document.meta == {"source": "AFP"}


def test_the_answer_of_a_span_outweighs_that_of_its_row() -> None:
    spans = [{**REBELS, "score": 0.5, "answer": "reject"}, {**ATTACKED, "score": 0.5}]
    [item] = read({"text": TEXT, "spans": spans, "answer": "accept"})
    assert [d.outcome for d in item.decisions[""]] == [Outcome.REJECTED, Outcome.ACCEPTED]


def test_a_score_tells_a_question_from_an_annotation_only_where_no_view_is_named() -> None:
    spans = [{**REBELS, "score": 0.5}]
    row = {"text": TEXT, "spans": spans, "answer": "accept"}
    named, binary, manual = read({**row, "_view_id": "ner_manual"}, row, {**row, "tokens": []})
    assert named.annotations[0].is_done
    assert manual.annotations[0].is_done
    assert not binary.annotations[0].is_done


def test_a_relation_finds_its_spans_by_last_token_where_it_does_not_name_them() -> None:
    spans = [
        {**REBELS, "token_start": 0, "token_end": 0},
        {**ATTACKED, "token_start": 1, "token_end": 1},
    ]
    relation = {"head": 1, "child": 0, "label": "Attacker"}
    [item] = read({"text": TEXT, "spans": spans, "relations": [relation], "answer": "accept"})
    [annotations] = item.annotations
    [found] = annotations.relations.values()
    assert annotations.label_of(found.source) == "Attack"
    assert annotations.label_of(found.target) == "ACTOR"
    again = {"start": 0, "end": 6, "label": "OTHER", "token_end": 0}
    assert "several spans" in reason(spans=[*spans, again], relations=[relation], answer="accept")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"text": 3}, "not a string"),
        ({"text": None}, "missing"),
        ({"answer": "yes"}, "answer is 'yes'"),
        ({"spans": {"start": 0}}, "end is None"),
        ({"spans": [1]}, "list of objects"),
        ({"spans": [{"start": True, "end": 6, "label": "X"}]}, "start is True"),
        ({"spans": [{"start": 0.0, "end": 6, "label": "X"}]}, "start is 0.0"),
        ({"spans": [{"start": "0", "end": 6, "label": "X"}]}, "start is '0'"),
        ({"spans": [{"start": 0, "end": 99, "label": "X"}]}, "no stretch of the text"),
        ({"spans": [{"start": 6, "end": 6, "label": "X"}]}, "no stretch of the text"),
        ({"spans": [{"start": -1, "end": 6, "label": "X"}]}, "no stretch of the text"),
        ({"spans": [{"start": 0, "end": 6}]}, "no label"),
        ({"spans": [{**REBELS, "text": "Rebel "}]}, "says 'Rebel ', the text has 'Rebels'"),
        ({"spans": [REBELS], "relations": [{"head": 0, "child": 0}]}, "no label"),
    ],
)
def test_a_row_that_makes_no_sense_is_rejected_with_its_reason(
    row: dict[str, Any], words: str
) -> None:
    assert words in reason(**row)


def attack(**flags: bool) -> Annotated:
    text = "U.S.-backed rebels attacked \u00a0Aleppo."
    entities = [
        Span.of("u", 0, 4, "GPE"),
        Span.of("g", 0, 18, "GROUP"),
        Span.of("a", 29, 35, "GPE"),
    ]
    event = Event(
        "e", Span.of("t", 19, 27, "Attack"), (Argument("Agent", "g"), Argument("Place", "a"))
    )
    annotations = AnnotationSet(
        "d", "amy", {s.id: s for s in entities}, {"e": event}, flags=frozenset(flags)
    )
    return Annotated(Document("d", text, {"source": "AFP"}), (annotations,))


def test_tokens_spell_the_text_and_every_span_ends_with_one() -> None:
    item = attack(done=True)
    row = written(item)
    assert "".join(t["text"] + " " * t["ws"] for t in row["tokens"]) == item.document.text
    assert [t["id"] for t in row["tokens"]] == list(range(len(row["tokens"])))
    for span in row["spans"]:
        assert row["tokens"][span["token_start"]]["start"] == span["start"]
        assert row["tokens"][span["token_end"]]["end"] == span["end"]
    assert [s["label"] for s in row["spans"]] == ["GPE", "GROUP", "Attack", "GPE"]


def test_a_blank_at_the_edge_of_a_span_is_a_token_of_its_own() -> None:
    entities = {"a": Span.of("a", 6, 15, "X"), "b": Span.of("b", 0, 16, "Y")}
    assert (TEXT[6], TEXT[15]) == (" ", " ")
    row = written(Annotated(Document("d", TEXT), (AnnotationSet("d", "amy", entities),)))
    assert [(t["text"], t["ws"]) for t in row["tokens"]] == [
        ("Rebels", False), (" ", False), ("attacked", False), (" ", False), ("Aleppo", False),
        (".", False),
    ]  # fmt: skip
    assert [(s["token_start"], s["token_end"]) for s in row["spans"]] == [(0, 3), (1, 2)]


def test_a_relation_names_the_last_tokens_of_its_spans() -> None:
    entities = {"a": Span.of("a", 0, 15, "X"), "b": Span.of("b", 7, 22, "Y")}
    relations = {"r": Relation("r", "with", "a", "b")}
    annotations = AnnotationSet("d", "amy", entities, relations=relations)
    [relation] = written(Annotated(Document("d", TEXT), (annotations,)))["relations"]
    assert (relation["head"], relation["child"], relation["label"]) == (1, 2, "with")


def test_an_event_is_a_span_with_relations_and_becomes_an_event_again() -> None:
    item = attack(done=True)
    row = written(item)
    assert row["_view_id"] == "relations"
    for relation in row["relations"]:
        assert relation["head"] == relation["head_span"]["token_end"]
        assert relation["child"] == relation["child_span"]["token_end"]
    [back] = read(row)
    [annotations] = with_events(back, {"Attack"}).annotations
    [event] = annotations.events.values()
    assert event.trigger.surface(item.document.text) == "attacked"
    fillers = {
        (a.role, annotations.entities[a.target].surface(item.document.text))
        for a in event.arguments
    }
    assert fillers == {("Agent", "U.S.-backed rebels"), ("Place", "Aleppo")}
    assert len(annotations.entities) == 3
    assert (back.document, annotations.annotator) == (item.document, "amy")


@pytest.mark.parametrize(
    ("flags", "answer"), [(["done"], "accept"), ([], None), (["skipped"], "ignore")]
)
def test_only_a_finished_annotation_is_written_as_accepted(
    flags: list[str], answer: str | None
) -> None:
    assert written(attack(**dict.fromkeys(flags, True))).get("answer") == answer


def test_a_row_is_written_for_each_annotator_and_a_task_where_there_is_none() -> None:
    document = Document("d", TEXT)
    stream = io.BytesIO()
    sets = (AnnotationSet("d", "amy"), AnnotationSet("d", "ben"))
    prodigy.write([Annotated(document, sets), Annotated(document)], stream)
    rows = [orjson.loads(line) for line in stream.getvalue().splitlines()]
    assert [row["_annotator_id"] for row in rows] == ["amy", "ben", None]
    assert not any("answer" in row for row in rows)


def test_whatever_a_row_cannot_say_is_counted() -> None:
    pieces = Span("x", ((0, 6), (16, 22)), "GROUP")
    twin, other = Span.of("y", 0, 6, "ACTOR"), Span.of("z", 0, 6, "ACTOR")
    event = Event(
        "e", Span.of("t", 7, 15, "Attack"), (Argument("Agent", "x"),), {"realis": "actual"}
    )
    annotations = AnnotationSet(
        "d",
        "amy",
        {"x": pieces, "y": twin, "z": other},
        {"e": event},
        {"r": Relation("r", "with", "y", "x")},
        {"c": Comment("c", "", "sure?")},
        frozenset({"done", "skipped"}),
    )
    suggestion = Suggestion(Span.of("s", 16, 22, "GPE"), "patterns")
    decisions = {"amy": (Decision("s", Outcome.REJECTED),)}
    item = Annotated(Document("d", TEXT), (annotations,), (suggestion,), decisions)
    losses = prodigy.write([item], io.BytesIO())
    assert Counter(loss.what for loss in losses) == {
        "discontinuous spans": 1,
        "arguments and relations of spans left out": 2,
        "equal spans": 1,
        "event attributes": 1,
        "comments": 1,
        "flags": 1,
        "suggestions and decisions": 1,
    }
    assert {loss.what for loss in losses} <= set(prodigy.LOSES)
    assert {loss.document_id for loss in losses} == {"d"}


def test_annotations_of_a_skipped_document_come_back_as_suggestions() -> None:
    item = attack(skipped=True)
    losses = prodigy.write([item], io.BytesIO())
    assert [loss.what for loss in losses] == [prodigy.LOSES[6]]
    [back] = read(written(item))
    assert back.annotations[0].flags == {"skipped"}
    assert len(back.suggestions) == 4
    assert all(isinstance(s.item, Event) for s in with_events(back, {"Attack"}).suggestions
               if s.label == "Attack")  # fmt: skip
