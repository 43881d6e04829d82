"""Where an annotator was, to go on there at the next start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from annotator.store.database import Database


@dataclass(frozen=True, slots=True)
class Place:
    """A document, and the span, event or suggestion in it that was in hand; empty for none."""

    document_id: str
    item_id: str = ""


def keep(db: Database, annotator: str, place: Place) -> None:
    """Remember `place` as the one where `annotator` is."""
    with db.write() as transaction:
        transaction.run(
            "INSERT INTO places (annotator, document_id, item_id, updated) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (annotator) DO UPDATE SET document_id = excluded.document_id,"
            " item_id = excluded.item_id, updated = excluded.updated",
            (
                annotator,
                place.document_id,
                place.item_id,
                datetime.now(UTC).isoformat(timespec="seconds"),
            ),
        )


def last(db: Database, annotator: str) -> Place | None:
    """Where `annotator` was, None before the first time."""
    found = db.row("SELECT document_id, item_id FROM places WHERE annotator = ?", (annotator,))
    return Place(*found) if found else None
