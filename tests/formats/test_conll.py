from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.test_formats_roundtrip import items

from annotator.errors import FormatError
from annotator.formats import conll
from annotator.formats.conll.tags import biluo, iob2, parsed, runs
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Rejected
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

pytestmark = pytest.mark.xdist_group("spacy")

TEXT = "EU rejects German call. Peter Blackburn said no."
SPLIT = ReadOptions(several_labels="split")
SPAN_LOSSES = (
    "discontinuous spans",
    "spans off token edges",
    "equal spans",
    "spans that overlap longer ones",
    "labels that make no tag",
)


def read(text: str, options: ReadOptions = ReadOptions()) -> list[Annotated]:
    found = list(conll.read(io.BytesIO(text.encode()), options))
    assert all(isinstance(item, Annotated) for item in found), found
    return [item for item in found if isinstance(item, Annotated)]


def entities(item: Annotated) -> list[tuple[str, str]]:
    [annotations] = item.annotations
    text = item.document.text
    return [(span.label, span.surface(text)) for span in annotations.entities.values()]


def written(item: Annotated, options: WriteOptions = WriteOptions()) -> tuple[str, Counter[str]]:
    stream = io.BytesIO()
    losses = conll.write([item], stream, options)
    assert {loss.what for loss in losses} <= set(conll.LOSES)
    assert {loss.document_id for loss in losses} <= {item.document.id}
    return stream.getvalue().decode(), Counter(loss.what for loss in losses)


def found(*places: tuple[int, int, str]) -> dict[str, Span]:
    return {f"n{n}": Span.of(f"n{n}", *place) for n, place in enumerate(places)}


def annotated(entities: dict[str, Span], *flags: str, name: str = "") -> Annotated:
    annotations = AnnotationSet("d", name, entities, flags=frozenset(flags))
    return Annotated(Document("d", TEXT), (annotations,))


@pytest.mark.parametrize(
    ("name", "sentences", "tokens", "names"),
    [
        ("conll_wnut17/wnut17train.conll", 3394, 62730, 1975),
        ("conll_wnut17/emerging.dev.conll", 1009, 15733, 836),
        ("conll_wnut17/emerging.test.annotated", 1287, 23394, 1079),
        ("multi_annotator_btc_e/e.conll", 200, 3981, 325),
    ],
)
def test_corpora_have_the_counts_they_are_known_to_have(
    shared: Path, name: str, sentences: int, tokens: int, names: int
) -> None:
    path = shared / "corpora" / name
    assert conll.recognises(path)
    back = list(conll.read(path))
    items_ = [item for item in back if isinstance(item, Annotated)]
    assert len(items_) == len(back) == sentences
    assert sum(len(item.document.text.split(" ")) for item in items_) == tokens
    assert sum(len(item.annotations[0].entities) for item in items_) == names
    assert len({item.document.id for item in items_}) == sentences
    assert items_[0].document.id == f"{path.stem}-1"


def test_a_corpus_with_several_labels_a_token_is_refused_there_or_split(shared: Path) -> None:
    path = shared / "corpora" / "conll_wnut17" / "emerging.test.conll"
    blocks = [block.split("\n") for block in path.read_text("utf-8").split("\n\n") if block.strip()]
    several = [block for block in blocks if any("," in line.split("\t")[-1] for line in block)]
    refused = [item for item in conll.read(path) if isinstance(item, Rejected)]
    assert len(refused) == len(several) == 182
    assert refused[0].line == 212
    assert "B-corporation,B-person,B-location" in refused[0].reason
    split = [item for item in conll.read(path, SPLIT) if isinstance(item, Annotated)]
    assert len(split) == len(blocks) == 1287
    begun = 0
    for block in blocks:
        before: set[str] = set()
        for line in block:
            cell = line.split("\t")[-1]
            tags = set() if cell == "O" else set(cell.split(","))
            labels = {tag[2:] for tag in before}
            begun += sum(tag[0] == "B" or tag[2:] not in labels for tag in tags)
            before = tags
    assert sum(len(item.annotations[0].entities) for item in split) == begun


