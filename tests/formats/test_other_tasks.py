"""Rows that answer another task than marking spans: not finished, kept in the meta, and told."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.test_json_items import Trickle

from annotator.errors import NothingToDoError
from annotator.formats import jsonl, labelstudio, prodigy, registry
from annotator.formats.other_tasks import KEPT, PREDICTED
from annotator.formats.record import Annotated, text_id
from annotator.model.answers import Answer, answers, with_answers
from annotator.project import import_batches as arrivals
from annotator.project.agreeing import agreement
from annotator.project.agreeing_files import works_of_files
from annotator.project.exporting import export
from annotator.project.importing import ImportOptions, import_paths
from annotator.project.project import Project
from annotator.store import documents, finished
from annotator.training.gold import settled
from annotator.training.selection import unusable

TEXT = "Cy Lee met Kim in Bonn."
CY = {"start": 0, "end": 6, "label": "PER"}
TOKENS = [{"text": "Cy", "start": 0, "end": 2, "id": 0}]
CHOICE = {"accept": ["SPORT"], "options": [{"id": "SPORT"}, {"id": "NEWS"}]}
OTHER_VIEWS = [
    "choice", "text", "text_input", "html", "image", "image_manual", "audio", "audio_manual",
    "video", "dep", "compare", "diff", "llm_io", "classification", "ner", "pos", "pos_manual",
    "my_own", "blocks", "review", None,
]  # fmt: skip
MANUAL = {"ner_manual", "spans_manual", "relations"}
Row = dict[str, Any]


def prodigy_row(**more: Any) -> Row:
    """An accepted row of anna's; what is None is left out."""
    row = {"text": TEXT, "answer": "accept", "_annotator_id": "anna", **more}
    return {key: value for key, value in row.items() if value is not None}


def read_prodigy(**more: Any) -> Annotated:
    [item] = prodigy.read(io.BytesIO(orjson.dumps(prodigy_row(**more))))
    assert isinstance(item, Annotated), item
    return item


def is_done(item: Annotated) -> bool:
    return any(one.is_done for one in item.annotations)


def told(item: Annotated) -> list[tuple[str, str]]:
    """What is left out, less the document's id."""
    return [(part.what, part.detail.partition(": ")[2]) for part in item.left_out]


@pytest.mark.parametrize("view", OTHER_VIEWS)
def test_a_row_without_spans_that_no_view_asked_for_finishes_nothing_and_is_told(
    view: str | None,
) -> None:
    item = read_prodigy(_view_id=view)
    assert item.annotations == ()
    [answer] = answers(item.document.meta)
    assert answer["by"] == "anna"
    assert answer["answer"] == "accept"
    assert [(part.what, part.line) for part in item.left_out] == [(KEPT, 1)]


@pytest.mark.parametrize(
    ("row", "answer", "words"),
    [
        ({"_view_id": "choice", **CHOICE}, {"task": "choice", **CHOICE}, "choice SPORT"),
        (CHOICE, {"task": "choice", **CHOICE}, "choice SPORT"),
        ({"_view_id": "choice", "accept": []}, {"task": "choice", "accept": []}, "choice"),
        ({"label": "SPORT"}, {"task": "classification", "label": "SPORT"}, "classification SPORT"),
        ({"label": "SPORT", "tokens": TOKENS}, {"task": "classification", "label": "SPORT"},
         "classification SPORT"),
        ({"_view_id": "dep", "tokens": TOKENS, "arcs": [], "spans": []},
         {"task": "dep", "arcs": []}, "dep"),
        ({"_view_id": "blocks", "user_input": "ok"}, {"task": "blocks", "user_input": "ok"},
         "blocks ok"),
        ({"_view_id": "text_input", "field_text": "x"},
         {"task": "text_input", "fields": {"field_text": "x"}}, "text_input x"),
        ({"field_id": "why", "why": "so"}, {"task": "text_input", "fields": {"why": "so"}},
         "text_input so"),
        ({"_view_id": "review", "view_id": "choice", **CHOICE, "versions": [{"text": TEXT}]},
         {"task": "choice", **CHOICE}, "choice SPORT"),
        ({"_view_id": "classification", "label": "SPORT", "answer": "reject"},
         {"task": "classification", "label": "SPORT", "answer": "reject"},
         "classification SPORT (reject)"),
        ({"_view_id": "choice", "answer": "ignore"}, {"task": "choice", "answer": "ignore"},
         "choice (ignore)"),
        ({"spans": [], **CHOICE}, {"task": "choice", **CHOICE}, "choice SPORT"),
        ({"_view_id": "image_manual", "spans": [{"points": [[0, 0]], "label": "X"}]},
         {"task": "image_manual", "fields": {"spans": [{"points": [[0, 0]], "label": "X"}]}},
         "image_manual 0, 0, X"),
    ],
)  # fmt: skip
def test_what_a_row_answers_is_kept_whole_and_told_in_a_few_words(
    row: Row, answer: Row, words: str
) -> None:
    item = read_prodigy(**row)
    assert item.annotations == ()
    assert item.document.meta == {"answers": [{"by": "anna", "answer": "accept", **answer}]}
    assert told(item) == [(KEPT, f"{words} by anna")]


