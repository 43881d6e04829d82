"""The agreement of a project's annotators, from what they have finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.items import EntityMark, EventMark
from annotator.agreement.report.report import Report, report
from annotator.agreement.report.suggestion_use import Decided, SuggestionUse, practices
from annotator.errors import NothingToDoError, UsageError
from annotator.model.annotations import AnnotationSet
from annotator.model.dangling import dangling, without_dangling
from annotator.model.document import Document
from annotator.model.scheme import Scheme
from annotator.model.span import Range
from annotator.model.suggestion import Outcome
from annotator.project.project import Project
from annotator.session.state import state_of
from annotator.store import documents, entries, origins
from annotator.text.tokenizer import tokens


def agreement(project: Project, annotators: Sequence[str] = (), *, draws: int = 1000) -> Report:
    """Compare the annotators named, or all of them, on the documents that two have finished.

    `draws` is how often documents are drawn again for the intervals. Raises UsageError for an
    unknown annotator and NothingToDoError where there are not two.
    """
    chosen = chosen_annotators(project, annotators)
    return report(works(project, chosen), draws=draws, practice=practice(project, chosen))


def chosen_annotators(project: Project, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The annotators named, or all of them, each once; raises as `agreement` does."""
    known = project.annotators()
    for name in names:
        if name not in known:
            raise UsageError(
                f"{name!r} has annotated nothing.", f"There is: {', '.join(known) or 'nobody'}."
            )
    chosen = tuple(dict.fromkeys(names)) or known
    if len(chosen) < 2:
        raise NothingToDoError(
            "Agreement needs two annotators.",
            "Let a second one annotate: `annotator annotate --annotator NAME`.",
        )
    return chosen


def works(
    project: Project, annotators: Sequence[str], left_out: Counter[str] | None = None
) -> Iterator[DocumentAnnotations]:
    """What these annotators did, finished or not, annotator by annotator.

    What points to nothing is not compared; `left_out` counts it by its kind.
    """
    cut: dict[str, tuple[Range, ...]] = {}
    for annotator in annotators:
        of_annotator = origins.sources(project.database, annotator)
        for document_id, found in entries.all_of(project.database, annotator):
            document = documents.get(project.database, document_id)
            annotations = state_of(document, annotator, (), found).annotations
            if annotations.is_done and document_id not in cut:
                cut[document_id] = tokens(document.text, document.language)
            if left_out is not None:
                left_out.update(each.what for each in dangling(annotations))
            suggested = of_annotator.get(document_id, {})
            yield work_of(document, annotations, cut.get(document_id), suggested, project.scheme)


def work_of(
    document: Document,
    annotations: AnnotationSet,
    cut: tuple[Range, ...] | None,
    sources: Mapping[str, str],
    scheme: Scheme,
) -> DocumentAnnotations:
    """What an annotator did with a document; `cut` are its tokens, `sources` who suggested what.

    An attribute that was not set has the scheme's default; what points to nothing is not in it.
    """
    annotations = without_dangling(annotations)
    return DocumentAnnotations(
        annotations.annotator,
        document.id,
        len(document.text),
        cut,
        tuple(
            EntityMark(span.id, span.ranges, span.label, sources.get(span.id, ""))
            for span in annotations.entities.values()
        ),
        tuple(
            EventMark(
                event.id,
                event.trigger.ranges,
                event.type,
                tuple((argument.role, argument.target) for argument in event.arguments),
                tuple(sorted(scheme.values_of(event).items())),
                sources.get(event.id, ""),
            )
            for event in annotations.events.values()
        ),
        done=annotations.is_done,
    )


def practice(project: Project, annotators: Sequence[str]) -> tuple[SuggestionUse, ...]:
    """How these annotators deal with suggestions, and how fast they are."""
    decided = [one for name in annotators for one in _decided(project, name)]
    steps = {name: origins.steps(project.database, name) for name in annotators}
    return practices(decided, steps)


def _decided(project: Project, annotator: str) -> Iterator[Decided]:
    counts: Counter[tuple[str, str, bool]] = Counter(
        (document_id, source.partition("@")[0], outcome == Outcome.ACCEPTED.value)
        for document_id, source, outcome in origins.outcomes(project.database, annotator)
    )
    for document_id, source in dict.fromkeys(key[:2] for key in counts):
        accepted = counts[document_id, source, True]
        decided = accepted + counts[document_id, source, False]
        yield Decided(annotator, document_id, source, accepted, decided)
