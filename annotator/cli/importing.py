"""`annotator import`: documents in, with their annotations."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotator.project.importing import ImportReport

_MOST = 20
"""Problems of one kind that are listed one by one."""


class As(StrEnum):
    """What annotations in a file become."""

    ANNOTATIONS = "annotations"
    SUGGESTIONS = "suggestions"


def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders.")],
    format_: Annotated[
        str | None, typer.Option("--format", help="What they are.", show_default="detected")
    ] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Whose annotations they are, where the file does not say.")
    ] = None,
    as_: Annotated[As, typer.Option("--as", help="What annotations become.")] = As.ANNOTATIONS,
    suggest: Annotated[
        bool, typer.Option("--suggest/--no-suggest", help="Suggest for new documents too.")
    ] = True,
    dry_run: Annotated[bool, typer.Option(help="Say what would happen, change nothing.")] = False,
) -> None:
    """Import documents; exit 1 where something could not be taken."""
    from annotator.cli.output import counted, progress_bar, say
    from annotator.project import suggesting
    from annotator.project.importing import import_paths
    from annotator.project.project import Project

    with Project.open(context.obj) as project:
        target = project.trial_copy() if dry_run else project
        with progress_bar("Importing") as progress:
            report = import_paths(
                target,
                paths,
                format_name=format_,
                annotator=annotator,
                role="suggestions" if as_ is As.SUGGESTIONS else "annotations",
                progress=progress,
            )
        _tell(report, dry_run=dry_run)
        if dry_run:
            target.close()
        elif suggest and report.documents.added:
            with progress_bar("Suggesting") as progress:
                made = suggesting.suggest(project, progress=progress)
            for run in made:
                say(f"{counted(run.suggestions, 'suggestion')} by {run.source}.")
    if not report.is_clean:
        raise typer.Exit(1)


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    from annotator.cli.output import counted, say

    found = report.documents
    begin = "Would import" if dry_run else "Imported"
    say(f"{begin} {counted(found.added, 'document')}; {found.same:,} were there already.")
    for name, number in sorted(report.annotated.items()):
        say(f"{counted(number, 'annotation')} by {name}.")
    if report.suggestions:
        say(f"{counted(report.suggestions, 'suggestion')}.")
    _tell_some([str(r) for r in report.rejected], "could not be read")
    _tell_some(
        [f"{c.id}: is there with another text; it was left as it is" for c in found.conflicts],
        "have the id of a document with another text",
    )
    _tell_some(
        [f"{d.id}: has the text of {d.same_as}" for d in found.duplicates],
        "have the text of another document",
    )
    if report.differing:
        say(f"{counted(report.differing, 'annotation')} differ from what is there; left as it is.")
    if report.unknown_labels:
        labels = ", ".join(f"{name} ({n})" for name, n in report.unknown_labels.most_common(_MOST))
        say(f"Labels that the scheme lacks: {labels}.")


def _tell_some(lines: list[str], what: str) -> None:
    from annotator.cli.output import say

    for line in lines[:_MOST]:
        say(line)
    if len(lines) > _MOST:
        say(f"... and {len(lines) - _MOST:,} more that {what}.")