@pytest.mark.parametrize("row", [{"_view_id": "choice", "options": []}, {"_view_id": "text"}])
def test_a_question_that_nobody_answered_is_no_answer(row: Row) -> None:
    item = read_prodigy(**row, answer=None)
    assert (item.annotations, item.document.meta, item.left_out) == ((), {}, ())


@pytest.mark.parametrize(
    ("row", "task"),
    [
        ({"_view_id": "blocks", "tokens": TOKENS, "spans": [CY]}, "blocks"),
        ({"_view_id": "blocks", "tokens": TOKENS, "spans": []}, "blocks"),
        ({"_view_id": "ner_manual", "tokens": TOKENS, "spans": [CY]}, "choice"),
        ({"tokens": TOKENS, "spans": [CY]}, "choice"),
    ],
)
def test_a_row_with_spans_and_a_choice_is_finished_and_its_choice_is_kept(
    row: Row, task: str
) -> None:
    item = read_prodigy(**row, **CHOICE)
    [annotations] = item.annotations
    assert annotations.is_done
    assert len(annotations.entities) == len(row["spans"])
    assert answers(item.document.meta) == (
        {"by": "anna", "task": task, "answer": "accept", **CHOICE},
    )
    assert told(item) == [(KEPT, f"{task} SPORT by anna")]


@pytest.mark.parametrize(
    "row",
    [
        {"_view_id": "review", "view_id": "ner_manual", "spans": [CY], "versions": []},
        {"_view_id": "review", "view_id": "spans_manual", "tokens": TOKENS},
        {"_view_id": "blocks", "tokens": TOKENS},
        {"_view_id": "blocks", "spans": []},
        {"_view_id": "my_own", "spans": [CY]},
        {"_view_id": "pos_manual", "spans": [CY], "tokens": TOKENS},
        {"tokens": TOKENS, "spans": [], "source": "AFP"},
        {"spans": [CY], "label": "PER"},
        {"spans": []},
    ],
)
def test_a_row_of_spans_is_finished_and_nothing_else_is_told(row: Row) -> None:
    item = read_prodigy(**row)
    assert is_done(item)
    assert (item.document.meta, item.left_out) == ({}, ())


def test_spans_that_another_task_shows_are_suggestions_that_nobody_decided_on() -> None:
    for row in ({"_view_id": "choice", **CHOICE}, {"_view_id": "classification", "label": "SPORT"}):
        item = read_prodigy(**row, spans=[CY])
        assert [suggestion.label for suggestion in item.suggestions] == ["PER"]
        assert (item.annotations, item.decisions) == ((), {})
        assert len(answers(item.document.meta)) == 1


def test_a_row_of_another_task_is_neither_skipped_nor_flagged_by_its_answer() -> None:
    assert read_prodigy(_view_id="choice", answer="ignore").annotations == ()
    assert read_prodigy(_view_id="choice", answer="reject").annotations == ()
    [marked] = read_prodigy(_view_id="choice", flagged=True, **CHOICE).annotations
    assert marked.flags == {"flagged"}


