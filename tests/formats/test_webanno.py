from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.test_formats_roundtrip import items, links, place, raw_links

from annotator.errors import FormatError
from annotator.formats import webanno
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.webanno.cell import escaped, escaped_text, pieces, split, unescaped_text
from annotator.formats.webanno.losses import is_feature
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.text.spaces import trimmed

pytestmark = pytest.mark.xdist_group("spacy")

HEAD = "#FORMAT=WebAnno TSV 3.3\n"
NE = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n"
SPAN = "#T_SP=webanno.custom.Span|value\n"
EVENT = (
    "#T_SP=webanno.custom.Event|ROLE_webanno.custom.Event:args_webanno.custom.EventArgsLink"
    "|uima.tcas.Annotation|kind|tense\n"
)
RELATION = "#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span\n"
CHAIN = "#T_CH=webanno.custom.Coref|referenceType|referenceRelation\n"
TEXT = "Rebels attacked Aleppo."


def sheet(head: str, text: str, *rows: str) -> str:
    body = "".join(f"{row}\t\n".replace(" ", "\t") for row in rows)
    return f"{HEAD}{head}\n\n#Text={text}\n{body}"


def both(raw: str) -> tuple[list[Annotated], list[Rejected]]:
    found = list(webanno.read(io.BytesIO(raw.encode())))
    return (
        [item for item in found if isinstance(item, Annotated)],
        [item for item in found if isinstance(item, Rejected)],
    )


def read(raw: str) -> tuple[str, AnnotationSet]:
    [item], rejected = both(raw)
    assert not rejected
    return item.document.text, (*item.annotations, AnnotationSet("", ""))[0]


def reason(raw: str) -> str:
    found, [rejected] = both(raw)
    assert not found
    return f"{rejected.line}: {rejected.reason}"


def written(item: Annotated) -> tuple[str, Counter[str]]:
    stream = io.BytesIO()
    losses = webanno.write([item], stream)
    assert {loss.what for loss in losses} <= set(webanno.LOSES)
    assert {loss.document_id for loss in losses} <= {item.document.id}
    return stream.getvalue().decode(), Counter(loss.what for loss in losses)


def places(annotations: AnnotationSet) -> list[tuple[int, int, str]]:
    return [place(span) for span in annotations.spans()]


def test_an_event_with_slots_is_read() -> None:
    text, annotations = read(
        sheet(
            NE + EVENT, TEXT,
            "1-1 0-6 Rebels *[1] ACTOR[1] _ _ _ _",
            "1-2 7-15 attacked _ _ Attacker;Target 1-1[1];1-3[2] Attack past",
            "1-3 16-22 Aleppo Q1[2] GPE[2] _ _ _ _",
            "1-4 22-23 . _ _ _ _ _ _",
        )
    )  # fmt: skip
    assert text == TEXT
    [event] = annotations.events.values()
    assert (event.type, event.attributes) == ("Attack", {"tense": "past"})
    fillers = [(a.role, annotations.entities[a.target].surface(text)) for a in event.arguments]
    assert fillers == [("Attacker", "Rebels"), ("Target", "Aleppo")]
    assert [s.label for s in annotations.entities.values()] == ["ACTOR", "GPE"]
    [comment] = annotations.comments.values()
    assert comment.text == "identifier: Q1"
    assert annotations.entities[comment.target].label == "GPE"


def test_a_slot_without_an_id_means_the_only_annotation_of_its_layer_there() -> None:
    head = SPAN + EVENT.replace("uima.tcas.Annotation", "webanno.custom.Span")
    rows = ("1-1 0-6 Rebels A|B _ _ _ _", "1-2 7-15 attacked C Who 1-2 X *")
    _, annotations = read(sheet(head, TEXT, rows[0], rows[1]))
    [event] = annotations.events.values()
    assert annotations.label_of(event.arguments[0].target) == "C"
    [item], [rejected] = both(sheet(head, TEXT, rows[0], rows[1].replace("1-2 X", "1-1 X")))
    assert "a reference to 1-1 means 2 annotations" in rejected.reason
    assert item.annotations[0].events[event.id].arguments == ()


def test_stacked_annotations_and_those_over_several_tokens_are_told_apart_by_ids() -> None:
    text, annotations = read(
        sheet(
            SPAN, "Haag plays Elianti",
            "1-1 0-4 Haag PER[1]|PART[2]|PER[3]",
            "1-1.1 1-3 aa X",
            "1-2 5-10 plays PER[1]",
            "1-3 11-18 Elianti _",
            "1-3.1 11-13 El PER[1]",
        )
    )  # fmt: skip
    spans = sorted((s.surface(text), s.label) for s in annotations.entities.values())
    assert spans == [("Haag", "PART"), ("Haag", "PER"), ("Haag plays El", "PER"), ("aa", "X")]


