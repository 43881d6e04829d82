"""Runs the scheme's suggesters over the documents that they have not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotator.errors import UsageError
from annotator.model.suggestion import Suggestion
from annotator.project.project import Project
from annotator.store import documents, suggestions
from annotator.suggest import registry
from annotator.suggest.registry import Suggester

Progress = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


def unseen(done: int, total: int) -> None:
    """Progress that nobody watches."""
    del done, total


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """What one suggester did."""

    source: str
    documents: int
    suggestions: int
    left_out: tuple[str, ...] = ()
    """What it did without from some document on; those wait for the suggester as before."""


def suggest(
    project: Project,
    names: Sequence[str] = (),
    *,
    again: bool = False,
    progress: Progress = unseen,
) -> tuple[SuggestReport, ...]:
    """Suggest for every document that a suggester's version has not seen; `again` for all.

    `names` chooses suggesters. What annotators decided is kept. Raises UsageError for an unknown
    name and PatternError where a patterns file is wrong.
    """
    return tuple(
        _run(project, suggester, progress, again=again) for suggester in chosen(project, names)
    )


def chosen(project: Project, names: Sequence[str] = ()) -> tuple[Suggester, ...]:
    """The suggesters of that name, or all of the scheme's where none is named."""
    found = registry.load(project.scheme, project.labels_folder)
    known = {suggester.name for suggester in found} | {_kind(s) for s in found}
    for name in names:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise UsageError(f"There is no suggester {name!r}.", f"There is: {listed}.")
    return tuple(s for s in found if not names or s.name in names or _kind(s) in names)


def _run(
    project: Project, suggester: Suggester, progress: Progress, *, again: bool
) -> SuggestReport:
    database = project.database
    waiting = documents.ids(database) if again else suggestions.waiting(database, suggester.source)
    unfinished: set[str] = set()

    def found() -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        texts = documents.every(database, waiting)
        for done, (document, proposed) in enumerate(suggester.suggest(texts), 1):
            progress(done, len(waiting))
            if suggester.left_out:
                unfinished.add(document.id)
            yield document.id, proposed

    count = suggestions.replace(database, suggester.source, found(), unfinished) if waiting else 0
    return SuggestReport(suggester.source, len(waiting), count, suggester.left_out)


def _kind(suggester: Suggester) -> str:
    return suggester.name.partition(":")[0]