VALUES = (
    st.none() | st.booleans() | st.text(max_size=3) | st.lists(st.text(max_size=3), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=2)
)  # fmt: skip
KEYS = ["accept", "options", "label", "arcs", "user_input", "field_id", "field_text", "notes",
        "view_id", "_is_binary", "flagged", "html", "versions", "config", "meta"]  # fmt: skip


@given(
    st.sampled_from([*OTHER_VIEWS, *sorted(MANUAL)]),
    st.sampled_from(["accept", "reject", "ignore", None]),
    st.sampled_from([None, [], [CY], [{**CY, "score": 0.5}]]),
    st.sampled_from([None, [], TOKENS]),
    st.dictionaries(st.sampled_from(KEYS), VALUES),
)
def test_whatever_a_row_has_it_is_finished_only_if_it_accepts_spans_or_tokens_of_a_span_view(
    view: str | None, answer: str | None, spans: Any, tokens: Any, more: Row
) -> None:
    row = {**more, "_view_id": view, "answer": answer, "spans": spans, "tokens": tokens}
    item = read_prodigy(**row)
    asked = row.get("view_id") if view == "review" else view
    if is_done(item):
        assert answer == "accept"
        assert asked in MANUAL or spans is not None or tokens is not None
        assert asked not in {*OTHER_VIEWS[:-5]} - {"pos_manual"}
    elif answer == "accept":
        assert asked not in MANUAL
        assert spans or item.left_out
    assert len(item.left_out) == len(answers(item.document.meta)) <= 1


@given(st.lists(st.dictionaries(st.sampled_from("xyz"), VALUES), max_size=5), VALUES)
def test_adding_answers_twice_changes_nothing_and_loses_nothing(found: list[Row], old: Any) -> None:
    given_ = [{**each, "by": "anna", "task": "choice"} for each in found]
    meta = {"title": "T", "answers": old}
    once = with_answers(meta, given_)
    assert with_answers(once, reversed(given_)) == once
    assert all(each in answers(once) for each in given_)
    if given_ and old is not None:
        assert once["answers"][: len(as_list(old))] == as_list(old)
    assert once["title"] == "T"


def as_list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


# Label Studio

REGION: Row = {
    "id": "a1", "from_name": "label", "to_name": "text", "type": "labels",
    "value": {"start": 0, "end": 6, "text": "Cy Lee", "labels": ["PER"]},
}  # fmt: skip
TOPIC: Row = {"id": "x", "from_name": "topic", "type": "choices", "value": {"choices": ["SPORT"]}}


def task(*result: Row, text: str = TEXT, **more: Any) -> Row:
    annotation = {"id": 1, "completed_by": 10, "was_cancelled": False, "result": [*result]}
    return {"id": 1, "data": {"text": text}, "annotations": [{**annotation, **more}]}


def studio(*tasks: Any) -> list[Annotated]:
    return studio_of(io.BytesIO(orjson.dumps(tasks)))


def studio_of(source: Path | IO[bytes]) -> list[Annotated]:
    found = list(labelstudio.read(source))
    assert all(isinstance(item, Annotated) for item in found), found
    return [item for item in found if isinstance(item, Annotated)]


def topic_by(by: str, how: str = "accept") -> Answer:
    return {"by": by, "task": "choices", "name": "topic", "answer": how, "values": ["SPORT"]}


def test_a_task_with_nothing_but_choices_is_not_finished_even_beside_regions() -> None:
    alone, beside = studio(task(TOPIC))[0], studio(task(REGION), task(TOPIC, text="Other."))[1]
    for item in (alone, beside):
        assert item.annotations == ()
        assert answers(item.document.meta) == (topic_by("10"),)
        assert told(item) == [(KEPT, "choices topic SPORT by 10")]


def test_regions_with_a_choice_are_finished_and_the_choice_is_kept() -> None:
    [item] = studio(task(REGION, TOPIC))
    assert is_done(item)
    assert answers(item.document.meta) == (topic_by("10"),)


