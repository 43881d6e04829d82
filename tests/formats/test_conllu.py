from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.test_formats_roundtrip import items, place

from annotator.formats import conllu
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Span

pytestmark = pytest.mark.xdist_group("spacy")

TEXT = "EU rejects\u00a0it.  U.S. Steel agrees.\r\n\r\nNo\n"
SPAN_LOSSES = (
    "discontinuous spans",
    "spans off token edges",
    "equal spans",
    "spans that overlap longer ones",
)


def read(text: str, language: str = "en") -> list[Annotated]:
    found = list(conllu.read(io.BytesIO(text.encode()), ReadOptions(language=language)))
    assert all(isinstance(item, Annotated) for item in found), found
    return [item for item in found if isinstance(item, Annotated)]


def written(item: Annotated) -> tuple[str, Counter[str]]:
    stream = io.BytesIO()
    losses = conllu.write([item], stream)
    assert {loss.what for loss in losses} <= set(conllu.LOSES)
    return stream.getvalue().decode(), Counter(loss.what for loss in losses)


def row(number: str, form: str, misc: str = "_") -> str:
    return "\t".join([number, form, *"_" * 7, misc]) + "\n"


def entities(item: Annotated) -> list[tuple[str, str]]:
    text = item.document.text
    return [(s.label, s.surface(text)) for one in item.annotations for s in one.entities.values()]


def steel(*flags: str) -> Annotated:
    spans = {"a": Span.of("a", 0, 2, "ORG"), "b": Span.of("b", 16, 26, "ORG")}
    annotations = AnnotationSet("d", "", spans, flags=frozenset(flags))
    return Annotated(Document("d", TEXT), (annotations,))


def test_a_document_is_written_with_entities_and_all_of_its_white_space() -> None:
    text, lost = written(steel("done"))
    assert text == (
        "# newdoc id = d\n# finished = yes\n# text = EU rejects it.\n"
        + row("1", "EU", "NE=U-ORG")
        + row("2", "rejects", "SpacesAfter=\u00a0")
        + row("3", "it", "SpaceAfter=No")
        + row("4", ".", "SpacesAfter=\\s\\s")
        + "\n# text = U.S. Steel agrees.\n"
        + row("1", "U.S.", "NE=B-ORG")
        + row("2", "Steel", "NE=L-ORG")
        + row("3", "agrees", "SpaceAfter=No")
        + row("4", ".", "SpacesAfter=\\r\\n\\r\\n")
        + "\n# text = No\n"
        + row("1", "No", "SpacesAfter=\\n")
        + "\n"
    )
    assert not lost
    [back] = read(text)
    assert (back.document.id, back.document.text) == ("d", TEXT)
    assert entities(back) == [("ORG", "EU"), ("ORG", "U.S. Steel")]


@pytest.mark.parametrize("flags", [("done",), ()])
def test_whether_the_annotator_had_finished_comes_back(flags: tuple[str, ...]) -> None:
    [back] = read(written(steel(*flags))[0])
    assert back.annotations[0].flags == set(flags)


def test_spacy_converts_what_is_written() -> None:
    from spacy.training.converters import conllu_to_docs

    text, _ = written(steel("done"))
    [doc] = conllu_to_docs(text, no_print=True)
    assert [(entity.label_, entity.text) for entity in doc.ents] == entities(steel("done"))
    assert doc.text == "EU rejects it. U.S. Steel agrees. No "


def test_words_that_share_a_surface_are_one_token_and_empty_words_none() -> None:
    text = (
        "# newdoc id = a\n"
        + row("1", "Voy", "name=O")
        + row("2-3", "al", "SpaceAfter=No")
        + row("2", "a", "_")
        + row("3", "el", "name=B-LOC")
        + row("3.1", "nothing", "name=U-X")
        + row("4", "mar", "L-LOC")
        + "\n# newpar\n# sent_id = s2\n"
        + row("1", "Fin")
    )
    [item] = read(text)
    assert item.document.text == "Voy almar\nFin"
    assert entities(item) == [("LOC", "almar")]
    assert item.annotations[0].is_done


def test_without_a_mark_every_sentence_is_a_document_by_its_name() -> None:
    first, second = read(f"# sent_id = w1\n{row('1', 'EU', 'NE=U-ORG')}\n{row('1', 'No')}")
    assert (first.document.id, first.document.text) == ("w1", "EU")
    assert second.document.id != "w1"
    assert second.annotations == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1\tEU\tB-ORG\n", "ten columns"),
        (row("x", "EU"), "ten columns"),
        (row("1", ""), "a word in the second column"),
        (row("1", "EU", "NE=ORG"), "'ORG' is no tag"),
        (row("1", "a\0b"), "NUL"),
    ],
)
def test_a_document_that_makes_no_sense_is_rejected_and_the_rest_is_read(
    line: str, words: str
) -> None:
    raw = f"{row('1', 'EU')}\n{line}\n{row('1', 'No')}".encode()
    first, bad, last = conllu.read(io.BytesIO(raw))
    assert isinstance(first, Annotated)
    assert isinstance(bad, Rejected)
    assert (bad.line, words in bad.reason) == (3, True)
    assert isinstance(last, Annotated)


def test_only_its_ten_columns_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    for text, expected in ((f"# x\n{row('1-2', 'EU')}", True), ("EU NNP B-NP B-ORG\n", False)):
        path.write_text(text, "utf-8")
        assert conllu.recognises(path) == expected


@given(items())
def test_conllu_keeps_what_it_does_not_say_it_loses(item: Annotated) -> None:
    text, lost = written(item)
    [before] = item.annotations
    [back] = read(text, item.document.language)
    assert back.document.id == item.document.id
    assert back.document.text == item.document.text
    [after] = back.annotations or [AnnotationSet("", "")]
    assert after.is_done == before.is_done
    spans = list(before.spans())
    assert len(spans) == len(after.entities) + sum(lost[what] for what in SPAN_LOSSES)
    places = {place(span) for span in after.entities.values()}
    assert places <= {place(span) for span in spans if not span.is_discontinuous}
    assert written(back)[0] == text


@given(st.binary(max_size=80), st.sampled_from([b"", row("1", "EU").encode(), b"# newdoc\n"]))
def test_no_bytes_make_the_reader_fall(raw: bytes, start: bytes) -> None:
    list(conllu.read(io.BytesIO(start + raw)))
    list(conllu.read(io.BytesIO(start + b"1\tx" + b"\t_" * 7 + b"\t" + raw)))
