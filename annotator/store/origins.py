"""Where annotated items came from, what was decided on suggestions, and when each step was made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from annotator.store.database import Database


def sources(db: Database, annotator: str) -> dict[str, dict[str, str]]:
    """Of what an annotator has: the source of all that was suggested, by document and id."""
    rows = db.rows(
        "SELECT e.document_id, e.id, s.source FROM entries AS e JOIN suggestions AS s"
        " ON s.document_id = e.document_id AND s.id = e.id"
        " WHERE e.annotator = ? AND e.kind IN ('entity', 'event')",
        (annotator,),
    )
    found: dict[str, dict[str, str]] = {}
    for document_id, item_id, source in rows:
        found.setdefault(document_id, {})[item_id] = source
    return found


def outcomes(db: Database, annotator: str) -> Iterator[tuple[str, str, str]]:
    """Document, source and outcome of every decision of an annotator."""
    rows = db.rows(
        "SELECT e.document_id, s.source, e.record FROM entries AS e JOIN suggestions AS s"
        " ON s.document_id = e.document_id AND s.id = e.id"
        " WHERE e.annotator = ? AND e.kind = 'decision' ORDER BY e.document_id, e.id",
        (annotator,),
    )
    for document_id, source, record in rows:
        yield document_id, source, str(json.loads(record)["outcome"])


def steps(db: Database, annotator: str) -> tuple[tuple[float, ...], ...]:
    """The times of the annotator's steps in seconds since 1970, a row a session; imports are none.

    In the order in which they were saved. A time that is none, as a damaged file may have, is left
    out.
    """
    rows = db.rows(
        "SELECT session, at FROM history WHERE annotator = ?"
        """ AND command NOT LIKE '%"command":"Import"%' ORDER BY seq""",
        (annotator,),
    )
    found: dict[str, list[float]] = {}
    for session, at in rows:
        try:
            found.setdefault(session, []).append(datetime.fromisoformat(at).timestamp())
        except ValueError:
            continue
    return tuple(tuple(times) for times in found.values())
