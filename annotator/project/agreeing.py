"""The agreement of a project's annotators, from what they have finished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.agreement.report import Report, report
from annotator.agreement.spans import Mark
from annotator.agreement.work import Work
from annotator.errors import NothingToDoError, UsageError
from annotator.model.span import Range, Span
from annotator.project.project import Project
from annotator.session.state import state_of
from annotator.store import documents, entries
from annotator.text.tokenizer import tokens


def agreement(project: Project, annotators: Sequence[str] = (), *, draws: int = 1000) -> Report:
    """Compare the annotators named, or all of them, on the documents that two have finished.

    `draws` is how often documents are drawn again for the intervals. Raises UsageError for an
    unknown annotator and NothingToDoError where there are not two.
    """
    known = project.annotators()
    for name in annotators:
        if name not in known:
            raise UsageError(
                f"{name!r} has annotated nothing.", f"There is: {', '.join(known) or 'nobody'}."
            )
    chosen = tuple(dict.fromkeys(annotators)) or known
    if len(chosen) < 2:
        raise NothingToDoError(
            "Agreement needs two annotators.",
            "Let a second one annotate: `annotator annotate --annotator NAME`.",
        )
    return report(tuple(_work(project, chosen)), draws=draws)


def _work(project: Project, annotators: Sequence[str]) -> Iterator[Work]:
    cut: dict[str, tuple[Range, ...]] = {}
    for annotator in annotators:
        for document_id, found in entries.all_of(project.database, annotator):
            document = documents.get(project.database, document_id)
            annotations = state_of(document, annotator, (), found).annotations
            if annotations.is_done and document_id not in cut:
                cut[document_id] = tokens(document.text, document.language)
            yield Work(
                annotator,
                document_id,
                len(document.text),
                cut.get(document_id),
                tuple(_mark(span) for span in annotations.entities.values()),
                tuple(_mark(event.trigger) for event in annotations.events.values()),
                done=annotations.is_done,
            )


def _mark(span: Span) -> Mark:
    if span.is_discontinuous:
        return span.ranges, span.label
    return span.start, span.end, span.label
