"""The order of documents: which comes next, and which an annotator has not finished."""

from __future__ import annotations

from itertools import product
from typing import Literal

from annotator.model.annotations import DONE, SKIPPED
from annotator.store.database import Database
from annotator.store.filter import IS_FLAGGED_AS, Filter, condition

Order = Literal["import", "shortest", "uncertain"]
"""As imported; the shortest first; the one whose suggestions have the lowest scores first."""

_ALL = Filter()
_ORDERS: dict[Order, str] = {
    "import": "d.position",
    "shortest": "d.length",
    "uncertain": "(SELECT coalesce(avg(s.score), 2) FROM suggestions AS s"
    " WHERE s.document_id = d.id AND s.current)",
}
_PLACE = "coalesce((SELECT position FROM documents WHERE id = ?), 0)"


def number(db: Database, document_id: str) -> int:
    """Which document in the order of import this is, from 1."""
    return int(
        db.value(
            "SELECT count(*) FROM documents"
            " WHERE position <= (SELECT position FROM documents WHERE id = ?)",
            (document_id,),
        )
    )


def done(db: Database, annotator: str) -> int:
    """How many documents the annotator has finished."""
    return int(
        db.value(
            "SELECT count(*) FROM entries WHERE annotator = ? AND kind = 'flag' AND id = ?",
            (annotator, DONE),
        )
    )


def neighbour(
    db: Database, document_id: str, step: int, annotator: str = "", wanted: Filter = _ALL
) -> str | None:
    """The next document that matches after (`step` 1) or before (-1) another; None at the end."""
    compare, direction = (">", "ASC") if step > 0 else ("<", "DESC")
    sql, values = condition(annotator, wanted)
    return db.value(
        f"SELECT d.id FROM documents AS d WHERE d.position {compare} {_PLACE} AND {sql}"
        f" ORDER BY d.position {direction} LIMIT 1",
        (document_id, *values),
    )


def next_open(
    db: Database,
    annotator: str,
    after: str = "",
    order: Order = "import",
    wanted: Filter = _ALL,
) -> str | None:
    """The next document that matches and is not finished; None where all are done.

    Those that were skipped come after all others. In the order of import the
    search begins after the document `after` and goes round once.
    """
    sql, values = condition(annotator, wanted)
    places = (">", "<") if order == "import" else ("<>",)
    for skipped, compare in product(("NOT", ""), places):
        found = db.value(
            f"SELECT d.id FROM documents AS d WHERE d.position {compare} {_PLACE}"
            f" AND NOT {IS_FLAGGED_AS} AND {skipped} {IS_FLAGGED_AS} AND {sql}"
            f" ORDER BY {_ORDERS[order]}, d.position LIMIT 1",
            (after, annotator, DONE, annotator, SKIPPED, *values),
        )
        if found is not None:
            return found
    return None
