"""`annotator suggest`: run the suggesters ahead of time."""

from __future__ import annotations

from typing import Annotated

import typer


def suggest(
    context: typer.Context,
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="SUGGESTER", help="Only this one.", show_default="all"),
    ] = None,
    again: Annotated[bool, typer.Option(help="Also where it has run already.")] = False,
) -> None:
    """Suggest spans and events for documents that have no suggestions yet."""
    from annotator.cli.output import counted, progress_bar, say
    from annotator.project import suggesting
    from annotator.project.project import Project

    with Project.open(context.obj) as project:
        with progress_bar("Suggesting") as progress:
            made = suggesting.suggest(project, with_ or (), again=again, progress=progress)
        if not made:
            say(f"The scheme {project.scheme.name} has no suggester.")
            raise typer.Exit(1)
        for run in made:
            say(
                f"{run.source}: {counted(run.suggestions, 'suggestion')} "
                f"in {counted(run.documents, 'document')}."
            )
