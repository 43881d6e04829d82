from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import AlignmentError, FormatError, NothingToDoError, UsageError
from annotator.formats import spacy
from annotator.formats.record import Annotated
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.identity import content_hash
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion
from annotator.training.dataset import write_dataset
from annotator.training.leakage import leaks_in
from annotator.training.report import Background, DatasetReport
from annotator.training.split import Part, Split

pytestmark = pytest.mark.xdist_group("spacy")


def article(number: int, *, done: bool = True, nested: bool = False) -> Annotated:
    words = " ".join(f"{number}x{place}" for place in range(8))
    text = f"Police arrested Mia Stone in Rome on day {number}. Seen {words}."
    key = f"d{number:03}"
    entities = [
        Span.of("police", 0, 6, "GROUP"),
        Span.of("mia", 16, 25, "PERSON"),
        Span.of("rome", 29, 33, "GPE"),
    ]
    if nested:
        entities.append(Span.of("long", 16, 33, "PHRASE"))
    event = Event(
        "e", Span.of("t", 7, 15, "Arrest"), (Argument("Agent", "police"), Argument("Person", "mia"))
    )
    annotations = AnnotationSet(
        key,
        "amy",
        {span.id: span for span in entities},
        {"e": event},
        flags=frozenset({"done"} if done else ()),
    )
    return Annotated(Document(key, text), (annotations,))


def without_events(item: Annotated) -> Annotated:
    return replace(item, annotations=tuple(replace(one, events={}) for one in item.annotations))


def with_flags(item: Annotated, *flags: str) -> Annotated:
    sets = tuple(replace(one, flags=frozenset(flags)) for one in item.annotations)
    return replace(item, annotations=sets)


def with_rejection(item: Annotated) -> Annotated:
    start = item.document.text.index("day")
    suggestion = Suggestion(Span.of("s", start, start + 3, "DATE"), "patterns")
    decisions = {"amy": (Decision("s", Outcome.REJECTED),)}
    return replace(item, suggestions=(suggestion,), decisions=decisions)


def copy_of(item: Annotated, key: str = "") -> Annotated:
    """The same article as another paper prints it."""
    [said] = item.annotations
    key = key or f"{item.document.id}-copy"
    document = Document(key, f"{item.document.text} Copyright.")
    return replace(item, document=document, annotations=(replace(said, document_id=key),))


def record_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "report.json").read_bytes())


def config_of(folder: Path) -> Any:
    from spacy.util import load_config

    return load_config(folder / "config.cfg")


def write(items: list[Annotated], out: Path, **options: Any) -> DatasetReport:
    return write_dataset(items, out, Scheme("news"), **options)


def test_a_data_set_holds_every_document_once(tmp_path: Path) -> None:
    items = [article(n) for n in range(30)]
    report = write(items, tmp_path / "set")
    found = [
        (part, one)
        for part in Part
        for one in spacy.read(tmp_path / "set" / f"{part}.spacy")
        if isinstance(one, Annotated)
    ]
    assert sorted(one.document.id for _, one in found) == [item.document.id for item in items]
    assert sorted((one for _, one in found), key=lambda one: one.document.id) == items
    counts = {part: sum(p is part for p, _ in found) for part in Part}
    assert counts == {part: report.parts[part].documents for part in Part}
    assert report.given == report.counts == {"documents": 30, "spans": 120}
    assert report.losses == ()
    assert {path.name for path in tmp_path.iterdir()} == {"set"}


def test_the_report_tells_what_is_where(tmp_path: Path) -> None:
    write([article(n) for n in range(30)], tmp_path / "set", split=Split(80, 20, 0), seed=7)
    record = record_of(tmp_path / "set")
    assert (record["split"], record["seed"]) == ("80/20", 7)
    assert record["scheme"] == {
        "name": "news",
        "version": "1",
        "hash": content_hash(dataclasses.asdict(Scheme("news"))),
    }
    assert record["components"] == ["ner", "triggers"]
    assert set(record["parts"]) == {"train", "dev"}
    train = record["parts"]["train"]
    assert train["entities"] == dict.fromkeys(("GPE", "GROUP", "PERSON"), train["documents"])
    assert train["events"] == {"Arrest": train["documents"]}
    assert train["roles"] == {"Agent": train["documents"], "Person": train["documents"]}
    assert record["tokenizer"].startswith("en:Tokenizer:")
    page = (tmp_path / "set" / "README.md").read_text()
    assert "spacy train config.cfg --output ../set-model" in page
    assert "model-best dev.spacy" in page
    assert f"| entity GPE | {train['documents']} |" in page


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its path, less what names the folder itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().replace(
            f"{folder.name}-model".encode(), b"model"
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_annotations_give_the_same_bytes(tmp_path: Path) -> None:
    items = [with_rejection(article(n, nested=True)) for n in range(20)]
    write(items, tmp_path / "one")
    write(iter(items), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_bytes_do_not_hang_on_the_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "import test_training_dataset as t;"
        "items = [t.with_rejection(t.article(n, nested=True)) for n in range(20)];"
        "t.write([*items, t.copy_of(items[3])], Path(sys.argv[2]))"
    )
    root = Path(__file__).parents[2]
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent), str(tmp_path / seed / "set")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            check=True,
        )
    assert contents(tmp_path / "1" / "set") == contents(tmp_path / "2" / "set")
    assert len(record_of(tmp_path / "1" / "set")["leakage"]["near_duplicates"]) == 1


