"""The page on agreement, with the texts and times that the report does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.page.disputes import worst_documents
from annotator.agreement.page.page import Evidence, page
from annotator.agreement.report.report import Report
from annotator.project.agreeing_files import texts_of_files
from annotator.project.project import Project
from annotator.store import documents, finished


def page_of_project(
    project: Project, report: Report, works: Iterable[DocumentAnnotations], wanted: Sequence[str]
) -> str:
    """The page on annotators of a project; `works` are those of the report, `wanted` its layers."""
    worst = _worst(report, wanted)
    evidence = Evidence(
        _on(works, worst),
        {one: documents.get(project.database, one).text for one in worst},
        finished.times(project.database, report.annotators),
    )
    return page(report, evidence, wanted)


def page_of_files(
    paths: Sequence[Path],
    report: Report,
    works: Iterable[DocumentAnnotations],
    wanted: Sequence[str],
) -> str:
    """The page on the annotators of files, which do not say when documents were finished."""
    worst = _worst(report, wanted)
    return page(report, Evidence(_on(works, worst), texts_of_files(paths, worst)), wanted)


def _worst(report: Report, wanted: Sequence[str]) -> tuple[str, ...]:
    return worst_documents([one for key, one in report.layers.items() if key in wanted])


def _on(
    works: Iterable[DocumentAnnotations], worst: Sequence[str]
) -> tuple[DocumentAnnotations, ...]:
    kept = {*worst}
    return tuple(one for one in works if one.document_id in kept)
