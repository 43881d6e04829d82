"""Takes annotations out of a project: as files of a format, or as spaCy training data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from annotator.errors import NothingToDoError, UsageError
from annotator.formats import registry
from annotator.formats.record import Annotated, Loss
from annotator.project.project import Project
from annotator.session.state import State, state_of
from annotator.store import documents, entries, suggestions
from annotator.training.dataset import DatasetReport, write_dataset
from annotator.training.split import Split

GOLD = "gold"
"""The name under which adjudicated annotations are kept."""


def export(
    project: Project, format_name: str, target: Path | IO[bytes], annotator: str | None = None
) -> tuple[Loss, ...]:
    """Write a file of a format: one annotator's work, or everybody's where none is named.

    Gives what the format could not express. Raises UsageError for a format that cannot be written.
    """
    return registry.write(annotated(project, annotator), target, format_name)
