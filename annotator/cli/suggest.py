"""`annotator suggest`: run the suggesters ahead of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotator.project.suggesting import SuggestReport


def suggest(
    context: typer.Context,
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="SUGGESTER", help="Only this one.", show_default="all"),
    ] = None,
    again: Annotated[bool, typer.Option(help="Also where it has run already.")] = False,
) -> None:
    """Suggest for documents that have no suggestions yet; exit 1 where a pattern took too long."""
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
    if say_left_out(made):
        raise typer.Exit(1)


def say_left_out(made: Sequence[SuggestReport]) -> bool:
    """Say what suggesters did without; whether there was anything."""
    from annotator.cli.output import say

    lines = [line for run in made for line in run.left_out]
    for line in lines:
        say(f"{line}.")
    if lines:
        say("Mend or remove what is left out; then `annotator suggest` goes over the rest.")
    return bool(lines)