def test_events_are_written_with_the_places_of_their_fillers(tmp_path: Path) -> None:
    write([article(n) for n in range(5)], tmp_path / "set")
    lines = (tmp_path / "set" / "events.jsonl").read_text().strip().split("\n")
    assert len(lines) == 5
    for line in map(json.loads, lines):
        [event] = line["events"]
        [[start, end]] = event["trigger"]["ranges"]
        assert line["text"][start:end] == "arrested"
        fillers = {a["role"]: line["text"][slice(*a["ranges"][0])] for a in event["arguments"]}
        assert fillers == {"Agent": "Police", "Person": "Mia Stone"}


@pytest.mark.parametrize(
    ("task", "nested", "components"),
    [
        ("auto", False, ["ner", "triggers"]),
        ("auto", True, ["ner", "spancat", "triggers"]),
        ("ner", True, ["ner"]),
        ("spancat", False, ["spancat"]),
        ("events", False, ["triggers"]),
        ("all", False, ["ner", "spancat", "triggers"]),
    ],
)
def test_the_pipeline_has_what_the_task_and_the_data_call_for(
    tmp_path: Path, task: str, nested: bool, components: list[str]
) -> None:
    write([article(n, nested=nested) for n in range(10)], tmp_path / "set", task=task)
    config = config_of(tmp_path / "set")
    assert config["nlp"]["pipeline"] == ["tok2vec", *components]
    assert set(config["components"]) == {"tok2vec", *components}
    assert config["paths"]["train"] == "train.spacy"
    assert "/" not in config["paths"]["dev"]
    weights = config["training"]["score_weights"]
    scores = {"ner": "ents_f", "spancat": "spans_entities_f", "triggers": "spans_events_f"}
    assert {key for key, weight in weights.items() if weight} == {scores[c] for c in components}


def test_a_span_categorizer_proposes_spans_as_long_as_the_longest(tmp_path: Path) -> None:
    write([article(n, nested=True) for n in range(10)], tmp_path / "set")
    components = config_of(tmp_path / "set")["components"]
    assert components["spancat"]["suggester"]["max_size"] == 4
    assert components["spancat"]["spans_key"] == "entities"
    assert components["triggers"]["suggester"]["max_size"] == 1
    assert components["triggers"]["spans_key"] == "events"


def test_the_documents_kept_for_the_end_do_not_shape_the_pipeline(tmp_path: Path) -> None:
    items = [article(n) for n in range(30)]
    write(items, tmp_path / "probe", task="spancat")
    kept = {one.document.id for one in spacy.read(tmp_path / "probe" / "test.spacy")
            if isinstance(one, Annotated)}  # fmt: skip
    long = Span.of("long", 0, 33, "PHRASE")
    items = [
        replace(item, annotations=(item.annotations[0].with_entity(long),))
        if item.document.id in kept
        else item
        for item in items
    ]
    report = write(items, tmp_path / "set", task="spancat")
    assert report.settings["longest"] == {"spancat": 2}


def test_ner_learns_from_rejections_where_there_are_any(tmp_path: Path) -> None:
    report = write([with_rejection(article(n)) for n in range(10)], tmp_path / "with")
    assert sum(part.rejected for part in report.parts.values()) == 10
    assert config_of(tmp_path / "with")["components"]["ner"]["incorrect_spans_key"]
    write([article(n) for n in range(10)], tmp_path / "without")
    assert config_of(tmp_path / "without")["components"]["ner"]["incorrect_spans_key"] is None


