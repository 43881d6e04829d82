from __future__ import annotations

import json
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
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion
from annotator.training.dataset import write_dataset
from annotator.training.report import DatasetReport
from annotator.training.split import Part, Split

pytestmark = pytest.mark.xdist_group("spacy")


def article(number: int, *, done: bool = True, nested: bool = False) -> Annotated:
    text = f"Police arrested Mia Stone in Rome on day {number}."
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
    assert record["scheme"] == {"name": "news", "version": "1"}
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


def test_the_same_annotations_give_the_same_bytes(tmp_path: Path) -> None:
    items = [with_rejection(article(n, nested=True)) for n in range(20)]
    write(items, tmp_path / "one")
    write(items[::-1], tmp_path / "two")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        one, two = (tmp_path / "one" / name).read_bytes(), (tmp_path / "two" / name).read_bytes()
        assert one.replace(b"one-model", b"two-model") == two, name


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
    scores = {"ner": "ents_f", "spancat": "spans_sc_f", "triggers": "spans_events_f"}
    assert {key for key, weight in weights.items() if weight} == {scores[c] for c in components}


def test_a_span_categorizer_proposes_spans_as_long_as_the_longest(tmp_path: Path) -> None:
    write([article(n, nested=True) for n in range(10)], tmp_path / "set")
    components = config_of(tmp_path / "set")["components"]
    assert components["spancat"]["suggester"]["max_size"] == 4
    assert components["spancat"]["spans_key"] == "sc"
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
    twin = replace(article(1), document=Document("d001", article(1).document.text + "\n"))
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


def test_two_languages_or_two_annotators_are_refused(tmp_path: Path) -> None:
    items = [article(n) for n in range(5)]
    german = replace(items[0], document=replace(items[0].document, language="de"))
    with pytest.raises(UsageError, match="de, en"):
        write([german, *items[1:]], tmp_path / "set")
    twice = replace(items[0], annotations=(*items[0].annotations, AnnotationSet("d000", "ben")))
    with pytest.raises(FormatError, match="amy, ben"):
        write([twice, *items[1:]], tmp_path / "set")


def test_an_earlier_data_set_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "set"
    write([article(n) for n in range(20)], out)
    write([without_events(article(n)) for n in range(5)], out, split=Split(80, 20, 0))
    assert {path.name for path in out.iterdir()} == {
        "train.spacy", "dev.spacy", "config.cfg", "report.json", "README.md",
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