def test_relations_point_from_the_unit_in_their_cell_to_their_own() -> None:
    text, annotations = read(
        sheet(
            SPAN + RELATION, "a b c",
            "1-1 0-1 a X[1] _ _",
            "1-2 2-3 b X[1] _ _",
            "1-3 4-5 c Y[2]|Z[3] of|*|on 1-1[1_3]|1-1[1_2]|1-3[2_3]",
        )
    )  # fmt: skip
    assert links(annotations) == {
        ((0, 3, "X"), (4, 5, "Z"), "of"),
        ((0, 3, "X"), (4, 5, "Y"), "Relation"),
        ((4, 5, "Y"), (4, 5, "Z"), "on"),
    }
    assert text == "a b c"


def test_a_chain_is_its_elements_with_a_relation_from_each_to_the_next() -> None:
    _, annotations = read(
        sheet(
            CHAIN, "He shot himself with his gun",
            "1-1 0-2 He pr[1] coref->1-1",
            "1-2 3-7 shot _ _",
            "1-3 8-15 himself pr[1] coref->1-2",
            "1-4 16-20 with _ _",
            "1-5 21-24 his *[1] *->1-3",
            "1-6 25-28 gun *[1] *->1-3",
        )
    )  # fmt: skip
    assert links(annotations) == {
        ((0, 2, "pr"), (8, 15, "pr"), "coref"),
        ((8, 15, "pr"), (21, 28, "Coref"), "coref"),
    }


def test_a_label_is_the_layer_where_nothing_else_is_said() -> None:
    _, annotations = read(
        sheet(
            "#T_SP=webanno.custom.Quote|\n#T_SP=x.Thing|id|sort\n" + NE, "a b c",
            "1-1 0-1 a * 7 place _ _",
            "1-2 2-3 b _ 7 * * *",
            "1-3 4-5 c _ _ _ \\* \\_",
        )
    )  # fmt: skip
    assert sorted(places(annotations)) == [
        (0, 1, "Quote"), (0, 1, "place"), (2, 3, "NamedEntity"), (2, 3, "Thing"), (4, 5, "_"),
    ]  # fmt: skip


def test_layers_of_grammar_are_not_read() -> None:
    core = "de.tudarmstadt.ukp.dkpro.core.api"
    head = (
        f"#T_SP={core}.lexmorph.type.pos.POS|PosValue\n{SPAN}"
        f"#T_RL={core}.syntax.type.dependency.Dependency|DependencyType|BT_{core}.pos.POS\n"
    )
    _, annotations = read(sheet(head, "a b", "1-1 0-1 a NN X _ _", "1-2 2-3 b VB _ subj 1-1"))
    assert places(annotations) == [(0, 1, "X")]
    assert not annotations.relations


def test_offsets_count_utf_16_units() -> None:
    text, annotations = read(sheet(SPAN, "I 😊 it", "1-1 0-1 I _", "1-2 2-4 😊 X", "1-3 5-7 it Y"))
    assert [(s.label, s.surface(text)) for s in annotations.spans()] == [("X", "😊"), ("Y", "it")]
    assert "surrogate pair" in reason(sheet(SPAN, "😊", "1-1 0-2 😊 _", "1-1.1 1-2 x X"))


def test_the_text_is_its_sentences_with_what_the_offsets_say_between_them() -> None:
    raw = (
        f"{HEAD}\n\n#Text=One\\tor\n#Text=two.\n1-1\t2-5\tOne\t\n1-2\t9-13\ttwo.\t\n\n"
        "#Sentence.id=s2\n#Text=Three\n2-1\t13-18\tThree\t\n\n"
        "#Text=F\\\\our\n3-1\t21-26\tF\\our\t\n"
    )
    assert read(raw)[0] == "  One\tor\ntwo.Three\n  F\\our"
    assert read(raw.replace("\n", "\r\n"))[0] == "  One\tor\ntwo.Three\n  F\\our"


