"""Corpora that others made, through a real project: in with the counts they state, and out again.

What the readers alone make of them is in the tests of each format.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.formats import conll, jsonl
from annotator.formats.record import Annotated
from annotator.model.annotations import DONE, SKIPPED, AnnotationSet
from annotator.model.span import Range
from annotator.model.suggestion import Outcome
from annotator.project.exporting import export
from annotator.project.import_report import ImportReport
from annotator.project.importing import ImportOptions, import_paths
from annotator.project.project import Project

TUTORIAL = "brat_tutorial_news"
HEADLINES = "prodigy/example-datasets/annotated_news_headlines-ORG-PERSON-LOCATION-ner.jsonl"
QUESTIONS = "prodigy/example-datasets/annotated_reddit-PRODUCT-ner.jsonl"
GENES = "prodigy_relations/tutorials/rel_component/assets/annotations.jsonl"

# Documents, entities, events, arguments and relations, as far as their page states them. The
# entities of brat are its T less the triggers; one of the two Equiv of the tutorial has three
# members, so it is two relations.
COUNTS: Mapping[tuple[str, str | None], tuple[int, int, int, int, int]] = {
    ("seed", None): (1, 0, 0, 0, 0),
    ("demo_world_unrest", None): (41, 0, 0, 0, 0),
    ("causal_news_dev", "csv"): (340, 0, 0, 0, 0),
    (TUTORIAL, "brat"): (13, 119 - 23, 23, 52, 8 + 3),
    ("brat_events_materials", "brat"): (40, 4254 - 827, 827, 902, 3075),
    (HEADLINES, None): (373, 303, 0, 0, 0),
    (GENES, None): (149, 466, 0, 0, 267),
    ("multi_annotator_btc_e/e.conll", None): (200, 325, 0, 0, 0),
}


@contextmanager
def imported(
    path: Path, folder: Path, format_name: str | None = None, scheme: str = "news-events"
) -> Generator[tuple[Project, ImportReport]]:
    """A new project with what a file or folder has, sound to the last record."""
    with Project.create(folder, scheme) as project:
        options = ImportOptions(format_name=format_name, annotator="amy")
        report = import_paths(project, [path], options)
        assert not project.verify()
        assert not report.conflicts.count
        assert not report.differing
        yield project, report


def items_of(project: Project) -> list[Annotated]:
    """Everything in a project, by way of our own form, which loses nothing."""
    stream = io.BytesIO()
    assert export(project, "jsonl", stream) == ()
    found = list(jsonl.read(io.BytesIO(stream.getvalue())))
    items = [item for item in found if isinstance(item, Annotated)]
    assert len(items) == len(found)
    return items


def sets_of(items: list[Annotated]) -> list[AnnotationSet]:
    return [one for item in items for one in item.annotations]


@pytest.mark.parametrize(("name", "format_name"), COUNTS)
def test_a_corpus_comes_into_a_project_with_the_counts_that_its_page_states(
    shared: Path, tmp_path: Path, name: str, format_name: str | None
) -> None:
    with imported(shared / "corpora" / name, tmp_path, format_name) as (project, report):
        items = items_of(project)
    assert not report.rejected.count
    sets = sets_of(items)
    assert COUNTS[name, format_name] == (
        len(items),
        sum(len(one.entities) for one in sets),
        sum(len(one.events) for one in sets),
        sum(len(event.arguments) for one in sets for event in one.events.values()),
        sum(len(one.relations) for one in sets),
    )
    assert report.annotated.total() == sum(COUNTS[name, format_name][i] for i in (1, 2, 4))


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("wnut17train.conll", 3394),
        ("emerging.dev.conll", 1009),
        ("emerging.test.annotated", 1287),
    ],
)
def test_sentences_of_one_text_are_one_document_with_the_names_of_each(
    shared: Path, tmp_path: Path, name: str, sentences: int
) -> None:
    path = shared / "corpora" / "conll_wnut17" / name
    with imported(path, tmp_path) as (project, report):
        items = items_of(project)
    assert not report.rejected.count
    assert len(items) == report.added == len({item.document.text for item in items})
    assert report.added + report.duplicates.count == sentences
    read = [item for item in conll.read(path) if isinstance(item, Annotated)]
    assert len(read) == sentences
    assert Counter(names_of(items)) == Counter({*names_of(read)})
    assert all(one.is_done for one in sets_of(items))


def names_of(items: list[Annotated]) -> Iterator[tuple[str, tuple[Range, ...], str]]:
    for item in items:
        for one in item.annotations:
            for span in one.entities.values():
                yield item.document.text, span.ranges, span.label


def test_the_seed_article_is_kept_to_the_last_character(shared: Path, tmp_path: Path) -> None:
    [path] = (shared / "corpora" / "seed").glob("*.txt")
    with imported(path.parent, tmp_path) as (project, _):
        [item] = items_of(project)
    assert item.document.text.encode() == path.read_bytes()
    assert item.document.text.count("\xa0") == 6
    assert "Issued on:" in item.document.text
    assert not item.document.text.endswith("\n")


def test_every_sentence_of_plover_comes_in_and_every_record_is_an_event_or_told(
    shared: Path, tmp_path: Path
) -> None:
    path = shared / "corpora" / "plover_gsr" / "PLOVER_GSR_dev.json"
    with imported(path, tmp_path, scheme="plover") as (project, report):
        items = items_of(project)
    sets = sets_of(items)
    events = [event for one in sets for event in one.events.values()]
    rows = [row for row in orjson.loads(path.read_bytes()) if "text" in row]
    assert len(rows) == len(events) + report.rejected.count == 161
    assert report.rejected.count == 4
    assert {item.document.text for item in items} == {row["text"] for row in rows}
    assert len(items) == 158
    assert [one.annotator for one in sets] == ["Parus Analytics"] * 154
    assert all(one.is_done for one in sets)
    assert report.unknown == {}
    taken = {event.id for event in events}
    marked = "".join(str(row["textInfo"]) for row in rows if row["id"] in taken)
    roles = Counter(argument.role for event in events for argument in event.arguments)
    assert roles == {
        "Actor": marked.count("(SRC: ") + marked.count("(SRC/"),
        "Recipient": marked.count("(TAR:") + marked.count("(SRC/TAR: "),
        "Location": marked.count("(LOC:") + marked.count("/LOC: "),
    }
    pieces = sum(len(event.trigger.ranges) for event in events)
    assert pieces == marked.count("(EVT: ")
    assert sum(event.trigger.is_discontinuous for event in events) > len(events) / 2


def test_headlines_are_finished_or_skipped(shared: Path, tmp_path: Path) -> None:
    with imported(shared / "corpora" / HEADLINES, tmp_path) as (project, _):
        sets = sets_of(items_of(project))
    assert Counter(flag for one in sets for flag in one.flags) == {DONE: 372, SKIPPED: 1}
    assert len({span.label for one in sets for span in one.entities.values()}) == 4


def test_answers_to_questions_are_decisions_on_suggestions(shared: Path, tmp_path: Path) -> None:
    path = shared / "corpora" / QUESTIONS
    rows = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    assert Counter(row["answer"] for row in rows) == {"accept": 438, "reject": 1276, "ignore": 86}
    answers = {
        (row["text"], span["start"], span["end"]): span.get("answer") or row["answer"]
        for row in rows
        for span in row["spans"]
    }
    with imported(path, tmp_path) as (project, report):
        items = items_of(project)
    assert len(items) == len({row["text"] for row in rows})
    said = {Outcome.ACCEPTED: "accept", Outcome.REJECTED: "reject", None: "ignore"}
    found: dict[tuple[str, int, int], str] = {}
    for item in items:
        decided = {d.suggestion_id: d.outcome for d in item.decisions.get("amy", ())}
        for suggestion in item.suggestions:
            place = (item.document.text, suggestion.span.start, suggestion.span.end)
            found[place] = said[decided.get(suggestion.id)]
    assert found == answers
    assert report.suggestions == len(answers)
    accepted = {
        (item.document.text, span.start, span.end)
        for item in items
        for one in item.annotations
        for span in one.entities.values()
    }
    assert accepted == {place for place, answer in answers.items() if answer == "accept"}


def test_relations_have_their_five_labels(shared: Path, tmp_path: Path) -> None:
    with imported(shared / "corpora" / GENES, tmp_path) as (project, _):
        sets = sets_of(items_of(project))
    assert len({relation.label for one in sets for relation in one.relations.values()}) == 5


@pytest.mark.parametrize("name", [TUTORIAL, "brat_events_materials"])
def test_brat_goes_out_of_a_project_as_it_came_in(shared: Path, tmp_path: Path, name: str) -> None:
    corpus = shared / "corpora" / name
    with imported(corpus, tmp_path / "project", "brat") as (project, _):
        export(project, "brat", tmp_path / "out")
    came = {path.stem: path for path in corpus.rglob("*.ann")}
    went = {path.stem: path for path in (tmp_path / "out").rglob("*.ann")}
    assert {*came} <= {*went}
    for stem, path in went.items():
        source = came.get(stem)
        assert standoff(path) == (standoff(source) if source else Counter())
    for path in corpus.rglob("*.txt"):
        if path.name != "SOURCE.txt":
            assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def standoff(path: Path) -> Counter[Any]:
    """What an `.ann` file says, whatever the ids and the order are."""
    rows = path.read_text("utf-8").split("\n")
    lines = [row.rstrip("\t").split("\t") for row in rows if row]
    names = {fields[0]: fields for fields in lines}

    def named(key: str) -> Any:
        fields = names[key]
        first, *arguments = fields[1].split()
        if key.startswith("T"):
            return tuple(fields[1:])
        if key.startswith("E"):  # by its trigger, since events may name one another
            return ("E", named(first.split(":")[1]))
        return (first, *arguments)

    def meant(fields: list[str]) -> Any:
        first, *rest = fields[1].split()
        parts = [part.partition(":") for part in rest]
        known = [  # numbers of roles are given anew
            (a.rstrip("0123456789") if fields[0][0] == "E" else a, named(b))
            if b in names
            else named(a)
            if a in names
            else a + c + b
            for a, c, b in parts
        ]
        head = first.partition(":")
        start = (head[0], named(head[2])) if head[2] in names else first
        if fields[0][0] in "E*":
            return (fields[0][0], start, tuple(sorted(map(str, known))), *fields[2:])
        return (fields[0][0], start, *map(str, known), *fields[2:])

    return Counter(map(meant, lines))


@pytest.mark.parametrize("name", [HEADLINES, GENES])
def test_prodigys_rows_go_out_of_a_project_as_they_came_in(
    shared: Path, tmp_path: Path, name: str
) -> None:
    path = shared / "corpora" / name
    with imported(path, tmp_path / "project") as (project, _):
        assert export(project, "prodigy", tmp_path / "out.jsonl") == ()
    came, went = (
        {row["text"]: facts(row) for row in map(orjson.loads, file.read_bytes().splitlines())}
        for file in (path, tmp_path / "out.jsonl")
    )
    assert went == came


def facts(row: Mapping[str, Any]) -> Any:
    """What a row says, whatever the ids, the order and the tokens between the spans are."""
    starts = {token["id"]: token["start"] for token in row["tokens"]}
    ends = {token["id"]: token["end"] for token in row["tokens"]}

    def place(span: Mapping[str, Any]) -> Any:
        on_tokens = (starts[span["token_start"]], ends[span["token_end"]])
        assert on_tokens == (span["start"], span["end"])
        return (*on_tokens, span["label"])

    spans = {span["token_end"]: place(span) for span in row.get("spans", ())}
    relations = Counter(
        (spans[relation["head"]], spans[relation["child"]], relation["label"])
        for relation in row.get("relations", ())
    )
    return row["answer"], row["meta"], sorted(spans.values()), relations
