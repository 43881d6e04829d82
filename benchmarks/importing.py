"""What an import costs, against the least that it can cost, and the memory it takes.

Run from the project's folder: `python benchmarks/importing.py [DOCUMENTS]`, 10,000 if not named.
Articles of some 400 words come from `../shared/tools/gen.py`, without and with annotations (25
entities and triggers each). The limit parses the lines with orjson and inserts the same columns
into the same tables, search index and hashes included, with the same settings and batches. Each
run is a process of its own; the best of three counts. Nothing is suggested.
"""

from __future__ import annotations

import hashlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import orjson

from annotator.project.importing import import_paths
from annotator.project.project import Project
from annotator.store.database import connect

ROOT = Path(__file__).resolve().parents[1]
GENERATOR = ROOT.parent / "shared" / "tools" / "gen.py"
RUNS = 3
BATCH = 500
PEERS = "10,000 annotated articles: doccano 1.8 78.0 s, 976 MB; Label Studio 1.23 23.7 s, 1,505 MB"
SETTINGS = ("synchronous=FULL", "foreign_keys=ON", "journal_size_limit=67108864")

DOCUMENT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
SEARCH = "INSERT INTO documents_search (rowid, title, text) VALUES (?, ?, ?)"
HISTORY = "INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, 'do', NULL, ?, ?, ?, ?)"
ENTRY = "INSERT INTO entries VALUES (?, ?, ?, ?, ?)"


def imported(source: Path, folder: Path) -> None:
    """What `annotator import` does."""
    with Project.create(folder) as project:
        began = _now()
        report = import_paths(project, [source])
        if not report.is_clean:
            raise ValueError(report.doubt)
    _tell(began)


def limit(source: Path, folder: Path) -> None:
    """Parse and insert, and nothing else."""
    folder.mkdir()
    connect(folder / "annotator.db", create=True).close()
    database = sqlite3.connect(folder / "annotator.db", isolation_level=None)
    for setting in SETTINGS:
        database.execute(f"PRAGMA {setting}")
    began = _now()
    with source.open("rb") as lines:
        rows = enumerate(map(orjson.loads, lines), 1)
        previous = ""
        while batch := list(islice(rows, BATCH)):
            previous = _insert(database, batch, previous)
    database.close()
    _tell(began)


def _insert(database: sqlite3.Connection, batch: list[tuple[int, dict]], previous: str) -> str:
    database.execute("BEGIN IMMEDIATE")
    documents = [_document(number, row) for number, row in batch]
    database.executemany(DOCUMENT, documents)
    database.executemany(SEARCH, ((row[0], row[4], row[10]) for row in documents))
    history, entries = [], []
    for number, row in batch:
        if spans := row.get("label"):
            records = list(_spans(number, spans))
            changes = orjson.dumps(
                [{"after": r, "before": None, "id": r["id"], "kind": "entity"} for r in records]
            ).decode()
            now = "2026-01-01T00:00:00.000+00:00"
            columns = (f"u{number}", f"d{number}", "me", "s", now, "{}", changes)
            digest = hashlib.blake2b((previous + changes).encode(), digest_size=20).hexdigest()
            history.append((None, *columns, previous, digest))
            previous = digest
            entries += [
                ("me", f"d{number}", "entity", r["id"], orjson.dumps(r).decode()) for r in records
            ]
    database.executemany(HISTORY, history)
    database.executemany(ENTRY, entries)
    database.execute("COMMIT")
    return previous


def _document(number: int, row: dict) -> tuple:
    text = row["text"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    meta = orjson.dumps(row.get("meta", {})).decode()
    title = text[:60]
    now = "2026-01-01T00:00:00+00:00"
    return number, f"d{number}", "en", title, None, digest, len(text), None, now, meta, text


def _spans(number: int, spans: list[list]) -> Iterator[dict]:
    for place, (start, end, label) in enumerate(spans):
        yield {"id": f"s{number:08x}{place:08x}", "label": label, "ranges": [[start, end]]}


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _tell(began: tuple[float, float]) -> None:
    seconds = (now - then for now, then in zip(_now(), began, strict=True))
    print(*seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(what: Callable[[Path, Path], None], source: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and peak megabytes, the best of some runs."""
    found = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, what.__name__, source, Path(folder, "project")]
            told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        found.append(tuple(map(float, told.stdout.split())))
    return min(found)


def corpora(folder: Path, count: int) -> Iterator[tuple[str, Path]]:
    """The same articles without and with annotations."""
    command = [sys.executable, GENERATOR, "--n", str(count), "--out", folder]
    subprocess.run([*command, "--formats", "doccano", "--no-tokens"], check=True, stdout=-3)
    annotated = folder / "doccano.jsonl"
    plain = folder / "articles.jsonl"
    with annotated.open("rb") as lines, plain.open("wb") as file:
        for number, line in enumerate(lines):
            row = {"id": f"a{number}", "text": orjson.loads(line)["text"]}
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    yield "articles", plain
    yield "with annotations", annotated


def main(count: int) -> None:
    print(f"{count:,} documents: seconds by the clock (of the processor), peak memory")
    with tempfile.TemporaryDirectory() as folder:
        for name, source in corpora(Path(folder), count):
            least, ours = measured(limit, source), measured(imported, source)
            print(
                f"{name:<17} limit {_shown(least)}   import {_shown(ours)}"
                f"   {ours[0] / least[0]:.2f} ({ours[1] / least[1]:.2f}) times the limit"
            )
    print(PEERS)


def _shown(figures: tuple[float, float, float]) -> str:
    clock, processor, peak = figures
    return f"{clock:6.2f} ({processor:5.2f}) s {peak:4.0f} MB"


if __name__ == "__main__":
    if len(sys.argv) == 4:
        {"imported": imported, "limit": limit}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