@pytest.mark.parametrize(
    "other",
    [
        task(REGION, text=TEXT + " x"),
        {"data": {"text": TEXT + " y"}, "predictions": [{"result": [REGION]}]},
        {"text": TEXT + " z", "label": [REGION["value"]], "annotator": 3},
    ],
)
def test_an_empty_annotation_is_finished_if_a_region_is_anywhere_in_its_file(
    tmp_path: Path, other: Row
) -> None:
    path = tmp_path / "x.json"
    for rows in ([task(), other], [other, task()]):
        path.write_bytes(orjson.dumps(rows))
        for found in (studio_of(path), studio(*rows)):
            assert is_done(found[rows.index(task())])
            assert len(found) == 2
            assert not any(item.left_out for item in found)


def test_an_empty_annotation_of_a_file_without_regions_is_not_finished_and_told() -> None:
    first, second = studio(task(), task(TOPIC, text="Other."))
    assert first.annotations == second.annotations == ()
    assert told(first) == [(KEPT, "annotation by 10")]
    [skipped] = studio(task(was_cancelled=True))
    assert skipped.annotations == ()
    assert told(skipped) == [(KEPT, "annotation (ignore) by 10")]


def test_a_stream_that_cannot_be_read_twice_decides_by_what_came_before() -> None:
    rows = [task(), task(REGION, text=TEXT + " x"), task(text="Other.")]
    stream = cast("IO[bytes]", Trickle(orjson.dumps(rows), 7))
    assert [is_done(item) for item in studio_of(stream)] == [False, True, True]
    stream = cast("IO[bytes]", Trickle(orjson.dumps(rows[1:]), 7))
    assert [is_done(item) for item in studio_of(stream)] == [True, True]


def test_a_stream_is_read_on_from_where_it_stood_when_it_was_given() -> None:
    rows = [task(text=f"Text {number}. {'x' * 3000}") for number in range(100)]
    stream = io.BytesIO(b"head" + orjson.dumps([*rows, task(REGION)]))
    stream.seek(4)
    found = studio_of(stream)
    assert [item.document.text for item in found] == [*(r["data"]["text"] for r in rows), TEXT]
    assert all(map(is_done, found))


def test_flags_of_ours_say_how_far_an_annotation_is_whatever_its_file_has() -> None:
    first = task(flags=["done"], annotator="amy")
    item, unfinished = studio(first, task(TOPIC, text="Other.", flags=[], annotator="amy"))
    assert is_done(item)
    assert [one.annotator for one in unfinished.annotations] == ["amy"]
    assert not is_done(unfinished)
    assert answers(unfinished.document.meta) == (topic_by("amy"),)


@pytest.mark.parametrize(
    ("kind", "value", "values"),
    [
        ("rating", {"rating": 4}, ["4"]),
        ("number", {"number": 2.5}, ["2.5"]),
        ("taxonomy", {"taxonomy": [["War", "Air"], ["Law"]]}, ["War/Air", "Law"]),
        ("pairwise", {"selected": "left"}, ["left"]),
        ("datetime", {"datetime": "2026-01-01"}, ["2026-01-01"]),
    ],
)
def test_whatever_control_speaks_of_the_whole_document_is_kept(
    kind: str, value: Row, values: list[str]
) -> None:
    [item] = studio(task({"id": "x", "from_name": "it", "type": kind, "value": value}))
    [answer] = answers(item.document.meta)
    assert (answer["task"], answer["name"], answer["values"]) == (kind, "it", values)
    assert item.annotations == ()


def test_choices_of_drafts_have_no_answer_yet_and_those_of_models_are_told_only() -> None:
    [item] = studio({
        "data": {"text": TEXT},
        "drafts": [{"user": "bo", "result": [TOPIC]}],
        "predictions": [{"model_version": "m1", "result": [TOPIC]}],
    })  # fmt: skip
    [answer] = answers(item.document.meta)
    assert (answer["by"], answer["values"], "answer" in answer) == ("bo", ["SPORT"], False)
    assert item.annotations == ()
    assert told(item) == [
        (PREDICTED, "choices topic SPORT by m1"), (KEPT, "choices topic SPORT by bo")
    ]  # fmt: skip


def test_a_flattened_task_without_regions_is_not_finished() -> None:
    row = {"text": TEXT, "annotator": 2, "annotation_id": 5, "lead_time": 1.5}
    one, several = studio({**row, "topic": "SPORT"}, {**row, "topic": {"choices": ["A", "B"]}})
    assert one.annotations == several.annotations == ()
    assert one.document.meta["topic"] == "SPORT"
    assert told(one) == [(KEPT, "annotation by 2")]
    assert told(several) == [(KEPT, "choices topic A, B by 2")]


