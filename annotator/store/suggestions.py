"""Suggestions in the file: those of the last run are current, earlier ones are never lost."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any

from annotator.model.event import Event
from annotator.model.identity import canonical_json
from annotator.model.records import event_from, event_record, span_from, span_record
from annotator.model.suggestion import Suggestion
from annotator.store.database import Database, Transaction

BATCH = 500
"""Documents a transaction."""


def replace(
    db: Database,
    source: str,
    found: Iterable[tuple[str, Sequence[Suggestion]]],
    unfinished: Collection[str] = (),
) -> int:
    """Make `found` the current suggestions of a suggester, `BATCH` documents a transaction.

    `source` names suggester and version, `found` goes by document id; a document with nothing
    found counts as done too, but not one in `unfinished`, which may grow while `found` is read.
    What the suggester said before is kept as no longer current. Gives how many suggestions there
    are now. Raises StoreError for an unknown document.
    """
    suggester = source.partition("@")[0]
    waiting = iter(found)
    total = 0
    while batch := list(islice(waiting, BATCH)):
        rows = [
            _row(document_id, suggester, suggestion)
            for document_id, suggestions in batch
            for suggestion in suggestions
        ]
        with db.write() as transaction:
            _put(transaction, suggester, source, [document_id for document_id, _ in batch], rows)
            _leave_waiting(transaction, suggester, [i for i, _ in batch if i in unfinished])
        total += len(rows)
    return total


def of(db: Database, document_id: str, annotator: str) -> tuple[Suggestion, ...]:
    """The current suggestions of a document, and those that `annotator` decided on; by place."""
    rows = db.rows(
        "SELECT kind, item, source, score FROM suggestions AS s WHERE document_id = ?1"
        " AND (current OR EXISTS (SELECT 1 FROM entries AS e WHERE e.annotator = ?2"
        " AND e.document_id = ?1 AND e.kind = 'decision' AND e.id = s.id))",
        (document_id, annotator),
    )
    return tuple(sorted((_suggestion(row) for row in rows), key=_place))


def current(
    db: Database, source: str, document_ids: Iterable[str]
) -> dict[str, tuple[Suggestion, ...]]:
    """What a suggester has on some hundred documents, in any version, by document id."""
    rows = db.rows(
        "SELECT document_id, kind, item, source, score FROM suggestions WHERE current"
        " AND suggester = ? AND document_id IN (SELECT value FROM json_each(?))",
        (source.partition("@")[0], canonical_json(sorted({*document_ids}))),
    )
    found: dict[str, list[Suggestion]] = {}
    for document_id, *row in rows:
        found.setdefault(document_id, []).append(_suggestion(tuple(row)))
    return {document_id: tuple(of_document) for document_id, of_document in found.items()}


def waiting(db: Database, source: str) -> tuple[str, ...]:
    """The documents on which this version of the suggester has not run, in order of import."""
    suggester = source.partition("@")[0]
    rows = db.rows(
        "SELECT d.id FROM documents AS d LEFT JOIN runs AS r"
        " ON r.suggester = ? AND r.document_id = d.id"
        " WHERE r.source IS NOT ? ORDER BY d.position",
        (suggester, source),
    )
    return tuple(row[0] for row in rows)


def undecided(db: Database, annotator: str, document_ids: Iterable[str]) -> int:
    """How many current suggestions of some documents an annotator has not decided on."""
    return int(
        db.value(
            "SELECT count(*) FROM suggestions AS s WHERE s.current"
            " AND s.document_id IN (SELECT value FROM json_each(?2)) AND NOT EXISTS ("
            " SELECT 1 FROM entries AS e WHERE e.annotator = ?1"
            " AND e.document_id = s.document_id AND e.kind = 'decision' AND e.id = s.id)",
            (annotator, canonical_json(list(document_ids))),
        )
    )


def sources(db: Database) -> dict[str, int]:
    """How many current suggestions there are of each source."""
    rows = db.rows("SELECT source, count(*) FROM suggestions WHERE current GROUP BY source")
    return dict(sorted((str(row[0]), int(row[1])) for row in rows))


def _put(
    transaction: Transaction,
    suggester: str,
    source: str,
    document_ids: list[str],
    rows: list[tuple[Any, ...]],
) -> None:
    transaction.run(
        "UPDATE suggestions SET current = 0 WHERE suggester = ? AND current"
        " AND document_id IN (SELECT value FROM json_each(?))",
        (suggester, canonical_json(document_ids)),
    )
    transaction.run_many(
        "INSERT INTO suggestions (document_id, id, kind, suggester, source, score, current, item)"
        " VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (document_id, id) DO UPDATE SET"
        " kind = excluded.kind, suggester = excluded.suggester, source = excluded.source,"
        " score = excluded.score, current = 1, item = excluded.item",
        rows,
    )
    transaction.run_many(
        "INSERT INTO runs (document_id, suggester, source) VALUES (?, ?, ?)"
        " ON CONFLICT (suggester, document_id) DO UPDATE SET source = excluded.source",
        ((document_id, suggester, source) for document_id in document_ids),
    )


def _leave_waiting(transaction: Transaction, suggester: str, document_ids: list[str]) -> None:
    """Have the suggester run on these documents again."""
    transaction.run(
        "DELETE FROM runs WHERE suggester = ? AND document_id IN (SELECT value FROM json_each(?))",
        (suggester, canonical_json(document_ids)),
    )


def _row(document_id: str, suggester: str, suggestion: Suggestion) -> tuple[Any, ...]:
    item = suggestion.item
    is_event = isinstance(item, Event)
    record = event_record(item) if isinstance(item, Event) else span_record(item)
    return (
        document_id,
        suggestion.id,
        "event" if is_event else "entity",
        suggester,
        suggestion.source,
        suggestion.score,
        canonical_json(record),
    )


def _suggestion(row: tuple[Any, ...]) -> Suggestion:
    kind, item, source, score = row
    record = json.loads(item)
    return Suggestion(event_from(record) if kind == "event" else span_from(record), source, score)


def _place(suggestion: Suggestion) -> tuple[int, int, str]:
    return suggestion.span.start, suggestion.span.end, suggestion.id
