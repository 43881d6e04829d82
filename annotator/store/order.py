"""The order of documents: which comes next, and which an annotator has not finished."""

from __future__ import annotations

from annotator.model.annotations import DONE
from annotator.store.database import Database

_OPEN = (
    "NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.annotator = ?1 AND e.document_id = d.id"
    f" AND e.kind = 'flag' AND e.id = '{DONE}')"
)


def number(db: Database, document_id: str) -> int:
    """Which document in the order of import this is, from 1."""
    return int(
        db.value(
            "SELECT count(*) FROM documents"
            " WHERE position <= (SELECT position FROM documents WHERE id = ?)",
            (document_id,),
        )
    )


def neighbour(db: Database, document_id: str, step: int) -> str | None:
    """The document after (`step` 1) or before (-1) another; None at the end."""
    compare, direction = (">", "ASC") if step > 0 else ("<", "DESC")
    return db.value(
        f"SELECT id FROM documents WHERE position {compare}"
        " (SELECT position FROM documents WHERE id = ?)"
        f" ORDER BY position {direction} LIMIT 1",
        (document_id,),
    )


def next_open(db: Database, annotator: str, after: str = "") -> str | None:
    """The next document that the annotator has not finished, round and round.

    The search begins after the document `after`, or with the first; None where all are done.
    """
    return db.value(
        "SELECT d.id FROM documents AS d"
        f" WHERE {_OPEN} AND d.id <> ?2"
        " ORDER BY d.position <= coalesce((SELECT position FROM documents WHERE id = ?2), 0),"
        " d.position LIMIT 1",
        (annotator, after),
    )
