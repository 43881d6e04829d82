"""No test depends on how fast the machine is, as far as that can be read in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parents[1]
CLOCKS = {
    "sleep", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time",
    "Timer", "wait_for_idle", "time.time",
}  # fmt: skip
ALLOWED = {
    ("terminal.py", "sleep"): "between looks whether a program has ended",
    ("terminal.py", "monotonic"): "after minutes a program hangs",
    ("tui/screen_reader.py", "sleep"): "between looks at the screen",
    ("tui/screen_reader.py", "monotonic"): "after minutes a screen hangs",
    ("store/test_store_writing.py", "timeout="): "how long a write waits is what is tested",
}
"""Where a test has to do with time all the same, and why no speed decides what comes out."""


def test_no_law_has_a_deadline() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
    assert {place for place in own_settings("deadline") if place[0] != "conftest.py"} == set()


def test_what_a_law_does_without_includes_the_check_of_its_speed() -> None:
    lists = set(own_settings("suppress_health_check"))
    assert len(lists) > 1
    assert {place for place in lists if "HealthCheck.too_slow" not in place[1]} == set()


def test_no_test_waits_for_time_to_pass_or_measures_it() -> None:
    found = {
        (name_of(path), what)
        for path in sorted(TESTS.rglob("*.py"))
        for what in clocks(path.read_text(encoding="utf-8"))
    }
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("time.sleep(0.1)", ["sleep"]),
        ("from time import sleep\nsleep(1)", ["sleep"]),
        ("await asyncio.sleep(0.01)", ["sleep"]),
        ("await pilot.pause(0.1)", ["pause"]),
        ("await pilot.pause(delay=0.1)", ["pause"]),
        ("began = time.perf_counter()", ["perf_counter"]),
        ("began = time.time()", ["time.time"]),
        ("child.wait(timeout=30)", ["timeout="]),
        ("@pytest.mark.timeout(10)\ndef test(): pass", ["mark.timeout"]),
        ("await pilot.pause()\nchild.wait()\nfound = clock.time()", []),
    ],
)
def test_what_waits_or_measures_is_found(source: str, found: list[str]) -> None:
    assert list(clocks(source)) == found


def clocks(source: str) -> Iterator[str]:
    """What a source calls that has to do with time."""
    for call in calls(source):
        name = ast.unparse(call.func)
        last = name.rpartition(".")[2]
        if last in CLOCKS or name in CLOCKS:
            yield name if name in CLOCKS else last
        elif last == "pause" and (call.args or call.keywords):
            yield last
        elif name.endswith("mark.timeout"):
            yield "mark.timeout"
        if any(word.arg == "timeout" for word in call.keywords):
            yield "timeout="


def own_settings(name: str) -> Iterator[tuple[str, str]]:
    """Where a setting of Hypothesis is given, and what it is there."""
    for path in sorted(TESTS.rglob("*.py")):
        for call in calls(path.read_text(encoding="utf-8")):
            for word in call.keywords:
                if word.arg == name:
                    yield name_of(path), ast.unparse(word.value)


def calls(source: str) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def name_of(path: Path) -> str:
    """A file's path in the tests."""
    return path.relative_to(TESTS).as_posix()
