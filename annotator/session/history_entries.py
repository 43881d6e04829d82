"""What an annotator did, the newest first, and the comments that stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.change import Change
from annotator.model.document import Document
from annotator.model.suggestion import Suggestion
from annotator.session.history_text import HistoryText, history_texts
from annotator.store import documents, entries, history, suggestions
from annotator.store.database import Database
from annotator.store.history import HistoryRow

PAGE = 100
"""Rows read at a time."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One row of history, or one comment, as it is shown."""

    seq: int
    """0 for a comment."""
    at: str
    """UTC in ISO 8601; empty for a comment."""
    document_id: str
    title: str
    prefix: str
    """`undid` or `did again`, else empty."""
    history_texts: tuple[HistoryText, ...]

    @property
    def item_id(self) -> str:
        """The span or event that it is about; empty for the document."""
        return next((deed.item_id for deed in self.history_texts if deed.item_id), "")


class HistoryEntries:
    """Reads history and comments of one annotator."""

    def __init__(self, database: Database, annotator: str) -> None:
        self._database = database
        self._annotator = annotator
        self._known = lru_cache(maxsize=2 * PAGE)(self._read)

    def page(
        self, before: int | None = None, document_id: str | None = None
    ) -> tuple[HistoryEntry, ...]:
        """The next rows below a `seq`, the newest first, of one document where it is named."""
        rows = history.rows(
            self._database,
            annotator=self._annotator,
            document_id=document_id,
            before=before,
            limit=PAGE,
        )
        return tuple(self._told(row) for row in rows)

    def comments(self) -> tuple[HistoryEntry, ...]:
        """Every comment that stands, in the order of the documents' ids."""
        found: list[HistoryEntry] = []
        for document_id, records in entries.comments(self._database, self._annotator):
            document, _ = self._known(document_id)
            entities = entries.load(self._database, self._annotator, document_id)
            there = [
                Change(kind, item_id, record, record)
                for (kind, item_id), record in entities.items()
                if kind in ("entity", "event")
            ]
            for record in records:
                change = Change("comment", record["id"], None, record)
                said = history_texts((*there, change), document.text, self._known(document_id)[1])
                found.append(HistoryEntry(0, "", document_id, document.title, "", said))
        return tuple(found)

    def _told(self, row: HistoryRow) -> HistoryEntry:
        document, suggested = self._known(row.document_id)
        changes = row.changes
        if row.kind == "undo":
            changes = tuple(change.inverse() for change in reversed(changes))
        prefix = {"do": "", "undo": "undid: ", "redo": "did again: "}[row.kind]
        if row.command.get("command") == "Settle":
            done = (HistoryText(row.command.get("title", "settled")),)
        elif row.command.get("command") == "Import":
            done = (
                HistoryText(f"imported {len(changes)} entries from {row.command.get('file', '')}"),
            )
        else:
            done = history_texts(changes, document.text, suggested)
        return HistoryEntry(row.seq, row.at, row.document_id, document.title, prefix, done)

    def _read(self, document_id: str) -> tuple[Document, Mapping[str, Suggestion]]:
        found = suggestions.of(self._database, document_id, self._annotator)
        return documents.get(self._database, document_id), {s.id: s for s in found}
