from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from properties.test_formats_roundtrip import items

from annotator.errors import FormatError
from annotator.formats import pygamma
from annotator.formats.record import Annotated
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Span

TEXT = "Rebels attacked Aleppo."


def marked(annotator: str, *spans: Span, event: bool = False) -> AnnotationSet:
    events = {"v": Event("v", Span.of("t", 7, 15, "Attack"))} if event else {}
    return AnnotationSet("d", annotator, {span.id: span for span in spans}, events)


def test_each_layer_of_a_document_is_a_file(tmp_path: Path) -> None:
    amy = marked("amy", Span.of("a", 0, 6, "PER"), Span.of("b", 16, 22, "GPE"), event=True)
    bob = marked("bob, jr", Span("c", ((0, 6), (16, 22)), "PER"), event=True)
    losses = pygamma.write([Annotated(Document("d", TEXT), (amy, bob))], tmp_path)
    assert (tmp_path / "entities" / "d.csv").read_text() == (
        'amy,PER,0,6\namy,GPE,16,22\n"bob, jr",PER,0,22\n'
    )
    assert (tmp_path / "events" / "d.csv").read_text() == (
        'amy,Attack,7,15\n"bob, jr",Attack,7,15\n'
    )
    assert [(loss.what, loss.detail) for loss in losses] == [
        ("gaps of discontinuous spans", "PER 0-6, 16-22")
    ]


def test_what_gamma_cannot_compare_has_no_file_and_is_told(tmp_path: Path) -> None:
    one = Annotated(Document("one", TEXT), (marked("amy", Span.of("a", 0, 6, "PER")),))
    two = Annotated(
        Document("d", TEXT),
        (marked("amy", Span.of("a", 0, 6, "PER")), marked("bob", event=True)),
    )
    losses = pygamma.write([one, two], tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert [loss.detail for loss in losses] == [
        "1 entities by amy", "1 entities by amy", "1 events by bob",
    ]  # fmt: skip


def test_who_marked_nothing_is_told(tmp_path: Path) -> None:
    spans = [Span.of("a", 0, 6, "PER")]
    sets = (marked("amy", *spans), marked("bob"), marked("cy", *spans))
    [loss] = pygamma.write([Annotated(Document("d", TEXT), sets)], tmp_path)
    assert (loss.what, loss.detail) == ("annotators who marked nothing", "bob in entities")


@given(items(annotators=3))
def test_every_span_is_in_a_file_or_told(
    tmp_path_factory: pytest.TempPathFactory, item: Annotated
) -> None:
    folder = tmp_path_factory.mktemp("pygamma")
    lost = Counter(loss.what for loss in pygamma.write([item], folder))
    assert set(lost) <= set(pygamma.LOSES)
    files = list(folder.rglob("*.csv"))
    rows = [row for path in files for row in csv.reader(path.open(encoding="utf-8", newline=""))]
    alone = sum(
        int(loss.detail.split()[0])
        for loss in pygamma.write([item], folder)
        if loss.what == pygamma.LOSES[0]
    )
    assert len(rows) + lost["equal spans"] + alone == sum(
        len(list(one.spans())) for one in item.annotations
    )
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            assert len({row[0] for row in csv.reader(file)}) >= 2


def test_a_folder_is_needed() -> None:
    with pytest.raises(FormatError, match="folder"):
        pygamma.write([], io.BytesIO())
