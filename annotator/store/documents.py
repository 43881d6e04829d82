"""Documents in the file: added once, never changed, listed quickly however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from annotator.errors import StoreError
from annotator.model.annotations import DONE
from annotator.model.answers import Answer, with_answers
from annotator.model.document import Document
from annotator.model.identity import canonical_json
from annotator.store.database import Database

BATCH = 1000
"""Documents a transaction: others wait some 150 ms for one."""
_READ_BATCH = 100


@dataclass(frozen=True, slots=True)
class Conflict:
    """A document that came with another text than the one the file has under its id."""

    id: str
    kept_sha256: str
    refused_sha256: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document whose very text the file has under another id, `same_as`."""

    id: str
    same_as: str


@dataclass(slots=True)
class AddResult:
    """What became of the documents given to `add`; conflicts and duplicates were not added."""

    added: int = 0
    same: int = 0
    """Already there under their id, with the same text."""
    conflicts: list[Conflict] = field(default_factory=list[Conflict])
    duplicates: list[Duplicate] = field(default_factory=list[Duplicate])


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of documents, as one annotator sees it."""

    id: str
    title: str
    date: str | None
    flags: tuple[str, ...]
    left: int
    """Suggestions on which the annotator has not decided."""
    entities: int
    events: int

    @property
    def is_done(self) -> bool:
        """Whether the annotator has finished the document."""
        return DONE in self.flags


def add(
    db: Database,
    documents: Iterable[Document],
    tokenizer: str | None = None,
    *,
    keep_duplicates: bool = False,
) -> AddResult:
    """Add what is new, `BATCH` a transaction; nothing that is there is overwritten.

    `tokenizer` is the fingerprint of the tokenizer in use. A text that is there under another id
    is reported, and added only with `keep_duplicates`. Raises StoreError for a document that
    cannot be kept; earlier batches stay.
    """
    result = AddResult()
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        rows = [_row(document, tokenizer) for document in batch]
        with db.write() as transaction:
            new = _sorted_out(db, rows, result, keep_duplicates=keep_duplicates)
            first = int(db.value("SELECT coalesce(max(position), 0) + 1 FROM documents"))
            placed = [(position, *row) for position, row in enumerate(new, first)]
            transaction.run_many(
                "INSERT INTO documents (position, id, sha256, length, language, title, date,"
                " tokenizer, imported_at, meta, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                placed,
            )
            transaction.run_many(
                "INSERT INTO documents_search (rowid, title, text) VALUES (?, ?, ?)",
                ((position, title, text) for position, *_, title, _, _, _, _, text in placed),
            )
        result.added += len(new)
    return result


def add_answers(db: Database, found: Mapping[str, Iterable[Answer]], most: int) -> tuple[str, ...]:
    """Add answers to other tasks to the meta of documents, by id; none is there twice.

    Gives the documents whose meta would take more than `most` bytes; they stay as they are.
    """
    full: list[str] = []
    with db.write() as transaction:
        rows = db.rows(
            "SELECT id, meta FROM documents WHERE id IN (SELECT value FROM json_each(?))",
            (canonical_json([*found]),),
        )
        changed: list[tuple[str, str]] = []
        for document_id, kept in rows:
            meta = canonical_json(with_answers(json.loads(kept), found[document_id]))
            if meta == kept:
                continue
            if len(meta.encode("utf-8")) > most:
                full.append(document_id)
            else:
                changed.append((meta, document_id))
        transaction.run_many("UPDATE documents SET meta = ? WHERE id = ?", changed)
    return tuple(full)


def get(db: Database, document_id: str) -> Document:
    """The document of that id; raises StoreError where there is none."""
    found = db.row("SELECT id, text, meta, language FROM documents WHERE id = ?", (document_id,))
    if found is None:
        raise StoreError(f"There is no document {document_id!r}.", "List them with status.")
    return _document(found)


def every(db: Database, document_ids: Sequence[str] | None = None) -> Iterator[Document]:
    """All documents in the order of import, or those named that there are, in the order named.

    Read a hundred at a time, so that nothing stays open and memory stays small.
    """
    wanted = iter(ids(db) if document_ids is None else document_ids)
    while batch := list(islice(wanted, _READ_BATCH)):
        rows = db.rows(
            "SELECT id, text, meta, language FROM documents"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (canonical_json(batch),),
        )
        found = {row[0]: row for row in rows}
        yield from (_document(found[document_id]) for document_id in batch if document_id in found)


def ids(db: Database) -> tuple[str, ...]:
    """The ids of all documents in the order of import."""
    return tuple(row[0] for row in db.rows("SELECT id FROM documents ORDER BY position"))


def containing(db: Database, words: str) -> tuple[str, ...]:
    """The ids of the documents in whose text the words stand, letter for letter, in order."""
    rows = db.rows("SELECT id FROM documents WHERE instr(text, ?) ORDER BY position", (words,))
    return tuple(row[0] for row in rows)


def count(db: Database) -> int:
    """How many documents there are."""
    return int(db.value("SELECT count(*) FROM documents"))


def tokenizers(db: Database) -> tuple[str, ...]:
    """The fingerprints of the tokenizers that were in use when documents were added."""
    found = db.rows("SELECT DISTINCT tokenizer FROM documents WHERE tokenizer IS NOT NULL")
    return tuple(sorted(row[0] for row in found))


_MINE = "FROM entries AS e WHERE e.annotator = ?1 AND e.document_id = d.id AND e.kind ="
_SUMMARIES = f"""
    SELECT d.id, d.title, d.date,
        (SELECT group_concat(id, char(10)) {_MINE} 'flag'),
        (SELECT count(*) FROM suggestions AS s WHERE s.document_id = d.id AND s.current = 1)
        - (SELECT count(*) {_MINE} 'decision' AND EXISTS (
            SELECT 1 FROM suggestions AS s
            WHERE s.document_id = d.id AND s.id = e.id AND s.current = 1)),
        (SELECT count(*) {_MINE} 'entity'),
        (SELECT count(*) {_MINE} 'event')
    FROM documents AS d ORDER BY d.position