def test_old_files_have_their_escapes_and_sentences_that_begin_with_blanks() -> None:
    raw = sheet(SPAN, "a \\u00e9 \\ud83d\\ude0a", "1-1 0-1 a _", "1-2 2-3 é X", "1-3 4-6 😊 Y")
    assert read(raw.replace("3.3", "3.1"))[0] == "a é 😊"
    assert read(sheet(SPAN, " Hello", "1-1 1-6 Hello X"))[0] == " Hello"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", "0: the file is empty"),
        ("#FORMAT=WebAnno TSV 2.0\n", "1: expected #FORMAT"),
        (HEAD, "0: the text is empty"),
        (f"{HEAD}#T_XX=a|b\n", "2: '#T_XX=a|b' is no layer"),
        (sheet(SPAN, "a", "1-1 0-1 a"), "6: 0 columns, where the header has 1"),
        (sheet(SPAN, "a", "1 0-1 a X"), "expected a row"),
        (sheet(SPAN, "a", "1-1 0 a X"), "expected a row"),
        (sheet(SPAN, "a", "1-1 0-9 a X"), "9 is outside the text"),
        (sheet(SPAN, "ab", "1-1 0-1 b X"), "1-1 says 'b', the text has 'a' there"),
        (sheet(SPAN, "a", "1-1 999999999-999999999 a X"), "behind any text"),
        (sheet(SPAN, "a", "1-1 0-1 a X\t\n\n#Text=b\n2-1 0-1 b X"), "where another one is"),
        (sheet(SPAN, "\\ud83d", "1-1 0-1 a X").replace("3.3", "3.0"), "half a surrogate pair"),
        (sheet(EVENT, "a", "1-1 0-1 a x;y 1-1 X _"), "2 roles have 1 targets"),
        (sheet(CHAIN, "a", "1-1 0-1 a pr[1] coref"), "no link of a chain"),
        (sheet(SPAN, "a", "1-1 0-1 a a\\nb"), "control character"),
    ],
)
def test_a_file_that_makes_no_sense_is_rejected_with_its_reason(raw: str, words: str) -> None:
    assert words in reason(raw)


def test_what_is_empty_and_references_to_nothing_are_rejected_one_by_one() -> None:
    raw = sheet(
        SPAN + EVENT, "a b",
        "1-1 0-1 a X[1] r1;r2;r3 1-1[1];1-1[9];1-1.1[2] E _",
        "1-1.1 0-0  Y[2] _ _ _ _",
        "1-2 2-3 b Z _ _ _ _",
    )  # fmt: skip
    [item], rejected = both(raw)
    assert sorted((one.line, one.reason) for one in rejected) == [
        (7, "a reference to what is empty at 1-1.1 was left out"),
        (7, "nothing has the id 9, which a reference to 1-1 names, and was left out"),
        (8, "Y at 1-1.1 is empty and was left out"),
    ]
    [annotations] = item.annotations
    assert sorted(places(annotations)) == [(0, 1, "E"), (0, 1, "X"), (2, 3, "Z")]
    [event] = annotations.events.values()
    assert [argument.role for argument in event.arguments] == ["r1"]


def test_a_file_is_named_by_itself_or_by_its_folder_as_in_an_exported_project(
    tmp_path: Path,
) -> None:
    raw = sheet(SPAN, "a", "1-1 0-1 a X")
    alone, ours = tmp_path / "news.tsv", tmp_path / "news.txt" / "amy.tsv"
    ours.parent.mkdir()
    for path in (alone, ours):
        path.write_text(raw, "utf-8")
        assert webanno.recognises(path)
    [first], [second] = webanno.read(alone), webanno.read(ours)
    assert isinstance(first, Annotated)
    assert isinstance(second, Annotated)
    assert (first.document.id, first.annotations[0].annotator) == ("news", "")
    assert (second.document.id, second.annotations[0].annotator) == ("news", "amy")
    assert first.annotations[0].entities == second.annotations[0].entities
    alone.write_text("a\tb\n1\t2\n", "utf-8")
    assert not webanno.recognises(alone)


def raid() -> Annotated:
    text = "😊 Rebels attacked.  U.S.-backed\nforces left.\n"
    entities = [Span.of("a", 2, 8, "ACTOR"), Span.of("b", 20, 24, "A|B"), Span.of("c", 20, 38, "G")]
    left = Event("v", Span.of("t", 39, 43, "Go"), (Argument("Who", "c"), Argument("Why", "w")))
    attack = Event("w", Span.of("u", 9, 17, "Attack"), (), {"tense": "past"})
    annotations = AnnotationSet(
        "d",
        "",
        {span.id: span for span in entities},
        {"v": left, "w": attack},
        {"r": Relation("r", "part", "b", "c")},
    )
    return Annotated(Document("d", text), (annotations,))