# In a project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "project", "conll2003") as made:
        yield made


def written(path: Path, *rows: Mapping[str, Any]) -> Path:
    path.write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    return path


def items(project: Project) -> list[Annotated]:
    """What is in a project, by way of our own form."""
    stream = io.BytesIO()
    export(project, "jsonl", stream)
    found = list(jsonl.read(io.BytesIO(stream.getvalue())))
    return [item for item in found if isinstance(item, Annotated)]


def answers_in(project: Project, document_id: str = text_id(TEXT)) -> list[tuple[str, Any]]:
    meta = documents.get(project.database, document_id).meta
    return [(answer["by"], answer.get("accept")) for answer in answers(meta)]


def chosen(by: str | None, *accept: str, **more: Any) -> Row:
    return prodigy_row(_view_id="choice", accept=[*accept], _annotator_id=by, **more)


def test_the_cases_of_another_task_finish_nothing_and_train_nothing(
    project: Project, shared: Path
) -> None:
    folder = shared / "cases" / "done-by-another-task"
    for name, count in (("c.jsonl", 8), ("prodigy.jsonl", 6)):
        report = import_paths(project, [folder / name])
        assert (report.added, report.parts[KEPT].count) == (count, count)
        assert not report.is_clean
        assert not report.annotated
    assert finished.finishers(project.database) == {}
    for item in items(project):
        found = settled(item.annotations)
        assert found.annotations is None or unusable(found.annotations)
        assert len(answers(item.document.meta)) == 1
    with pytest.raises(NothingToDoError, match="Nothing is marked or finished"):
        works_of_files([folder / "c.jsonl", folder / "prodigy.jsonl"])


@pytest.mark.xdist_group("spacy")
def test_categories_of_a_docbin_finish_nothing_and_are_kept() -> None:
    spacy = pytest.importorskip("spacy")
    doc = spacy.blank("en")(TEXT)
    doc.cats = {"SPORT": 1.0, "NEWS": 0.25}
    [item] = registry.read(io.BytesIO(spacy.tokens.DocBin(docs=[doc]).to_bytes()), "spacy")
    assert isinstance(item, Annotated), item
    assert item.annotations == ()
    assert answers(item.document.meta) == (
        {"by": "", "task": "cats", "values": ["SPORT"], "scores": {"NEWS": 0.25, "SPORT": 1.0}},
    )
    assert told(item) == [(KEPT, "cats SPORT")]


@pytest.mark.xdist_group("spacy")
def test_an_export_for_spacy_calls_no_token_of_another_task_outside(
    project: Project, tmp_path: Path
) -> None:
    spacy = pytest.importorskip("spacy")
    spans = prodigy_row(_view_id="ner_manual", text="Cy Lee.", spans=[CY], tokens=TOKENS)
    import_paths(project, [written(tmp_path / "x.jsonl", spans, chosen("anna", "SPORT"))])
    export(project, "spacy", tmp_path / "x.spacy", "anna")
    docs = spacy.tokens.DocBin().from_disk(tmp_path / "x.spacy").get_docs(spacy.blank("en").vocab)
    tags = {doc.text: {token.ent_iob_ for token in doc} for doc in docs}
    assert tags == {"Cy Lee.": {"B", "I", "O"}, TEXT: {""}}


def test_choices_of_two_annotators_on_one_text_are_both_kept(
    project: Project, tmp_path: Path
) -> None:
    rows = [chosen("anna", "SPORT"), chosen("ben", "NEWS"), chosen("anna", "SPORT")]
    file = written(tmp_path / "x.jsonl", *rows)
    import_paths(project, [file])
    assert answers_in(project) == [("anna", ["SPORT"]), ("ben", ["NEWS"])]
    before = documents.get(project.database, text_id(TEXT)).meta
    import_paths(project, [file])
    assert documents.get(project.database, text_id(TEXT)).meta == before
    assert project.verify() == ()


