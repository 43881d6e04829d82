"""The screen opened from the command line: the project first, made and filled where it is to be."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from annotator.cli.start import Start
from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.config import Config
    from annotator.project.adjudicating import Adjudicator
    from annotator.project.project import Project


def show(start: Start) -> None:
    """Show the screen until it is left; exits with its status where that is not 0."""
    _require_terminal()
    gc.disable()  # start-up makes much and drops little; the screen turns it on again
    from annotator.project.project import Project

    open_project = Project.open_or_create if start.makes_project else Project.open
    with open_project(start.project) as project:
        if start.makes_project and not project.document_count:
            _fill(project)
        session = project.session(start.annotator)
        session.order = start.order.value
        if start.document is None:
            session.open_last()
        else:
            session.open(start.document)
        from annotator.tui.app import run

        status = run(session, project, opens_agreement=start.opens_agreement)
    if status:
        sys.exit(status)


def show_adjudication(adjudicator: Adjudicator, config: Config, document: str | None) -> None:
    """Show the adjudicate screen at a document, else at the first with an open difference."""
    from annotator.cli.output import say

    found = document if document is not None else adjudicator.next_document()
    if found is None:
        say("Nothing is left to settle.")
        return
    _require_terminal()
    gc.disable()
    adjudicator.open(found)
    from annotator.tui.adjudication.app import run

    if status := run(adjudicator, config):
        sys.exit(status)


def _fill(project: Project) -> None:
    """Import what is in the project's corpus, and suggest for it."""
    from annotator.cli.output import counted, progress_bar, say
    from annotator.cli.suggest import say_left_out
    from annotator.project.importing import import_paths
    from annotator.project.suggesting import suggest

    gc.enable()
    with progress_bar("Importing") as progress:
        report = import_paths(project, [project.layout.corpus], progress=progress)
    with progress_bar("Suggesting") as progress:
        made = suggest(project, progress=progress)
    suggestions = sum(run.suggestions for run in made)
    say(f"Made a project in {project.layout.root}: "
        f"{counted(report.added, 'article')}, "
        f"{counted(suggestions, 'suggestion')}.")  # fmt: skip
    say_left_out(made)
    gc.disable()


def _require_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The screen needs a terminal.", "Run it without a pipe; the other commands need none."
        )
