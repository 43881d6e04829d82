from __future__ import annotations

import io
from pathlib import Path

import pytest

from annotator.errors import FormatError
from annotator.formats import jsonl
from annotator.formats.files.streams import MAX_LINE
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.dangling import RELATIONS
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

HEAD = '{"format":"annotator","version":1,"id":"a","text":"Mia met Bo."'
SPAN = '{"id":"s","label":"PER","ranges":[[0,3]]}'


def read(raw: bytes | str) -> list[Annotated | Rejected]:
    return list(jsonl.read(io.BytesIO(raw.encode() if isinstance(raw, str) else raw)))


def document_of(raw: bytes | str) -> Document:
    [item] = read(raw)
    assert isinstance(item, Annotated), item
    return item.document


def reason(raw: bytes | str) -> str:
    [item] = read(raw)
    assert isinstance(item, Rejected), item
    assert item.line == 1
    return item.reason


def everything() -> Annotated:
    mia, bo = Span.of("p", 0, 3, "PER"), Span("q", ((0, 3), (8, 10)), "PER")
    met = Event(
        "e", Span.of("t", 4, 7, "Meet"), (Argument("Who", "p"), Argument("Why", "f")), {"k": "v"}
    )
    other = Event("f", Span.of("t2", 4, 7, "Meet"), (Argument("Why", "e"),))
    annotations = AnnotationSet(
        "a",
        "amy",
        {"p": mia, "q": bo},
        {"e": met, "f": other},
        {"r": Relation("r", "knows", "p", "e")},
        {"c": Comment("c", "p", "sure?")},
        frozenset({"done", "flagged"}),
    )
    return Annotated(
        Document("a", "Mia met Bo.", {"n": [1, {"x": None}]}, "de"),
        (annotations, AnnotationSet("a", "ben")),
        (Suggestion(mia, "patterns@1", 0.25), Suggestion(met, "llm", 0.0)),
        {"amy": (Decision("p", Outcome.ACCEPTED), Decision("e", Outcome.EDITED)), "ben": ()},
    )


def test_everything_comes_back_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    assert jsonl.write([everything()], path) == ()
    first = path.read_bytes()
    assert list(jsonl.read(path)) == [everything()]
    jsonl.write([item for item in jsonl.read(path) if isinstance(item, Annotated)], path)
    assert path.read_bytes() == first
    assert first.count(b"\n") == 1


def test_only_a_line_feed_ends_a_record() -> None:
    assert document_of('{"text":"a\u2028b\u0085c"}\n').text == "a\u2028b\u0085c"


def test_a_bad_line_is_rejected_alone() -> None:
    items = read(b'{"text":"one"}\n{"text":"caf\xe9"}\n\n   \n{"text":\n{"text":"two"}')
    assert [getattr(item, "line", 0) for item in items] == [0, 2, 5, 0]
    texts = [item.document.text for item in items if isinstance(item, Annotated)]
    assert texts == ["one", "two"]


def test_a_byte_order_mark_is_taken_off_once() -> None:
    assert document_of(b'\xef\xbb\xbf{"text":"one"}').text == "one"
    assert "UTF-16" in reason('{"text":"one"}'.encode("utf-16"))


def test_a_plain_line_has_an_id_of_its_own_or_one_of_its_text() -> None:
    assert document_of('{"text":"one","id":7}').id == "7"
    assert document_of('{"text":"one","id":"x"}').id == "x"
    assert document_of('{"text":"one"}').id == text_id("one")
    assert text_id("one") != text_id("two")


def test_other_simple_keys_of_a_plain_line_go_to_the_meta() -> None:
    document = document_of('{"text":"one","title":"T","year":2022,"meta":{"a":[1]}}')
    assert document.meta == {"title": "T", "year": 2022, "a": [1]}


def test_the_language_given_is_for_those_that_name_none() -> None:
    raw = b'{"text":"un"}\n{"text":"eins","language":"de"}'
    items = jsonl.read(io.BytesIO(raw), ReadOptions(language="fr"))
    assert [i.document.language for i in items if isinstance(i, Annotated)] == ["fr", "de"]


