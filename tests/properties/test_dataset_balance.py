"""Whatever a project holds, a data set adds up: what came in is what went out and what is told."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.test_formats_roundtrip import items as annotated_items

from annotator.errors import AlignmentError, NothingToDoError
from annotator.formats import spacy
from annotator.formats.record import Annotated
from annotator.formats.spacy.doc_spans import misaligned
from annotator.model.annotations import AnnotationSet
from annotator.model.scheme import Scheme
from annotator.training.dataset import write_dataset
from annotator.training.gold import settled
from annotator.training.leakage import leaks_in
from annotator.training.selection import Task
from annotator.training.split import Part

pytestmark = pytest.mark.xdist_group("spacy")

TASKS: tuple[Task, ...] = ("auto", "ner", "spancat", "both", "events", "all")
FLAGS = ("done", "skipped", "flagged")


@st.composite
def projects(draw: st.DrawFn) -> list[Annotated]:
    """Documents of one language, some by two annotators, some the same text again."""
    found: list[Annotated] = []
    for number in range(draw(st.integers(2, 6))):
        item = draw(annotated_items(annotators=draw(st.integers(1, 2)), flags=FLAGS))
        key, text = f"d{number}", f"{item.document.text} {draw(st.integers(0, 3))}"
        sets = tuple(
            replace(one, document_id=key, flags=one.flags | {"done"} if number < 2 else one.flags)
            for one in item.annotations
        )
        document = replace(item.document, id=key, text=text, language="en")
        found.append(replace(item, document=document, annotations=sets))
    return found


def spans_of(item: Annotated) -> int:
    said = settled(item.annotations).annotations
    sets = item.annotations if said is None else (said,)
    return sum(len(one.entities) + len(one.events) for one in sets)


@settings(max_examples=40)
@given(found=projects(), task=st.sampled_from(TASKS), align=st.sampled_from(("contract", "expand")))
def test_what_comes_in_is_written_left_out_or_lost(
    found: list[Annotated], task: Task, align: str
) -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "set"
        try:
            report = write_dataset(found, out, Scheme("any"), align=align, task=task, nearness=1)  # type: ignore[arg-type]
        except NothingToDoError:
            assert not out.exists()
            return
        written = {
            item.document.id: (part, item)
            for part in Part
            if (out / f"{part}.spacy").exists()
            for item in spacy.read(out / f"{part}.spacy")
            if isinstance(item, Annotated)
        }
        left_out = {loss.document_id for loss in report.losses if loss.what == "documents left out"}
        assert written.keys() | left_out == {item.document.id for item in found}
        assert not written.keys() & left_out
        assert report.given["spans"] == sum(map(spans_of, found))
        entities = Counter(
            span.label
            for _, item in written.values()
            for one in item.annotations
            for span in one.entities.values()
        )
        assert entities == sum((part.entities for part in report.parts.values()), Counter[str]())
        gone = report.lost()
        assert report.given["spans"] == (
            report.counts["spans"]
            + report.left_out["spans"]
            + gone["discontinuous spans"]
            + gone["spans off token edges"]
            + gone["equal spans"]
        )
        for loss in json.loads((out / "report.json").read_bytes())["losses"]:
            assert loss["offsets"] or loss["what"] in (
                "documents left out", "comments", "suggestions and decisions",
            )  # fmt: skip
        assert leaks_in(out, 1) == ()


@settings(max_examples=20)
@given(found=projects(), mended=st.booleans())
def test_a_strict_data_set_is_refused_where_it_would_lose_a_span_off_token_edges(
    found: list[Annotated], mended: bool
) -> None:
    if mended:
        found = [aligned(item) for item in found]
    with TemporaryDirectory() as folder:
        out = Path(folder) / "set"
        try:
            report = write_dataset(found, out, Scheme("any"), nearness=1)
        except NothingToDoError:
            assert not out.exists()
            return
        except AlignmentError:
            assert not mended
            assert not out.exists()
            return
        assert report.lost()["spans off token edges"] == 0


def aligned(item: Annotated) -> Annotated:
    """The document without what spaCy's tokens cannot hold."""
    sets: list[AnnotationSet] = []
    for one in item.annotations:
        spans = {**one.entities, **{key: event.trigger for key, event in one.events.items()}}
        for key, span in spans.items():
            if not span.is_discontinuous and misaligned(item.document, [span]):
                one = one.without(key)
        sets.append(one)
    return replace(item, annotations=tuple(sets))
