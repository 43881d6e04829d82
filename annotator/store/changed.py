"""What changed since a moment, for what was counted then."""

from __future__ import annotations

from annotator.store.database import Database


def last(db: Database) -> int:
    """The `seq` of the last change of anybody in any document, 0 before the first."""
    return int(db.value("SELECT coalesce(max(seq), 0) FROM history"))


def since(db: Database, seq: int) -> tuple[tuple[str, str], ...]:
    """Each annotator and document that changed after a `seq`, once."""
    rows = db.rows(
        "SELECT DISTINCT annotator, document_id FROM history WHERE seq > ?"
        " ORDER BY annotator, document_id",
        (seq,),
    )
    return tuple((annotator, document_id) for annotator, document_id in rows)