def test_what_is_written_has_ids_where_they_are_needed() -> None:
    text, lost = written(raid())
    assert text.split("\n") == [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value",
        "#T_SP=webanno.custom.Event|ROLE_webanno.custom.Event:arguments_"
        "webanno.custom.EventArgumentsLink|uima.tcas.Annotation|value|tense",
        "#T_RL=webanno.custom.Relation|value|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type."
        "NamedEntity",
        "",
        "",
        "#Text=😊 Rebels attacked.  ",
        "1-1\t0-2\t😊\t_\t_\t_\t_\t_\t_\t_\t",
        "1-2\t3-9\tRebels\tACTOR\t_\t_\t_\t_\t_\t_\t",
        "1-3\t10-18\tattacked\t_\t_[1]\t*\tAttack[1]\tpast[1]\t_\t_\t",
        "1-4\t18-19\t.\t_\t_\t_\t_\t_\t_\t_\t",
        "",
        "#Text=U.S.-backed",
        "2-1\t21-32\tU.S.-backed\tG[2]\t_\t_\t_\t_\tpart\t2-1.1[3_2]\t",
        "2-1.1\t21-25\tU.S.\tA\\|B[3]\t_\t_\t_\t_\t_\t_\t",
        "",
        "#Text=forces left.",
        "#Text=",
        "3-1\t33-39\tforces\tG[2]\t_\t_\t_\t_\t_\t_\t",
        "3-2\t40-44\tleft\t_\tWho;Why[4]\t2-1[2];1-3[1]\tGo[4]\t*[4]\t_\t_\t",
        "3-3\t44-45\t.\t_\t_\t_\t_\t_\t_\t_\t",
        "",
    ]
    assert not lost


def test_whatever_a_file_cannot_say_is_counted() -> None:
    annotations = AnnotationSet(
        "a/b",
        "amy",
        {
            "x": Span("x", ((1, 3), (5, 6)), "X"),
            "y": Span.of("y", 0, 2, "Y"),
            "z": Span.of("z", 0, 1, "Z"),
        },
        {"e": Event("e", Span.of("t", 4, 6, "E"), (Argument("r", "x"),), {"a b": "1", "ok": "2"})},
        {"r": Relation("r", "with", "z", "y")},
        {"c": Comment("c", "", "sure?")},
        frozenset({"done"}),
    )
    document = Document("a/b", "\none two", {"source": "AFP"}, "de")
    suggestion = Suggestion(Span.of("s", 1, 2, "GPE"), "patterns")
    _, lost = written(Annotated(document, (annotations,), (suggestion,)))
    assert lost == {
        "discontinuous spans": 1,
        "white space at the edges of spans": 2,
        "spans of nothing but white space": 1,
        "arguments and relations of spans left out": 2,
        "event attributes whose names are none of a feature": 1,
        "white space before the first word": 1,
        "comments": 1,
        "flags": 1,
        "suggestions and decisions": 1,
        "meta": 1,
        "languages": 1,
        "names of annotators": 1,
        "document ids that are no file names": 1,
    }


def test_each_document_is_a_file_and_several_annotators_a_folder_of_them(tmp_path: Path) -> None:
    text = "Words."
    spans = {"a": Span.of("a", 0, 5, "X")}
    alone = Annotated(Document("one", text), (AnnotationSet("one", "", spans),))
    sets = (AnnotationSet("two", "amy", spans), AnnotationSet("two", "ben"))
    losses = webanno.write([alone, Annotated(Document("two", text), sets)], tmp_path)
    assert losses == ()
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [str(path.relative_to(tmp_path)) for path in files] == [
        "one.tsv", "two.txt/amy.tsv", "two.txt/ben.tsv",
    ]  # fmt: skip
    back = [item for path in files for item in webanno.read(path)]
    assert [item.document.id for item in back if isinstance(item, Annotated)] == [
        "one", "two", "two",
    ]  # fmt: skip
    assert isinstance(back[1], Annotated)
    assert back[1].annotations[0].annotator == "amy"
    with pytest.raises(FormatError, match="one document"):
        webanno.write([alone, alone], io.BytesIO())


