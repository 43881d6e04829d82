from __future__ import annotations

import io
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example as also
from hypothesis import given
from properties.test_formats_roundtrip import items

from annotator.errors import FormatError
from annotator.formats import huggingface
from annotator.formats.huggingface.row import COLUMNS
from annotator.formats.options import WriteOptions
from annotator.formats.record import Annotated
from annotator.model.annotations import DONE, AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import EntityLabel, Scheme
from annotator.model.span import Span

pytestmark = pytest.mark.xdist_group("spacy")

TEXT = "Rebels attacked Aleppo 👩‍👩‍👧 today."
ODD = 'lieu: été "#|\\ 👩'


def example() -> list[Annotated]:
    entities = {
        "n1": Span.of("n1", 0, 6, "PER"),
        "n2": Span.of("n2", 16, 22, ODD),
        "n3": Span.of("n3", 0, 22, "PHRASE"),
        "n4": Span("n4", ((0, 6), (16, 22)), "PER"),
    }
    event = Event(
        "v1", Span.of("t1", 7, 15, "Attack"), (Argument("Agent", "n1"),), {"Polarity": "positive"}
    )
    amy = AnnotationSet(
        "d1", "amy", entities, {"v1": event}, {"r1": Relation("r1", "in", "n1", "n2")},
        {"c1": Comment("c1", "n1", "Who?")}, frozenset({DONE}),
    )  # fmt: skip
    bob = AnnotationSet("d1", "bob", {"n1": Span.of("n1", 0, 6, "PER")})
    return [
        Annotated(Document("d1", TEXT, {"title": "T"}), (amy, bob)),
        Annotated(Document("d2", "Nobody was here.")),
    ]


def rows(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "data" / "train.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_a_row_is_one_annotators_work(tmp_path: Path) -> None:
    losses = huggingface.write(example(), tmp_path)
    amy, bob, nobody = rows(tmp_path)
    assert list(amy) == list(COLUMNS)
    assert amy["tokens"][:3] == ["Rebels", "attacked", "Aleppo"]
    assert amy["ner_tags"][:4] == ["B-PHRASE", "I-PHRASE", "I-PHRASE", "O"]
    assert bob["ner_tags"][:3] == ["B-PER", "O", "O"]
    assert [row["done"] for row in (amy, bob, nobody)] == [True, False, False]
    assert [(row["id"], row["annotator"]) for row in (bob, nobody)] == [("d1", "bob"), ("d2", "")]
    for start, token in zip(amy["token_starts"], amy["tokens"], strict=True):
        assert TEXT.startswith(token, start)
    assert [loss.detail for loss in losses] == ["PER 0-6", f"{ODD} 16-22", "PER 0-6, 16-22"]


@pytest.mark.parametrize("parquet", [False, True])
def test_datasets_loads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, parquet: bool
) -> None:
    monkeypatch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    folder = tmp_path / "out"
    scheme = Scheme("s", entities=(EntityLabel("GPE"), EntityLabel("PER")))
    huggingface.write(example(), folder, WriteOptions(scheme=scheme, parquet=parquet))
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))["train"]
    names = loaded.features["ner_tags"].feature.names
    assert names == [
        "O", "B-GPE", "I-GPE", "B-PER", "I-PER", "B-PHRASE", "I-PHRASE", f"B-{ODD}", f"I-{ODD}",
    ]  # fmt: skip
    amy, bob, nobody = loaded
    assert [names[tag] for tag in amy["ner_tags"][:4]] == ["B-PHRASE", "I-PHRASE", "I-PHRASE", "O"]
    assert amy["spans"][3]["ranges"] == [[0, 6], [16, 22]]
    assert amy["events"][0]["arguments"] == [{"role": "Agent", "target": "n1"}]
    assert amy["events"][0]["attributes"] == [{"name": "Polarity", "value": "positive"}]
    assert (bob["events"], nobody["spans"]) == ([], [])
    assert len(loaded.filter(lambda row: row["done"])) == 1


def test_a_dataset_without_any_annotation_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    huggingface.write(example()[1:], tmp_path / "out")
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert loaded["train"][0]["spans"] == []
    assert loaded["train"].features["ner_tags"].feature.names == ["O"]


def test_parquet_is_the_same_twice_and_needs_pyarrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    for name in ("one", "two"):
        huggingface.write(example(), tmp_path / name, WriteOptions(parquet=True))
    files = [tmp_path / name / "data" / "train.parquet" for name in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(FormatError, match="not installed") as caught:
        huggingface.write(example(), tmp_path / "three", WriteOptions(parquet=True))
    assert "annotator[parquet]" in caught.value.hint
    assert not (tmp_path / "three" / "README.md").exists()


def test_the_card_says_what_there_is(tmp_path: Path) -> None:
    huggingface.write(example(), tmp_path)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "3 rows of 2 documents, 1 done." in card
    assert "| PER | 3 |" in card
    assert "| Attack | 1 |" in card
    assert '| lieu: été "#\\|\\\\ 👩 | 1 |' in card
    assert "| entities without a tag, which are in spans only | 3 |" in card


IN_PIECES = Annotated(
    Document("d", "Words Mia"),
    (
        AnnotationSet(
            "d", "amy", {"p": Span("p", ((0, 1), (2, 5)), "PER"), "w": Span.of("w", 0, 5, "PER")}
        ),
    ),
)
"""A span in pieces before a whole one from the same start to the same end."""


@given(items(annotators=2))
@also(IN_PIECES)
def test_every_span_is_there_and_every_one_without_a_tag_is_told(
    tmp_path_factory: pytest.TempPathFactory, item: Annotated
) -> None:
    folder = tmp_path_factory.mktemp("dataset")
    lost = Counter(loss.what for loss in huggingface.write([item], folder))
    found = rows(folder)
    text = item.document.text
    assert [row["annotator"] for row in found] == [one.annotator for one in item.annotations]
    untagged = 0
    for row, one in zip(found, item.annotations, strict=True):
        assert row["text"] == text
        assert {(s["id"], s["label"], tuple(map(tuple, s["ranges"]))) for s in row["spans"]} == {
            (key, span.label, span.ranges) for key, span in one.entities.items()
        }
        assert {
            (e["id"], e["type"], e["words"], tuple(tuple(a.values()) for a in e["arguments"]))
            for e in row["events"]
        } == {
            (key, event.type, event.trigger.surface(text),
             tuple((a.role, a.target) for a in event.arguments))
            for key, event in one.events.items()
        }  # fmt: skip
        untagged += len(one.entities) - sum(tag.startswith("B-") for tag in row["ner_tags"])
    assert lost["entities without a tag, which are in spans only"] == untagged


def test_a_folder_is_needed() -> None:
    with pytest.raises(FormatError, match="folder"):
        huggingface.write([], io.BytesIO())