def test_a_repeated_key_is_tolerated() -> None:
    assert document_of('{"text":"one","text":"two"}').text == "two"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text":"one","entities":[[0,3,"X"]]}', "'entities'"),
        ('{"id":"x"}', "text"),
        ('{"text":null}', "text"),
        ('{"text":3}', "text"),
        ('{"text":""}', "empty"),
        ('{"text":" \\u00a0\\n"}', "empty"),
        ('{"text":"a\\u0000b"}', "NUL character at 1"),
        ('{"text":"a\\ud800b"}', "not JSON"),
        ('{"text":"one","score":NaN}', "not JSON"),
        ('{"text":"one","score":1e999}', "not JSON"),
        ('{"text":"one","id":true}', "id"),
        ('{"text":"one","id":1.5}', "id"),
        ('{"text":"one","id":" "}', "blank"),
        ("[1]", "object"),
        ('"x"', "object"),
        ("{'text': 'one'}", "not JSON"),
        ('{"text":"one"} x', "not JSON"),
        ("[" * 5000, "not JSON"),
        ('{"text":"one","meta":{"x":"' + "y" * 1_000_001 + '"}}', "meta takes"),
    ],
)
def test_a_line_that_makes_no_document_is_rejected_with_its_reason(line: str, words: str) -> None:
    assert words in reason(line)


SETS = ',"annotations":[{"annotator":"amy",'
RELATION = '{"id":"r","label":"x","source":"s","target":"q"}'


def entity(ranges: str, label: str = "P") -> str:
    return SETS + f'"entities":[{{"id":"s","label":"{label}","ranges":{ranges}}}]}}]'


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (f'{SETS}"entities":[{SPAN},{SPAN}]}}]', "twice"),
        (entity("[[0,99]]"), "beyond the text"),
        (entity("[[3,1]]"), "start < end"),
        (entity("[[0,3],[2,5]]"), "in order"),
        (entity('[["0",1]]'), "annotations[0].entities[0].ranges[0][0]"),
        (entity("[[true,1]]"), "ranges[0][0]"),
        (entity("[[0.0,1]]"), "ranges[0][0]"),
        (entity("[]"), "at least one range"),
        (entity("[[0,1]]", " "), "a label is blank"),
        (entity("[[0,1]]", "x" * 201), "a label has 201"),
        (f'{SETS}"spans":[]}}]', "annotations[0].spans"),
        (',"decisions":{"amy":[{"suggestion":"s","outcome":"maybe"}]}', "maybe"),
        (f',"suggestions":[{{"kind":"entity","source":"m","score":2,"item":{SPAN}}}]', "score 2"),
        (',"suggestions":[{"kind":"thing","source":"m","score":1,"item":{}}]', "suggestions[0]"),
        (',"extra":1', "extra"),
    ],
)
def test_annotations_that_make_no_sense_are_rejected_with_their_place(
    rest: str, words: str
) -> None:
    assert words in reason(HEAD + rest + "}")


def test_a_relation_that_points_to_nothing_is_left_out_and_told_and_the_document_is_taken() -> None:
    [item] = read(HEAD + f'{SETS}"entities":[{SPAN}],"relations":[{RELATION}]}}]' + "}")
    assert isinstance(item, Annotated), item
    [one] = item.annotations
    assert [*one.entities] == ["s"]
    assert not one.relations
    [left_out] = item.left_out
    assert (left_out.what, left_out.line) == (RELATIONS, 1)
    assert "points to q" in left_out.detail


def test_a_line_of_a_newer_version_is_refused_by_name() -> None:
    assert "newer" in reason('{"format":"annotator","version":2,"id":"a","words":[]}')
    assert "format" in reason('{"format":"other","version":1,"id":"a","text":"x"}')


def test_a_line_beyond_the_limit_is_rejected_without_the_next() -> None:
    raw = b'{"text":"' + b"a" * MAX_LINE + b'"}\n{"text":"two"}\n'
    too_long, after = read(raw)
    assert isinstance(too_long, Rejected)
    assert "longer than" in too_long.reason
    assert isinstance(after, Annotated)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old")
    good, bad = Annotated(Document("a", "fine")), Annotated(Document("b", "half \ud800"))
    with pytest.raises(FormatError, match="'b'"):
        jsonl.write([good, bad], path)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


def test_hostile_keys_are_plain_data() -> None:
    assert document_of('{"text":"x","meta":{"__proto__":{"a":1}},"__class__":"y"}').meta == {
        "__proto__": {"a": 1},
        "__class__": "y",
    }
