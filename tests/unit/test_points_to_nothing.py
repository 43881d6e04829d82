"""Arguments and relations that point to nothing: left out, told, and mended by a key."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from disputed import ada, bo, project_of, save

from annotator.formats import registry
from annotator.model.change import Change
from annotator.model.dangling import ARGUMENTS, RELATIONS
from annotator.project import agreeing
from annotator.project.adjudicating import Adjudicator
from annotator.project.exporting import export, export_dataset
from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.session.session import Session
from annotator.store import history
from annotator.store.verify import verify
from annotator.training.split import Split
from annotator.tui.editing.editor import Editor

EVENT = {
    "id": "lost",
    "type": "Attack",
    "trigger": {"id": "lost-trigger", "ranges": [[0, 4]]},
    "arguments": [
        {"role": "Target", "target": "nowhere"},
        {"role": "Attacker", "target": "near"},
    ],
    "attributes": {},
}
CHANGES = (
    Change("entity", "near", None, {"id": "near", "label": "LOC", "ranges": [[13, 17]]}),
    Change("event", "lost", None, EVENT),
    Change("relation", "r", None, {"id": "r", "label": "of", "source": "near", "target": "void"}),
    Change("flag", "done", None, {}),
)


@pytest.fixture
def project(database, scheme):
    """One whose file an earlier program let two sessions undo at once, in the second document."""
    for one in (ada(), bo()):
        save(database, one)
        command = {"command": "AddEvent"}
        row = history.NewHistoryRow("rain", one.annotator, "old", command, CHANGES)
        history.append(database, row, None)
    return project_of(database, scheme)


@pytest.mark.parametrize("name", [f.name for f in registry.formats() if "out" in f.directions])
def test_every_format_is_written_without_what_points_to_nothing_and_tells_it(
    project, tmp_path: Path, name: str
) -> None:
    losses = export(project, name, tmp_path / f"out-{name}", "ada")
    told = {loss.what: loss.detail for loss in losses if loss.document_id == "rain"}
    assert told[ARGUMENTS] == "Target of Attack lost points to nowhere (ada)"
    assert told[RELATIONS] == "relation of r points to void (ada)"


def test_an_export_of_such_a_file_comes_in_again_whole(project, tmp_path: Path) -> None:
    export(project, "jsonl", tmp_path / "out.jsonl")
    with Project.create(tmp_path / "new") as other:
        report = import_paths(other, [tmp_path / "out.jsonl"])
        assert report.is_clean
        assert verify(other.database) == ()
        assert report.added == 2


def test_training_data_keeps_the_document_and_tells_what_it_lacks(project, tmp_path: Path) -> None:
    report = export_dataset(project, tmp_path / "data", "ada", split=Split(), task="all")
    assert report.counts["documents"] == 2
    assert report.lost()[ARGUMENTS] == 1


def test_adjudication_compares_the_rest_and_tells_it(project) -> None:
    adjudicator = Adjudicator(project)
    adjudicator.open("rain")
    assert adjudicator.left_out["rain"] == {
        f"{words} ({name})": what
        for name in ("ada", "bo")
        for words, what in (
            ("Target of Attack lost points to nowhere", ARGUMENTS),
            ("relation of r points to void", RELATIONS),
        )
    }
    gold = adjudicator.session.state.annotations
    assert gold.is_done
    assert [a.target for a in gold.events["lost"].arguments] == ["near"]


def test_the_key_that_takes_arguments_out_takes_first_what_points_to_nothing(project) -> None:
    assert any("nowhere" in finding.message for finding in verify(project.database))
    session = Session(project.database, project.scheme, "ada")
    session.open("rain")
    editor = Editor(session)
    editor.point_at("lost")
    editor.act("link")
    editor.act("unlink")
    assert [a.target for a in editor.state.annotations.events["lost"].arguments] == ["near"]
    assert not any("ada lost" in finding.where for finding in verify(project.database))


def test_agreement_compares_the_rest_and_counts_what_is_left_out(project) -> None:
    left_out: Counter[str] = Counter()
    found = [w for w in agreeing.works(project, ("ada", "bo"), left_out) if w.document_id == "rain"]
    assert left_out == {ARGUMENTS: 2, RELATIONS: 2}
    assert [event.arguments for work in found for event in work.events] == [
        (("Attacker", "near"),), (("Attacker", "near"),),
    ]  # fmt: skip