@pytest.mark.parametrize(
    ("scheme", "tags", "expected"),
    [
        ("IOB1", "I-P I-P O I-L B-L I-P", [(0, 2, "P"), (3, 4, "L"), (4, 5, "L"), (5, 6, "P")]),
        ("IOB2", "B-P I-P O B-L B-L B-P", [(0, 2, "P"), (3, 4, "L"), (4, 5, "L"), (5, 6, "P")]),
        ("BILOU", "B-P L-P O U-L U-L U-P", [(0, 2, "P"), (3, 4, "L"), (4, 5, "L"), (5, 6, "P")]),
        ("BIOES", "B-P E-P O S-L S-L S-P", [(0, 2, "P"), (3, 4, "L"), (4, 5, "L"), (5, 6, "P")]),
        ("BMES", "B-P M-P M-P E-P S-P", [(0, 4, "P"), (4, 5, "P")]),
        ("I after O", "O I-P I-P", [(1, 3, "P")]),
        ("I after another label", "B-P I-L", [(0, 1, "P"), (1, 2, "L")]),
        ("I after the end", "B-P L-P I-P", [(0, 2, "P"), (2, 3, "P")]),
        ("L alone", "O L-P O E-L", [(1, 2, "P"), (3, 4, "L")]),
        ("B without an end", "B-P B-P O", [(0, 1, "P"), (1, 2, "P")]),
        ("no label", "B I O", [(0, 2, "ENTITY")]),
        ("a hyphen in the label", "B-creative-work I-creative-work", [(0, 2, "creative-work")]),
    ],
)
def test_every_scheme_of_tags_is_read_by_one_rule(
    scheme: str, tags: str, expected: list[tuple[int, int, str]]
) -> None:
    assert runs([parsed(tag) for tag in tags.split()]) == expected, scheme


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "P", "L"])), max_size=8))
def test_tags_that_are_written_are_read_as_what_they_say(pieces: list[tuple[int, str]]) -> None:
    expected: list[tuple[int, int, str]] = []
    at = 0
    for length, label in pieces:
        if label:
            expected.append((at, at + length, label))
        at += length
    for write in (iob2, biluo):
        assert runs([parsed(tag) for tag in write(expected, at)]) == expected


def test_the_columns_of_conll_2003_are_read() -> None:
    text = (
        "-DOCSTART- -X- O O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\nPeter NNP I-NP I-PER\n\n"
        "-DOCSTART- -X- -X- O\n\nBRUSSELS NNP I-NP I-LOC\n"
    )
    first, second = read(text)
    assert first.document.text == "EU rejects\nPeter"
    assert entities(first) == [("ORG", "EU"), ("PER", "Peter")]
    assert second.document.text == "BRUSSELS"
    assert first.annotations[0].is_done


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("-DOCSTART-\ta 1\tO", "a 1"),
        ("-DOCSTART- (1 EU)", "(1 EU)"),
        ("-DOCSTART- -X- a7 O", "a7"),
    ],
)
def test_a_document_is_named_by_its_mark(mark: str, name: str) -> None:
    [item] = read(f"{mark}\n\nEU\tB-ORG\n")
    assert item.document.id == name


def test_without_a_mark_every_sentence_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "tweets.conll"
    path.write_bytes(b"EU B-ORG\r\n\t\r\n \r\nNo O\r\nway O\r\n\r\n")
    first, second = conll.read(path)
    assert isinstance(first, Annotated)
    assert isinstance(second, Annotated)
    assert (first.document.id, second.document.id) == ("tweets-1", "tweets-2")
    assert second.document.text == "No way"


def test_a_sentence_that_comes_twice_has_the_same_annotations() -> None:
    first, second = read("EU\tB-ORG\n\nEU\tB-ORG\n")
    assert first.annotations[0].entities == second.annotations[0].entities


