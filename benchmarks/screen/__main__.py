"""How fast the screen answers, beside the least that Textual itself can do, in one run.

Run from the project's folder: `python -m benchmarks.screen`, on a machine that does nothing else.
Each figure stands beside its bound. Exit status 1 where one is missed.
"""

from __future__ import annotations

import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from annotator.project.project import Project
from benchmarks.screen import projects
from benchmarks.screen.program import QUIET, Program, Reaction

_HERE = Path(__file__).resolve().parent
_STARTS = 7
_REPEATS = 60
_KEYS = {"move": "l", "next": "j", "accept": "a", "undo": "u"}
_SAVING = ("accept", "undo")
"""These wait for the disk once, which is no doing of the screen's and is taken off."""
_NO_SPACY = "import time\ntime.sleep(3600)\n"
"""Takes the place of spaCy where memory is measured without it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure and the bound that it has to keep."""

    name: str
    value: float
    bound: float
    unit: str

    @property
    def holds(self) -> bool:
        return self.value <= self.bound


def main() -> int:
    """Measure everything, print it; gives the exit status."""
    with tempfile.TemporaryDirectory(prefix="annotator-screen-") as name:
        folder = Path(name)
        found = [*_answers(folder), *_starts(folder)]
    print(f"\n{'':52}{'measured':>10}{'bound':>9}")
    for line in found:
        verdict = "" if line.holds else "   MISSED"
        print(f"{line.name:<52}{line.value:>10.2f}{line.bound:>9.2f} {line.unit}{verdict}")
    return int(not all(line.holds for line in found))


def _answers(folder: Path) -> list[Line]:
    """Key to settled screen, and bytes for a key."""
    floor, disk = _minimal_keys(), _sync(folder)
    article = _keys(_made(folder / "article", projects.one_article))
    long = _keys(_made(folder / "long", projects.long_document))
    lines: list[Line] = []
    for action in _KEYS:
        here, there = _median(article[action]), _median(long[action])
        wait = disk if action in _SAVING else 0.0
        drawn = max(here - wait, 0.0)
        lines.append(Line(f"{action}: article / minimal app", drawn / floor, 2.0, "times"))
        lines.append(Line(f"{action}: 20,000 words / article", there / here, 1.5, "times"))
        for name, found in (("article", article), ("20,000 words", long)):
            size = statistics.median(reaction.size for reaction in found[action]) / 1000
            lines.append(Line(f"{action}: sent for a key, {name}", size, 4.0, "kB"))
    return lines


def _starts(folder: Path) -> list[Line]:
    """First paint and memory."""
    few = _made(folder / "few", lambda root: projects.many_documents(root, 10))
    many = _made(folder / "many", lambda root: projects.many_documents(root, 100_000))
    shown = ("saved", _inner_word())
    floor, first, second = _paints(
        (_minimal(), ("ready",)), (_ours(few), shown), (_ours(many), shown)
    )
    blocked = folder / "blocked"
    (blocked / "spacy").mkdir(parents=True)
    (blocked / "spacy" / "__init__.py").write_text(_NO_SPACY, "utf-8")
    path = f"{blocked}:{projects.ROOT}"
    program = Program(_ours(folder / "long"), projects.ROOT, PYTHONPATH=path)
    program.first_paint("saved")
    program.settle()
    memory = program.megabytes()
    program.close()
    print(f"first paint: minimal {floor:.3f} s, 10 documents {first:.3f} s, 100,000 {second:.3f} s")
    return [
        Line("first paint after the minimal app, 10 documents", first - floor, 0.2, "s"),
        Line("first paint after the minimal app, 100,000 documents", second - floor, 0.2, "s"),
        Line("memory with 20,000 words, before spaCy", memory, 120.0, "MB"),
    ]


def _paints(*programs: tuple[list[str], tuple[str, ...]]) -> list[float]:
    """The median first paint of each, started by turns so that all meet the same machine."""
    found: list[list[float]] = [[] for _ in programs]
    for _ in range(_STARTS):
        for (command, shown), times in zip(programs, found, strict=True):
            program = Program(command, projects.ROOT)
            times.append(program.first_paint(*shown))
            program.close()
    return [statistics.median(times[1:]) for times in found]


def _inner_word() -> str:
    """A word of the article's beginning that is not in its title, which the header shows too."""
    article = projects.article()
    start, end = article.title_range
    words = re.findall(r"[a-z]{5,}", article.text[end : end + 600])
    return next(word for word in words if word not in article.text[start:end])


def _minimal_keys() -> float:
    program = Program(_minimal(), projects.ROOT)
    program.first_paint("ready")
    program.settle()
    median = _median([program.press("l") for _ in range(2 * _REPEATS)])
    print(f"{'minimal app':<16}{median:6.2f} ms")
    program.close()
    return median


def _sync(folder: Path) -> float:
    """Milliseconds that SQLite takes to keep one row for good, as the project's file does."""
    times: list[float] = []
    with closing(sqlite3.connect(folder / "sync.db", isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE kept (text)")
        for _ in range(_REPEATS):
            time.sleep(QUIET)  # as between keys: a disk that just wrote answers faster
            begin = time.perf_counter()
            connection.execute("INSERT INTO kept VALUES (?)", ("x" * 500,))
            times.append((time.perf_counter() - begin) * 1000)
    print(f"{'SQLite, one row':<16}{statistics.median(times):6.2f} ms")
    return statistics.median(times)


def _keys(root: Path) -> dict[str, list[Reaction]]:
    program = Program(_ours(root), projects.ROOT)
    program.first_paint("saved")
    program.settle(3.0)
    program.press("l")
    found = {name: [program.press(key) for _ in range(_REPEATS)] for name, key in _KEYS.items()}
    for name, reactions in found.items():
        slowest = sorted(reaction.settled for reaction in reactions)[int(_REPEATS * 0.95)]
        sizes = [reaction.size for reaction in reactions]
        print(
            f"{root.name:<8}{name:<8}{_median(reactions):6.2f} ms, 95 % within {slowest:6.2f} ms, "
            f"{statistics.median(sizes):6.0f} bytes, at most {max(sizes)}"
        )
    program.close()
    return found


def _median(reactions: list[Reaction]) -> float:
    return statistics.median(reaction.settled for reaction in reactions)


def _minimal() -> list[str]:
    return [sys.executable, str(_HERE / "minimal.py")]


def _ours(root: Path) -> list[str]:
    return [sys.executable, "-m", "annotator", "--project", str(root), "annotate",
            "--annotator", "bench"]  # fmt: skip


def _made(root: Path, make: Callable[[Path], Project]) -> Path:
    make(root).close()
    return root


if __name__ == "__main__":
    sys.exit(main())
