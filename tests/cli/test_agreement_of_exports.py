"""`annotator agreement` on what a project has exported: the numbers of the project itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.project.simulating import Errors, simulate
from annotator.project.suggesting import suggest
from annotator.session.commands import SetAttribute

Annotator = Callable[..., Any]

NOT_IN_FILES = ("suggested_f1", "hand_f1")
"""What hangs on who suggested a span, which is not read from files."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project where two differ in attributes, and where some defaults were set and most left."""
    folder = tmp_path_factory.mktemp("made") / "team"
    with Project.create(folder, sample=True) as project:
        import_paths(project, sorted(project.layout.corpus.glob("*.txt"))[:3])
        suggest(project)
        simulate(project, 2, errors=Errors(attribute=0.3))
        session = project.session("simulated-1")
        session.open_last()
        for event in list(session.state.annotations.events.values())[::2]:
            if "polarity" not in event.attributes:
                session.run(SetAttribute(event.id, "polarity", "positive"))
        session.close()
    return folder


@pytest.fixture
def team(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "team"))


def numbers(annotator: Annotator, *words: str | Path) -> Any:
    """The report without what is not in files."""
    answer = annotator(*words, "--json")
    assert answer.code == 0, answer.err
    return _kept({**json.loads(answer.out), "practice": None})


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _kept(one) for key, one in value.items() if key not in NOT_IN_FILES}
    return [_kept(one) for one in value] if isinstance(value, list) else value


def files_in(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_export_of_a_project_gives_the_numbers_of_the_project(
    annotator: Annotator, team: Path, tmp_path: Path
) -> None:
    whole = numbers(annotator, "--project", team, "agreement")
    assert whole["events"]["pooled"]["attributes"]["polarity"]["kappa"]["value"] is not None
    assert annotator("--project", team, "export", "jsonl", "--out", "all.jsonl").code == 0
    assert numbers(annotator, "--project", team, "agreement", "all.jsonl") == whole
    elsewhere = numbers(annotator, "agreement", "all.jsonl")
    assert elsewhere["layers"] == whole["layers"]
    assert elsewhere["events"] != whole["events"]


def test_to_compare_files_in_a_project_changes_nothing_there(
    annotator: Annotator, team: Path, tmp_path: Path
) -> None:
    assert annotator("--project", team, "export", "jsonl", "--out", "all.jsonl").code == 0
    before = files_in(team)
    numbers(annotator, "--project", team, "agreement", "all.jsonl")
    assert files_in(team) == before


def test_to_compare_files_makes_no_project(annotator: Annotator, team: Path) -> None:
    assert annotator("--project", team, "export", "jsonl", "--out", "all.jsonl").code == 0
    Path("empty").mkdir()
    numbers(annotator, "--project", "empty", "agreement", "all.jsonl")
    numbers(annotator, "--project", "nowhere", "agreement", "all.jsonl")
    assert list(Path("empty").iterdir()) == []
    assert not Path("nowhere").exists()


def test_a_scheme_that_cannot_be_read_is_told(annotator: Annotator, team: Path) -> None:
    assert annotator("--project", team, "export", "jsonl", "--out", "all.jsonl").code == 0
    (scheme,) = (team / "labels").glob("*.toml")
    scheme.write_text("[attributes.polarity\n", encoding="utf-8")
    answer = annotator("--project", team, "agreement", "all.jsonl")
    assert answer.code == 3
    assert f"{scheme.name}:1" in answer.err
