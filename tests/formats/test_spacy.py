from __future__ import annotations

import io
import os
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as DocSpan
from spacy.vocab import Vocab

from annotator.errors import FormatError
from annotator.formats import spacy
from annotator.formats.record import Annotated, Loss, Rejected
from annotator.formats.spacy.doc import to_doc
from annotator.formats.spacy.doc_spans import misaligned
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion
from annotator.text.alignment import Mode

pytestmark = pytest.mark.xdist_group("spacy")

TEXT = "U.S.-backed rebels attacked Aleppo on Monday."
MISSING, INSIDE, OUTSIDE, BEGIN = 0, 1, 2, 3


def span(words: str, label: str, key: str = "") -> Span:
    start = TEXT.index(words)
    return Span.of(key or words, start, start + len(words), label)


def item_of(*entities: Span, events: tuple[Event, ...] = (), done: bool = True) -> Annotated:
    flags = frozenset({"done"} if done else ())
    annotations = AnnotationSet(
        "d", "amy", {e.id: e for e in entities}, {e.id: e for e in events}, flags=flags
    )
    return Annotated(Document("d", TEXT, {"title": "T"}), (annotations,))


def made(item: Annotated, align: Mode = "strict") -> tuple[Doc, list[tuple[str, str]]]:
    doc, losses = to_doc(item, align)
    return doc, [(loss.what, loss.detail) for loss in losses]


def in_group(doc: Doc, key: str) -> list[tuple[str, str]]:
    return [(one.text, one.label_) for one in doc.spans[key]]


def ents(doc: Doc) -> list[tuple[str, str]]:
    return [(one.text, one.label_) for one in doc.ents]


def read_back(items: list[Annotated]) -> tuple[list[Annotated], tuple[Loss, ...]]:
    stream = io.BytesIO()
    losses = spacy.write(items, stream)
    stream.seek(0)
    found = list(spacy.read(stream))
    assert all(isinstance(one, Annotated) for one in found)
    return [one for one in found if isinstance(one, Annotated)], losses


ATTACK = Event(
    "e",
    Span.of("t", 19, 27, "Attack"),
    (Argument("Agent", "rebels"), Argument("Place", "Aleppo")),
    {"realis": "actual"},
)


def test_the_longest_entity_is_in_ents_and_all_are_in_spans() -> None:
    inner, outer = span("rebels", "GROUP"), span("U.S.-backed rebels", "FORCE")
    doc, losses = made(item_of(inner, outer))
    assert ents(doc) == [("U.S.-backed rebels", "FORCE")]
    assert in_group(doc, "entities") == [("U.S.-backed rebels", "FORCE"), ("rebels", "GROUP")]
    assert losses == [
        ("overlapping entities, which are in doc.spans and not in doc.ents", "GROUP 12-18")
    ]


def test_which_entity_is_in_ents_does_not_hang_on_the_order_they_were_made_in() -> None:
    entities = [
        span("rebels attacked", "B"),
        span("attacked Aleppo", "A"),
        span("Aleppo on", "C"),
        span("rebels", "Z"),
        span("Monday", "D", "m1"),
        span("Monday", "C", "m2"),
    ]
    forward, backward = made(item_of(*entities))[0], made(item_of(*reversed(entities)))[0]
    assert ents(forward) == [("rebels attacked", "B"), ("Aleppo on", "C"), ("Monday", "C")]
    assert ents(backward) == ents(forward)
    assert in_group(backward, "entities") == in_group(forward, "entities")


def test_a_token_of_an_entity_that_ents_cannot_hold_is_missing_and_not_outside() -> None:
    pieces = Span("x", ((12, 18), (28, 34)), "GROUP")
    doc, losses = made(item_of(span("rebels attacked", "A"), span("attacked Aleppo", "B"), pieces))
    assert {token.text: token.ent_iob for token in doc} == {
        "U.S.-backed": OUTSIDE,
        "rebels": BEGIN,
        "attacked": INSIDE,
        "Aleppo": MISSING,
        "on": OUTSIDE,
        "Monday": OUTSIDE,
        ".": OUTSIDE,
    }
    assert Counter(what for what, _ in losses) == {
        "discontinuous spans": 1,
        "overlapping entities, which are in doc.spans and not in doc.ents": 1,
    }


