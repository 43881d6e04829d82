"""`annotator export spacy` as users type it: whose work, which sides, what is checked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.project.project import Project
from annotator.session.commands import RejectSuggestion, accept_rest

pytestmark = pytest.mark.xdist_group("spacy")

Annotator = Callable[..., Any]

CITIES = ("Almaty", "Paris", "Cairo", "Lima", "Oslo", "Seoul", "Rome", "Delhi")
DEEDS = ("arrested", "released", "questioned", "freed", "met", "sued", "fined", "attacked")


@pytest.fixture
def project(annotator: Annotator, tmp_path: Path) -> Path:
    """A project with eight articles that are not alike."""
    names = []
    for number, (city, deed) in enumerate(zip(CITIES, DEEDS, strict=True)):
        day = ("Monday", "Friday")[number % 2]
        text = f"Police in {city} {deed} {number + 20} protesters on {day}, {city} officials said."
        (tmp_path / f"a{number}.txt").write_text(text, encoding="utf-8")
        names.append(f"a{number}.txt")
    assert annotator("init").code == 0
    assert annotator("import", *names).code == 0
    return tmp_path


def annotate(root: Path, name: str, documents: range, *, reject_in: int = -1) -> None:
    """Finish some documents as `name`, the first suggestion of one rejected."""
    with Project.open(root) as project:
        session = project.session(name)
        for number in documents:
            session.open(f"a{number}")
            if number == reject_in:
                session.run(RejectSuggestion(session.state.undecided()[0].id))
            session.run(accept_rest(session.state))
        session.close()


def report_of(root: Path) -> dict[str, Any]:
    return json.loads((root / "exports" / "spacy" / "report.json").read_bytes())


def test_gold_is_what_is_adjudicated_or_not_in_dispute(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia", range(8))
    annotate(project, "ben", range(6), reject_in=2)
    asked = annotator("export", "spacy")
    assert asked.code == 2
    assert "gold" in asked.err
    answer = annotator("export", "spacy", "--annotator", "gold", "--split", "50/50")
    assert answer.code == 0, answer.err
    assert "a2: not adjudicated: ben, mia differ" in answer.err
    record = report_of(project)
    assert record["provenance"]["annotators"] == {"ben = mia": 5, "mia": 2}
    annotate(project, "gold", range(2, 3))
    assert annotator("export", "spacy", "--split", "50/50").code == 0
    record = report_of(project)
    assert record["provenance"]["annotators"] == {"ben = mia": 5, "gold": 1, "mia": 2}
    assert record["left_out"]["documents"] == 0
    assert record["agreement"]["entities"]["pairs"][0]["annotators"] == ["ben", "mia"]
    assert record["agreement"]["entities"]["span_f1"]["documents"] == 6
    assert record["provenance"]["suggesters"]
    assert len(record["provenance"]["worked"]) == 2
    card = (project / "exports" / "spacy" / "README.md").read_text(encoding="utf-8")
    assert "## Agreement" in card
    assert "documents as ben = mia annotated them" in card


def test_one_annotators_work_is_taken_by_name(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia", range(8))
    annotate(project, "ben", range(6), reject_in=2)
    assert annotator("export", "spacy", "--annotator", "ben", "--split", "50/50").code == 0
    record = report_of(project)
    assert record["provenance"]["annotators"] == {"ben": 6}
    assert record["given"]["documents"] == 8
    assert annotator("export", "spacy", "--annotator", "nobody").code == 2


def test_the_sides_of_a_folder_are_checked(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia", range(8))
    assert annotator("export", "spacy", "--check").code == 3
    assert annotator("export", "spacy", "--task", "both").code == 0
    checked = annotator("export", "spacy", "--check")
    assert (checked.code, checked.out) == (0, "")
    folder = project / "exports" / "spacy"
    shutil.copyfile(folder / "train.spacy", folder / "test.spacy")
    leaking = annotator("export", "spacy", "--check")
    assert leaking.code == 1
    assert "and a" in leaking.err
    assert annotator("export", "jsonl", "--check").code == 2


def test_an_export_is_the_same_again(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia", range(8))
    annotate(project, "ben", range(3))

    def exported() -> dict[str, bytes]:
        assert annotator("export", "spacy", "--annotator", "gold").code == 0
        files = (project / "exports" / "spacy").rglob("*")
        return {path.name: path.read_bytes() for path in files if path.is_file()}

    first = exported()
    assert {"ner.json", "project.yml", "train.spacy"} <= first.keys()
    assert exported() == first
