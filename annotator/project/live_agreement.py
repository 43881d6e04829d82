"""The agreement of a project, kept: counted once, and then only where something changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from threading import Lock

from annotator.agreement.differences import Difference, differences
from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.report.report import Report, report_of
from annotator.agreement.report.suggestion_use import SuggestionUse
from annotator.agreement.tallies.statistics import Pair, Statistics
from annotator.errors import NothingToDoError, UsageError
from annotator.model.document import Document
from annotator.project import agreeing
from annotator.project.project import Project
from annotator.session.state import state_of
from annotator.store import changed, documents, entries, search, suggestions
from annotator.store.database import Database, connect
from annotator.store.filter import Filter
from annotator.text.tokenizer import tokens


@dataclass(frozen=True, slots=True)
class AgreementSelection:
    """Whose work on which documents is compared; as it stands, everybody's on all."""

    annotators: tuple[str, ...] = ()
    """Names or parts of names; two annotators at least."""
    documents: Filter = field(default_factory=Filter)
    reader: str = ""
    """Whose standings and labels the filter of documents means."""


class LiveAgreement:
    """Reads and counts in the thread that asks, one after the other; the answers are values.

    `has_changed` and `document` are for the thread that opened the project.
    """

    def __init__(self, project: Project) -> None:
        self.read = 0
        """How many works were read so far, to show that it goes on."""
        self.latest: Report | None = None
        """The last report that was asked for."""
        self._project = project
        self._lock = Lock()
        self._is_stopped = False
        self._seq = -1
        self._works: dict[Pair, DocumentAnnotations] = {}
        self._practice: dict[str, SuggestionUse] = {}
        self._selected: frozenset[str] | None = None
        self._statistics: Statistics | None = None
        self._documents: dict[str, Document] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody whose work was read, sorted, gold too where there is gold."""
        return tuple(sorted({name for name, _ in self._works}))

    @property
    def has_changed(self) -> bool:
        """Whether somebody did something since the last report."""
        return changed.last(self._project.database) != self._seq

    def stop(self) -> None:
        """Read no further; for a thread that is not waited for."""
        self._is_stopped = True

    def document(self, document_id: str) -> Document:
        """A document, to show its words; raises StoreError where there is none."""
        if document_id not in self._documents:
            self._documents[document_id] = documents.get(self._project.database, document_id)
        return self._documents[document_id]

    def report(self, selection: AgreementSelection = AgreementSelection()) -> Report:
        """The report as of now; only what changed since the last one is read and counted.

        Another selection counts anew what was read. Raises NothingToDoError where there are not two
        annotators, UsageError for a name that nobody has.
        """
        with self._lock, connect(self._project.database.path) as database:
            found = self._read_changes(database)
            names = self._named(selection.annotators)
            selected = _matching(database, selection)
            statistics = self._statistics
            is_same = statistics is not None and {*statistics.names} == {*names}
            if statistics is None or not is_same or selected != self._selected:
                self._selected = selected
                statistics = Statistics(self._chosen(self._works.values(), names))
            elif found:
                statistics.update(self._chosen(found, names))
            self._statistics = statistics
            practice = [self._practice[name] for name in names if name in self._practice]
            self.latest = report_of(statistics, practice)
            return self.latest

    def differences(self, pairs: Iterable[Pair]) -> tuple[Difference, ...]:
        """What some pairs of annotators say otherwise, document by document, as last reported."""
        with self._lock:
            statistics = self._statistics
            if statistics is None:
                return ()
            return tuple(
                difference
                for a, b in pairs
                for one, other in statistics.finished(a, b)
                for difference in differences(one, other)
            )

    # -- reading ------------------------------------------------------------------------------

    def _read_changes(self, database: Database) -> list[DocumentAnnotations]:
        """Take what is new into the works; gives what was read, all of it at first."""
        seq = changed.last(database)
        if self._seq < 0:
            self._read_all(database)
            self._seq = seq
            return list(self._works.values())
        touched = changed.since(database, self._seq)
        found = [self._work(database, *pair) for pair in touched]
        self._works.update({(one.annotator, one.document_id): one for one in found})
        self._read_practice(database, {name for name, _ in touched})
        self._seq = seq
        return found

    def _read_all(self, database: Database) -> None:
        project = replace(self._project, database=database, folder=None)
        names = agreeing.chosen_annotators(project)
        works: dict[Pair, DocumentAnnotations] = {}
        self.read = 0
        for work in agreeing.works(project, names):
            works[work.annotator, work.document_id] = work
            self.read += 1
            if self._is_stopped:
                raise NothingToDoError("It was stopped.")
        self._works = works
        self._read_practice(database, names)

    def _read_practice(self, database: Database, names: Iterable[str]) -> None:
        project = replace(self._project, database=database, folder=None)
        for name in names:
            self._practice.update({o.annotator: o for o in agreeing.practice(project, (name,))})

    def _work(self, database: Database, annotator: str, document_id: str) -> DocumentAnnotations:
        document = documents.get(database, document_id)
        found = entries.load(database, annotator, document_id)
        annotations = state_of(document, annotator, (), found).annotations
        suggested = suggestions.of(database, document_id, annotator)
        cut = tokens(document.text, document.language) if annotations.is_done else None
        sources = {one.id: one.source for one in suggested}
        return agreeing.work_of(document, annotations, cut, sources, self._project.scheme)

    # -- choosing -----------------------------------------------------------------------------

    def _named(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The annotators that are meant: those called so, else those whose names have it in."""
        known = self.names
        meant: dict[str, None] = {}
        for word in wanted:
            part = word.casefold()
            found = [word] if word in known else [n for n in known if part in n.casefold()]
            if not found:
                there_is = f"There is: {', '.join(known)}."
                raise UsageError(f"{word!r} has annotated nothing.", there_is)
            meant.update(dict.fromkeys(found))
        names = tuple(meant) if wanted else known
        if len(names) < 2:
            raise NothingToDoError("Agreement needs two annotators.", "Let a second one annotate.")
        return names

    def _chosen(
        self, works: Iterable[DocumentAnnotations], names: tuple[str, ...]
    ) -> Iterator[DocumentAnnotations]:
        """Of some works those that are selected; what is not counts as not done."""
        for one in works:
            if one.annotator in names:
                is_in = self._selected is None or one.document_id in self._selected
                yield one if is_in else replace(one, done=False)


def _matching(database: Database, selection: AgreementSelection) -> frozenset[str] | None:
    """The documents that are selected, None for all."""
    if selection.documents.is_empty:
        return None
    ids = documents.ids(database)
    found = search.matching(database, selection.reader, selection.documents)
    return frozenset(ids[position - 1] for position in found)
