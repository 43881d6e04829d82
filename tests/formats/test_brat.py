"""brat's standoff: read line by line, written so that it comes back, told where it cannot be."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.test_formats_roundtrip import items

from annotator.errors import FormatError
from annotator.formats import brat, registry
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Loss, Rejected
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import Scheme
from annotator.model.span import Span

TEXT = "Rebels attacked Aleppo; police responded."
ANN = (
    "T1\tPerson 0 6\tRebels",
    "T2\tAttack 7 15\tattacked",
    "T3\tCity 16 22\tAleppo",
    "T4\tGroup 0 6;24 30\tRebels police",
    "T5\tResponse 31 40\tresponded",
    "T6\tPerson 24 30\tpolice",
    "E1\tAttack:T2 Attacker:T1 Target:T3 Target2:T6",
    "E2\tResponse:T5 Agent:T6 Cause:E1",
    "R1\tLocated Arg1:T1 Arg2:T3",
    "*\tEquiv T1 T4 T6",
    "A1\tNegation E1",
    "A2\tRealis E1 Actual",
    "A3\tMention T1 Nominal",
    "N1\tReference T3 Wikidata:Q41183\tAleppo",
    "#1\tAnnotatorNotes E1\tcheck the role",
)


def pair(folder: Path, ann: str | bytes | None, text: str | bytes = TEXT, name: str = "a") -> Path:
    """A text and its annotations; gives the folder."""
    folder.mkdir(exist_ok=True)
    raw = text.encode() if isinstance(text, str) else text
    (folder / f"{name}.txt").write_bytes(raw)
    if ann is not None:
        (folder / f"{name}.ann").write_bytes(ann.encode() if isinstance(ann, str) else ann)
    return folder


def read(folder: Path) -> tuple[Annotated, list[Rejected]]:
    """The one document of a folder, and what could not be read."""
    found = list(brat.read(folder))
    [item] = [one for one in found if isinstance(one, Annotated)]
    return item, [one for one in found if isinstance(one, Rejected)]


def annotations(folder: Path, *lines: str, text: str | bytes = TEXT) -> AnnotationSet:
    """What lines say that can all be read."""
    item, rejected = read(pair(folder, "\n".join(lines), text))
    assert rejected == []
    return item.annotations[0]


def reasons(folder: Path, *lines: str) -> list[str]:
    """Line and reason of all that cannot be read."""
    return [f"{one.line}: {one.reason}" for one in read(pair(folder, "\n".join(lines)))[1]]


def test_every_kind_of_line_has_its_value(tmp_path: Path) -> None:
    found = annotations(tmp_path, *ANN)
    assert found.entities == {
        "T1": Span.of("T1", 0, 6, "Person"),
        "T3": Span.of("T3", 16, 22, "City"),
        "T4": Span("T4", ((0, 6), (24, 30)), "Group"),
        "T6": Span.of("T6", 24, 30, "Person"),
    }
    targets = (Argument("Attacker", "T1"), Argument("Target", "T3"), Argument("Target", "T6"))
    attributes = {"Negation": "yes", "Realis": "Actual"}
    assert found.events == {
        "E1": Event("E1", Span.of("T2", 7, 15, "Attack"), targets, attributes),
        "E2": Event(
            "E2",
            Span.of("T5", 31, 40, "Response"),
            (Argument("Agent", "T6"), Argument("Cause", "E1")),
        ),
    }
    assert list(found.relations.values()) == [
        Relation("R1", "Located", "T1", "T3"),
        Relation("*1.1", "Equiv", "T1", "T4"),
        Relation("*1.2", "Equiv", "T4", "T6"),
    ]
    assert list(found.comments.values()) == [
        Comment("A3", "T1", "[attribute] Mention Nominal"),
        Comment("N1", "T3", "[normalization] Reference Wikidata:Q41183 Aleppo"),
        Comment("#1", "E1", "check the role"),
    ]


def test_what_was_read_is_written_line_for_line(tmp_path: Path) -> None:
    item, _ = read(pair(tmp_path / "in", "\n".join(ANN)))
    assert brat.write([item], tmp_path / "out") == ()
    assert sorted((tmp_path / "out" / "a.ann").read_text().splitlines()) == sorted(ANN)
    assert (tmp_path / "out" / "a.txt").read_text() == TEXT


def test_a_trigger_may_serve_several_events(tmp_path: Path) -> None:
    lines = (
        ANN[0],
        ANN[1],
        "E1\tAttack:T2 Attacker:T1",
        "E2\tAttack:T2 ",
        "E3\tAttack:T2 Cause:T2",
    )
    found = annotations(tmp_path / "in", *lines)
    assert {event.trigger.id for event in found.events.values()} == {"T2"}
    assert found.events["E3"].arguments == (Argument("Cause", "E1"),)
    assert list(found.entities) == ["T1"]
    brat.write([Annotated(Document("a", TEXT), (found,))], tmp_path / "out")
    written = (tmp_path / "out" / "a.ann").read_text().splitlines()
    assert written == [*lines[:3], "E2\tAttack:T2", "E3\tAttack:T2 Cause:E1"]


def test_a_trigger_of_another_type_stays_an_entity(tmp_path: Path) -> None:
    found = annotations(tmp_path, "T1\tPerson 0 6\tRebels", "E1\tRevolt:T1")
    assert found.entities == {"T1": Span.of("T1", 0, 6, "Person")}
    assert found.events["E1"].trigger == Span.of("tE1", 0, 6, "Revolt")


@pytest.mark.parametrize("ann", [None, "", "\n\n", "\r\n"])
def test_a_text_without_annotations_is_a_document(tmp_path: Path, ann: str | None) -> None:
    pair(tmp_path, "", name="b", text="Other words")
    pair(tmp_path, ann)
    first, _ = brat.read(tmp_path, ReadOptions(language="de"))
    assert first == Annotated(Document("a", TEXT, language="de"))


def test_offsets_count_carriage_returns(tmp_path: Path) -> None:
    raw = b"Rebels\r\nattacked\r\nAleppo\r\n"
    found = annotations(tmp_path, "T1\tCity 18 24\tAleppo\r", "T2\tX 8 16\tattacked\r", text=raw)
    assert found.entities["T1"].surface(raw.decode()) == "Aleppo"
    assert found.entities["T2"].ranges == ((8, 16),)


def test_offsets_that_count_a_line_end_once_are_known_by_their_words(tmp_path: Path) -> None:
    raw = "\ufeffRebels 😀\r\nattacked\r\nAleppo\r\n"
    lines = ("T1\tCity 18 24\tAleppo", "T2\tX 0 6\tRebels", "T3\tY 7 8;9 17\t😀 attacked")
    found = annotations(tmp_path, *lines, text=raw)
    text = raw.removeprefix("\ufeff")
    assert [span.surface(text) for span in found.entities.values()] == [
        "Aleppo",
        "Rebels",
        "😀\r\nattacked",
    ]


def test_a_byte_order_mark_counts_and_is_no_part_of_the_text(tmp_path: Path) -> None:
    item, rejected = read(pair(tmp_path, "T1\tPerson 1 7\tRebels", "\ufeff" + TEXT))
    assert (item.document.text, rejected) == (TEXT, [])
    assert item.annotations[0].entities["T1"].ranges == ((0, 6),)


def test_offsets_count_code_points(tmp_path: Path) -> None:
    found = annotations(tmp_path, "T1\tX 2 5\té\u0301x", text="😀 é\u0301x y")
    assert found.entities["T1"].ranges == ((2, 5),)


def test_pieces_with_a_line_break_between_are_one_span_and_are_cut_again(tmp_path: Path) -> None:
    text = "one\r\n  two three\nfour"
    line = "T1\tX 0 3;7 10;17 21\tone two four"
    found = annotations(tmp_path / "in", line, text=text)
    assert found.entities["T1"].ranges == ((0, 10), (17, 21))
    assert brat.write([Annotated(Document("a", text), (found,))], tmp_path / "out") == ()
    assert (tmp_path / "out" / "a.ann").read_text() == line + "\n"


def test_a_blank_gap_without_a_line_break_stays_a_gap(tmp_path: Path) -> None:
    found = annotations(tmp_path, "T1\tX 0 6;7 15\tRebels attacked")
    assert found.entities["T1"].ranges == ((0, 6), (7, 15))


def test_the_text_beside_offsets_may_be_missing_or_old(tmp_path: Path) -> None:
    lines = ("T1\tX 0 6", "T2\tX 0 6;24 30\tRebelspolice", "T3\tX 0 6\tRebels\tmore")
    assert len(annotations(tmp_path, *lines).entities) == 3


def test_numbers_of_roles_are_taken_off_where_the_rest_is_a_role_of_the_type(
    tmp_path: Path,
) -> None:
    lines = (
        *ANN[:6],
        "E1\tAttack:T2 Arg1:T1 Arg2:T3",
        "E2\tAttack:T2 Target3:T1",
        "E3\tAttack:T2 ",
    )
    roles = [a.role for e in annotations(tmp_path, *lines).events.values() for a in e.arguments]
    assert roles == ["Arg1", "Arg2", "Target3"]
    lines = (*lines[:-1], "E3\tAttack:T2 Target:T1")
    roles = [a.role for e in annotations(tmp_path, *lines).events.values() for a in e.arguments]
    assert roles == ["Arg1", "Arg2", "Target", "Target"]
    (tmp_path / "annotation.conf").write_text("[events]\nAttack Arg1:<ENTITY>, Target3?:<ENTITY>")
    lines = (*ANN[:6], "E1\tAttack:T2 Arg1:T1 Arg12:T3 Target3:T1 Target32:T3 Target:T6")
    [event] = annotations(tmp_path, *lines).events.values()
    assert [a.role for a in event.arguments] == ["Arg1", "Arg1", "Target3", "Target3", "Target"]


def test_a_role_that_ends_in_a_digit_is_not_taken_for_a_number(tmp_path: Path) -> None:
    entities = {key: Span.of(key, 0, 6, "Person") for key in ("T1", "T2", "T3")}
    pairs = (("R", "T1"), ("R2", "T2"), ("R", "T2"), ("R", "T3"), ("R2", "T3"))
    event = Event("E1", Span.of("T4", 7, 15, "Attack"), tuple(Argument(*p) for p in pairs))
    before = AnnotationSet("a", "", entities, {"E1": event})
    brat.write([Annotated(Document("a", TEXT), (before,))], tmp_path)
    assert "R:T1 R2:T2 R3:T2 R4:T3 R22:T3" in (tmp_path / "a.ann").read_text()
    assert read(tmp_path)[0].annotations == (before,)


BAD = {
    "T1 Person 0 6 Rebels": "no kind of annotation|tab",
    "X1\tPerson 0 6\tRebels": "no kind",
    "T1\tPerson\tRebels": "no label and offsets",
    "T1\tPerson 6 0\tRebels": "empty",
    "T1\tPerson 0 6;\tRebels": "no label and offsets",
    "T1\tPerson -1 6\tRebels": "no label and offsets",
    "T1\tPerson ٠ ٦\tRebels": "no label and offsets",
    "T1\tPerson 40 99\tRebels": r"beyond the text \(41 characters\)",
    "T1\tPerson 1 6\tRebels": "says 'Rebels' where the text has 'ebels'",
    "T1\tPer\x01son 0 6\tRebels": "control character",
    "T" + "1" * 300 + "\tPerson 0 6\tRebels": "300|301",
    "T3\tCity 16 22\tAleppo": "there twice",
    "E9\tAttack": "NAME:ID",
    "E9\tAttack:T9": "trigger T9 of E9 is not there",
    "E9\tAttack:T3 Target:T9": "Target of E9 points to T9.*the argument is left out",
    "E9\tAttack:T3 Target": "'Target' where NAME:ID.*the argument is left out",
    "E9\t": "breaks off",
    "R9\tLocated Arg1:T3": "breaks off",
    "R9\tLocated Arg1:T3 Arg2:T9": "Arg2 of R9 points to T9",
    "R9\tLocated Arg1:T3 Arg2:T3 Arg3:T3": "has 3 arguments",
    "*\tEquiv T3": "breaks off",
    "*\tEquiv T3 T9": "points to T9",
    "A9\tNegation": "breaks off",
    "A9\tNegation T9": "points to T9",
    "A9\tNegation E3": "has a Negation already",
    "N9\tReference T3 Q1": "DATABASE:ID",
    "#9\tAnnotatorNotes T9\twhat": "points to T9",
}


@pytest.mark.parametrize("line", BAD)
def test_a_malformed_line_is_told_and_the_others_are_read(tmp_path: Path, line: str) -> None:
    good = ("T3\tCity 16 22\tAleppo", "E3\tFall:T3", "A3\tNegation E3")
    item, [rejected] = read(pair(tmp_path, "\n".join([*good, line, "T8\tX 0 6\tRebels"])))
    assert (rejected.file, rejected.line) == (str(tmp_path / "a.ann"), 4)
    assert re.search(BAD[line], rejected.reason), rejected.reason
    [found] = item.annotations
    assert {"T8", "E3"} <= {*found.entities, *found.events}


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    item, [rejected] = read(pair(tmp_path, b"T1\tCaf\xe9 0 6\tRebels\nT2\tX 0 6\tRebels"))
    assert (rejected.line, list(item.annotations[0].entities)) == (1, ["T2"])
    assert "0xE9" in rejected.reason
    [rejected] = brat.read(pair(tmp_path, "", "caf\u00e9".encode("latin-1")))
    assert isinstance(rejected, Rejected)
    assert (rejected.file, rejected.line) == (str(tmp_path / "a.txt"), 1)


def test_annotations_without_a_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text(ANN[0])
    [rejected] = brat.read(tmp_path)
    assert str(rejected) == f"{tmp_path / 'a.ann'}: there is no a.txt beside it"


def test_a_comment_goes_out_as_the_line_that_it_came_from(tmp_path: Path) -> None:
    lines = (
        *ANN[:2],
        "E1\tAttack:T2 Attacker:T1",
        "R1\tPart-of Whole:T1 Part:E1",
        "A1\tSure R1",
        "A2\tMention T1 of a name",
        "N1\tReference T1 W:1\t",
        "#1\tAnnotatorNotes R1\ta\tb  ",
        "#2\tError T1\twhat",
        "#3\tAnnotatorNotes A2\tno",
    )
    found = annotations(tmp_path / "in", *lines)
    assert found.comments["#3"] == Comment("#3", "A2", "no")
    assert found.comments["#2"].text == "[note Error] what"
    brat.write([Annotated(Document("a", TEXT), (found,))], tmp_path / "out")
    assert (tmp_path / "out" / "a.ann").read_text() == "".join(line + "\n" for line in lines)


def test_all_that_is_lost_is_told(tmp_path: Path) -> None:
    text = "Words\n\n on"
    spans = {
        "T1": Span.of("T1", 0, 6, "A"),
        "T2": Span.of("T2", 5, 7, "B"),
        "T3": Span.of("T3", 0, 5, "a label"),
    }
    comments = {"c": Comment("c", "", "all"), "d": Comment("d", "T1", "a\nb")}
    relations = {"r": Relation("r", "with", "T1", "T2")}
    one = AnnotationSet("a/b", "mia", spans, {}, relations, comments, frozenset({"done"}))
    item = Annotated(Document("a/b", text, {"k": 1}, "fr"), (one,))
    losses = brat.write([item], tmp_path / "out")
    assert {loss.what for loss in losses} < set(brat.LOSES)
    assert [(loss.what, loss.detail) for loss in losses] == [
        ("ids and annotators' names that are no file names", "a/b is written as a-b-c14cddc0.txt"),
        ("meta and language", "fr, k"),
        ("the name of a single annotator", "mia"),
        ("flags", "done"),
        ("spans of line breaks only, with what points to them", "B 5-7"),
        ("line breaks at the edges and in the gaps of spans", "A 0-6"),
        ("names with blanks, colons and the like", "a label"),
        ("comments on the whole document", "all"),
        ("line breaks in comments", "a\nb"),
    ]
    [back] = read(tmp_path / "out")[0].annotations
    assert [(c.target, c.text) for c in back.comments.values()] == [("T1", "a b")]
    assert back.relations == {}


def test_several_annotators_have_a_folder_each(tmp_path: Path) -> None:
    def said(document_id: str, annotator: str) -> AnnotationSet:
        return AnnotationSet(document_id, annotator, {"T1": Span.of("T1", 0, 6, annotator)})

    both = Annotated(Document("a", TEXT), (said("a", "amy"), said("a", "bo")))
    one = Annotated(Document("b", TEXT + "!"), (said("b", "bo"),))
    none = Annotated(Document("c", TEXT + "?"))
    options = WriteOptions(annotators=("amy", "bo"))
    assert brat.write([both, one, none], tmp_path, options) == ()
    names = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.ann"))
    assert names == ["amy/a.ann", "bo/a.ann", "bo/b.ann", "c.ann"]
    assert sorted(brat.read(tmp_path), key=str) == sorted([both, one, none], key=str)


def test_files_of_one_name_with_other_texts_are_documents_of_their_own(tmp_path: Path) -> None:
    pair(tmp_path / "dev", ANN[0])
    pair(tmp_path / "test", ANN[0], TEXT + "!")
    found = [item for item in brat.read(tmp_path) if isinstance(item, Annotated)]
    assert [item.document.id for item in found] == ["dev/a", "test/a"]
    assert {one.annotator for item in found for one in item.annotations} == {""}


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "..", "con", "a.b", "ä😀", "x" * 300])
def test_no_id_and_no_name_leaves_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    sets = tuple(
        AnnotationSet(name, who, {"T1": Span.of("T1", 0, 6, "X")}) for who in (name, name + "?")
    )
    brat.write([Annotated(Document(name, TEXT), sets)], folder)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len({path.parent for path in folder.rglob("*.ann")}) == 2
    [item] = brat.read(folder)
    assert isinstance(item, Annotated)
    assert len(item.annotations) == 2


def test_a_folder_is_given_whole_and_its_texts_are_not_read_twice(tmp_path: Path) -> None:
    pair(tmp_path / "brat", ANN[0])
    (tmp_path / "brat" / "more.TXT").write_text("More words")
    (tmp_path / "plain.txt").write_text("Words")
    assert registry.files(tmp_path) == [(tmp_path, "brat"), (tmp_path / "plain.txt", "text")]
    assert registry.detect(tmp_path / "brat" / "a.txt") == "brat"
    as_text = [path.name for path, _ in registry.files(tmp_path, "text")]
    assert as_text == ["plain.txt", "a.txt", "more.TXT"]
    assert registry.files(tmp_path, "brat") == [(tmp_path, "brat")]
    ids = [one.document.id for one in brat.read(tmp_path) if isinstance(one, Annotated)]
    assert ids == ["a", "more"]


def test_one_file_of_a_pair_is_enough(tmp_path: Path) -> None:
    pair(tmp_path, ANN[0])
    assert list(brat.read(tmp_path / "a.ann")) == list(brat.read(tmp_path / "a.txt"))
    with pytest.raises(FormatError, match="not a regular file"):
        list(brat.read(tmp_path / "b.ann"))


def test_it_is_files_and_no_stream(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb+") as stream:
        with pytest.raises(FormatError, match="folder"):
            brat.write([], stream)
        with pytest.raises(FormatError, match="files"):
            list(brat.read(stream))


def covered(span: Span) -> set[int]:
    return {place for start, end in span.ranges for place in range(start, end)}


@given(items())
def test_what_is_written_comes_back_less_what_it_loses(
    tmp_path_factory: pytest.TempPathFactory, item: Annotated
) -> None:
    folder = tmp_path_factory.mktemp("brat")
    losses = brat.write([item], folder)
    lost = Counter(loss.what for loss in losses)
    assert set(lost) <= set(brat.LOSES)
    back, rejected = read(folder)
    assert (back.document.text, rejected) == (item.document.text, [])
    [before] = item.annotations
    [after] = back.annotations or [AnnotationSet(back.document.id, "")]
    places = [f"{s.label} {s.start}-{s.end}" for s in before.spans()]
    blank = {loss.detail for loss in losses if loss.what == brat.LOSES[6]}
    kept = [span for span, at in zip(before.spans(), places, strict=True) if at not in blank]
    assert len(kept) == len(list(after.spans()))
    for one, other in zip(kept, after.spans(), strict=True):
        differing = covered(one) ^ covered(other)
        assert all(item.document.text[place].isspace() for place in differing)
        assert one.ranges == other.ranges or lost[brat.LOSES[5]]
    if not blank:
        assert len(after.relations) == len(before.relations)
        keys = [*before.entities, *before.events], [*after.entities, *after.events]
        homes = dict(zip(*keys, strict=True))
        for one, other in zip(before.events.values(), after.events.values(), strict=True):
            assert sorted(Argument(a.role, homes[a.target]) for a in one.arguments) == sorted(
                other.arguments
            )
            assert dict(other.attributes) == dict(one.attributes) or lost[brat.LOSES[4]]


@given(items(annotators=2))
def test_the_same_items_give_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, item: Annotated
) -> None:
    folders = [tmp_path_factory.mktemp("brat") for _ in range(2)]
    for folder in folders:
        brat.write([item], folder)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
        for folder in folders
    )
    assert first == second


@given(st.lists(st.one_of(st.sampled_from(ANN), st.text(max_size=20), st.binary(max_size=20))))
def test_no_lines_make_the_reader_fall(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str | bytes]
) -> None:
    folder = tmp_path_factory.mktemp("brat")
    raw = b"\n".join(x.encode("utf-8", "surrogatepass") if isinstance(x, str) else x for x in lines)
    item, _ = read(pair(folder, raw))
    assert item.document.text == TEXT


COUNTS = {
    "brat_tutorial_news": (13, 119, 23, 52, 8, 11, 4, 1, 2),
    "brat_events_materials": (40, 4254, 827, 902, 3075, 88, 0, 0, 0),
}
"""Documents, T, E, arguments, R, A, #, N and `*` of corpora that others made."""


