"""Who has finished which documents, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from annotator.model.annotations import DONE, SKIPPED
from annotator.model.identity import canonical_json
from annotator.store.database import Database


def finishers(db: Database) -> dict[str, tuple[str, ...]]:
    """Document id to those who have finished it, by name; documents in the order of import."""
    rows = db.rows(
        "SELECT d.id, e.annotator FROM entries AS e JOIN documents AS d ON d.id = e.document_id"
        " WHERE e.kind = 'flag' AND e.id = ? ORDER BY d.position, e.annotator",
        (DONE,),
    )
    found: dict[str, tuple[str, ...]] = {}
    for document_id, annotator in rows:
        found[document_id] = (*found.get(document_id, ()), annotator)
    return found


def times(db: Database, annotators: Iterable[str]) -> dict[str, datetime]:
    """When the last of some annotators finished each document that any of them has finished.

    That of a document finished again is the last one. A time that is none, as a damaged file may
    have, is left out.
    """
    # whoever has the flag now was given it by the last row that changed it
    rows = db.rows(
        "SELECT h.document_id, max(h.seq), h.at FROM history AS h"
        " JOIN entries AS e ON e.document_id = h.document_id AND e.annotator = h.annotator"
        " AND e.kind = 'flag' AND e.id = ?"
        " WHERE h.annotator IN (SELECT value FROM json_each(?)) AND instr(h.changes, ?) > 0"
        " GROUP BY h.document_id, h.annotator",
        (DONE, canonical_json(list(annotators)), f'"id":{canonical_json(DONE)},"kind":"flag"'),
    )
    found: dict[str, datetime] = {}
    for document_id, _, at in rows:
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            continue
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        found[document_id] = max(found.get(document_id, moment), moment)
    return found


def begun(db: Database, annotator: str) -> tuple[str, ...]:
    """The documents in which an annotator has marked something, in the order of import.

    Those that are finished or skipped are left out.
    """
    rows = db.rows(
        "SELECT d.id FROM documents AS d WHERE EXISTS ("
        " SELECT 1 FROM entries AS e WHERE e.annotator = ?1 AND e.document_id = d.id"
        " AND e.kind IN ('entity', 'event', 'relation'))"
        " AND NOT EXISTS (SELECT 1 FROM entries AS f WHERE f.annotator = ?1"
        " AND f.document_id = d.id AND f.kind = 'flag' AND f.id IN (?2, ?3)) ORDER BY d.position",
        (annotator, DONE, SKIPPED),
    )
    return tuple(row[0] for row in rows)


def by(db: Database, annotator: str) -> tuple[str, ...]:
    """The documents that an annotator has finished, in the order of import."""
    rows = db.rows(
        "SELECT d.id FROM entries AS e JOIN documents AS d ON d.id = e.document_id"
        " WHERE e.annotator = ? AND e.kind = 'flag' AND e.id = ? ORDER BY d.position",
        (annotator, DONE),
    )
    return tuple(row[0] for row in rows)


def with_decision(db: Database, annotator: str, prefix: str) -> frozenset[str]:
    """The documents in which an annotator has a decision whose id begins with `prefix`."""
    rows = db.rows(
        "SELECT DISTINCT document_id FROM entries WHERE annotator = ?1 AND kind = 'decision'"
        " AND substr(id, 1, length(?2)) = ?2",
        (annotator, prefix),
    )
    return frozenset(row[0] for row in rows)