def test_a_hash_is_a_token_where_it_has_a_tag() -> None:
    [item] = read("# a comment\n# id 5\tdomain=en\n#\tO\n#MH17\tB-E\n# two\n1\tO\n# x y O\n# O\n")
    assert item.document.text == "# #MH17 1 #"
    [four] = read("# SYM O O\nEU NNP B-NP B-ORG\n# comment O\n")
    assert four.document.text == "# EU"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("EU\n", 1, "a token and its tag"),
        ("EU\tB-ORG\n\tO\n", 2, "a token and its tag"),
        ("EU\tNNP\n", 1, "'NNP' is no tag"),
        ("EU NNP B-NP B-ORG\nno NN B-NP\n", 2, "3 columns, where the lines before have 4"),
        ("EU\tB-ORG,B-LOC\n", 1, "several labels"),
        ("EU\tB-ORG|B-LOC\n", 1, "several labels"),
        ("a\x00b\tO\n", 1, "NUL"),
        ("-DOCSTART- -X- O O\n\n-DOCSTART- -X- O O\n\nx O\n", 1, "empty"),
    ],
)
def test_a_document_that_makes_no_sense_is_rejected_and_the_rest_is_read(
    text: str, line: int, words: str
) -> None:
    bad, *rest = conll.read(io.BytesIO(f"{text}\n-DOCSTART- good O\n\nEU\tB-ORG\n".encode()))
    assert isinstance(bad, Rejected)
    assert bad.line == line
    assert words in bad.reason
    assert isinstance(rest[-1], Annotated)
    assert rest[-1].document.id == "good"


def test_bytes_that_are_no_utf_8_are_rejected_with_their_line() -> None:
    bad, good = conll.read(io.BytesIO(b"a\tO\nb\xff\tO\n\nc\tO\n"))
    assert isinstance(bad, Rejected)
    assert (bad.line, "0xFF" in bad.reason) == (2, True)
    assert isinstance(good, Annotated)


def test_labels_are_split_only_where_each_of_them_is_a_tag() -> None:
    [item] = read("EU\tB-ORG,B-LOC\nthe\tI-ORG\nfirm\tI-ORG,O\n", SPLIT)
    assert entities(item) == [("ORG", "EU the firm"), ("LOC", "EU")]
    [whole] = read("EU\tB-ORG,LOC\n")
    assert entities(whole) == [("ORG,LOC", "EU")]


def test_what_is_written_is_iob2_with_a_blank_line_after_each_sentence() -> None:
    item = annotated(found((0, 2, "ORG"), (11, 17, "MISC"), (24, 39, "PER")), "done")
    text, lost = written(item)
    assert text == (
        "-DOCSTART-\td\tO\n\n"
        "EU\tB-ORG\nrejects\tO\nGerman\tB-MISC\ncall\tO\n.\tO\n\n"
        "Peter\tB-PER\nBlackburn\tI-PER\nsaid\tO\nno\tO\n.\tO\n\n"
    )
    assert lost == {"spaces and line ends between tokens": 1}
    [back] = read(text)
    assert back.document.id == "d"
    assert back.document.text == "EU rejects German call .\nPeter Blackburn said no ."
    assert entities(back) == [("ORG", "EU"), ("MISC", "German"), ("PER", "Peter Blackburn")]


def test_an_entity_over_the_end_of_a_sentence_stays_whole() -> None:
    text, _ = written(annotated(found((18, 29, "X")), "done"))
    [back] = read(text)
    assert entities(back) == [("X", "call . Peter")]


def test_of_spans_that_overlap_the_longest_is_written_and_the_others_are_losses() -> None:
    spans = found((0, 2, "A"), (0, 10, "B"), (3, 17, "C"), (11, 22, "D"), (24, 39, "E"))
    text, lost = written(annotated(spans, "done"))
    [back] = read(text)
    assert entities(back) == [("A", "EU"), ("C", "rejects German"), ("E", "Peter Blackburn")]
    assert lost["spans that overlap longer ones"] == 2


def test_an_edge_inside_a_token_is_a_loss_or_moved_as_asked() -> None:
    item = annotated(found((4, 17, "X")), "done")
    stream = io.BytesIO()
    [off, _] = conll.write([item], stream)
    assert off.what == "spans off token edges"
    assert "X 4-17 'ejects German' in 'rejects German'" in off.detail
    for align, words in (("contract", "German"), ("expand", "rejects German")):
        text, lost = written(item, WriteOptions(align=align))  # type: ignore[arg-type]  # a Mode
        assert entities(read(text)[0]) == [("X", words)]
        assert lost["edges moved to token edges"] == 1