def test_what_is_undecided_is_missing_until_the_document_is_finished() -> None:
    unfinished, _ = made(item_of(span("Aleppo", "GPE"), done=False))
    assert {t.ent_iob for t in unfinished if t.text != "Aleppo"} == {MISSING}
    finished, _ = made(item_of(span("Aleppo", "GPE")))
    assert {t.ent_iob for t in finished if t.text != "Aleppo"} == {OUTSIDE}
    nothing, _ = made(item_of())
    assert {t.ent_iob for t in nothing} == {OUTSIDE}
    assert len(nothing.spans["entities"]) == 0


def test_a_rejected_suggestion_is_an_incorrect_span_unless_an_entity_says_the_same() -> None:
    base = item_of(span("Aleppo", "GPE"))
    suggestions = (
        Suggestion(span("Monday", "DATE", "s1"), "patterns"),
        Suggestion(span("Aleppo", "GPE", "s2"), "patterns"),
        Suggestion(span("Aleppo", "ORG", "s3"), "patterns"),
        Suggestion(span("rebels", "GROUP", "s4"), "patterns"),
        Suggestion(ATTACK, "patterns"),
    )
    rejected = tuple(Decision(key, Outcome.REJECTED) for key in ("s1", "s2", "s3", "e"))
    doc, losses = made(Annotated(base.document, base.annotations, suggestions, {"amy": rejected}))
    assert in_group(doc, "incorrect_spans") == [("Aleppo", "ORG"), ("Monday", "DATE")]
    assert losses == [("suggestions and decisions", "3 suggestions, 2 decisions")]
    by_other = Annotated(base.document, base.annotations, suggestions, {"ben": rejected})
    assert "incorrect_spans" not in made(by_other)[0].spans


@pytest.mark.parametrize(
    ("align", "expected", "what"),
    [
        ("strict", [], "spans off token edges"),
        ("contract", [], "spans off token edges"),
        ("expand", [("U.S.-backed", "GPE")], "edges moved to token edges"),
    ],
)
def test_a_span_within_a_token_is_left_out_or_moved_and_always_told(
    align: Mode, expected: list[tuple[str, str]], what: str
) -> None:
    inside = Span.of("u", 0, 4, "GPE")
    doc, losses = made(item_of(inside), align)
    assert in_group(doc, "entities") == expected
    [(told, detail)] = losses
    assert told == what
    assert detail.startswith("GPE 0-4 'U.S.' in 'U.S.-backed'")
    assert misaligned(Document("d", TEXT), [inside], align) == (() if expected else (inside,))


def test_a_left_out_entity_makes_its_tokens_missing() -> None:
    doc, _ = made(item_of(Span.of("u", 0, 4, "GPE")))
    assert [token.ent_iob for token in doc][:2] == [MISSING, OUTSIDE]


def test_a_blank_at_the_edge_is_off_the_edge_and_goes_away_when_contracted() -> None:
    blank = Span.of("b", 27, 35, "GPE")
    assert TEXT[27:35] == " Aleppo "
    assert made(item_of(blank))[1][0][0] == "spans off token edges"
    assert in_group(made(item_of(blank), "contract")[0], "entities") == [("Aleppo", "GPE")]


def test_events_keep_exact_offsets_whatever_the_tokens_are() -> None:
    inside = Span.of("t", 0, 4, "Attack")
    event = Event("e", inside, (Argument("Place", "Aleppo"),), {"realis": "other"})
    doc, losses = made(item_of(span("Aleppo", "GPE"), events=(event,)))
    assert spacy.events(doc) == (event,)
    assert len(doc.spans["events"]) == 0
    assert [what for what, _ in losses] == ["spans off token edges"]


