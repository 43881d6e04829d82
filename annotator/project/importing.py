"""Brings documents into a project, with whatever annotations their files have.

Importing a file twice changes nothing the second time, and nothing that is there is overwritten.
"""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import FormatError, NothingToDoError, UsageError
from annotator.formats.files.inputs import File, InputFiles
from annotator.formats.files.progress import gauged
from annotator.formats.label_map import UNCHANGED, LabelMap
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Rejected
from annotator.formats.relabelling import Relabelling
from annotator.formats.triggers import with_events
from annotator.project.extending import extend
from annotator.project.finishing import as_finished
from annotator.project.import_batches import ImportBatches, ImportedDocument, Role
from annotator.project.import_report import Findings, ImportReport
from annotator.project.project import Project
from annotator.project.suggesting import Progress, unseen
from annotator.project.unknown_labels import UnknownLabels

_EVERY = 50
"""Documents between two steps of the progress."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are imported."""

    format_name: str | None = None
    annotator: str | None = None
    """Whose annotations they are where the file does not say; None: the project's annotator."""
    role: Role = "annotations"
    """What annotations become."""
    read: ReadOptions = ReadOptions(language="")
    """An empty language is that of the scheme."""
    names: LabelMap = UNCHANGED
    """Other names for labels."""
    strict: bool = False
    """Whether nothing at all is imported where something could not be."""
    extend: bool = False
    """Whether the scheme gets the labels that it lacks."""
    finished: bool = False
    """Whether all annotations in the files are finished, those with nothing marked too."""


def import_paths(
    project: Project,
    paths: Sequence[Path],
    options: ImportOptions = ImportOptions(),
    progress: Progress = unseen,
) -> ImportReport:
    """Read files, folders and archives; `progress` is told the bytes.

    Raises FormatError where a path cannot be read at all, before anything is written, and
    UsageError where suggestions are to be finished; what is wrong with single files and records is
    in the report. A strict import goes over a copy of the
    project first, and raises NothingToDoError at the first thing that could not be taken.
    """
    if options.finished and options.role == "suggestions":
        raise UsageError("Suggestions are never finished.", "Leave out --finished, or --as.")
    if options.strict:
        with closing(project.trial_copy()) as trial:
            _Run(trial, options, progress).over(paths)
    return _Run(project, replace(options, strict=False), progress).over(paths)


class _Run:
    """One pass over everything that is to be read."""

    def __init__(self, project: Project, options: ImportOptions, progress: Progress) -> None:
        self.report = ImportReport()
        self._project = project
        self._options = options
        self._progress = progress
        self._unknowns = UnknownLabels(project.scheme)
        self._relabelling = Relabelling(options.names)
        self._arrivals = ImportBatches(project, options.role, self.report, self._unknowns)
        self._event_types = {event_type.name for event_type in project.scheme.events}

    def over(self, paths: Sequence[Path]) -> ImportReport:
        """Import everything; gives what became of it."""
        read = self._options.read
        if self._options.annotator is not None:
            self._project.annotator(self._options.annotator)
        language = read.language or self._project.scheme.language
        intake = InputFiles(paths, self._options.format_name, replace(read, language=language))
        with gauged() as gauge, _rare_collections():
            for file in intake:
                for number, item in enumerate(_items(file)):
                    self._take(file, item)
                    if number % _EVERY == 0:
                        self._progress(min(gauge.read, intake.total), intake.total)
                self._refuse_doubts()
        self._arrivals.finish()
        return self._finished()

    def _take(self, file: File, item: Annotated | Rejected) -> None:
        if isinstance(item, Rejected):
            self.report.rejected.add(str(item))
            self._refuse_doubts()
            return
        if problem := self._bad_name(item):
            self.report.rejected.add(f"{file.name}: {item.document.id}: {problem}")
            self._refuse_doubts()
            return
        for part in item.left_out:
            place = f"{file.name}:{part.line}" if part.line else file.name
            self.report.parts.setdefault(part.what, Findings()).add(f"{place}: {part.detail}")
        found = with_events(self._relabelling.of(item), self._event_types)
        if self._options.finished:
            found = as_finished(found)
        annotator = file.annotator or self._options.annotator
        if self._arrivals.take(ImportedDocument(file.name, found, annotator)):
            self._refuse_doubts()

    def _bad_name(self, item: Annotated) -> str:
        """Why an annotator that the file names cannot be one here."""
        names = {*(one.annotator for one in item.annotations), *item.decisions}
        try:
            for name in names - {""}:
                self._project.annotator(name)
        except UsageError as error:
            return error.message
        return ""

    def _finished(self) -> ImportReport:
        report = self.report
        if self._options.extend and self._unknowns:
            report.extension = extend(self._project, self._unknowns)
        report.unknown = self._unknowns.told()
        report.left_out += self._relabelling.left_out  # takes out what came no time as well
        self._refuse_doubts()
        return report

    def _refuse_doubts(self) -> None:
        """Raise NothingToDoError in a strict import where something could not be taken."""
        if not self._options.strict:
            return
        doubt = self.report.doubt
        if not doubt and not self._options.extend:
            doubt = next((f"{name} is not in the scheme" for name in self._unknowns.told()), "")
        if doubt:
            raise NothingToDoError(
                f"{doubt}. Nothing was imported.",
                "Mend that, or leave out --strict to import the rest.",
            )


@contextmanager
def _rare_collections() -> Generator[None]:
    """Look for garbage less often: what a batch makes is many values, and no cycles."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _items(file: File) -> Iterator[Annotated | Rejected]:
    """What a file has, an error that ends it told as the last of it."""
    try:
        yield from file.items
    except FormatError as error:
        yield Rejected(file.name, 0, str(error).removeprefix(file.name).strip())
