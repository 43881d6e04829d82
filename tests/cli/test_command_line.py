"""The commands as a user types them: what goes to stdout, what to stderr, and the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.project.project import Project
from annotator.session.commands import RejectSuggestion, accept_rest

Annotator = Callable[..., Any]

ARTICLE = "Police in Almaty arrested 40 protesters on Thursday, Reuters reported.\n"


@pytest.fixture
def project(annotator: Annotator, tmp_path: Path) -> Path:
    """A project with two imported and suggested articles, in the working folder."""
    for name, text in (("one", ARTICLE), ("two", "Troops entered Kazakhstan on Friday.\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert annotator("init").code == 0
    assert annotator("import", "one.txt", "two.txt").code == 0
    return tmp_path


def annotate(root: Path, name: str, *, reject_first: bool = False) -> None:
    """Accept every suggestion as `name`, perhaps but for the first of each document."""
    with Project.open(root) as project:
        session = project.session(name)
        session.open_last()
        document_id: str | None = session.state.document.id
        while document_id is not None:
            session.open(document_id)
            if reject_first:
                session.run(RejectSuggestion(session.state.undecided()[0].id))
            session.run(accept_rest(session.state))
            document_id = session.next_open()
        session.close()


def test_init_makes_a_project_that_status_can_read(annotator: Annotator, tmp_path: Path) -> None:
    made = annotator("init", "news", "--scheme", "ace2005")
    assert made.code == 0
    assert made.out == ""
    folder = tmp_path / "news"
    assert sorted(path.name for path in folder.iterdir() if "annotator.db" not in path.name) == [
        "annotator.toml", "corpus", "exports", "labels",
    ]  # fmt: skip
    assert (folder / "labels" / "ace2005.md").exists()
    assert annotator("--project", "news", "status").code == 0


def test_init_refuses_a_folder_that_is_a_project(annotator: Annotator, project: Path) -> None:
    again = annotator("init")
    assert again.code == 3
    assert "is a project already" in again.err


def test_a_command_outside_a_project_says_what_to_do(annotator: Annotator) -> None:
    for command in (["status"], ["verify"], ["suggest"], ["export", "jsonl"], ["agreement"]):
        answer = annotator(*command)
        assert answer.code == 3, command
        assert "annotator init" in answer.err
        assert len(answer.err.strip().split("\n")) == 1


@pytest.mark.parametrize(
    "words", [["--nonsense"], ["nonsense"], ["import"], ["export"], ["agreement", "--layer", "x"]]
)
def test_wrong_words_exit_2(annotator: Annotator, words: list[str]) -> None:
    answer = annotator(*words)
    assert answer.code == 2
    assert "Traceback" not in answer.err


def test_importing_twice_changes_nothing(annotator: Annotator, project: Path) -> None:
    again = annotator("import", "one.txt", "two.txt")
    assert again.code == 0
    assert "Imported 0 documents; 2 were there already." in again.err


def test_another_text_under_a_known_id_is_refused_and_named(
    annotator: Annotator, project: Path
) -> None:
    (project / "one.txt").write_text("Something else.", encoding="utf-8")
    answer = annotator("import", "one.txt")
    assert answer.code == 1
    assert "one.txt: one is there with another text" in answer.err
    assert annotator("verify").code == 0


def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    annotator: Annotator, project: Path
) -> None:
    (project / "three.txt").write_text("A third article.", encoding="utf-8")
    dry = annotator("import", "three.txt", "--dry-run")
    assert "Would import 1 document" in dry.err
    status = json.loads(annotator("status", "--json").out)
    assert [line["documents"] for line in status] == [2]


def test_a_bad_line_is_named_and_the_rest_goes_in(annotator: Annotator, project: Path) -> None:
    (project / "more.jsonl").write_text('{"text": "Fine."}\n{"text": 3}\n', encoding="utf-8")
    answer = annotator("import", "more.jsonl")
    assert answer.code == 1
    assert "more.jsonl:2:" in answer.err
    assert "Imported 1 document" in answer.err


def test_what_is_not_there_cannot_be_imported(annotator: Annotator, project: Path) -> None:
    answer = annotator("import", "nowhere.txt")
    assert answer.code == 3
    assert "nowhere.txt" in answer.err


def test_suggest_counts_and_does_nothing_twice(annotator: Annotator, project: Path) -> None:
    again = annotator("suggest")
    assert again.code == 0
    assert "0 suggestions in 0 documents" in again.err
    assert "in 2 documents" in annotator("suggest", "--again").err


def test_an_unknown_suggester_is_refused_with_those_there_are(
    annotator: Annotator, project: Path
) -> None:
    answer = annotator("suggest", "--with", "oracle")
    assert answer.code == 2
    assert "patterns" in answer.err


def test_status_lists_annotators_and_documents(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia")
    by_annotator = json.loads(annotator("status", "--json").out)
    assert by_annotator[0]["annotator"] == "mia"
    assert (by_annotator[0]["done"], by_annotator[0]["undecided"]) == (2, 0)
    documents = json.loads(annotator("status", "--annotator", "mia", "--json").out)
    assert [line["state"] for line in documents] == ["done", "done"]


def test_agreement_needs_two_annotators(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia")
    answer = annotator("agreement")
    assert answer.code == 1
    assert "two annotators" in answer.err


def test_agreement_of_two_passes_counts_what_differs(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia")
    annotate(project, "ben", reject_first=True)
    report = json.loads(annotator("agreement", "--json").out)
    (pair,) = report["layers"]["entities"]["pairs"]
    assert pair["annotators"] == ["ben", "mia"]
    assert pair["documents"] == 2
    ben, mia = pair["spans"]
    assert mia == ben + 2
    assert pair["numbers"]["span_f1"]["value"] == pytest.approx(2 * ben / (ben + mia))
    table = annotator("agreement")
    assert table.code == 0
    assert "ben · mia" in table.out
    assert "too small to trust" in table.out


def test_fail_under_answers_by_exit_code(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia")
    annotate(project, "ben", reject_first=True)
    assert annotator("agreement", "--fail-under", "span_f1=0.1").code == 0
    assert annotator("agreement", "--fail-under", "span_f1=0.999").code == 1
    assert annotator("agreement", "--fail-under", "charm=0.5").code == 2


def test_jsonl_goes_to_stdout_and_comes_back_in(
    annotator: Annotator, project: Path, tmp_path: Path
) -> None:
    annotate(project, "mia")
    out = annotator("export", "jsonl", "--out", "-").out
    lines = [json.loads(line) for line in out.strip().split("\n")]
    assert [line["id"] for line in lines] == ["one", "two"]
    (tmp_path / "back.jsonl").write_text(out, encoding="utf-8")
    assert annotator("init", "other").code == 0
    assert annotator("--project", "other", "import", "back.jsonl", "--no-suggest").code == 0
    again = annotator("--project", "other", "export", "jsonl", "--out", "-").out
    assert again == out


def test_training_data_lands_in_exports(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia")
    answer = annotator("export", "spacy", "--split", "50/50")
    assert answer.code == 0, answer.err
    folder = project / "exports" / "spacy"
    assert {"config.cfg", "train.spacy", "dev.spacy", "README.md", "report.json"} <= {
        path.name for path in folder.iterdir()
    }


def test_a_wrong_split_or_format_is_refused(annotator: Annotator, project: Path) -> None:
    annotate(project, "mia")
    assert annotator("export", "spacy", "--split", "80/30").code == 2
    wrong = annotator("export", "jsnl")
    assert wrong.code == 2
    assert "jsonl" in wrong.err


def test_training_data_of_several_annotators_asks_whose(
    annotator: Annotator, project: Path
) -> None:
    annotate(project, "mia")
    annotate(project, "ben")
    answer = annotator("export", "spacy")
    assert answer.code == 2
    assert "ben, mia" in answer.err


def test_verify_is_silent_on_stdout_and_finds_a_changed_byte(
    annotator: Annotator, project: Path
) -> None:
    import sqlite3

    assert annotator("verify").code == 0
    with sqlite3.connect(project / "annotator.db") as raw:
        raw.execute("DROP TRIGGER documents_keep_their_text")
        raw.execute("UPDATE documents SET text = 'Police in Astana' WHERE id = 'one'")
    raw.close()
    answer = annotator("verify")
    assert answer.code == 1
    assert "one" in answer.err


def test_the_screen_is_not_opened_without_a_terminal(annotator: Annotator) -> None:
    answer = annotator()
    assert answer.code == 2
    assert "terminal" in answer.err


def test_listings_name_what_there_is(annotator: Annotator, project: Path) -> None:
    formats = json.loads(annotator("formats", "--json").out)
    assert {"jsonl", "prodigy", "spacy"} <= {line["format"] for line in formats}
    schemes = json.loads(annotator("schemes", "--json").out)
    assert {"news-events", "plover", "ace2005", "conll2003", "ontonotes"} == {
        line["scheme"] for line in schemes
    }
    keys = json.loads(annotator("keys", "--json").out)
    assert "accept" in {line["action"] for line in keys}


def test_control_codes_in_a_file_name_do_not_reach_the_terminal(
    annotator: Annotator, project: Path
) -> None:
    answer = annotator("import", "bad\x1b[2Jname.txt")
    assert answer.code == 3
    assert "\x1b" not in answer.err


def test_a_broken_settings_file_names_line_and_field(annotator: Annotator, project: Path) -> None:
    (project / "annotator.toml").write_text('scheme = "news-events"\nkeyz = 1\n', encoding="utf-8")
    answer = annotator("status")
    assert answer.code == 3
    assert "annotator.toml:2" in answer.err
    assert "keys" in answer.err