def test_documents_that_can_train_nothing_are_left_out_and_told(tmp_path: Path) -> None:
    items = [article(n) for n in range(10)]
    items[0] = with_flags(items[0], "skipped")
    items[1] = replace(items[1], annotations=())
    items[2] = replace(items[2], annotations=(AnnotationSet("d002", "amy"),))
    items[3] = replace(
        items[3], annotations=(AnnotationSet("d003", "amy", flags=frozenset({"done"})),)
    )
    items[4] = with_flags(items[4])
    report = write(items, tmp_path / "set")
    why = {loss.document_id: loss.detail for loss in report.losses}
    assert why["d000"] == "it was skipped"
    assert why["d001"] == "nobody annotated it"
    assert why["d002"] == "not finished, and empty so far"
    assert why["d004"].startswith("not finished: a span categorizer")
    assert set(why) == {"d000", "d001", "d002", "d004"}
    assert report.left_out == {"documents": 4, "spans": 8}
    assert report.counts == {"documents": 6, "spans": 20}


def test_ner_alone_learns_from_unfinished_documents(tmp_path: Path) -> None:
    items = [article(n, done=n % 2 == 0) for n in range(20)]
    report = write(items, tmp_path / "set", task="ner")
    assert sum(part.unfinished for part in report.parts.values()) == 10
    assert report.left_out["documents"] == 0
    none_finished = write(
        [article(n, done=False) for n in range(20)], tmp_path / "none", task="ner"
    )
    assert any("No document is finished" in line for line in none_finished.warnings)
    assert not any("No document is finished" in line for line in report.warnings)


def test_losses_and_what_was_written_make_what_was_given(tmp_path: Path) -> None:
    items = [article(n, nested=True) for n in range(12)]
    for number in range(4):
        one = items[number].annotations[0]
        odd = [Span.of("half", 16, 18, "HALF"), Span("two", ((0, 6), (16, 25)), "TWO"),
               Span.of("twin", 29, 33, "GPE")]  # fmt: skip
        for span in odd:
            one = one.with_entity(span)
        items[number] = replace(items[number], annotations=(one,))
    contract = write(items, tmp_path / "contract", align="contract")
    assert contract.given["spans"] == 12 * 5 + 4 * 3
    assert contract.counts["spans"] == 12 * 5
    lost = contract.lost()
    assert (lost["discontinuous spans"], lost["spans off token edges"], lost["equal spans"]) == (
        4, 4, 4,
    )  # fmt: skip
    expand = write(items, tmp_path / "expand", align="expand")
    assert expand.counts["spans"] == 12 * 5 + 4
    assert expand.lost()["edges moved to token edges"] == 4
    page = (tmp_path / "contract" / "README.md").read_text()
    assert "HALF 16-18 'Mi' in 'Mia'" in page


def test_a_strict_data_set_with_an_edge_inside_a_token_is_refused_whole(tmp_path: Path) -> None:
    items = [article(n) for n in range(12)]
    one = items[3].annotations[0].with_entity(Span.of("half", 16, 18, "HALF"))
    items[3] = replace(items[3], annotations=(one,))
    with pytest.raises(AlignmentError) as refused:
        write(items, tmp_path / "strict")
    assert len(refused.value.details) == 1
    assert "HALF 16-18 'Mi' in 'Mia'" in refused.value.details[0]
    assert not (tmp_path / "strict").exists()


def test_a_label_that_is_never_trained_is_told(tmp_path: Path) -> None:
    items = [without_events(article(n)) for n in range(30)]
    report = write(items, tmp_path / "probe")
    dev = {one.document.id for one in spacy.read(tmp_path / "probe" / "dev.spacy")
           if isinstance(one, Annotated)}  # fmt: skip
    rare = [
        replace(i, annotations=(i.annotations[0].with_entity(Span.of("r", 37, 40, "RARE")),))
        if i.document.id in dev
        else i
        for i in items
    ]
    told = write(rare, tmp_path / "set").warnings
    assert any(line.startswith("RARE: in dev") for line in told)
    assert not any("never learned" in line for line in report.warnings)


def test_too_little_is_refused_without_a_trace(tmp_path: Path) -> None:
    out = tmp_path / "set"
    [said] = article(1).annotations
    twin = Annotated(
        Document("d002", article(1).document.text + "\n"), (replace(said, document_id="d002"),)
    )
    for items in ([], [article(1)], [article(1), twin]):
        with pytest.raises(NothingToDoError):
            write(items, out)
    nothing = AnnotationSet("", "amy", flags=frozenset({"done"}))
    empty = [
        replace(item, annotations=(replace(nothing, document_id=item.document.id),))
        for item in map(article, range(3))
    ]
    with pytest.raises(NothingToDoError, match="no spans"):
        write(empty, out)
    assert list(tmp_path.iterdir()) == []


