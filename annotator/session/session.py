"""One annotator at work: documents are opened, commands run, and nothing is ever unsaved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.errors import NothingToDoError, StaleStateError
from annotator.model.change import Change
from annotator.model.document import Document
from annotator.model.records import Record
from annotator.model.scheme import Scheme
from annotator.model.span import Range
from annotator.session.catalogue import Catalogue
from annotator.session.commands import Command, command_record
from annotator.session.history_entries import HistoryEntries
from annotator.session.navigation import Item
from annotator.session.occurrences import Spread, suggest_elsewhere
from annotator.session.state import State, changes, state_of, with_changes
from annotator.store import documents, entries, history, leases, order, places, suggestions
from annotator.store.database import Database, connect
from annotator.store.filter import Filter
from annotator.text import tokenizer
from annotator.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Step:
    """What an undo or redo did, and where."""

    document_id: str
    changes: tuple[Change, ...]
    item_id: str
    """A span or event that it changed; empty where it changed none."""
    text: str
    """What to tell the annotator."""


_FEW = 8
"""Up to so many changed items the list of all of them is mended; beyond, it is made anew."""


class Session:
    """One annotator's work on one document after another.

    `run` has saved the command when it returns. It raises StaleStateError where another session
    has changed the same document meanwhile, as `undo` and `redo` do where it has changed any;
    `reload` shows that session's work.
    """

    def __init__(self, database: Database, scheme: Scheme, annotator: str) -> None:
        self.scheme = scheme
        self.annotator = annotator
        self.also_open_in = ""
        """Where else this annotator has this document open; empty where nowhere."""
        self.place = ""
        """The item at which the annotator left this document; empty where unknown."""
        self.order: order.Order = "import"
        """Which document comes after one that was finished."""
        self.run_count = 0
        """How many commands changed something here; undo and redo are none."""
        self.filter = Filter()
        """Through which documents the queue goes; the position counts all of them."""
        self._database = database
        self._id = history.new_uuid()
        self._revision = 0
        self._stacks: history.Stacks | None = None
        self._known = 0
        """The `seq` up to which `_stacks` has all rows of the annotator."""
        self._saved = 0
        """How many rows were saved here since."""
        self._state: State | None = None
        self._items: tuple[Item, ...] | None = None
        self._tokens: tuple[Range, ...] | None = None
        self._sentences: tuple[Range, ...] | None = None
        self._position: tuple[int, int] | None = None

    # -- the document -------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The document as it is now; raises NothingToDoError before one was opened."""
        if self._state is None:
            raise NothingToDoError("No document is open.", "Import some with `annotator import`.")
        return self._state

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything annotated and everything undecided, in reading order."""
        if self._items is None:
            self._items = self.state.items()
        return self._items

    @property
    def tokens(self) -> tuple[Range, ...]:
        """The document's tokens; the first use of a language loads its tokenizer."""
        if self._tokens is None:
            document = self.state.document
            self._tokens = tokenizer.tokens(document.text, document.language)
        return self._tokens

    @property
    def has_tokens(self) -> bool:
        """Whether `tokens` answers at once."""
        if self._tokens is None and tokenizer.is_ready(self.state.document.language):
            self._tokens = self.tokens
        return self._tokens is not None

    @property
    def sentences(self) -> tuple[Range, ...]:
        """The document's sentences."""
        if self._sentences is None:
            self._sentences = sentences(self.state.document.text)
        return self._sentences

    def open(self, document_id: str) -> None:
        """Go to a document, as it was last saved; raises StoreError where there is none."""
        document = documents.get(self._database, document_id)
        leases.release(self._database, self._id)
        others = leases.take(self._database, document_id, self.annotator, self._id)
        self.also_open_in = ", ".join(f"{o.host} (process {o.pid})" for o in others)
        place = places.last(self._database, self.annotator)
        self.place = place.item_id if place and place.document_id == document_id else ""
        self._tokens = self._sentences = self._position = None
        self._load(document)

    def reload(self) -> None:
        """Read the open document again, and what can be undone, with what another session saved."""
        self._stacks = None
        self._history()
        self._load(self.state.document)

    def open_last(self) -> None:
        """Go to where the annotator left off, else to the first document that is not done.

        Raises NothingToDoError where there are no documents.
        """
        place = places.last(self._database, self.annotator)
        document_id = place.document_id if place else None
        if document_id is None:
            document_id = order.next_open(self._database, self.annotator, order=self.order)
        if document_id is None:
            document_id = next(iter(documents.ids(self._database)), None)
        if document_id is None:
            raise NothingToDoError(
                "There are no documents.", "Import some with `annotator import`."
            )
        self.open(document_id)

    def close(self, item_id: str = "") -> None:
        """Remember the place and let go of the document."""
        self.remember(item_id)
        leases.release(self._database, self._id)

    def remember(self, item_id: str) -> None:
        """Remember where the annotator is, for the next start."""
        if self._state is not None:
            place = places.Place(self._state.document.id, item_id)
            places.keep(self._database, self.annotator, place)

    # -- the queue ----------------------------------------------------------------------------

    @property
    def catalogue(self) -> Catalogue:
        """The list of all documents, as this annotator sees them."""
        return Catalogue(self._database, self.annotator)

    @property
    def history_entries(self) -> HistoryEntries:
        """Everything that this annotator did."""
        return HistoryEntries(self._database, self.annotator)

    @property
    def position(self) -> tuple[int, int]:
        """Which document this is, from 1, and of how many there were when it was opened."""
        if self._position is None:
            number = order.number(self._database, self.state.document.id)
            self._position = number, documents.count(self._database)
        return self._position

    def done_count(self) -> int:
        """How many documents the annotator has finished."""
        return order.done(self._database, self.annotator)

    def neighbour(self, step: int) -> str | None:
        """The id of the next document that matches, after (1) or before (-1); None at the end."""
        here = self.state.document.id
        return order.neighbour(self._database, here, step, self.annotator, self.filter)

    def next_open(self) -> str | None:
        """The id of the next document that matches and is not done; None where all are."""
        here = self.state.document.id
        return order.next_open(self._database, self.annotator, here, self.order, self.filter)

    def suggest_elsewhere(self, words: str, label: str) -> Spread:
        """Suggest a label for some words in the other documents; for a thread of its own."""
        here = self.state.document.id
        with connect(self._database.path) as database:
            return suggest_elsewhere(database, self.annotator, here, words, label)

    # -- changes ------------------------------------------------------------------------------

    @property
    def undo_depth(self) -> int:
        """How many changes can be taken back, over all documents."""
        return len(self._history().undo)

    @property
    def last_change(self) -> str:
        """The uuid of the change that undo would take back; empty where there is none."""
        return next(reversed(self._history().undo), "")

    def run(self, command: Command) -> tuple[Change, ...]:
        """Apply a command and save it; gives what it changed, nothing where nothing did."""
        after = command.apply(self.state)
        found = changes(self.state, after)
        if not found:
            return ()
        stacks = self._history()
        row = self._append("do", None, command_record(command), found)
        stacks.undo.append(row.uuid)
        stacks.redo.clear()
        self.run_count += 1
        self._take(after, found)
        return found

    def undo(self) -> Step | None:
        """Take the last change back, in whichever document it was; None where there is none."""
        stacks = self._history()
        return self._revert("undo", stacks.undo, stacks.redo)

    def redo(self) -> Step | None:
        """Do again what was undone last; None where there is nothing."""
        stacks = self._history()
        return self._revert("redo", stacks.redo, stacks.undo)

    def _revert(self, kind: history.RowKind, source: list[str], target: list[str]) -> Step | None:
        last = self._expect_no_other()
        row = history.find(self._database, source[-1]) if source else None
        if row is None:
            return None
        if row.document_id != self.state.document.id:
            self.open(row.document_id)
        found = row.changes
        if kind == "undo":
            found = tuple(change.inverse() for change in reversed(found))
        words = _words_of(row)
        command: Record = {"command": kind.capitalize(), "of": row.command.get("command", "")}
        self._append(kind, row.uuid, command, found, last)
        target.append(source.pop())
        self._take(with_changes(self.state, found), found)
        done = "Undone" if kind == "undo" else "Done again"
        return Step(row.document_id, found, _item_of(found), f"{done}: {words}.")

    def _expect_no_other(self) -> int:
        """The `seq` of the last row; raises StaleStateError where another session saved some."""
        count, last = history.after(self._database, self.annotator, self._known)
        if count == self._saved:
            self._known, self._saved = last, 0
            return last
        [row] = history.rows(self._database, annotator=self.annotator, limit=1)
        raise StaleStateError(
            f"In another session since: {_words_of(row)} in {row.document_id!r}; "
            "nothing was saved.",
            "That is undone first, if you do it again.",
        )

    def _append(
        self,
        kind: history.RowKind,
        reverts: str | None,
        command: Record,
        found: tuple[Change, ...],
        last: int | None = None,
    ) -> history.HistoryRow:
        new = history.NewHistoryRow(
            self.state.document.id, self.annotator, self._id, command, found, kind, reverts
        )
        row = history.append(self._database, new, self._revision, last)
        self._revision = row.seq
        self._saved += 1
        return row

    def _history(self) -> history.Stacks:
        if self._stacks is None:
            self._stacks = history.stacks(self._database, self.annotator)
            self._known, self._saved = self._stacks.last, 0
        return self._stacks

    def _load(self, document: Document) -> None:
        with self._database.reading():
            self._revision = history.revision(self._database, self.annotator, document.id)
            found = entries.load(self._database, self.annotator, document.id)
            suggested = suggestions.of(self._database, document.id, self.annotator)
        self._state = state_of(document, self.annotator, suggested, found)
        self._items = None

    def _take(self, after: State, found: Sequence[Change]) -> None:
        """Go on from another state of the document; most changes touch one or two items."""
        touched = {change.id for change in found}
        few = self._items is not None and len(touched) <= _FEW
        self._items = after.items_after(self._items or (), touched) if few else None
        self._state = after


def _item_of(found: tuple[Change, ...]) -> str:
    """The span or event that a step is about: one that is there afterwards, events first."""
    items = [change for change in found if change.kind in ("event", "entity", "decision")]
    items.sort(key=lambda change: (change.after is None, change.kind != "event"))
    return items[0].id if items else ""


def _words_of(row: history.HistoryRow) -> str:
    return str(row.command.get("title") or _in_words(row.command.get("command", "")))


def _in_words(command: str) -> str:
    """`AcceptSuggestion` as `accept suggestion`."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", command).lower()
