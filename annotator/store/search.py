"""Finding documents among very many, in any order.

An answer is first only the places of the documents in the order of import; what a line shows is
read for the lines that are on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from annotator.model.annotations import DONE, FLAGGED, SKIPPED
from annotator.model.identity import canonical_json
from annotator.store.database import Database
from annotator.store.filter import (
    HAS_BEGUN,
    INDEX,
    IS_FLAGGED_AS,
    Condition,
    Filter,
    Standing,
    condition,
    split,
)

_LEFT = """(
    SELECT count(*) FROM suggestions AS s WHERE s.document_id = d.id AND s.current = 1
    AND NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.annotator = ?
        AND e.document_id = d.id AND e.kind = 'decision' AND e.id = s.id))"""
_LAST = """coalesce((
    SELECT h.annotator FROM history AS h WHERE h.seq =
        (SELECT max(m.seq) FROM history AS m WHERE m.document_id = d.id)), '')"""


class Column(StrEnum):
    """What documents can be sorted by."""

    NUMBER = "number"
    TITLE = "title"
    DATE = "date"
    STANDING = "standing"
    LEFT = "left"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Listed:
    """One document in the list, as one annotator sees it."""

    position: int
    """In the order of import, from 1."""
    id: str
    title: str
    date: str
    flags: frozenset[str]
    suggested: int
    left: int
    """Suggestions on which the annotator has not decided."""
    is_begun: bool
    last: str
    """Who changed something last; empty where nobody has."""

    @property
    def standing(self) -> Standing:
        """How far the annotator is."""
        if DONE in self.flags:
            return Standing.DONE
        if SKIPPED in self.flags:
            return Standing.SKIPPED
        return Standing.BEGUN if self.is_begun else Standing.NEW

    @property
    def is_flagged(self) -> bool:
        """Whether the annotator flagged it."""
        return FLAGGED in self.flags


def matching(
    db: Database,
    annotator: str,
    wanted: Filter,
    column: Column = Column.NUMBER,
    *,
    falling: bool = False,
) -> tuple[int, ...]:
    """The positions of the documents that match, sorted; equal ones in the order of import."""
    match, others = split(wanted.words)
    found = [row[0] for row in db.rows(f"{INDEX} ORDER BY rowid", (match,))] if match else []
    rest = replace(wanted, words=others)
    if match and rest.is_empty and column is Column.NUMBER:
        return tuple(reversed(found) if falling else found)
    positions = _sorted(db, annotator, rest, column, falling=falling)
    if not match:
        return positions
    holding = frozenset(found)
    return tuple(position for position in positions if position in holding)


def listed(db: Database, annotator: str, positions: Sequence[int]) -> tuple[Listed, ...]:
    """What the list says of the documents at some positions, in that order."""
    rows = db.rows(
        "SELECT d.position, d.id, d.title, coalesce(d.date, ''),"
        " (SELECT group_concat(e.id, char(10)) FROM entries AS e WHERE e.annotator = ?"
        "  AND e.document_id = d.id AND e.kind = 'flag'),"
        " (SELECT count(*) FROM suggestions AS s WHERE s.document_id = d.id AND s.current = 1),"
        f" {_LEFT}, {HAS_BEGUN}, {_LAST} FROM documents AS d"
        " WHERE d.position IN (SELECT value FROM json_each(?))",
        (annotator, annotator, annotator, annotator, canonical_json(list(positions))),
    )
    found = {row[0]: _listed(row) for row in rows}
    return tuple(found[position] for position in positions if position in found)


def titled(db: Database, words: Sequence[str], limit: int) -> tuple[tuple[str, str], ...]:
    """The ids and titles of the first documents in whose titles all words stand, in any case."""
    conditions = " AND ".join(["title LIKE ? ESCAPE '\\'"] * len(words)) or "1"
    patterns = ["%" + re.sub(r"([%_\\])", r"\\\1", word) + "%" for word in words]
    rows = db.rows(
        f"SELECT id, title FROM documents WHERE {conditions} ORDER BY position LIMIT ?",
        (*patterns, limit),
    )
    return tuple((row[0], row[1]) for row in rows)


def _sorted(
    db: Database, annotator: str, wanted: Filter, column: Column, *, falling: bool
) -> tuple[int, ...]:
    sql, values = condition(annotator, wanted)
    order, order_values = _order(annotator, column)
    direction = "DESC" if falling else "ASC"
    then = direction if column is Column.NUMBER else "ASC"
    rows = db.rows(
        f"SELECT d.position FROM documents AS d WHERE {sql}"
        f" ORDER BY {order} {direction}, d.position {then}",
        (*values, *order_values),
    )
    return tuple(row[0] for row in rows)


def _order(annotator: str, column: Column) -> Condition:
    """The SQL to sort by, lowest first, and its values."""
    if column is Column.TITLE:
        return "d.title COLLATE NOCASE", ()
    if column is Column.DATE:
        return "d.date", ()
    if column is Column.LEFT:
        return _LEFT, (annotator,)
    if column is Column.LAST:
        return _LAST, ()
    if column is Column.STANDING:
        skipped_or_begun = f"WHEN {IS_FLAGGED_AS} THEN 2 WHEN {HAS_BEGUN} THEN 1"
        sql = f"CASE WHEN {IS_FLAGGED_AS} THEN 3 {skipped_or_begun} ELSE 0 END"
        return sql, (annotator, DONE, annotator, SKIPPED, annotator, annotator)
    return "d.position", ()


def _listed(row: tuple[Any, ...]) -> Listed:
    position, document_id, title, date, flags, suggested, left, begun, last = row
    return Listed(
        position,
        document_id,
        title,
        date,
        frozenset(flags.split("\n")) if flags else frozenset[str](),
        suggested,
        left,
        bool(begun),
        last,
    )
