"""`annotator agreement --html` on a project with three annotators, and on files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_reader import PageReader, inert

from annotator.model.event import Event
from annotator.model.span import Span
from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.session.commands import AddEvent, AddSpan, Batch, FinishDocument, SetArgument
from annotator.session.session import Session

Annotator = Callable[..., Any]

HOSTILE = "<script>alert(1)</script>"
ANNOTATORS = ("anna", "ben & co", HOSTILE)
WORDS = f'Anna Berg met {HOSTILE} & "Ben" in Ghent.'


def mark(session: Session, number: int, who: int) -> None:
    """Mark a document, the third annotator another way, and finish it."""
    text = session.state.document.text
    commands: list[Any] = []
    for words, label in (("Anna Berg", "PERSON"), (HOSTILE, "ORG"), ("Ghent", "GPE")):
        start = text.index(words)
        end = start + len(words) - (4 if who == 2 and label == "PERSON" else 0)
        other = "LOC" if who == 2 and label == "GPE" else label
        if who != 1 or label != "ORG" or number % 2:
            commands.append(AddSpan(Span.of(f"s-{label}", start, end, other)))
    start = text.index("met")
    commands.append(AddEvent(Event("s-event", Span.of("s-t", start, start + 3, "Meet"))))
    commands.append(SetArgument("s-event", "Participant" if who else "Place", "s-PERSON"))
    session.run(Batch((*commands, FinishDocument()), "marked"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which three annotators have finished twelve documents."""
    root = tmp_path / "project"
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(12):
        (articles / f"news-{number}.txt").write_text(f"{WORDS}\nNo {number}.\n", encoding="utf-8")
    with Project.create(root) as made:
        import_paths(made, [articles])
        for who, name in enumerate(ANNOTATORS):
            session = made.session(name)
            for number, document_id in enumerate(made_ids(made)):
                session.open(document_id)
                mark(session, number, who)
            session.close()
    return root


def made_ids(project: Project) -> tuple[str, ...]:
    """The ids of the documents, in order."""
    from annotator.store import documents

    return documents.ids(project.database)


def test_the_page_of_a_project_has_the_numbers_of_json(annotator: Annotator, project: Path) -> None:
    answer = annotator("--project", project, "agreement", "--html", "a.html", "--json")
    assert answer.code == 0, answer.err
    assert "a.html" in answer.err
    report = json.loads(answer.out)
    reader = inert(Path("a.html").read_text(encoding="utf-8"))
    values = [one.attributes["value"] for one in reader.all("data")]
    for layer in report["layers"].values():
        for pair in layer["pairs"]:
            assert repr(pair["numbers"]["span_f1"]["value"]) in values
    for name, number in report["events"]["pooled"]["numbers"].items():
        assert repr(number["value"]) in values, name
    for one in report["practice"]:
        assert one["annotator"] in reader.root.text
    words = [one.text for one in reader.all("mark")]
    assert HOSTILE in words
    assert {"Anna Berg", "Anna "} <= {*words}
    labels = [one.attributes.get("aria-label", "") for one in reader.all("svg")]
    assert any(one.startswith("Entities: strict F1 by ") for one in labels)


def test_the_page_is_the_same_when_it_is_written_again(annotator: Annotator, project: Path) -> None:
    for name in ("a.html", "b.html"):
        assert annotator("--project", project, "agreement", "--html", name).code == 0
    assert Path("a.html").read_bytes() == Path("b.html").read_bytes()


def test_the_page_of_files_has_their_words_and_no_course(
    annotator: Annotator, project: Path
) -> None:
    for name in ANNOTATORS[:2]:
        done = annotator("--project", project, "export", "jsonl", "--out", f"{name[:3]}.jsonl",
                         "--annotator", name)  # fmt: skip
        assert done.code == 0, done.err
    answer = annotator("agreement", "ann.jsonl", "ben.jsonl", "--html", "a.html")
    assert answer.code == 0, answer.err
    reader = inert(Path("a.html").read_text(encoding="utf-8"))
    assert "it is not known when the documents were finished" in reader.root.text
    assert HOSTILE in [one.text for one in reader.all("mark")]


def test_only_the_layer_asked_for_is_on_the_page(annotator: Annotator, project: Path) -> None:
    annotator("--project", project, "agreement", "--layer", "events", "--html", "a.html")
    titles = [one.text for one in PageReader(Path("a.html").read_text("utf-8")).all("h2")]
    assert titles[:2] == ["Event triggers", "Events"]


def test_a_page_that_cannot_be_written_is_told(annotator: Annotator, project: Path) -> None:
    Path("taken").write_text("", encoding="utf-8")
    answer = annotator("--project", project, "agreement", "--html", "taken/a.html")
    assert answer.code == 2
    assert "cannot be written" in answer.err
