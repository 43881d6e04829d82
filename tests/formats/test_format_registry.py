from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import FormatError, UsageError
from annotator.formats import registry

CONTENTS = {
    "article.txt": ("Words.", "text"),
    "ours.jsonl": ('{"format":"annotator","version":1,"id":"a","text":"x","tokens":[]}', "jsonl"),
    "simple.jsonl": ('\n{"text":"x","title":"t"}', "jsonl"),
    "simple.ndjson": ('{"text":"x"}', "jsonl"),
    "teach.jsonl": ('{"text":"x","answer":"accept"}', "prodigy"),
    "manual.jsonl": ('{"text":"x","spans":[]}', "prodigy"),
    "cut.jsonl": ('{"text":"x', "jsonl"),
    "data.spacy": ("", "spacy"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, (content, _) in CONTENTS.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "x.patterns.jsonl").write_text('{"label":"ORG","pattern":"UN"}')
    (tmp_path / "README.md").write_text("words")
    return tmp_path


def test_a_file_is_known_by_its_name_and_first_line(folder: Path) -> None:
    for name, (_, expected) in CONTENTS.items():
        assert registry.detect(folder / name) == expected, name


def test_what_has_no_format_is_refused(folder: Path) -> None:
    with pytest.raises(FormatError, match="no format"):
        registry.detect(folder / "x.patterns.jsonl")
    with pytest.raises(FormatError, match="no format"):
        registry.detect(folder / "README.md")
    with pytest.raises(FormatError, match="not there"):
        registry.detect(folder / "missing.md")


def test_a_folder_gives_its_files_in_order(folder: Path) -> None:
    expected = sorted((folder / name, kind) for name, (_, kind) in CONTENTS.items())
    assert registry.files(folder) == expected
    assert registry.files(folder, "text") == [(folder / "article.txt", "text")]
    assert registry.files(folder / "README.md", "text") == [(folder / "README.md", "text")]


def test_a_wrong_name_is_told_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean prodigy"):
        registry.read(Path("x"), "prodgy")


def test_every_format_says_what_it_loses_and_which_ways_it_goes() -> None:
    found = {one.name: one for one in registry.formats()}
    assert list(found) == sorted(found)
    assert found["jsonl"].loses == ()
    assert found["jsonl"].directions == "in, out"
    assert {one.directions for one in found.values()} <= {"in", "out", "in, out"}
    assert all(one.suffixes for one in found.values())
