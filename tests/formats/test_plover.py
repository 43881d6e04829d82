"""PLOVER's gold standard: markup to offsets, records to events, terms to those of the scheme."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import plover
from annotator.formats.options import ReadOptions
from annotator.formats.plover.markup import LONGEST, marks
from annotator.formats.plover.terms import terms
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.model.annotations import DONE
from annotator.paths import shipped
from annotator.schemes import toml as scheme_toml

TEXT = "Libya has offered to hand over to Ruritania two men suspected of it."
MARKUP = (
    "(SRC: Libya) has (EVT: offered to hand over) (LOC: to (TAR: Ruritania)) "
    "two men (EVT: suspected) of it."
)
FILE = {"id": "D", "event": "DOCUMENT", "eventText": "documents the file", "coder": "amy"}


def row(key: str = "R-1", *, markup: Any = MARKUP, text: str = TEXT, **other: Any) -> Any:
    usual = {"event": "AGREE", "eventText": "offered", "coder": "amy", "language": "en"}
    return {"id": key, **usual, "text": text, "textInfo": {"markup": markup}, **other}


def everything(*rows: Any) -> list[Annotated | Rejected]:
    return list(plover.read(io.BytesIO(orjson.dumps(rows)), ReadOptions(language="de")))


def read(*rows: Any) -> Annotated:
    [item] = everything(*rows)
    assert isinstance(item, Annotated), item
    return item


def reason(**other: Any) -> str:
    rejected, item = everything(row(**other))
    assert isinstance(rejected, Rejected)
    assert isinstance(item, Annotated)
    assert not item.annotations
    return rejected.reason


def test_a_record_is_an_event_whose_trigger_is_in_pieces() -> None:
    item = read(FILE, row())
    [annotations] = item.annotations
    [event] = annotations.events.values()
    assert (item.document.id, item.document.text, item.document.language) == ("R-1", TEXT, "en")
    assert (annotations.annotator, annotations.flags) == ("amy", {DONE})
    assert (event.id, event.type) == ("R-1", "AGREE")
    assert event.trigger.surface(TEXT) == "offered to hand over suspected"
    assert event.trigger.is_discontinuous
    said = [
        (a.role, annotations.entities[a.target].label, annotations.entities[a.target].surface(TEXT))
        for a in event.arguments
    ]
    assert said == [
        ("Actor", "ACTOR", "Libya"),
        ("Recipient", "ACTOR", "Ruritania"),
        ("Location", "LOCATION", "to Ruritania"),
    ]


def test_a_reciprocal_argument_fills_both_roles_and_a_place_is_an_entity_of_its_own() -> None:
    markup = "(SRC/TAR: Libya) and (SRC/LOC: Malta) (EVT: met)"
    [annotations] = read(row(text="Libya and Malta met", markup=markup)).annotations
    [event] = annotations.events.values()
    [both] = {a.target for a in event.arguments if a.role == "Recipient"}
    assert both in event.fillers("Actor")
    assert annotations.entities[both].ranges == ((0, 5),)
    assert Counter(a.role for a in event.arguments) == {"Actor": 2, "Recipient": 1, "Location": 1}
    assert Counter(s.label for s in annotations.entities.values()) == {"ACTOR": 2, "LOCATION": 1}


def test_records_on_one_sentence_are_events_of_one_document_which_share_actors() -> None:
    item = read(row(), row("R-2", event="ACCUSE"), row("R-2", event="REJECT"))
    [annotations] = item.annotations
    assert [event.type for event in annotations.events.values()] == ["AGREE", "ACCUSE", "REJECT"]
    assert len(annotations.entities) == 3
    assert [record["id"] for record in item.document.meta["records"]] == ["R-1", "R-2", "R-2"]


def test_each_coder_has_a_set_and_only_one_without_rejected_records_is_finished() -> None:
    bad = row("R-3", coder="bob", markup="(EVT: nothing of this) is there")
    rejected, item = everything(row(), row("R-2", coder="bob"), bad)
    assert isinstance(rejected, Rejected)
    assert isinstance(item, Annotated)
    done = {one.annotator: one.is_done for one in item.annotations}
    assert done == {"amy": True, "bob": False}


def test_sentences_are_named_after_records_only_once() -> None:
    first, second = everything(row(), row(text="Malta met", markup="Malta (EVT: met)"))
    assert isinstance(first, Annotated)
    assert isinstance(second, Annotated)
    assert (first.document.id, second.document.id) == ("R-1", text_id("Malta met"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("(SRC: Libya) (EVT: offered) to hand over", "the text, which lacks the marked 'Libia'"),
        ("(EVT: offered to", "(EVT: offered to... is not closed"),
        ("(EVT: ) Libya", "a mark EVT holds no words"),
        ("(SRC: Libya) has", "no mark EVT"),
        (None, "no markup"),
    ],
)
def test_a_record_whose_marks_are_not_in_its_sentence_is_rejected(
    markup: str | None, expected: str
) -> None:
    wrong = markup and markup.replace("Libya) (EVT", "Libia) (EVT")
    assert expected in reason(markup=wrong)


def test_a_difference_in_the_markup_leaves_alone_what_is_before_and_after() -> None:
    text = "He met her and he met us and he met them"
    before, after = marks("He (EVT: met) her and  he met us and he (EVT: met) them", text)
    assert (before.range, after.range) == ((3, 6), (32, 35))
    [between] = marks("He x met her and (EVT: he met us) and x he met them", text)
    assert text[slice(*between.range)] == "he met us"
    with pytest.raises(ValueError, match="'met' twice"):
        marks("He x met her and he (EVT: met) us and x he met them", text)


def test_words_are_not_looked_for_in_very_long_texts() -> None:
    long = " ".join(map(str, range(LONGEST)))
    [mark] = marks(f"(EVT: went) x {long}", f"went y {long}")
    assert mark.range == (0, 4)
    with pytest.raises(ValueError, match="too long"):
        marks(f"x (EVT: went) x {long}", f"y went y {long}")


def test_brackets_and_stray_ones_are_words_of_the_sentence() -> None:
    text = "The party (PTY) met a) here"
    markup = "The (SRC: party (PTY)) (EVT: met) a) here"
    assert [text[slice(*mark.range)] for mark in marks(markup, text)] == ["party (PTY)", "met"]


trees = st.recursive(
    st.sampled_from(["a", "é", "🙂", "e\u0301 b", "(x)", "中\n文", "EVT: c", "((d) e)"]),
    lambda inner: st.tuples(
        st.sampled_from(["SRC", "TAR", "EVT", "LOC", "SRC/TAR", ""]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=8,
)


def unfolded(tree: Any, at: int = 0) -> tuple[str, str, list[tuple[str, int, int]]]:
    """The sentence and the markup of a tree, and where its marks are."""
    if isinstance(tree, str):
        return tree, tree, []
    name, inner = tree
    texts: list[str] = []
    markups: list[str] = []
    found: list[tuple[str, int, int]] = []
    start = at
    for one in inner:
        text, markup, marked = unfolded(one, at)
        texts.append(text)
        markups.append(markup)
        found += marked
        at += len(text) + 1
    text, markup = " ".join(texts), " ".join(markups)
    if not name:
        return text, markup, found
    return text, f"({name}: {markup})", [*found, (name, start, start + len(text))]


@given(tree=trees)
def test_marks_are_found_wherever_they_are(tree: Any) -> None:
    text, markup, found = unfolded(tree)
    assert [("/".join(mark.names), *mark.range) for mark in marks(markup, text)] == found


def test_old_types_and_modes_have_their_new_names_and_a_comment() -> None:
    more = {"mode": "assassinate", "context": "terrorism, political", "dead": "8"}
    [annotations] = read(row(event="FIGHT", comment="Hard.", **more)).annotations
    [event] = annotations.events.values()
    [comment] = annotations.comments.values()
    assert event.type == "ASSAULT"
    assert event.attributes == {"assault_mode": "targeted", "context": "terrorism"}
    said = "FIGHT; mode: assassinate; context: political; dead: 8; Hard."
    assert (comment.target, comment.text) == (event.id, said)


TERMS: list[tuple[Any, Any]] = [
    (("DISAPPROVE", "", ""), ("ACCUSE", {"accuse_mode": "disapprove"}, ("DISAPPROVE",))),
    (("FIGHT", "deport", ""), ("COERCE", {"coerce_mode": "deport"}, ("FIGHT",))),
    (("COERCE", "destroy", ""), ("ASSAULT", {"assault_mode": "destroy"}, ("COERCE",))),
    (("CONSULT", "phone", ""), ("CONSULT", {"consult_mode": "phone"}, ())),
    (("THREATEN", "curfew", ""), ("THREATEN", {}, ("mode: curfew",))),
    (("NEW", "x", "legal, y"), ("NEW", {"context": "legal"}, ("mode: x", "context: y"))),
    (
        ("AGREE", "", "diplomatic, historical, military"),
        ("AGREE", {"context": "diplomatic", "auxiliary": "historical"}, ("context: military",)),
    ),
]


@pytest.mark.parametrize(("said", "expected"), TERMS)
def test_terms_are_those_of_the_scheme(said: Any, expected: Any) -> None:
    found = terms(*said)
    assert (found.type, found.attributes, found.left) == expected


def test_the_meta_has_all_of_a_record_but_sentence_and_markup() -> None:
    source = [{"actorText": "Libya", "code": "LBY"}]
    [record] = read(row(source=source, size="1000")).document.meta["records"]
    assert record["source"] == source
    assert {*record} == {"id", "event", "eventText", "coder", "source", "size"}


def test_a_record_without_text_or_type_is_rejected() -> None:
    items = everything({"event": "AID"}, {"text": TEXT}, 5, row(event=" "), row())
    reasons = [item.reason for item in items if isinstance(item, Rejected)]
    assert reasons == [
        "item 1: text is missing",
        "item 2: event is missing",
        "item 3: a record is not an object {...}",
        "item 4: event is blank",
    ]
    assert len(items) == 5


def test_the_gold_standard_uses_nothing_that_the_scheme_lacks(shared: Path) -> None:
    path = shared / "corpora" / "plover_gsr" / "PLOVER_GSR_dev.json"
    scheme = scheme_toml.read(shipped("labels") / "plover.toml")
    assert plover.recognises(path)
    items = list(plover.read(path))
    sets = [one for item in items if isinstance(item, Annotated) for one in item.annotations]
    events = [(one, event) for one in sets for event in one.events.values()]
    for one, event in events:
        known = scheme.event(event.type)
        assert known
        for argument in event.arguments:
            role = known.role(argument.role)
            assert role
            assert scheme.accepts(role, one.entities[argument.target].label)
        values = {a.name: a.values for a in scheme.attributes_of(event.type)}
        assert all(value in values[name] for name, value in event.attributes.items())
    assert len(events) > 150
