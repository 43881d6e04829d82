"""`annotator annotate` and `annotator` alone: the screen."""

from __future__ import annotations

import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.project.project import Project


class Order(StrEnum):
    """Which document comes after one that was finished."""

    IMPORT = "import"
    SHORTEST = "shortest"
    UNCERTAIN = "uncertain"


def annotate(
    context: typer.Context,
    document: Annotated[
        str | None, typer.Argument(help="Which document.", show_default="where you left off")
    ] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Who annotates.", show_default="your login name")
    ] = None,
    order: Annotated[Order, typer.Option(help="Which document comes next.")] = Order.IMPORT,
) -> None:
    """Confirm and fix spans and events on the screen."""
    gc.disable()  # start-up makes much and drops little; the screen turns it on again
    from annotator.project.project import Project

    _require_terminal()
    with Project.open(context.obj) as project:
        _show(project, annotator, document, order)


def open_folder(root: Path) -> None:
    """Open the project in a folder, made on first use from its `corpus`."""
    from annotator.project.project import Project

    _require_terminal()
    with Project.open_or_create(root) as project:
        if not project.document_count:
            _fill(project)
        gc.disable()
        _show(project, None, None, Order.IMPORT)


def _fill(project: Project) -> None:
    from annotator.cli.output import counted, progress_bar, say
    from annotator.project.importing import import_paths
    from annotator.project.suggesting import suggest

    with progress_bar("Importing") as progress:
        report = import_paths(project, [project.layout.corpus], progress=progress)
    with progress_bar("Suggesting") as progress:
        made = suggest(project, progress=progress)
    suggestions = sum(run.suggestions for run in made)
    say(f"Made a project in {project.layout.root}: "
        f"{counted(report.documents.added, 'article')}, "
        f"{counted(suggestions, 'suggestion')}.")  # fmt: skip


def _show(project: Project, annotator: str | None, document: str | None, order: Order) -> None:
    session = project.session(annotator)
    session.order = order.value
    if document is None:
        session.open_last()
    else:
        session.open(document)
    from annotator.tui.app import run

    status = run(session, project.config)
    if status:
        sys.exit(status)


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The screen needs a terminal.", "Run it without a pipe; the other commands need none."
        )
