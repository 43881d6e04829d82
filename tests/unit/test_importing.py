"""What comes into a project: once, whole, and never over what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.errors import NothingToDoError, UsageError
from annotator.formats.label_map import LabelMap
from annotator.model.dangling import ARGUMENTS
from annotator.project import import_batches as arrivals
from annotator.project import near_duplicates as likeness
from annotator.project.import_report import Findings, ImportReport
from annotator.project.importing import ImportOptions, import_paths
from annotator.project.project import Project
from annotator.store import documents, entries, suggestions

SCHEME = """\
# Ours, with comments.
name = "small"

[entities.PER]

[events.Attack]

[events.Attack.roles]
Agent = { fillers = ["PER"] }  # who
"""
TEXT = "Mia bombed Rome on Monday."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    scheme = tmp_path / "small.toml"
    scheme.write_text(SCHEME, encoding="utf-8")
    with Project.create(tmp_path / "project", str(scheme)) as made:
        yield made


def line(document_id: str, text: str = TEXT, **more: Any) -> dict[str, Any]:
    """A line of our own, annotated by mia where entities or events are named."""
    one = {"annotator": "mia", **more} if more else None
    annotations = [one] if one else []
    return {
        "format": "annotator",
        "version": 1,
        "id": document_id,
        "text": text,
        "annotations": annotations,
    }


def entity(item_id: str, start: int, end: int, label: str) -> dict[str, Any]:
    return {"id": item_id, "label": label, "ranges": [[start, end]]}


def raid(label: str, role: str, target: str) -> dict[str, Any]:
    return {
        "id": "e",
        "type": label,
        "trigger": {"id": "et", "ranges": [[4, 10]]},
        "arguments": [{"role": role, "target": target}],
        "attributes": {"mood": "sure"},
    }


def written(path: Path, *rows: Any) -> Path:
    path.write_bytes(
        b"\n".join(row if isinstance(row, bytes) else orjson.dumps(row) for row in rows)
    )
    return path


def everything(project: Project) -> tuple[Any, ...]:
    """What is in the file, but for when it came."""
    db = project.database
    return (
        db.rows("SELECT position, id, text, meta FROM documents ORDER BY position"),
        db.rows("SELECT annotator, document_id, kind, id, record FROM entries ORDER BY 1, 2, 3, 4"),
        db.rows("SELECT document_id, id, source, current, item FROM suggestions ORDER BY 1, 2"),
        db.rows("SELECT document_id, annotator, command, changes FROM history ORDER BY seq"),
    )


ANNOTATED = line(
    "a",
    entities=[entity("m", 0, 3, "PER"), entity("r", 11, 15, "PLACE")],
    events=[raid("Attack", "Target", "r")],
)


def test_the_same_file_twice_changes_nothing_the_second_time(
    project: Project, tmp_path: Path
) -> None:
    file = written(tmp_path / "x.jsonl", ANNOTATED, line("b", "Others."))
    first = import_paths(project, [file])
    assert (first.added, first.annotated) == (2, {"mia": 3})
    before = everything(project)
    again = import_paths(project, [file])
    assert (again.added, again.same, again.annotated) == (0, 2, {})
    assert everything(project) == before
    assert project.verify() == ()


def test_suggestions_come_in_once_too(project: Project, tmp_path: Path) -> None:
    file = written(tmp_path / "x.jsonl", ANNOTATED)
    options = ImportOptions(role="suggestions")
    assert import_paths(project, [file], options).suggestions == 3
    before = everything(project)
    assert import_paths(project, [file], options).suggestions == 0
    assert everything(project) == before
    found = suggestions.of(project.database, "a", "mia")
    assert {s.source for s in found} == {"import:x"}


def test_another_text_under_a_known_id_is_told_with_both_texts(
    project: Project, tmp_path: Path
) -> None:
    import_paths(project, [written(tmp_path / "one.jsonl", line("a"))])
    changed = line("a", TEXT.replace("Rome", "Oslo"), entities=[entity("m", 0, 3, "PER")])
    report = import_paths(project, [written(tmp_path / "two.jsonl", changed)])
    [told] = report.conflicts.first
    assert told.startswith("two.jsonl: a is there with another text")
    assert "'Rome on Monday.'" in told
    assert "'Oslo on Monday.'" in told
    assert documents.get(project.database, "a").text == TEXT
    assert not report.annotated
    assert not report.is_clean


def test_two_texts_of_one_id_in_one_file_leave_the_first_with_its_annotations(
    project: Project, tmp_path: Path
) -> None:
    other = line("a", "Something else.", entities=[entity("x", 0, 9, "PER")])
    report = import_paths(project, [written(tmp_path / "x.jsonl", ANNOTATED, other)])
    assert (report.added, report.conflicts.count) == (1, 1)
    assert report.annotated == {"mia": 3}
    assert set(entries.load(project.database, "mia", "a")) == {
        ("entity", "m"), ("entity", "r"), ("event", "e"),
    }  # fmt: skip


def test_a_text_under_two_ids_is_one_document_with_the_annotations_of_both(
    project: Project, tmp_path: Path
) -> None:
    copy = line("b", entities=[entity("x", 0, 3, "PER")])
    report = import_paths(project, [written(tmp_path / "x.jsonl", ANNOTATED, copy)])
    assert report.duplicates.first == ["x.jsonl: b has the text of a"]
    assert documents.ids(project.database) == ("a",)
    assert ("entity", "x") in entries.load(project.database, "mia", "a")


def test_an_annotation_that_is_there_with_other_content_is_left_and_counted(
    project: Project, tmp_path: Path
) -> None:
    import_paths(project, [written(tmp_path / "one.jsonl", ANNOTATED)])
    before = everything(project)
    changed = line("a", entities=[entity("m", 0, 3, "PLACE")])
    report = import_paths(project, [written(tmp_path / "two.jsonl", changed, changed)])
    assert report.differing == 2
    assert everything(project) == before


def test_rows_of_one_document_in_one_file_come_together(project: Project, tmp_path: Path) -> None:
    rows = [line("a", entities=[entity(f"x{n % 3}", 0, 3, "PER")]) for n in range(6)]
    report = import_paths(project, [written(tmp_path / "x.jsonl", *rows)])
    assert report.annotated == {"mia": 3}
    assert report.differing == 0
    assert project.verify() == ()


def test_what_the_scheme_lacks_is_told_with_how_often_it_came(
    project: Project, tmp_path: Path
) -> None:
    report = import_paths(project, [written(tmp_path / "x.jsonl", ANNOTATED)])
    assert report.unknown == {"PLACE": 1, "Attack.Target": 1, "Attack.mood=sure": 1}
    assert report.is_clean


def test_extending_adds_what_is_lacking_and_keeps_comments(
    project: Project, tmp_path: Path
) -> None:
    other = line("b", "Mia bombed Oslo.", events=[raid("Say", "Topic", "e2"), nested("e2")])
    file = written(tmp_path / "x.jsonl", ANNOTATED, other)
    report = import_paths(project, [file], ImportOptions(extend=True))
    assert report.extension is not None
    assert set(report.extension.added) == {
        "PLACE", "Say", "Say.Topic", "Attack.Target", "mood=sure",
    }  # fmt: skip
    text = (project.layout.labels / "small.toml").read_text(encoding="utf-8")
    assert "# Ours, with comments." in text
    assert "# who" in text
    say = project.scheme.event("Say")
    assert say is not None
    assert say.roles[0].fillers == ("<ENTITY>", "<EVENT>")
    again = import_paths(project, [file], ImportOptions(extend=True))
    assert again.unknown == {}
    assert again.extension is None
    with Project.open(project.layout.root) as opened:
        assert opened.scheme == project.scheme


def nested(item_id: str) -> dict[str, Any]:
    return {
        "id": item_id,
        "type": "Attack",
        "trigger": {"id": f"{item_id}t", "ranges": [[0, 3]]},
        "arguments": [],
        "attributes": {},
    }


def test_a_name_that_no_scheme_can_have_is_told_and_the_others_are_added(
    project: Project, tmp_path: Path
) -> None:
    spans = [entity("1", 0, 3, "per"), entity("2", 0, 3, "<X>"), entity("3", 0, 3, "LOC")]
    file = written(tmp_path / "x.jsonl", line("a", entities=spans))
    report = import_paths(project, [file], ImportOptions(extend=True))
    assert report.extension is not None
    assert report.extension.added == ("LOC",)
    assert [reason.partition(":")[0] for reason in report.extension.refused] == ["per", "<X>"]


def test_a_map_renames_and_leaves_out(project: Project, tmp_path: Path) -> None:
    names = LabelMap({"PLACE": "", "raid": "Attack"}, roles={"Perp": "Agent"})
    row = line(
        "a",
        entities=[
            entity("m", 0, 3, "PER"),
            entity("r", 11, 15, "PLACE"),
            entity("t", 4, 10, "raid"),
        ],
        relations=[{"id": "k", "label": "Perp", "source": "t", "target": "m"}],
    )
    report = import_paths(project, [written(tmp_path / "x.jsonl", row)], ImportOptions(names=names))
    assert report.left_out == {"PLACE": 1}
    assert report.unknown == {}
    kept = entries.load(project.database, "mia", "a")
    assert kept["event", "t"]["type"] == "Attack"
    assert kept["event", "t"]["arguments"] == [{"role": "Agent", "target": "m"}]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([line("a"), b"{", line("b", "x")], "x.jsonl:2: not JSON"),
        ([line("a"), line("a", "Other.")], "a is there with another text"),
        ([line("b", "x"), ANNOTATED], "PLACE is not in the scheme"),
        ([line("a", entities=[entity("m", 0, 99, "PER")])], "beyond the text"),
        (
            [line("b", "x"), {**ANNOTATED, "annotations": [{"annotator": "m" * 150}]}],
            "is not a name",
        ),
    ],
)
def test_a_strict_import_takes_all_or_nothing(
    project: Project, tmp_path: Path, rows: list[Any], told: str
) -> None:
    file = written(tmp_path / "x.jsonl", *rows)
    with pytest.raises(NothingToDoError, match="Nothing was imported") as caught:
        import_paths(project, [file], ImportOptions(strict=True))
    assert told in caught.value.message
    assert everything(project) == ([], [], [], [])
    fine = written(tmp_path / "y.jsonl", line("c", entities=[entity("m", 0, 3, "PER")]))
    assert import_paths(project, [fine], ImportOptions(strict=True)).added == 1


def test_a_strict_import_that_extends_takes_unknown_labels(
    project: Project, tmp_path: Path
) -> None:
    file = written(tmp_path / "x.jsonl", ANNOTATED)
    report = import_paths(project, [file], ImportOptions(strict=True, extend=True))
    assert report.annotated == {"mia": 3}
    assert project.scheme.entity("PLACE") is not None
    bad = written(tmp_path / "y.jsonl", line("b", "x y", entities=[entity("m", 0, 1, "place")]))
    with pytest.raises(NothingToDoError, match="taken by"):
        import_paths(project, [bad], ImportOptions(strict=True, extend=True))


def test_a_name_that_no_annotator_can_have_is_told_and_the_rest_goes_in(
    project: Project, tmp_path: Path
) -> None:
    odd = {**ANNOTATED, "annotations": [{"annotator": "m" * 150}]}
    report = import_paths(project, [written(tmp_path / "x.jsonl", odd, line("b", "x"))])
    assert report.rejected.count == 1
    assert report.added == 1
    with pytest.raises(UsageError):
        import_paths(project, [tmp_path / "x.jsonl"], ImportOptions(annotator=" "))


def test_a_file_that_cannot_be_read_to_its_end_is_told_and_the_next_is_read(
    project: Project, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.spacy").write_bytes(b"no DocBin")
    written(tmp_path / "in" / "good.jsonl", line("a"))
    report = import_paths(project, [tmp_path / "in"])
    assert report.added == 1
    assert report.rejected.count == 1
    assert "bad.spacy" in report.rejected.first[0]


def test_batches_of_any_size_give_the_same_project(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        line(f"d{n}", f"Text {n % 7} {n}", entities=[entity("m", 0, 4, "PER")]) for n in range(40)
    ]
    file = written(tmp_path / "x.jsonl", *rows, *rows[::3])
    import_paths(project, [file])
    for size in (1, 7):
        monkeypatch.setattr(arrivals, "_BATCH", size)
        with Project.create(tmp_path / f"other{size}", str(tmp_path / "small.toml")) as other:
            import_paths(other, [file])
            assert everything(other) == everything(project)


def test_a_batch_of_long_texts_is_written_early(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "_BATCH_CHARACTERS", 1000)
    seen: list[int] = []
    rows = [line(f"d{n}", f"{n} " * 600) for n in range(60)]
    file = written(tmp_path / "x.jsonl", *rows)
    import_paths(project, [file], progress=lambda *_: seen.append(project.document_count))
    assert seen == [1, 51]


def test_progress_goes_up_to_the_size_of_the_files(project: Project, tmp_path: Path) -> None:
    file = written(tmp_path / "x.jsonl", *(line(f"d{n}", f"Text {n}") for n in range(300)))
    seen: list[tuple[int, int]] = []
    import_paths(project, [file], progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {total for _, total in seen} == {file.stat().st_size}
    assert 0 < seen[0][0] < seen[-1][0] <= file.stat().st_size


def test_a_report_keeps_the_first_of_many_and_counts_the_rest() -> None:
    findings = Findings()
    for number in range(1000):
        findings.add(str(number))
    assert findings.count == 1000
    assert findings.first == [str(number) for number in range(Findings.MOST)]
    assert ImportReport(rejected=findings).doubt == "0"


def test_new_articles_that_are_nearly_others_are_named(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"word{n}" for n in range(80)]
    copy = [*words[:70], "other", *words[70:]]
    import_paths(project, [written(tmp_path / "x.jsonl", line("a", " ".join(words)))])
    second = written(tmp_path / "y.jsonl", line("b", " ".join(copy)), line("c", TEXT))
    import_paths(project, [second])
    found = likeness.near_duplicates(project, 1)
    assert found is not None
    assert found.first == ["b is nearly the same as a"]
    nothing_new = likeness.near_duplicates(project, 3)
    assert nothing_new is not None
    assert nothing_new.count == 0
    monkeypatch.setattr(likeness, "MOST", 2)
    assert likeness.near_duplicates(project, 1) is None


def test_an_argument_without_its_filler_is_left_out_and_told_with_file_and_line(
    project: Project, tmp_path: Path, shared: Path
) -> None:
    report = import_paths(project, [shared / "cases" / "dangling.jsonl"])
    assert (report.added, report.rejected.count) == (1, 0)
    assert not report.is_clean
    [(what, findings)] = report.parts.items()
    assert what == ARGUMENTS
    assert findings.first == [
        "dangling.jsonl:1: n1: Participant of Meet e1 points to nowhere, which is not there"
    ]
    kept = entries.load(project.database, "anna", "n1")
    assert kept["event", "e1"]["arguments"] == []
    assert ("flag", "done") in kept


def test_a_strict_import_takes_nothing_where_an_argument_lacks_its_filler(
    project: Project, shared: Path
) -> None:
    with pytest.raises(NothingToDoError, match="points to nowhere"):
        import_paths(project, [shared / "cases" / "dangling.jsonl"], ImportOptions(strict=True))
    assert project.document_count == 0