@given(st.text(max_size=8))
def test_any_value_and_any_text_is_escaped_and_comes_back(value: str) -> None:
    stacked = f"{escaped(value)}[12]|{escaped(value)}x"
    first, second = pieces(stacked)
    assert (first.value, first.id) == (value, 12)
    assert second.value == value + "x"
    assert split(f"{escaped(value)};{escaped(value)}", ";") == [escaped(value)] * 2
    assert unescaped_text(escaped_text(value), as_java=False) == value
    assert not set(escaped(value)) & {"\t", "\n"}
    assert not set(escaped_text(value)) & set("\t\n\r\f\b")


@given(items(), st.sampled_from(["", "  ", "\n\u00a0", "\t"]))
def test_webanno_keeps_what_it_does_not_say_it_loses(item: Annotated, lead: str) -> None:
    document = Document(item.document.id, item.document.text + lead, {}, item.document.language)
    raw, lost = written(Annotated(document, item.annotations))
    assert written(Annotated(document, item.annotations)) == (raw, lost)
    found = list(webanno.read(io.BytesIO(raw.encode()), ReadOptions(language=document.language)))
    [back] = [one for one in found if isinstance(one, Annotated)]
    assert len(found) == 1
    text = document.text
    assert back.document == Document(text_id(text), text, language=document.language)
    [before] = item.annotations
    [after] = back.annotations or [AnnotationSet("", "")]
    triggers = {key: event.trigger for key, event in before.events.items()}
    kept = {
        key: (*edges, span.label)
        for key, span in {**before.entities, **triggers}.items()
        if not span.is_discontinuous
        if (edges := trimmed(text, span.start, span.end)) and edges[0] < edges[1]
    }
    assert Counter(map(place, after.entities.values())) == Counter(
        kept[key] for key in before.entities if key in kept
    )
    assert Counter(
        (place(event.trigger), *sorted(event.attributes.items())) for event in after.events.values()
    ) == Counter(
        (kept[key], *sorted(pair for pair in event.attributes.items() if is_feature(pair[0])))
        for key, event in before.events.items()
        if key in kept
    )
    expected = [
        (kept[source], kept[target], label)
        for source, target, label in raw_links(before)
        if source in kept and target in kept
    ]
    assert links(after) == set(expected)
    assert len(raw_links(after)) == len(expected)
    assert (
        len(raw_links(before)) == len(expected) + lost["arguments and relations of spans left out"]
    )
    whole = len(before.entities) + len(triggers)
    gone = lost["discontinuous spans"] + lost["spans of nothing but white space"]
    assert len(kept) == whole - gone


@pytest.mark.parametrize("lead", [" ", "   ", "\n\n", "\u00a0\t"])
def test_only_white_space_before_the_first_word_may_change(lead: str) -> None:
    text = lead + "One. Two.\n\nThree\x1c\x0bfour \\t five.\u2028"
    spans = {"a": Span.of("a", len(lead), len(lead) + 3, "X")}
    item = Annotated(Document("d", text), (AnnotationSet("d", "", spans),))
    raw, lost = written(item)
    back, annotations = read(raw)
    assert (back == text) != bool(lost["white space before the first word"])
    assert back[len(lead) :] == text[len(lead) :]
    assert back.startswith(" " * len(lead))
    assert places(annotations) == [(len(lead), len(lead) + 3, "X")]


@given(st.binary(max_size=80))
def test_no_bytes_make_the_reader_fall(raw: bytes) -> None:
    start = sheet(SPAN + EVENT + RELATION + CHAIN, "a b").encode()
    for before in (b"", HEAD.encode(), start, start + b"1-1\t0-1\ta\t"):
        list(webanno.read(io.BytesIO(before + raw)))


CELLS = st.sampled_from([
    "_", "*", "X", "X[1]", "X[1]|Y[2]", "*[2]", "r;s", "1-1;1-2[1]", "1-1[1_2]", "c->1-1", "x[1",
    "|", ";", "", "\\", "1-1.1", "_[1]", "*->1-2|c->2-1", "pr[1]",
])  # fmt: skip


@given(st.lists(CELLS, min_size=18, max_size=18))
def test_no_cells_make_the_reader_fall(cells: list[str]) -> None:
    head = f"{HEAD}{SPAN}{EVENT}{CHAIN}{RELATION}\n\n#Text=a b\n"
    units = ("1-1\t0-1\ta\t", "1-2\t2-3\tb\t")
    rows = ("\t".join([*cells[n * 9 : n * 9 + 9], ""]) for n in range(2))
    raw = head + "".join(f"{unit}{row}\n" for unit, row in zip(units, rows, strict=True))
    assert both(raw) != ([], [])