def test_two_languages_or_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    items = [article(n) for n in range(5)]
    german = replace(items[0], document=replace(items[0].document, language="de"))
    with pytest.raises(UsageError, match="de, en"):
        write([german, *items[1:]], tmp_path / "set")
    with pytest.raises(FormatError, match="d000"):
        write([*items, items[0]], tmp_path / "set")
    assert not (tmp_path / "set").exists()


def test_an_earlier_data_set_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "set"
    write([article(n) for n in range(20)], out)
    write([without_events(article(n)) for n in range(5)], out, split=Split(80, 20, 0))
    assert {path.name for path in out.iterdir()} == {
        "train.spacy", "dev.spacy", "config.cfg", "report.json", "README.md", "labels",
        "project.yml",
    }  # fmt: skip
    assert record_of(out)["given"]["documents"] == 5


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    items = [article(n) for n in range(5)]
    out = tmp_path / "set"
    write(items, out)
    (out / "model-best").mkdir()
    with pytest.raises(UsageError, match="model-best"):
        write(items, out)
    assert (out / "model-best").is_dir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "README.md").write_text("mine")
    with pytest.raises(UsageError, match="no data set"):
        write(items, tmp_path / "notes")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="no folder"):
        write(items, tmp_path / "file")
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(UsageError, match="no folder"):
        write(items, tmp_path / "link")
    (tmp_path / "empty").mkdir()
    write(items, tmp_path / "empty")
    assert (tmp_path / "notes" / "README.md").read_text() == "mine"


def parts_of(folder: Path) -> dict[str, Part]:
    return {
        one.document.id: part
        for part in Part
        if (folder / f"{part}.spacy").exists()
        for one in spacy.read(folder / f"{part}.spacy")
        if isinstance(one, Annotated)
    }


def test_near_duplicates_are_on_one_side_and_stay_where_the_first_was(tmp_path: Path) -> None:
    items = [article(n) for n in range(40)]
    write(items, tmp_path / "before")
    copies = [copy_of(items[n]) for n in range(0, 40, 3)]
    report = write([*items, *copies], tmp_path / "after")
    before, after = parts_of(tmp_path / "before"), parts_of(tmp_path / "after")
    assert before.items() <= after.items()
    for n in range(0, 40, 3):
        assert after[f"d{n:03}-copy"] is after[f"d{n:03}"]
    assert report.near_duplicates == tuple((f"d{n:03}", f"d{n:03}-copy") for n in range(0, 40, 3))
    assert leaks_in(tmp_path / "after") == ()
    record = record_of(tmp_path / "after")["leakage"]
    assert record["pairs"] == 0
    assert len(record["near_duplicates"]) == len(copies)


def test_what_is_annotated_later_moves_nothing_even_where_it_was_imported_earlier(
    tmp_path: Path,
) -> None:
    items = [article(n) for n in range(40)]
    copies = [copy_of(item, f"c{n:03}") for n, item in enumerate(items)]
    blank = [replace(copy, annotations=()) for copy in copies]
    write([*blank, *items], tmp_path / "before", split=Split(60, 20, 20))
    write([*copies, *items], tmp_path / "after", split=Split(60, 20, 20))
    before, after = parts_of(tmp_path / "before"), parts_of(tmp_path / "after")
    assert len(before) == 40
    assert before.items() <= after.items()
    assert all(after[f"c{n:03}"] is after[f"d{n:03}"] for n in range(40))


def test_near_duplicates_of_a_document_that_is_left_out_do_not_part(tmp_path: Path) -> None:
    items = [article(n) for n in range(20)]
    middle = [f"w{n}" for n in range(60)]
    texts = {"x1": middle[:40], "x2": middle[10:50], "x3": middle[20:]}
    chain = [
        Annotated(Document(key, " ".join(words)), (AnnotationSet(key, "amy", flags=done),))
        for key, words in texts.items()
        for done in [frozenset({"done"} if key != "x2" else {"skipped"})]
    ]
    write([*items, *chain], tmp_path / "set")
    parts = parts_of(tmp_path / "set")
    assert "x2" not in parts
    assert parts["x1"] is parts["x3"]


