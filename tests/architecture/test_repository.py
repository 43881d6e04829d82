"""What may lie in the repository: no names of machines or registries, nothing large."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
LARGEST = 1_000_000

REGISTRIES = re.compile(
    "|".join(
        r"\.".join(parts)
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "(org|com)"),
            ("crates", "io"),
            ("deb", "debian", "org"),
            ("proxy", "golang", "org"),
            ("anaconda", "org"),
        )
    )
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "|".join(("work", "root")) + r")/|[A-Z]:\\Users\\")


def test_no_lock_file_of_another_tool_is_kept() -> None:
    kept = {path.name for path in files()}
    assert kept & {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"} == set()


def test_no_file_is_larger_than_a_megabyte() -> None:
    assert {str(p): p.stat().st_size for p in files() if p.stat().st_size > LARGEST} == {}


def test_no_file_names_the_host_of_a_registry() -> None:
    assert list(hits(REGISTRIES)) == []


def test_no_file_names_a_place_on_a_machine() -> None:
    assert list(hits(MACHINE_PATHS)) == []


def test_every_text_file_is_utf_8_with_line_feeds() -> None:
    wrong = []
    for path in sources():
        data = path.read_bytes()
        data.decode("utf-8")
        if b"\r\n" in data:
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_the_settings_of_git_keep_line_feeds() -> None:
    assert "eol=lf" in (ROOT / ".gitattributes").read_text(encoding="utf-8")


def hits(pattern: re.Pattern[str]) -> Iterator[str]:
    """Where a pattern stands in the sources: file, line and what it matched."""
    for path in sources():
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if match := pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {match[0]}"


def sources() -> Iterator[Path]:
    """The files that people write: code, settings and pages."""
    kinds = {".py", ".toml", ".md", ".tcss", ".yaml", ".yml", ".cfg", ".jsonl", ".json", ""}
    yield from (path for path in files() if path.suffix in kinds)


def files() -> Iterator[Path]:
    """The files of the checkout that git would keep."""
    ignored = [
        line.strip()
        for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split("\n")
        if line.strip() and not line.startswith("#")
    ]
    for folder, folders, names in os.walk(ROOT):
        place = Path(folder)
        folders[:] = sorted(
            name for name in folders if name != ".git" and not is_ignored(place / name, ignored)
        )
        yield from (place / name for name in sorted(names) if not is_ignored(place / name, ignored))


def is_ignored(path: Path, patterns: list[str]) -> bool:
    """Whether `.gitignore` says so; its later lines win."""
    name = path.relative_to(ROOT).as_posix()
    ignored = False
    for line in patterns:
        pattern = line.removeprefix("!").rstrip("/")
        anchored = pattern.removeprefix("/")
        hit = fnmatch(name, anchored) if "/" in pattern else fnmatch(path.name, pattern)
        if hit and (not line.endswith("/") or path.is_dir()):
            ignored = not line.startswith("!")
    return ignored
