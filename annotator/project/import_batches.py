"""Documents on their way into a project: collected, then written a batch at a time.

Nothing that is there is overwritten, so what was written before an interruption is passed over
when it comes again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Literal, TypeVar

from annotator.formats.record import Annotated
from annotator.formats.validation import MAX_META
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.answers import Answer, answers, named
from annotator.model.change import Change, Key
from annotator.model.document import Document
from annotator.model.records import (
    Record,
    comment_record,
    decision_record,
    event_record,
    relation_record,
    span_record,
)
from annotator.model.suggestion import Suggestion
from annotator.project.as_suggestions import proposed
from annotator.project.import_report import Findings, ImportReport
from annotator.project.project import Project
from annotator.project.unknown_labels import UnknownLabels
from annotator.store import documents, entries, history, suggestions

Role = Literal["annotations", "suggestions"]

NO_ROOM = "answers to other tasks, for which the document's meta has no room"

_COUNTED = ("entity", "event", "relation")
_SHOWN = 30
_BATCH = 500
_BATCH_CHARACTERS = 10_000_000
"""A batch of very long texts has fewer of them."""


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """A document with where it comes from, and whose annotations it has if it does not say."""

    file: str
    item: Annotated
    annotator: str | None


_Item = TypeVar("_Item")
_Placed = tuple[ImportedDocument, str]
"""A document, and the id that it goes by in the project."""


class ImportBatches:
    """What comes into a project in one run."""

    def __init__(
        self, project: Project, role: Role, report: ImportReport, unknowns: UnknownLabels
    ) -> None:
        self._project = project
        self._role: Role = role
        self._report = report
        self._unknowns = unknowns
        self._session = history.new_uuid()
        self._waiting: list[ImportedDocument] = []
        self._texts: dict[str, str] = {}
        self._characters = 0

    def take(self, arrival: ImportedDocument) -> bool:
        """Take a document, to be written with others; gives whether they were written now."""
        arrival = self._signed(arrival)
        document = arrival.item.document
        if self._texts.setdefault(document.id, document.text) != document.text:
            self.finish()  # so that an id stands for one text in a batch
            self._texts[document.id] = document.text
        self._waiting.append(arrival)
        self._characters += len(document.text)
        is_full = len(self._waiting) >= _BATCH or self._characters >= _BATCH_CHARACTERS
        if is_full:
            self.finish()
        return is_full

    def finish(self) -> None:
        """Write what is waiting."""
        batch, self._waiting, self._texts, self._characters = self._waiting, [], {}, 0
        if not batch:
            return
        homes = self._add_documents(batch)
        placed = [(one, home) for one in batch if (home := homes[one.item.document.id])]
        self._add_answers(placed)
        self._add_suggestions(placed)
        self._add_annotations(placed)

    def _add_documents(self, batch: Sequence[ImportedDocument]) -> dict[str, str]:
        """Add documents; gives for each id the one it goes by here, empty where it was refused."""
        arrivals = {one.item.document.id: one for one in reversed(batch)}
        result = documents.add(self._project.database, [one.item.document for one in batch])
        self._report.added += result.added
        self._report.same += result.same
        homes = {document_id: document_id for document_id in arrivals}
        for conflict in result.conflicts:
            arrival = arrivals[conflict.id]
            homes[conflict.id] = ""
            kept = documents.get(self._project.database, conflict.id)
            self._report.conflicts.add(_difference(arrival.file, kept, arrival.item.document))
        for duplicate in result.duplicates:
            homes[duplicate.id] = duplicate.same_as
            file = arrivals[duplicate.id].file
            self._report.duplicates.add(
                f"{file}: {duplicate.id} has the text of {duplicate.same_as}"
            )
        return homes

    def _signed(self, arrival: ImportedDocument) -> ImportedDocument:
        """The same, answers to other tasks that name nobody given by the annotator meant."""
        document = arrival.item.document
        if all(answer["by"] for answer in answers(document.meta)):
            return arrival
        meta = named(document.meta, self._project.annotator(arrival.annotator))
        return replace(arrival, item=replace(arrival.item, document=replace(document, meta=meta)))

    def _add_answers(self, placed: Sequence[_Placed]) -> None:
        """Keep the answers to other tasks of documents that were there, in this batch too."""
        found: dict[str, list[Answer]] = {}
        files: dict[str, str] = {}
        for arrival, home in placed:
            if given := answers(arrival.item.document.meta):
                found.setdefault(home, []).extend(given)
                files[home] = arrival.file
        full = documents.add_answers(self._project.database, found, MAX_META) if found else ()
        for home in full:
            self._report.parts.setdefault(NO_ROOM, Findings()).add(f"{files[home]}: {home}")

    def _add_suggestions(self, placed: Sequence[_Placed]) -> None:
        by_source: dict[str, dict[str, list[Suggestion]]] = {}
        for arrival, home in placed:
            for suggestion in self._suggestions(arrival, home):
                self._unknowns.look_at_suggestion(suggestion)
                of_source = by_source.setdefault(suggestion.source, {})
                of_source.setdefault(home, []).append(suggestion)
        for source, of_source in by_source.items():
            known = suggestions.current(self._project.database, source, of_source)
            found: dict[str, list[Suggestion]] = {}
            for home, new in of_source.items():
                there = {s.id: s for s in known.get(home, ())}
                merged = {**there, **{s.id: s for s in new}}
                self._report.suggestions += len(merged) - len(there)
                if merged != there:
                    found[home] = list(merged.values())
            if found:
                suggestions.replace(self._project.database, source, found.items())

    def _suggestions(self, arrival: ImportedDocument, home: str) -> Iterator[Suggestion]:
        yield from arrival.item.suggestions
        if self._role == "suggestions":
            for annotations in arrival.item.annotations:
                yield from proposed(annotations, home, f"import:{Path(arrival.file).stem}")
                self._report.left_out["relations"] += len(annotations.relations)
                self._report.left_out["comments"] += len(annotations.comments)

    def _add_annotations(self, placed: Sequence[_Placed]) -> None:
        found = [
            (arrival.file, home, annotator, new)
            for arrival, home in placed
            for annotator, new in self._said(arrival)
        ]
        kept = self._kept((annotator, home) for _, home, annotator, _ in found)
        added: dict[tuple[str, str], list[Change]] = {}
        rows: list[history.NewHistoryRow] = []
        for file, home, annotator, said in found:
            pair = (annotator, home)
            there = kept.get(pair, {})
            there.update({each.key: each.after or {} for each in added.pop(pair, ())})
            new = self._new(there, said) if there else said
            kept[pair], added[pair] = there, list(new)
            if new:
                self._report.annotated[annotator] += sum(each.kind in _COUNTED for each in new)
                self._report.finished[annotator] += ("flag", DONE) in {each.key for each in new}
                command: Record = {"command": "Import", "file": Path(file).name}
                rows.append(history.NewHistoryRow(home, annotator, self._session, command, new))
        if rows:
            history.append_many(self._project.database, rows)

    def _kept(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[Key, Record]]:
        """What annotators have on documents already."""
        homes: dict[str, list[str]] = {}
        for annotator, home in pairs:
            homes.setdefault(annotator, []).append(home)
        return {
            (annotator, home): records
            for annotator, ids in homes.items()
            for home, records in entries.of_documents(self._project.database, annotator, ids)
        }

    def _said(self, arrival: ImportedDocument) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """What each annotator says of a document, entry by entry."""
        sets = arrival.item.annotations if self._role == "annotations" else ()
        for one in sets:
            self._unknowns.look_at(one)
            name = self._project.annotator(one.annotator or arrival.annotator)
            yield name, _additions(one)
        for annotator, decisions in arrival.item.decisions.items():
            name = self._project.annotator(annotator or arrival.annotator)
            made = {d.suggestion_id: decision_record(d) for d in decisions}
            yield name, tuple(Change("decision", key, None, made[key]) for key in made)

    def _new(self, known: Mapping[Key, Record], said: Iterable[Change]) -> tuple[Change, ...]:
        """What is not there yet; what is there with other content is counted."""
        new: list[Change] = []
        for change in said:
            there = known.get(change.key)
            if there is None:
                new.append(change)
            elif there != change.after:
                self._report.differing += 1
        return tuple(new)


def _additions(annotations: AnnotationSet) -> tuple[Change, ...]:
    """What makes these annotations out of none."""
    return (
        *_of_kind("entity", annotations.entities, span_record),
        *_of_kind("event", annotations.events, event_record),
        *_of_kind("relation", annotations.relations, relation_record),
        *_of_kind("comment", annotations.comments, comment_record),
        *(Change("flag", flag, None, {}) for flag in sorted(annotations.flags)),
    )


def _of_kind(
    kind: str, items: Mapping[str, _Item], record: Callable[[_Item], Record]
) -> list[Change]:
    return [Change(kind, key, None, record(items[key])) for key in sorted(items)]


def _difference(file: str, kept: Document, refused: Document) -> str:
    """How the text of a document that is there and one of its id are told apart."""
    pairs = enumerate(zip_longest(kept.text, refused.text))
    place = next(number for number, (a, b) in pairs if a != b)
    there, here = (repr(text[place : place + _SHOWN]) for text in (kept.text, refused.text))
    return (
        f"{file}: {kept.id} is there with another text; it was left as it is. "
        f"From character {place} on it has {there}, the file has {here}"
    )