def test_triggers_have_a_group_of_their_own() -> None:
    doc, losses = made(item_of(span("rebels", "GROUP"), span("Aleppo", "GPE"), events=(ATTACK,)))
    assert in_group(doc, "events") == [("attacked", "Attack")]
    assert in_group(doc, "entities") == [("rebels", "GROUP"), ("Aleppo", "GPE")]
    assert losses == []


def test_an_annotated_document_comes_back_as_it_was() -> None:
    entities = {s.id: s for s in (span("rebels", "GROUP"), span("Aleppo", "GPE"))}
    annotations = AnnotationSet(
        "d",
        "amy",
        entities,
        {"e": ATTACK},
        {"r": Relation("r", "in", "rebels", "Aleppo")},
        flags=frozenset({"done", "flagged"}),
    )
    document = Document("d", TEXT, {"title": "T", "tags": [1, None]}, "en")
    item = Annotated(document, (annotations,))
    assert read_back([item]) == ([item], ())


def test_a_rejection_comes_back_as_a_rejection() -> None:
    base = item_of()
    suggestion = Suggestion(span("Monday", "DATE", "s1"), "patterns")
    decision = {"amy": (Decision("s1", Outcome.REJECTED),)}
    [back], losses = read_back(
        [Annotated(base.document, base.annotations, (suggestion,), decision)]
    )
    assert [s.item for s in back.suggestions] == [suggestion.item]
    assert back.decisions == decision
    assert losses == ()


def test_a_document_that_nobody_annotated_comes_back_so() -> None:
    item = Annotated(Document("d", TEXT))
    assert read_back([item]) == ([item], ())


def test_arguments_of_an_entity_that_was_left_out_are_told() -> None:
    pieces = Span("x", ((12, 18), (28, 34)), "GROUP")
    event = Event("e", ATTACK.trigger, (Argument("Agent", "x"), Argument("Cause", "e")))
    base = item_of(pieces, events=(event,))
    annotations = AnnotationSet(
        "d",
        "amy",
        base.annotations[0].entities,
        {"e": event},
        {"r": Relation("r", "in", "x", "e")},
        {"c": Comment("c", "", "sure?")},
    )
    [back], losses = read_back([Annotated(base.document, (annotations,))])
    assert back.annotations[0].events["e"].arguments == (Argument("Cause", "e"),)
    assert Counter(loss.what for loss in losses) == {
        "discontinuous spans": 1,
        "arguments and relations of spans left out": 2,
        "comments": 1,
    }
    assert {loss.what for loss in losses} <= set(spacy.LOSES)


def test_arguments_of_equal_entities_point_to_the_one_that_is_kept() -> None:
    event = Event("e", ATTACK.trigger, (Argument("Agent", "b"), Argument("Place", "b")))
    twins = (span("rebels", "GROUP", "a"), span("rebels", "GROUP", "b"))
    [back], losses = read_back([item_of(*twins, events=(event,))])
    assert list(back.annotations[0].entities) == ["a"]
    assert back.annotations[0].events["e"].arguments == (
        Argument("Agent", "a"),
        Argument("Place", "a"),
    )
    assert [loss.what for loss in losses] == ["equal spans"]


def test_several_annotators_do_not_fit_in_one_doc() -> None:
    sets = (AnnotationSet("d", "amy"), AnnotationSet("d", "ben"))
    with pytest.raises(FormatError, match="amy, ben"):
        spacy.write([Annotated(Document("d", TEXT), sets)], io.BytesIO())


