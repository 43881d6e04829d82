"""Brings documents into a project, with whatever annotations their files have.

Importing a file twice changes nothing the second time, and nothing that is there is overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from annotator.errors import FormatError
from annotator.formats import registry
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected
from annotator.formats.triggers import with_events
from annotator.model.annotations import AnnotationSet
from annotator.model.change import Change, Key
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.identity import suggestion_id
from annotator.model.records import Record, decision_record
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.project.project import Project
from annotator.project.suggesting import Progress, unseen
from annotator.session.state import State, entries_of
from annotator.store import documents, entries, history, suggestions
from annotator.store.documents import AddResult

Role = Literal["annotations", "suggestions"]
_BATCH = 500


@dataclass(slots=True)
class ImportReport:
    """What an import did, and what it could not do."""

    documents: AddResult = field(default_factory=AddResult)
    annotated: Counter[str] = field(default_factory=Counter[str])
    """Entities, events and relations that are new, by annotator."""
    suggestions: int = 0
    differing: int = 0
    """Annotations whose id is there with other content; they were left as they are."""
    rejected: list[Rejected] = field(default_factory=list[Rejected])
    unknown_labels: Counter[str] = field(default_factory=Counter[str])
    """Labels that the scheme lacks, with how often they came."""

    @property
    def is_clean(self) -> bool:
        """Whether everything in the files went in or was there already."""
        return not (self.rejected or self.documents.conflicts or self.differing)


def import_paths(
    project: Project,
    paths: Sequence[Path],
    *,
    format_name: str | None = None,
    annotator: str | None = None,
    role: Role = "annotations",
    options: ReadOptions = ReadOptions(),
    progress: Progress = unseen,
) -> ImportReport:
    """Read files and folders; annotations become an annotator's, or suggestions.

    `annotator` is whose they are where the file does not say. Documents that name no language
    get the scheme's. Raises FormatError where a path
    cannot be read at all; what is wrong with single records is in the report.
    """
    run = _Import(project, annotator, role)
    options = replace(options, language=project.scheme.language)
    files = [file for path in paths for file in registry.files(path, format_name)]
    if not files:
        names = ", ".join(str(path) for path in paths)
        raise FormatError(f"There is nothing to import in {names}.", "See `annotator formats`.")
    for done, (file, name) in enumerate(files, 1):
        run.take(file, registry.read(file, name, options))
        progress(done, len(files))
    run.finish()
    return run.report


class _Import:
    """One run: records are collected and written in batches."""

    def __init__(self, project: Project, annotator: str | None, role: Role) -> None:
        self.report = ImportReport()
        self._project = project
        self._annotator = annotator
        self._role: Role = role
        self._session = history.new_uuid()
        self._waiting: list[tuple[Path, Annotated]] = []
        scheme = project.scheme
        self._event_types = {event_type.name for event_type in scheme.events}
        self._labels = {label.name for label in scheme.entities} | self._event_types

    def take(self, file: Path, items: Iterable[Annotated | Rejected]) -> None:
        """Take what a file has."""
        for item in items:
            if isinstance(item, Rejected):
                self.report.rejected.append(item)
                continue
            self._waiting.append((file, with_events(item, self._event_types)))
            if len(self._waiting) >= _BATCH:
                self.finish()

    def finish(self) -> None:
        """Write what is waiting."""
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        homes = self._add_documents([item.document for _, item in batch])
        placed = [(file, item, home) for file, item in batch if (home := homes[item.document.id])]
        self._add_suggestions(placed)
        self._add_annotations(placed)

    def _add_documents(self, found: Sequence[Document]) -> dict[str, str]:
        """Add documents; gives for each id the one it goes by here, empty where it was refused."""
        first = {document.id: document for document in reversed(found)}
        result = documents.add(self._project.database, found)
        total = self.report.documents
        total.added += result.added
        total.same += result.same
        total.conflicts += result.conflicts
        total.duplicates += result.duplicates
        homes = {document_id: document_id for document_id in first}
        homes.update({conflict.id: "" for conflict in result.conflicts})
        homes.update({duplicate.id: duplicate.same_as for duplicate in result.duplicates})
        return homes

    def _add_suggestions(self, placed: Sequence[tuple[Path, Annotated, str]]) -> None:
        by_source: dict[str, dict[str, list[Suggestion]]] = {}
        for file, item, home in placed:
            found = list(item.suggestions)
            if self._role == "suggestions":
                for annotations in item.annotations:
                    found += suggested(annotations, home, f"import:{file.stem}")
            for suggestion in found:
                self._count_label(suggestion.label)
                of_source = by_source.setdefault(suggestion.source, {})
                of_source.setdefault(home, []).append(suggestion)
        for source, of_source in by_source.items():
            known = {home: self._with_known(home, new) for home, new in of_source.items()}
            suggestions.replace(self._project.database, source, known.items())

    def _with_known(self, home: str, new: Sequence[Suggestion]) -> list[Suggestion]:
        """The suggestions together with those that their suggester has on the document already."""
        suggester = new[0].suggester
        there = suggestions.of(self._project.database, home, "")
        known = {s.id: s for s in there if s.suggester == suggester}
        self.report.suggestions += len({s.id for s in new} - known.keys())
        return list({**known, **{s.id: s for s in new}}.values())

    def _add_annotations(self, placed: Sequence[tuple[Path, Annotated, str]]) -> None:
        kept: dict[tuple[str, str], dict[Key, Record]] = {}
        rows: list[history.NewRow] = []
        for file, item, home in placed:
            for annotator, new in self._entries(item, home):
                key = (annotator, home)
                if key not in kept:
                    kept[key] = entries.load(self._project.database, annotator, home)
                changes = tuple(self._new_changes(annotator, kept[key], new))
                if changes:
                    kept[key].update({c.key: c.after for c in changes if c.after is not None})
                    command: Record = {"command": "Import", "file": file.name}
                    rows.append(history.NewRow(home, annotator, self._session, command, changes))
        if rows:
            history.append_many(self._project.database, rows)

    def _entries(self, item: Annotated, home: str) -> Iterator[tuple[str, dict[Key, Record]]]:
        document = replace(item.document, id=home)
        sets = item.annotations if self._role == "annotations" else ()
        for one in sets:
            name = self._project.annotator(one.annotator or self._annotator)
            for span in one.spans():
                self._count_label(span.label)
            yield name, entries_of(State(document, one))
        for annotator, decisions in item.decisions.items():
            name = self._project.annotator(annotator or self._annotator)
            yield name, {("decision", d.suggestion_id): decision_record(d) for d in decisions}

    def _new_changes(
        self, annotator: str, known: dict[Key, Record], new: dict[Key, Record]
    ) -> Iterator[Change]:
        for (kind, item_id), record in new.items():
            there = known.get((kind, item_id))
            if there is None:
                if kind in ("entity", "event", "relation"):
                    self.report.annotated[annotator] += 1
                yield Change(kind, item_id, None, record)
            elif there != record:
                self.report.differing += 1

    def _count_label(self, label: str) -> None:
        if label not in self._labels:
            self.report.unknown_labels[label] += 1


def suggested(annotations: AnnotationSet, document_id: str, source: str) -> list[Suggestion]:
    """Annotations as suggestions of `source`; the ids come out the same every time."""
    ids: dict[str, str] = {}
    for kind, spans in (
        ("entity", annotations.entities.items()),
        ("event", ((key, event.trigger) for key, event in annotations.events.items())),
    ):
        for item_id, span in spans:
            ids[item_id] = suggestion_id(document_id, source, kind, span.ranges, span.label)
    found: list[Span | Event] = [
        replace(span, id=ids[span.id]) for span in annotations.entities.values()
    ]
    for event in annotations.events.values():
        arguments = tuple(replace(a, target=ids[a.target]) for a in event.arguments)
        trigger = replace(event.trigger, id=ids[event.id] + "t")
        found.append(replace(event, id=ids[event.id], trigger=trigger, arguments=arguments))
    return [Suggestion(item, source) for item in {item.id: item for item in found}.values()]
