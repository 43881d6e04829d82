"""The file held against what it promises: pages, texts, history and current annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from annotator.errors import StoreError
from annotator.model.annotations import AnnotationSet, Relation
from annotator.model.change import Key, applied, change_from
from annotator.model.dangling import dangling
from annotator.model.document import text_sha256
from annotator.model.event import Event
from annotator.model.identity import canonical_json
from annotator.model.records import Record, event_from, relation_from, span_from
from annotator.model.span import Span
from annotator.store import history
from annotator.store.database import Database

_BATCH = 200
_MOST = 20  # findings of one kind about one place
_READERS: dict[str, Callable[[Record], Span | Event | Relation]] = {
    "entity": span_from,
    "event": event_from,
    "relation": relation_from,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    kind: str
    """`file`, `schema`, `document`, `suggestion`, `history` or `entry`."""
    where: str
    message: str


Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""


def verify(db: Database, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with the file; empty where it is sound.

    Nothing is written and others may go on working meanwhile. A file too damaged to read to the
    end is a finding too, not an error.
    """
    report = progress or _silent
    found: list[Finding] = []
    try:
        for stage in (_file, _schema, _documents, _chain, _state):
            found.extend(stage(db, report))
    except StoreError as error:
        found.append(Finding("file", db.path.name, str(error)))
    return tuple(found)


def _file(db: Database, report: Progress) -> Iterator[Finding]:
    report("file", 0, 1)
    for (message,) in db.rows(f"PRAGMA integrity_check({_MOST})"):
        if message != "ok":
            yield Finding("file", db.path.name, message)
    for table, rowid, parent, _ in db.rows("PRAGMA foreign_key_check")[:_MOST]:
        yield Finding("file", f"{table} {rowid}", f"points to nothing in {parent}")
    report("file", 1, 1)


def _schema(db: Database, report: Progress) -> Iterator[Finding]:
    from annotator.store.migrations import expected_schema

    expected = expected_schema()
    rows = db.rows("SELECT type, name, sql FROM sqlite_master")
    found = {(str(kind), str(name)): str(sql) for kind, name, sql in rows}
    for (kind, name), sql in expected.items():
        if found.get((kind, name)) != sql:
            state = "has been changed" if (kind, name) in found else "is missing"
            yield Finding("schema", f"{kind} {name}", state)
    for kind, name in found:
        if kind == "trigger" and (kind, name) not in expected:
            yield Finding("schema", f"{kind} {name}", "is not ours and may change what is saved")
    report("schema", 1, 1)


def _documents(db: Database, report: Progress) -> Iterator[Finding]:
    total = int(db.value("SELECT count(*) FROM documents"))
    last, done = -1, 0
    while rows := db.rows(
        "SELECT position, id, text, sha256 FROM documents WHERE position > ?"
        " ORDER BY position LIMIT ?",
        (last, _BATCH),
    ):
        for last, document_id, text, sha256 in rows:  # noqa: B007 - where the next batch begins
            if text_sha256(text) != sha256:
                yield Finding("document", document_id, "its text is not what was imported")
            yield from _suggestions(db, document_id, len(text))
        done += len(rows)
        report("documents", done, total)


def _suggestions(db: Database, document_id: str, length: int) -> Iterator[Finding]:
    for kind, item_id, item in db.rows(
        "SELECT kind, id, item FROM suggestions WHERE document_id = ?", (document_id,)
    ):
        if problem := _misplaced(kind, item, length):
            yield Finding("suggestion", f"{document_id} {item_id}", problem)


def _chain(db: Database, report: Progress) -> Iterator[Finding]:
    total = int(db.value("SELECT coalesce(max(seq), 0) FROM history"))
    last, previous = 0, ""
    while rows := db.rows(
        f"SELECT {history.COLUMNS} FROM history WHERE seq > ? ORDER BY seq LIMIT ?", (last, _BATCH)
    ):
        for seq, *content, previous_hash, digest in rows:
            if previous_hash != previous or seq != last + 1:
                yield Finding("history", f"row {seq}", "a row before it is missing or was changed")
            if history.chained(previous_hash, tuple(content)) != digest:
                yield Finding("history", f"row {seq}", "it is not what was saved")
            last, previous = seq, digest
        report("history", last, max(total, last))
    counted = int(db.value("SELECT seq FROM sqlite_sequence WHERE name = 'history'") or 0)
    if counted > int(db.value("SELECT coalesce(max(seq), 0) FROM history")):
        yield Finding("history", f"row {counted}", "the last rows are missing")