@pytest.mark.parametrize("name", COUNTS)
def test_a_corpus_has_the_counts_that_its_page_states(shared: Path, name: str) -> None:
    found = list(brat.read(shared / "corpora" / name))
    items_ = [item for item in found if isinstance(item, Annotated)]
    assert len(items_) == len(found)
    sets = [one for item in items_ for one in item.annotations]
    events = [event for one in sets for event in one.events.values()]
    relations = [key for one in sets for key in one.relations]
    kinds = Counter(key[0] for one in sets for key in one.comments)
    assert COUNTS[name] == (
        len(items_),
        sum(len({span.id for span in one.spans()}) for one in sets),
        len(events),
        sum(len(event.arguments) for event in events),
        sum(key.startswith("R") for key in relations),
        kinds["A"] + sum(len(event.attributes) for event in events),
        kinds["#"],
        kinds["N"],
        sum(key.endswith(".1") for key in relations),
    )


@pytest.mark.parametrize("name", COUNTS)
def test_a_corpus_goes_out_and_comes_back_the_same(shared: Path, tmp_path: Path, name: str) -> None:
    found = [x for x in brat.read(shared / "corpora" / name) if isinstance(x, Annotated)]
    losses: tuple[Loss, ...] = brat.write(found, tmp_path, WriteOptions(scheme=Scheme("bare")))
    assert losses == ()
    assert list(brat.read(tmp_path)) == found
