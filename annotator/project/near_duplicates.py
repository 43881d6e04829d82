"""Articles that came in and are nearly the same as others, as wire copy is."""

from __future__ import annotations

from annotator.project.import_report import Findings
from annotator.project.project import Project
from annotator.project.suggesting import Progress, unseen
from annotator.store import documents
from annotator.training.near_duplicates import NearDuplicates

MOST = 20_000
"""The most documents that are compared: some seven seconds and 70 MB."""


def near_duplicates(project: Project, known: int, progress: Progress = unseen) -> Findings | None:
    """Which documents are near to others, of those that came after the first `known`.

    How near is what the split of training data goes by. None where there are too many to compare.
    """
    ids = documents.ids(project.database)
    if len(ids) > MOST:
        return None
    nearness = NearDuplicates()
    for done, document in enumerate(documents.every(project.database, ids), 1):
        nearness.add(document.id, document.text)
        progress(done, len(ids))
    new = {*ids[known:]}
    findings = Findings()
    for document_id, first in nearness.firsts().items():
        if document_id != first and document_id in new:
            findings.add(f"{document_id} is nearly the same as {first}")
    return findings
