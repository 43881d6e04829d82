"""The order of documents: which comes next, and which an annotator has not finished."""

from __future__ import annotations

from typing import Literal

from annotator.model.annotations import DONE
from annotator.store.database import Database

Order = Literal["import", "shortest", "uncertain"]
"""As imported; the shortest first; the one whose suggestions have the lowest scores first."""

_OPEN = (
    "NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.annotator = ?1 AND e.document_id = d.id"
    f" AND e.kind = 'flag' AND e.id = '{DONE}')"
)
_ORDERS: dict[Order, str] = {
    "import": "d.position <= coalesce((SELECT position FROM documents WHERE id = ?2), 0)",
    "shortest": "d.length",
    "uncertain": "(SELECT coalesce(avg(s.score), 2) FROM suggestions AS s"
    " WHERE s.document_id = d.id AND s.current)",
}


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


def next_open(db: Database, annotator: str, after: str = "", order: Order = "import") -> str | None:
    """The next document that the annotator has not finished; None where all are done.

    In the order of import the search begins after the document `after` and goes round once.
    """
    return db.value(
        f"SELECT d.id FROM documents AS d WHERE {_OPEN} AND d.id <> ?2"
        f" ORDER BY {_ORDERS[order]}, d.position LIMIT 1",
        (annotator, after),
    )
