"""Who has which document open, so that a second session of the same annotator is told."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from annotator.store.database import Database

_LIFE = timedelta(hours=12)
"""After so long a session whose process cannot be looked at counts as gone."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A session that has a document open."""

    document_id: str
    annotator: str
    session: str
    host: str
    pid: int
    since: str
    """UTC, ISO 8601."""


def take(db: Database, document_id: str, annotator: str, session: str) -> tuple[Lease, ...]:
    """Enter that `session` has the document open; gives the annotator's other live sessions on it.

    Entries of sessions that are gone are cleared away.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    mine = Lease(document_id, annotator, session, socket.gethostname(), os.getpid(), at)
    with db.write() as transaction:
        others = [lease for lease in _of(db, document_id, annotator) if lease.session != session]
        gone = [lease for lease in others if not _is_live(lease, mine.host)]
        transaction.run_many(
            "DELETE FROM leases WHERE document_id = ? AND annotator = ? AND session = ?",
            [(document_id, annotator, lease.session) for lease in gone],
        )
        transaction.run(
            "INSERT INTO leases (document_id, annotator, session, host, pid, since)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (document_id, annotator, session)"
            " DO UPDATE SET host = excluded.host, pid = excluded.pid, since = excluded.since",
            (document_id, annotator, session, mine.host, mine.pid, mine.since),
        )
    return tuple(lease for lease in others if lease not in gone)


def release(db: Database, session: str, document_id: str | None = None) -> None:
    """Enter that `session` has let go of a document, or of all of them."""
    with db.write() as transaction:
        transaction.run(
            "DELETE FROM leases WHERE session = ?1 AND (?2 IS NULL OR document_id = ?2)",
            (session, document_id),
        )


def _of(db: Database, document_id: str, annotator: str) -> list[Lease]:
    rows = db.rows(
        "SELECT document_id, annotator, session, host, pid, since FROM leases"
        " WHERE document_id = ? AND annotator = ? ORDER BY since, session",
        (document_id, annotator),
    )
    return [Lease(*row) for row in rows]


def _is_live(lease: Lease, host: str) -> bool:
    if lease.host == host and sys.platform != "win32":
        return _runs(lease.pid)
    return datetime.now(UTC) - datetime.fromisoformat(lease.since) < _LIFE


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # it runs, as somebody else
    return True
