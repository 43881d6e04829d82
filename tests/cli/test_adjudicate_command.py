"""`annotator demo` and `annotator adjudicate` as they are typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.project.simulating import simulate
from annotator.project.suggesting import suggest
from annotator.store import documents, entries

Annotator = Callable[..., Any]


def fresh(folder: Path, annotators: int) -> Path:
    """A project with two articles and simulated annotators."""
    with Project.create(folder, sample=True) as project:
        articles = sorted(project.layout.corpus.glob("*.txt"))[:2]
        import_paths(project, articles)
        suggest(project)
        simulate(project, annotators)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three annotators, simulated once; a test that changes it takes a copy."""
    return fresh(tmp_path_factory.mktemp("demo") / "d", 3)


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "demo"))


def stops(annotator: Annotator, *words: str) -> list[dict[str, Any]]:
    answer = annotator("--project", "demo", "adjudicate", "--list", "--json", *words)
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_the_demo_says_that_its_annotators_are_simulated(annotator: Annotator) -> None:
    answer = annotator("demo", "here", "--annotators", "2")
    assert answer.code == 0
    assert "simulated-1, simulated-2" in answer.err
    with Project.open(Path("here")) as project:
        assert project.annotators() == ("simulated-1", "simulated-2")
    assert annotator("demo", "here").code == 3


def test_the_same_seed_gives_the_same_errors(made: Path, tmp_path: Path) -> None:
    again = fresh(tmp_path / "again", 2)
    with Project.open(made) as one, Project.open(again) as other:
        document_id = documents.ids(one.database)[0]
        kept = entries.load(one.database, "simulated-2", document_id)
        assert entries.load(other.database, "simulated-2", document_id) == kept


def test_stops_are_listed_and_nothing_is_written(annotator: Annotator, demo: Path) -> None:
    rows = stops(annotator)
    assert len({row["document"] for row in rows}) == 2
    assert all(len(row["versions"]) > 1 and row["settled"] is None for row in rows)
    with Project.open(demo) as project:
        assert "gold" not in project.annotators()
    table = annotator("--project", "demo", "adjudicate", "--list")
    assert rows[0]["stop"][:6] in table.out


@pytest.mark.usefixtures("demo")
def test_a_stop_is_settled_by_its_id(annotator: Annotator) -> None:
    row = stops(annotator)[0]
    words = ("--project", "demo", "adjudicate", row["document"], "--settle")
    assert annotator(*words, f"{row['stop']}=neither").code == 0
    assert stops(annotator)[0]["settled"] == []
    assert annotator(*words, f"{row['stop']}=A").code == 0
    assert stops(annotator)[0]["by"] == "person"
    assert annotator(*words, f"{row['stop']}=Z").code == 1
    assert annotator(*words, "nothing=A").code == 2


def test_the_majority_is_taken_without_a_screen(annotator: Annotator, demo: Path) -> None:
    answer = annotator("--project", "demo", "adjudicate", "--auto", "majority")
    assert answer.code == 0
    left = [row for row in stops(annotator) if row["settled"] is None]
    assert f"{len(left)} are left" in answer.err
    assert {row["by"] for row in stops(annotator)} - {None} == {"majority"}
    with Project.open(demo) as project:
        assert project.verify() == ()


@pytest.mark.usefixtures("demo")
def test_filters_narrow_the_list(annotator: Annotator) -> None:
    every = stops(annotator)
    roles = stops(annotator, "--kind", "role")
    assert 0 < len(roles) < len(every)
    assert all(row["kinds"] == ["role"] for row in roles)
    alone = stops(annotator, "--differs", "simulated-1")
    assert 0 < len(alone) < len(every)
    two = stops(annotator, "--annotators", "simulated-1,simulated-2")
    assert all(len(row["versions"]) == 2 for row in two)


@pytest.mark.usefixtures("demo")
def test_anonymous_lists_name_nobody(annotator: Annotator) -> None:
    answer = annotator("--project", "demo", "adjudicate", "--list", "--json", "--anonymous")
    assert "simulated" not in answer.out


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "words",
    [("--kind", "colour"), ("--auto", "lot"), ("--annotators", "nobody,me"), ("--differs", "me")],
)
def test_words_that_mean_nothing_are_refused(annotator: Annotator, words: tuple[str, ...]) -> None:
    assert annotator("--project", "demo", "adjudicate", "--list", *words).code == 2


def test_without_two_annotators_there_is_nothing_to_do(annotator: Annotator) -> None:
    annotator("init", "empty")
    answer = annotator("--project", "empty", "adjudicate", "--list")
    assert answer.code == 1
    assert "annotator demo" in answer.err
