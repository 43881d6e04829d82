"""History: one row for each command, undo and redo, chained by hashes, never rewritten.

A row and what it changes in the current entries are saved in one transaction or not at all.
"""

from __future__ import annotations

import json
import uuid as uuids
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from annotator.errors import StaleStateError
from annotator.model.change import Change, change_from, change_record
from annotator.model.identity import canonical_json, content_hash
from annotator.model.records import Record
from annotator.store import entries
from annotator.store.database import Database, Transaction

RowKind = Literal["do", "undo", "redo"]

COLUMNS = (
    "seq, uuid, document_id, annotator, session, at, kind, reverts, command, changes,"
    " previous_hash, hash"
)


def new_uuid() -> str:
    """A fresh name for a row. A row sent again under its name is not saved twice."""
    return str(uuids.uuid4())


def now() -> str:
    """The time in UTC as ISO 8601. It informs; the order of rows is that of `seq`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class NewHistoryRow:
    """A row to be saved."""

    document_id: str
    annotator: str
    session: str
    command: Record
    changes: tuple[Change, ...]
    kind: RowKind = "do"
    reverts: str | None = None
    """Of an undo or redo: the uuid of the `do` row that is taken back or done again."""
    uuid: str = field(default_factory=new_uuid)
    at: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A row as it was saved."""

    seq: int
    uuid: str
    document_id: str
    annotator: str
    session: str
    at: str
    kind: RowKind
    reverts: str | None
    command: Record
    changes: tuple[Change, ...]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Stacks:
    """The uuids of the `do` rows that can be taken back and done again; the next one is last."""

    undo: list[str]
    redo: list[str]
    last: int = field(default=0, compare=False)
    """The `seq` of the annotator's last row, on whichever document, 0 before the first."""


def append(
    db: Database,
    row: NewHistoryRow,
    expected_revision: int | None,
    expected_last: int | None = None,
) -> HistoryRow:
    """Save a row and apply its changes.

    `expected_revision` is what `revision` said when the state that the row changes was loaded,
    or the `seq` of its last row. An undo or redo depends on all documents: its `expected_last` is
    the `seq` of the annotator's last row of which the stacks know. None leaves a check out. A row
    whose uuid is there already is given back as it was saved, so after a failure the same row may
    be sent again. Raises StaleStateError where somebody else was faster, StoreError where the file
    cannot be written; nothing is saved then.
    """
    prepared = _Prepared(row)
    with db.write() as transaction:
        found, previous, is_saved = _before(db, row)
        saved = find(db, row.uuid) if is_saved else None
        if saved is not None:
            return saved
        if expected_last is not None and after(db, row.annotator, expected_last)[0]:
            raise StaleStateError(
                f"{row.annotator} has done something else in another session meanwhile; "
                "nothing was saved.",
                "Look, and do it again.",
            )
        if expected_revision is not None and found != expected_revision:
            raise StaleStateError(
                f"{row.annotator} has changed {row.document_id!r} in another session meanwhile; "
                "nothing was saved.",
                "It is shown now: look, and do it again.",
            )
        seq, digest = _insert(transaction, prepared, previous)
    return _saved(row, seq, previous, digest)


def append_many(db: Database, rows: Iterable[NewHistoryRow]) -> int:
    """Save many rows, also of many documents, in one transaction; gives how many were new.

    For imports and merges; others wait meanwhile, so some hundred rows are enough. Raises as
    `append` does, then nothing at all is saved.
    """
    prepared = [_Prepared(row) for row in rows]
    saved: list[NewHistoryRow] = []
    with db.write() as transaction:
        last_hash = _last_hash(db)
        there = _those_saved(db, [each.row.uuid for each in prepared])
        for each in prepared:
            if each.row.uuid in there:
                continue
            there.add(each.row.uuid)
            _, last_hash = _add_row(transaction, each, last_hash)
            saved.append(each.row)
        _apply(transaction, saved)
    return len(saved)


def revision(db: Database, annotator: str, document_id: str) -> int:
    """The `seq` of the annotator's last row on a document, 0 before the first."""
    return int(
        db.value(
            "SELECT coalesce(max(seq), 0) FROM history WHERE document_id = ? AND annotator = ?",
            (document_id, annotator),
        )
    )


def after(db: Database, annotator: str, seq: int) -> tuple[int, int]:
    """How many rows the annotator has after a `seq`, and that of the last, `seq` for none."""
    count, newest = db.rows(
        "SELECT count(*), coalesce(max(seq), ?2) FROM history WHERE annotator = ?1 AND seq > ?2",
        (annotator, seq),
    )[0]
    return int(count), int(newest)


def find(db: Database, uuid: str) -> HistoryRow | None:
    """The row of that uuid, None where it was never saved."""
    found = db.row(f"SELECT {COLUMNS} FROM history WHERE uuid = ?", (uuid,))
    return _row(found) if found else None


