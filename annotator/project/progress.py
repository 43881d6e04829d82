"""How far annotators are."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.model.annotations import FLAGGED, SKIPPED
from annotator.project.project import Project
from annotator.store import documents
from annotator.store.documents import Summary


@dataclass(frozen=True, slots=True)
class AnnotatorProgress:
    """One annotator's numbers over all documents."""

    annotator: str
    done: int
    documents: int
    entities: int
    events: int
    undecided: int

    def as_row(self) -> tuple[object, ...]:
        """The numbers in a row."""
        return (
            self.annotator,
            self.done,
            self.documents,
            self.entities,
            self.events,
            self.undecided,
        )


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """One document as one annotator left it."""

    document: str
    title: str
    state: str
    entities: int
    events: int
    undecided: int

    def as_row(self) -> tuple[object, ...]:
        """The numbers in a row."""
        return (
            self.document,
            self.title,
            self.state,
            self.entities,
            self.events,
            self.undecided,
        )


def by_annotator(project: Project) -> tuple[AnnotatorProgress, ...]:
    """A line for each annotator; for whoever would annotate now where nobody has yet."""
    names = project.annotators() or (project.annotator(),)
    return tuple(_total(name, documents.summaries(project.database, name)) for name in names)


def by_document(project: Project, annotator: str) -> tuple[DocumentProgress, ...]:
    """A line for each document, in the order of import."""
    return tuple(
        DocumentProgress(s.id, s.title, _state(s), s.entities, s.events, s.left)
        for s in documents.summaries(project.database, annotator)
    )


def _total(name: str, summaries: tuple[Summary, ...]) -> AnnotatorProgress:
    return AnnotatorProgress(
        name,
        sum(s.is_done for s in summaries),
        len(summaries),
        sum(s.entities for s in summaries),
        sum(s.events for s in summaries),
        sum(s.left for s in summaries),
    )


def _state(summary: Summary) -> str:
    words = ["done"] if summary.is_done else []
    words += [flag for flag in (SKIPPED, FLAGGED) if flag in summary.flags]
    if not words and (summary.entities or summary.events):
        words = ["begun"]
    return ", ".join(words) or "new"