def _state(db: Database, report: Progress) -> Iterator[Finding]:
    pairs = db.rows(
        "SELECT annotator, document_id FROM history UNION"
        " SELECT annotator, document_id FROM entries ORDER BY 1, 2"
    )
    for done, (annotator, document_id) in enumerate(pairs, 1):
        yield from _state_of(db, annotator, document_id)
        if done % _BATCH == 0 or done == len(pairs):
            report("annotations", done, len(pairs))


def _state_of(db: Database, annotator: str, document_id: str) -> Iterator[Finding]:
    where = f"{document_id} {annotator}"
    key = (document_id, annotator)
    with db.reading():
        saved = db.rows(
            "SELECT changes FROM history WHERE document_id = ? AND annotator = ? ORDER BY seq", key
        )
        kept = db.rows(
            "SELECT kind, id, record FROM entries WHERE document_id = ? AND annotator = ?", key
        )
        text = db.value("SELECT text FROM documents WHERE id = ?", (document_id,)) or ""
    for item_id, problem in _unsound(kept, len(text)):
        yield Finding("entry", f"{where} {item_id}", problem)
    try:
        folded = folded_rows(row[0] for row in saved)
    except (KeyError, TypeError, ValueError) as error:
        yield Finding("history", where, f"its rows do not follow from one another: {error}")
        return
    current = {(kind, item_id): record for kind, item_id, record in kept}
    for kind, item_id in _different(folded, current):
        yield Finding("entry", f"{where} {item_id}", f"the {kind} is not what history says")


def folded_rows(changes: Iterable[str]) -> dict[Key, Record]:
    """The entries that the `changes` columns of rows lead to, from nothing.

    Raises KeyError, TypeError or ValueError where a row does not fit the rows before it.
    """
    return applied({}, (change_from(record) for row in changes for record in json.loads(row)))


def _different(folded: dict[Key, Record], current: dict[Key, str]) -> list[Key]:
    expected = {key: canonical_json(record) for key, record in folded.items()}
    keys = sorted({*expected, *current})
    return [key for key in keys if expected.get(key) != current.get(key)][:_MOST]


def _unsound(kept: Iterable[tuple[str, str, str]], length: int) -> Iterator[tuple[str, str]]:
    """The ids of entries that are wrong in a text of `length` code points, each with why."""
    items: dict[str, dict[str, Any]] = {kind: {} for kind in _READERS}
    for kind, item_id, record in kept:
        if kind in items:
            try:
                items[kind][item_id] = _read(kind, record, length)
            except ValueError as error:
                yield item_id, str(error)
    annotations = AnnotationSet("", "", items["entity"], items["event"], items["relation"])
    for each in dangling(annotations):
        yield each.item_id, f"{each.message}, which is not there"


def _misplaced(kind: str, item: str, length: int) -> str:
    """What is wrong with the record of a suggestion in a text of `length` code points."""
    try:
        _read(kind, item, length)
    except ValueError as error:
        return str(error)
    return ""


def _read(kind: str, record: str, length: int) -> Span | Event | Relation:
    """The item of a record; raises ValueError that says what is wrong with it."""
    try:
        item = _READERS[kind](json.loads(record))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"it is no {kind}: {error}") from error
    end = 0 if isinstance(item, Relation) else _span_of(item).end
    if end > length:
        raise ValueError(f"it ends at {end}, beyond the text ({length})")
    return item


def _span_of(item: Span | Event) -> Span:
    return item.trigger if isinstance(item, Event) else item


def _silent(stage: str, done: int, total: int) -> None:
    """Say nothing."""