def rows(
    db: Database,
    *,
    annotator: str | None = None,
    document_id: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[HistoryRow, ...]:
    """Rows newest first, of one annotator or document where named, and of a `seq` below `before`.

    The lowest `seq` that was given is the `before` of the next page.
    """
    wanted = {"annotator = ?": annotator, "document_id = ?": document_id, "seq < ?": before}
    conditions = {sql: value for sql, value in wanted.items() if value is not None}
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    found = db.rows(
        f"SELECT {COLUMNS} FROM history {where} ORDER BY seq DESC LIMIT ?",
        (*conditions.values(), limit),
    )
    return tuple(_row(each) for each in found)


def dates(db: Database, annotators: Iterable[str]) -> tuple[str, str] | None:
    """The times of the first and the last change of some annotators, None where there is none."""
    found = db.row(
        "SELECT min(at), max(at) FROM history WHERE annotator IN (SELECT value FROM json_each(?))",
        (canonical_json(list(annotators)),),
    )
    return (found[0], found[1]) if found and found[0] else None


def stacks(db: Database, annotator: str) -> Stacks:
    """What the annotator can undo and redo, over all documents and sessions."""
    undo: list[str] = []
    redo: list[str] = []
    seq = 0
    for seq, uuid, kind, reverts in db.rows(  # noqa: B007 - the last one is given too
        "SELECT seq, uuid, kind, reverts FROM history WHERE annotator = ? ORDER BY seq",
        (annotator,),
    ):
        if kind == "do":
            undo.append(uuid)
            redo.clear()
        elif kind == "undo":
            _move(reverts, undo, redo)
        else:
            _move(reverts, redo, undo)
    return Stacks(undo, redo, seq)


def chained(previous_hash: str, content: tuple[Any, ...]) -> str:
    """The hash of a row: over the hash of the row before and the columns `uuid` to `changes`."""
    return content_hash([previous_hash, *content])


class _Prepared:
    """A row with its columns `uuid` to `changes` as they are saved; made before the lock."""

    def __init__(self, row: NewHistoryRow) -> None:
        self.row = row
        self.content = (
            row.uuid,
            row.document_id,
            row.annotator,
            row.session,
            row.at,
            row.kind,
            row.reverts,
            canonical_json(row.command),
            entries.record_json([change_record(change) for change in row.changes]),
        )


def _insert(transaction: Transaction, prepared: _Prepared, previous: str) -> tuple[int, str]:
    seq, digest = _add_row(transaction, prepared, previous)
    row = prepared.row
    entries.change(transaction, row.annotator, row.document_id, row.changes)
    return seq, digest


def _add_row(transaction: Transaction, prepared: _Prepared, previous: str) -> tuple[int, str]:
    digest = chained(previous, prepared.content)
    seq = transaction.add(
        "INSERT INTO history (uuid, document_id, annotator, session, at, kind, reverts, command,"
        " changes, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*prepared.content, previous, digest),
    )
    return seq, digest


def _apply(transaction: Transaction, rows: Iterable[NewHistoryRow]) -> None:
    """Apply the changes of rows; all at once where they only add, as those of an import do."""
    changes = [(row.annotator, row.document_id, each) for row in rows for each in row.changes]
    if all(each.before is None for _, _, each in changes):
        entries.add(transaction, changes)
        return
    for annotator, document_id, each in changes:
        entries.change(transaction, annotator, document_id, (each,))


def _those_saved(db: Database, uuids: Iterable[str]) -> set[str]:
    rows = db.rows(
        "SELECT uuid FROM history WHERE uuid IN (SELECT value FROM json_each(?))",
        (canonical_json(list(uuids)),),
    )
    return {row[0] for row in rows}


def _before(db: Database, row: NewHistoryRow) -> tuple[int, str, bool]:
    """The revision that a row meets, the hash of the row before it, and whether it was saved.

    One question and not three: it is asked between a key and what is seen of it.
    """
    found = db.row(
        "SELECT (SELECT coalesce(max(seq), 0) FROM history WHERE document_id = ?1"
        " AND annotator = ?2), (SELECT hash FROM history ORDER BY seq DESC LIMIT 1),"
        " EXISTS (SELECT 1 FROM history WHERE uuid = ?3)",
        (row.document_id, row.annotator, row.uuid),
    )
    revision, previous, is_saved = found or (0, "", 0)
    return revision, previous or "", bool(is_saved)


def _saved(row: NewHistoryRow, seq: int, previous_hash: str, digest: str) -> HistoryRow:
    return HistoryRow(
        seq=seq,
        uuid=row.uuid,
        document_id=row.document_id,
        annotator=row.annotator,
        session=row.session,
        at=row.at,
        kind=row.kind,
        reverts=row.reverts,
        command=row.command,
        changes=row.changes,
        previous_hash=previous_hash,
        hash=digest,
    )


def _last_hash(db: Database) -> str:
    return db.value("SELECT hash FROM history ORDER BY seq DESC LIMIT 1") or ""


def _move(uuid: str, source: list[str], target: list[str]) -> None:
    """Move `uuid`; it is the last of `source` unless two sessions undid at once."""
    if uuid in source[-1:]:
        source.pop()
    elif uuid in source:
        source.remove(uuid)
    else:
        return
    target.append(uuid)


def _row(columns: tuple[Any, ...]) -> HistoryRow:
    seq, uuid, document_id, annotator, session, at, kind, reverts, *rest = columns
    command, changes, previous_hash, digest = rest
    return HistoryRow(
        seq=seq,
        uuid=uuid,
        document_id=document_id,
        annotator=annotator,
        session=session,
        at=at,
        kind=kind,
        reverts=reverts,
        command=json.loads(command),
        changes=tuple(change_from(record) for record in json.loads(changes)),
        previous_hash=previous_hash,
        hash=digest,
    )