"""


def summaries(db: Database, annotator: str) -> tuple[Summary, ...]:
    """Every document in the order of import, with how far `annotator` is."""
    return tuple(
        Summary(id_, title, date, tuple(sorted(flags.split("\n"))) if flags else (), *counts)
        for id_, title, date, flags, *counts in db.rows(_SUMMARIES, (annotator,))
    )


def _sorted_out(
    db: Database, rows: list[tuple[Any, ...]], result: AddResult, *, keep_duplicates: bool
) -> list[tuple[Any, ...]]:
    """The rows that are new; the others are entered in `result`."""
    by_id, by_text = _known(db, rows)
    new: list[tuple[Any, ...]] = []
    for row in rows:
        document_id, sha256 = row[:2]
        kept = by_id.get(document_id)
        if kept == sha256:
            result.same += 1
            continue
        if kept is not None:
            result.conflicts.append(Conflict(document_id, kept, sha256))
            continue
        if sha256 in by_text:
            result.duplicates.append(Duplicate(document_id, by_text[sha256]))
            if not keep_duplicates:
                continue
        new.append(row)
        by_id[document_id] = sha256
        by_text.setdefault(sha256, document_id)
    return new


def _known(db: Database, rows: list[tuple[Any, ...]]) -> tuple[dict[str, str], dict[str, str]]:
    """Of the ids and texts in `rows`, those in the file: id to hash, and hash to first id."""
    by_id = db.rows(
        "SELECT id, sha256 FROM documents WHERE id IN (SELECT value FROM json_each(?))",
        (canonical_json([row[0] for row in rows]),),
    )
    by_text = db.rows(
        "SELECT sha256, id, min(position) FROM documents"
        " WHERE sha256 IN (SELECT value FROM json_each(?)) GROUP BY sha256",
        (canonical_json([row[1] for row in rows]),),
    )
    return {row[0]: row[1] for row in by_id}, {row[0]: row[1] for row in by_text}


def _row(document: Document, tokenizer: str | None) -> tuple[Any, ...]:
    date = document.meta.get("date")
    try:
        meta = canonical_json(dict(document.meta))
        sha256 = document.sha256
        meta.encode("utf-8")
    except (TypeError, ValueError) as error:
        raise StoreError(
            f"Document {document.id!a} cannot be kept: {error}.",
            "A text is whole Unicode characters, and what comes with it is plain JSON.",
        ) from error
    return (
        document.id,
        sha256,
        len(document.text),
        document.language,
        document.title,
        date if isinstance(date, str) else None,
        tokenizer,
        datetime.now(UTC).isoformat(timespec="seconds"),
        meta,
        document.text,
    )


def _document(row: tuple[Any, ...]) -> Document:
    document_id, text, meta, language = row
    return Document(document_id, text, json.loads(meta), language)