def test_whatever_tags_cannot_say_is_counted() -> None:
    pieces = Span("x", ((0, 2), (11, 17)), "GROUP")
    trigger = Span.of("t", 3, 10, "Reject")
    event = Event("e", trigger, (Argument("Agent", "n0"),), {"realis": "actual"})
    annotations = AnnotationSet(
        "O",
        "amy",
        {**found((0, 2, "ORG"), (11, 17, "a\tb")), "x": pieces},
        {"e": event},
        {"r": Relation("r", "with", "n0", "x")},
        {"c": Comment("c", "", "sure?")},
        frozenset({"flagged"}),
    )
    suggestion = Suggestion(Span.of("s", 0, 2, "GPE"), "patterns")
    document = Document("O", TEXT, {"source": "AFP"}, "de")
    text, lost = written(Annotated(document, (annotations,), (suggestion,)))
    assert lost == {
        "discontinuous spans": 1,
        "labels that make no tag": 1,
        "arguments and relations": 2,
        "event attributes": 1,
        "comments": 1,
        "flags": 1,
        "suggestions and decisions": 1,
        "meta": 1,
        "languages": 1,
        "names of annotators": 1,
        "spaces and line ends between tokens": 1,
        "what is unfinished, which comes back as done": 1,
        "document ids that make no column": 1,
    }
    assert entities(read(text)[0]) == [("ORG", "EU"), ("Reject", "rejects")]


def test_several_annotators_of_a_document_are_refused_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    sets = (AnnotationSet("d", "amy"), AnnotationSet("d", "ben"))
    with pytest.raises(FormatError, match="amy, ben"):
        conll.write([Annotated(Document("d", TEXT), sets)], tmp_path / "x.conll")
    assert list(tmp_path.iterdir()) == []


def test_only_files_of_tagged_tokens_are_recognised(tmp_path: Path) -> None:
    def recognised(text: str) -> bool:
        (tmp_path / "x").write_text(text, "utf-8")
        return conll.recognises(tmp_path / "x")

    assert recognised("\n# comment\nEU NNP B-NP B-ORG\n")
    assert recognised("-DOCSTART- -X- O O\n")
    assert not recognised("text\tlabel\nEU\tORG\n")
    assert not recognised("#FORMAT=WebAnno TSV 3.3\n\n\n#Text=EU\n1-1\t0-2\tEU\t_\t\n")
    assert not recognised("1\tEU\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n")
    assert not recognised("")


def squeezed(text: str, span: Span) -> tuple[int, int, str]:
    """A place that stays when white space comes and goes."""
    before, inside = text[: span.start], text[span.start : span.end]
    start = len("".join(before.split()))
    return start, start + len("".join(inside.split())), span.label


@given(items())
def test_conll_keeps_what_it_does_not_say_it_loses(item: Annotated) -> None:
    text, lost = written(item)
    assert written(item) == (text, lost)
    [before] = item.annotations
    [back] = read(text)
    [after] = back.annotations
    ours, theirs = item.document.text, back.document.text
    assert "".join(ours.split()) == "".join(theirs.split())
    assert (ours != theirs) == bool(lost["spaces and line ends between tokens"])
    assert (item.document.id != back.document.id) == bool(lost["document ids that make no column"])
    assert before.is_done != bool(lost["what is unfinished, which comes back as done"])
    spans = list(before.spans())
    assert len(spans) == len(after.entities) + sum(lost[what] for what in SPAN_LOSSES)
    places = Counter(squeezed(theirs, span) for span in after.entities.values())
    assert places <= Counter(squeezed(ours, span) for span in spans if not span.is_discontinuous)


@given(st.binary(max_size=80), st.sampled_from([b"", b"EU\tB-ORG\n", b"-DOCSTART- -X- O O\n\n"]))
def test_no_bytes_make_the_reader_fall(raw: bytes, start: bytes) -> None:
    for options in (ReadOptions(), SPLIT):
        list(conll.read(io.BytesIO(start + raw), options))
