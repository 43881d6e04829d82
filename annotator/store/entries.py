"""Current annotations, entry by entry: what history folds to, kept ready to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import orjson

from annotator.errors import StaleStateError
from annotator.model.change import Change, Key
from annotator.model.identity import canonical_json
from annotator.model.records import Record
from annotator.store.database import Database, Transaction

_BATCH = 500
"""Documents read at a time."""
_INSERT = "INSERT INTO entries (annotator, document_id, kind, id, record) VALUES (?, ?, ?, ?, ?)"


def load(db: Database, annotator: str, document_id: str) -> dict[Key, Record]:
    """Everything that `annotator` says of a document."""
    rows = db.rows(
        "SELECT kind, id, record FROM entries WHERE annotator = ? AND document_id = ?",
        (annotator, document_id),
    )
    return {(kind, item_id): json.loads(record) for kind, item_id, record in rows}


def of_documents(
    db: Database, annotator: str, document_ids: Iterable[str]
) -> Iterator[tuple[str, dict[Key, Record]]]:
    """Everything that `annotator` says of some hundred documents, by id."""
    rows = db.rows(
        "SELECT document_id, kind, id, record FROM entries WHERE annotator = ?"
        " AND document_id IN (SELECT value FROM json_each(?)) ORDER BY document_id",
        (annotator, canonical_json(sorted({*document_ids}))),
    )
    found: dict[str, dict[Key, Record]] = {}
    for document_id, kind, item_id, record in rows:
        found.setdefault(document_id, {})[kind, item_id] = json.loads(record)
    yield from found.items()


def annotators(db: Database) -> tuple[str, ...]:
    """Everybody who says something of some document, by name."""
    rows = db.rows(
        "WITH RECURSIVE names (name) AS ("
        " SELECT min(annotator) FROM entries UNION ALL"
        " SELECT (SELECT min(annotator) FROM entries WHERE annotator > name)"
        " FROM names WHERE name IS NOT NULL)"
        " SELECT name FROM names WHERE name IS NOT NULL"
    )
    return tuple(row[0] for row in rows)


def all_of(db: Database, annotator: str) -> Iterator[tuple[str, dict[Key, Record]]]:
    """Everything that `annotator` says, document by document, by id.

    Read some documents at a time: nothing stays open in between, and what is saved meanwhile of
    a document to come is seen.
    """
    last = ""
    while batch := _document_ids(db, annotator, last):
        rows = db.rows(
            "SELECT document_id, kind, id, record FROM entries"
            " WHERE annotator = ? AND document_id BETWEEN ? AND ? ORDER BY document_id",
            (annotator, batch[0], batch[-1]),
        )
        found: dict[str, dict[Key, Record]] = {}
        for document_id, kind, item_id, record in rows:
            found.setdefault(document_id, {})[kind, item_id] = json.loads(record)
        yield from found.items()
        last = batch[-1]


def comments(db: Database, annotator: str) -> Iterator[tuple[str, list[Record]]]:
    """The comments of an annotator, document by document, by id."""
    rows = db.rows(
        "SELECT document_id, record FROM entries WHERE annotator = ? AND kind = 'comment'"
        " ORDER BY document_id, id",
        (annotator,),
    )
    found: dict[str, list[Record]] = {}
    for document_id, record in rows:
        found.setdefault(document_id, []).append(json.loads(record))
    yield from found.items()


def change(
    transaction: Transaction, annotator: str, document_id: str, changes: tuple[Change, ...]
) -> None:
    """Apply `changes`; raises StaleStateError where an entry is not as `before` says."""
    for each in changes:
        if not _changed(transaction, annotator, document_id, each):
            raise StaleStateError(
                f"The {each.kind} {each.id} of {document_id!r} is not what it was when this was "
                "done; nothing was saved.",
                "Look again, and do it again.",
            )


def add(transaction: Transaction, changes: Sequence[tuple[str, str, Change]]) -> None:
    """Apply changes that add an entry, by annotator and document.

    Raises StaleStateError where an entry is there already.
    """
    added = transaction.run_many(
        f"{_INSERT} ON CONFLICT DO NOTHING",
        (
            (annotator, document_id, each.kind, each.id, record_json(each.after))
            for annotator, document_id, each in changes
        ),
    )
    if added != len(changes):
        raise StaleStateError(
            "Somebody else annotated one of these documents meanwhile; nothing of them was saved.",
            "Do it again.",
        )


def record_json(record: object) -> str:
    """`canonical_json` of records, which hold no fractions, in a tenth of its time."""
    try:
        return orjson.dumps(record, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:
        return canonical_json(record)  # which takes half a surrogate pair, for SQLite to refuse


def _changed(transaction: Transaction, annotator: str, document_id: str, each: Change) -> bool:
    key = (annotator, document_id, each.kind, each.id)
    where = "WHERE annotator = ? AND document_id = ? AND kind = ? AND id = ? AND record = ?"
    after = None if each.after is None else record_json(each.after)
    if each.before is None:
        changed = transaction.run(
            f"{_INSERT} ON CONFLICT DO NOTHING",
            (*key, after),
        )
    elif after is None:
        changed = transaction.run(
            f"DELETE FROM entries {where}", (*key, canonical_json(each.before))
        )
    else:
        changed = transaction.run(
            f"UPDATE entries SET record = ? {where}", (after, *key, canonical_json(each.before))
        )
    return changed == 1


def _document_ids(db: Database, annotator: str, after: str) -> list[str]:
    rows = db.rows(
        "SELECT DISTINCT document_id FROM entries WHERE annotator = ? AND document_id > ?"
        " ORDER BY document_id LIMIT ?",
        (annotator, after, _BATCH),
    )
    return [row[0] for row in rows]