def test_the_bytes_do_not_hang_on_the_process() -> None:
    code = (
        "import hashlib, io, sys; sys.path.insert(0, sys.argv[1]);"
        "import test_spacy as t; from annotator.formats import spacy; stream = io.BytesIO();"
        "spacy.write([t.item_of(t.span('rebels', 'B'), t.span('Aleppo', 'A'),"
        " t.span('Monday', 'C'), events=(t.ATTACK,))], stream);"
        "print(hashlib.sha256(stream.getvalue()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def foreign(*docs: Doc) -> list[Annotated | Rejected]:
    return list(spacy.read(io.BytesIO(DocBin(store_user_data=True, docs=docs).to_bytes())))


def words(text: str) -> Doc:
    parts = text.split(" ")
    return Doc(Vocab(), words=parts, spaces=[True] * (len(parts) - 1) + [False])


def test_docs_of_others_are_read_with_ids_that_stay_the_same() -> None:
    doc = words("Mia met Bo in Rome")
    doc.ents = [DocSpan(doc, 0, 1, "PER"), DocSpan(doc, 4, 5, "GPE")]
    doc.spans["people"] = [DocSpan(doc, 0, 1, "PER"), DocSpan(doc, 0, 3, "PAIR")]
    [first], [second] = foreign(doc), foreign(doc)
    assert first == second
    assert isinstance(first, Annotated)
    [annotations] = first.annotations
    assert annotations.is_done
    found = sorted((s.surface(first.document.text), s.label) for s in annotations.entities.values())
    assert found == [("Mia", "PER"), ("Mia met Bo", "PAIR"), ("Rome", "GPE")]


def test_docs_of_others_are_finished_only_where_nothing_is_missing() -> None:
    partly, spans, nothing = (words("Mia met Bo") for _ in range(3))
    partly.set_ents([DocSpan(partly, 0, 1, "PER")], default="missing")
    spans.spans["sc"] = [DocSpan(spans, 0, 1, "PER")]
    done = [
        [one.is_done for one in item.annotations]
        for item in foreign(partly, spans, nothing)
        if isinstance(item, Annotated)
    ]
    assert done == [[False], [True], []]


def test_a_doc_without_words_is_rejected_alone() -> None:
    bad, good = foreign(Doc(Vocab(), words=[]), words("Mia"))
    assert isinstance(bad, Rejected)
    assert (bad.line, "empty" in bad.reason) == (1, True)
    assert isinstance(good, Annotated)


def test_user_data_that_was_tampered_with_is_rejected_alone() -> None:
    doc, _ = to_doc(item_of())
    for value in ("[]", "{", '{"id": 3}', 7, '{"id":"a","language":"en","annotator":"","flags":1}'):
        doc.user_data["annotator.document"] = value
        bad, good = foreign(doc, words("Mia"))
        assert isinstance(bad, Rejected), value
        assert isinstance(good, Annotated)
    doc, _ = to_doc(item_of())
    for events in ("[1]", '[{"id":"e"}]', "x", 3):
        doc._.events = events
        assert isinstance(foreign(doc)[0], Rejected), events


@pytest.mark.parametrize(
    "raw",
    [b"", b"junk", zlib.compress(b""), zlib.compress(b"junk"), zlib.compress(b"\x80"), b"x\x9c"],
)
def test_junk_is_refused_with_one_clean_error(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.spacy"
    path.write_bytes(raw)
    with pytest.raises(FormatError, match=r"x\.spacy"):
        list(spacy.read(path))


def test_a_cut_or_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.spacy"
    spacy.write([item_of(span("Aleppo", "GPE"))] * 3, path)
    raw = path.read_bytes()
    for damaged in (raw[:-1], raw[: len(raw) // 2], raw[:20] + b"\0\0\0\0" + raw[24:]):
        path.write_bytes(damaged)
        with pytest.raises(FormatError):
            list(spacy.read(path))


def test_a_small_file_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.spacy"
    pack = zlib.compressobj(1)
    with path.open("wb") as file:
        for _ in range(1001):
            file.write(pack.compress(bytes(1_000_000)))
        file.write(pack.flush())
    assert path.stat().st_size < 10_000_000
    with pytest.raises(FormatError, match="unpacks to more"):
        list(spacy.read(path))
