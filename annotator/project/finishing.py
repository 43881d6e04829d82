"""Says of whole documents that an annotator has finished them, or has not.

Other tools' files seldom say it, and only finished documents are compared and train on what is
not marked. Each document is one change in the history, which undo takes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from annotator.errors import NothingToDoError
from annotator.formats.record import Annotated
from annotator.model.annotations import DONE, SKIPPED, AnnotationSet
from annotator.model.answers import answers
from annotator.project.project import Project
from annotator.project.suggesting import Progress, unseen
from annotator.session.commands import Command, FinishDocument, SetFlag, command_record
from annotator.session.state import changes, state_of
from annotator.store import documents, entries, finished, history, suggestions

_BATCH = 500
HOW = (
    "Work that came in from elsewhere counts once it is finished: `annotator finish "
    "[--annotator NAME]`, or `annotator import --finished`."
)
"""What to do where nothing is finished."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of the documents that were meant."""

    changed: tuple[str, ...]
    """The ids of those that are finished now and were not, or the other way round."""
    already: int
    """How many were so before."""
    undecided: int = 0
    """Suggestions in those that are finished now which nobody has decided on."""


def finish(
    project: Project,
    annotator: str,
    document_ids: Sequence[str] = (),
    *,
    reopen: bool = False,
    progress: Progress = unseen,
) -> Finished:
    """Mark documents as finished, those named or all that the annotator has begun.

    With `reopen` they are marked as not finished, those named or all that are. A skipped document
    is finished only where it is named. Raises StoreError for a document that is not there, before
    anything is written, and NothingToDoError where none is meant.
    """
    for document_id in document_ids:
        documents.get(project.database, document_id)
    meant = tuple(dict.fromkeys(document_ids)) or _all(project, annotator, reopen=reopen)
    if not meant:
        raise NothingToDoError(
            f"{annotator} has finished nothing."
            if reopen
            else f"{annotator} has begun nothing that is not finished.",
            _others(project, annotator, reopen=reopen),
        )
    command = SetFlag(DONE, on=False) if reopen else FinishDocument()
    rows = _rows(project, annotator, meant, command)
    changed: list[str] = []
    undecided = 0
    while batch := list(islice(rows, _BATCH)):
        new = [row for row in batch if row.changes]
        if new:
            history.append_many(project.database, new)
        ids = [row.document_id for row in new]
        undecided += 0 if reopen else suggestions.undecided(project.database, annotator, ids)
        changed += ids
        progress(len(changed), len(meant))
    return Finished(tuple(changed), len(meant) - len(changed), undecided)


def as_finished(item: Annotated) -> Annotated:
    """A document on its way in with all its annotations finished, those with nothing marked too.

    What was skipped is not finished, nor an annotator who only answers another task on it.
    """
    is_other = bool(answers(item.document.meta))
    blank = () if is_other else item.blank
    sets = (*item.annotations, *(AnnotationSet(item.document.id, name) for name in blank))
    return replace(
        item,
        annotations=tuple(
            one
            if SKIPPED in one.flags or (is_other and not _has_items(one))
            else one.with_flag(DONE, on=True)
            for one in sets
        ),
        blank=(),
    )


def _has_items(annotations: AnnotationSet) -> bool:
    return bool(annotations.entities or annotations.events or annotations.relations)


def unfinished(project: Project) -> dict[str, int]:
    """How many documents each annotator has begun and not finished; those with none left out."""
    counts = {name: len(finished.begun(project.database, name)) for name in project.annotators()}
    return {name: count for name, count in counts.items() if count}


def _all(project: Project, annotator: str, *, reopen: bool) -> tuple[str, ...]:
    return (finished.by if reopen else finished.begun)(project.database, annotator)


def _rows(
    project: Project, annotator: str, document_ids: Sequence[str], command: Command
) -> Iterator[history.NewHistoryRow]:
    session, record = history.new_uuid(), command_record(command)
    for document in documents.every(project.database, document_ids):
        there = entries.load(project.database, annotator, document.id)
        before = state_of(document, annotator, (), there)
        found = changes(before, command.apply(before))
        yield history.NewHistoryRow(document.id, annotator, session, record, found)


def _others(project: Project, annotator: str, *, reopen: bool) -> str:
    """Who else could have been meant."""
    others = [
        name
        for name in project.annotators()
        if name != annotator and _all(project, name, reopen=reopen)
    ]
    if others:
        return f"Name who has with --annotator: {', '.join(others)}."
    return "" if reopen else "Name documents to finish them with nothing marked."