def test_answers_of_files_that_name_nobody_are_those_of_the_annotator_named(
    project: Project, tmp_path: Path
) -> None:
    file = written(tmp_path / "x.jsonl", chosen(None, "SPORT"))
    for name in ("anna", "ben", "anna"):
        import_paths(project, [file], ImportOptions(annotator=name))
    assert answers_in(project) == [("anna", ["SPORT"]), ("ben", ["SPORT"])]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("own_id", ["", "news-1"])
def test_choices_come_to_a_text_that_is_there_and_spans_to_one_with_choices(
    project: Project, tmp_path: Path, own_id: str, *, is_first: bool
) -> None:
    named = {"document_id": own_id} if own_id else {}
    spans = prodigy_row(_view_id="ner_manual", spans=[CY], tokens=TOKENS, meta={"k": 1}, **named)
    files = [
        written(tmp_path / "choice.jsonl", chosen("anna", "SPORT"), chosen("ben", "NEWS")),
        written(tmp_path / "ner.jsonl", spans),
    ]
    for file in files if is_first else reversed(files):
        import_paths(project, [file])
    [document_id] = documents.ids(project.database)
    assert answers_in(project, document_id) == [("anna", ["SPORT"]), ("ben", ["NEWS"])]
    assert finished.finishers(project.database) == {document_id: ("anna",)}
    [item] = items(project)
    assert [span.label for one in item.annotations for span in one.entities.values()] == ["PER"]
    assert item.document.meta.get("k") == (None if is_first else 1)


def test_batches_of_any_size_keep_the_same_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["anna", "ben", "cy"]
    rows = [chosen(names[n % 3], f"L{n % 4}", text=f"Text {n % 5}") for n in range(40)]
    file = written(tmp_path / "x.jsonl", *rows)
    found: list[list[Any]] = []
    for size in (1, 7, 500):
        monkeypatch.setattr(arrivals, "_BATCH", size)
        with Project.create(tmp_path / f"p{size}", "conll2003") as project:
            import_paths(project, [file])
            found.append([document.meta for document in documents.every(project.database)])
    assert found[0] == found[1] == found[2]
    assert [len(meta["answers"]) for meta in found[0]] == [8] * 5


def test_an_answer_for_which_the_meta_has_no_room_is_told_and_the_others_stay(
    project: Project, tmp_path: Path
) -> None:
    wide = {"options": [{"id": "SPORT", "text": "x" * 600_000}]}
    import_paths(project, [written(tmp_path / "a.jsonl", chosen("anna", "SPORT", **wide))])
    report = import_paths(project, [written(tmp_path / "b.jsonl", chosen("ben", "SPORT", **wide))])
    assert report.parts[arrivals.NO_ROOM].first == [f"b.jsonl: {text_id(TEXT)}"]
    assert answers_in(project) == [("anna", ["SPORT"])]


def test_agreement_counts_no_document_of_another_task(project: Project, tmp_path: Path) -> None:
    spans = {"_view_id": "ner_manual", "spans": [CY], "tokens": TOKENS}
    both = [{**prodigy_row(**spans), "_annotator_id": name} for name in ("anna", "ben")]
    others = [chosen(name, "SPORT", text=f"Text {n}") for n in range(5) for name in ("anna", "ben")]
    import_paths(project, [written(tmp_path / "x.jsonl", *both, *others)])
    assert agreement(project, draws=10).documents == 1


def test_agreement_of_files_takes_choices_for_nothing_finished(tmp_path: Path) -> None:
    plain = {"text": "Others.", "spans": [CY | {"end": 3}]}
    anna = written(tmp_path / "anna.jsonl", plain, chosen(None, "SPORT", answer="accept"))
    ben = written(tmp_path / "ben.jsonl", plain, {"text": TEXT, "spans": [CY]})
    works = works_of_files([anna, ben])
    assert [(work.annotator, work.document_id) for work in works if work.done] == [
        ("anna", text_id("Others.")), ("ben", text_id("Others.")), ("ben", text_id(TEXT))
    ]  # fmt: skip
    only = written(tmp_path / "cy.jsonl", chosen("cy", "SPORT"))
    with pytest.raises(NothingToDoError, match=r"Nothing is marked or finished in .*cy\.jsonl"):
        works_of_files([anna, only])