def test_one_side_only_is_refused_unless_nearness_is_set_high(tmp_path: Path) -> None:
    items = [article(0), *(copy_of(article(0), f"c{n}") for n in range(5))]
    items = [
        replace(i, document=replace(i.document, text=f"{i.document.text} {n}"))
        for n, i in enumerate(items)
    ]
    with pytest.raises(NothingToDoError, match="near-duplicates"):
        write(items, tmp_path / "set")
    report = write(items, tmp_path / "set", nearness=1)
    assert report.counts["documents"] == 6


def test_disputed_documents_are_left_out_with_their_spans_counted(tmp_path: Path) -> None:
    items = [article(n) for n in range(10)]
    ben = replace(items[3].annotations[0], annotator="ben", entities={}, events={})
    items[3] = replace(items[3], annotations=(*items[3].annotations, ben))
    same = replace(items[4].annotations[0], annotator="ben")
    items[4] = replace(items[4], annotations=(*items[4].annotations, same))
    report = write(items, tmp_path / "set")
    assert [(loss.document_id, loss.detail) for loss in report.losses] == [
        ("d003", "not adjudicated: amy, ben differ")
    ]
    assert report.left_out == {"documents": 1, "spans": 4}
    assert record_of(tmp_path / "set")["provenance"]["annotators"] == {"amy": 8, "amy = ben": 1}


def test_the_report_tells_which_suggester_a_span_is_from(tmp_path: Path) -> None:
    items = [article(n) for n in range(6)]
    items = [
        replace(i, suggestions=(Suggestion(i.annotations[0].entities["mia"], "patterns:x@1a"),))
        for i in items
    ]
    background = Background(
        ("2026-03-01T10:00:00.000+00:00", "2026-04-02T10:00:00.000+00:00"), ("patterns:x@1a",)
    )
    write(items, tmp_path / "set", background=background)
    provenance = record_of(tmp_path / "set")["provenance"]
    assert provenance["origins"] == {"by hand": 18, "patterns:x@1a": 6}
    card = (tmp_path / "set" / "README.md").read_text()
    assert "- 6 spans proposed by `patterns:x@1a`." in card
    assert "Annotated from 2026-03-01 to 2026-04-02." in card
    assert "6 documents with 24 spans came in. 6 with 24 were written, 0 with 0 were" in card


def test_every_loss_has_document_offsets_and_reason(tmp_path: Path) -> None:
    items = [article(n, nested=True) for n in range(6)]
    one = items[2].annotations[0]
    for span in (Span.of("half", 16, 18, "HALF"), Span("two", ((0, 6), (16, 25)), "TWO")):
        one = one.with_entity(span)
    items[2] = replace(items[2], annotations=(one,))
    write(items, tmp_path / "set", align="contract")
    losses = [loss for loss in record_of(tmp_path / "set")["losses"] if loss["document"] == "d002"]
    assert {(loss["what"], json.dumps(loss["offsets"])) for loss in losses} == {
        ("spans off token edges", "[[16, 18]]"),
        ("discontinuous spans", "[[0, 6], [16, 25]]"),
        ("overlapping entities, which are in doc.spans and not in doc.ents", "[[16, 25]]"),
        ("overlapping entities, which are in doc.spans and not in doc.ents", "[[29, 33]]"),
    }


def test_white_space_at_an_edge_and_the_end_of_a_sentence_within_are_told(tmp_path: Path) -> None:
    items = [article(n) for n in range(6)]
    end = items[1].document.text.index("Seen")
    long = items[1].annotations[0].with_entity(Span.of("long", 34, end + 4, "PHRASE"))
    items[1] = replace(items[1], annotations=(long,))
    report = write(items, tmp_path / "set")
    [remark] = report.remarks
    assert (remark.document_id, remark.ranges) == ("d001", ((34, end + 4),))
    assert "spans across the end of a sentence: 1" in (tmp_path / "set" / "README.md").read_text()
    blank = items[2].annotations[0].with_entity(Span.of("blank", 15, 25, "PERSON"))
    items[2] = replace(items[2], annotations=(blank,))
    with pytest.raises(AlignmentError) as refused:
        write(items, tmp_path / "set")
    assert refused.value.details == (
        "d002: PERSON 15-25 'Mia Stone' in 'Mia Stone', white space at its edge",
    )


def test_somebody_elses_file_among_the_labels_is_left_alone(tmp_path: Path) -> None:
    items = [article(n) for n in range(5)]
    write(items, tmp_path / "set")
    (tmp_path / "set" / "labels" / "mine.json").write_text("{}")
    with pytest.raises(UsageError, match=r"mine\.json"):
        write(items, tmp_path / "set")
