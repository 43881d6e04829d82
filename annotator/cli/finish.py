"""`annotator finish`: say of whole documents that they are finished."""

from __future__ import annotations

from typing import Annotated

import typer


def finish(
    context: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT...", help="Which.", show_default="all that are begun"),
    ] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Whose work it is.", show_default="the project's annotator")
    ] = None,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="The other way round: say that they are not finished.")
    ] = False,
) -> None:
    """Say that documents are finished: from then on, no span means that there is none."""
    from annotator.cli.output import counted, progress_bar, say
    from annotator.project import finishing
    from annotator.project.project import Project

    with Project.open(context.obj) as project:
        name = project.annotator(annotator)
        with progress_bar("Finishing") as progress:
            made = finishing.finish(
                project, name, documents or (), reopen=reopen, progress=progress
            )
    what = "not finished any more" if reopen else "finished"
    told = f"{counted(len(made.changed), 'document')} of {name}: {what}"
    say(f"{told}; {made.already:,} were so already." if made.already else f"{told}.")
    if made.undecided:
        say(f"{counted(made.undecided, 'suggestion')} in them undecided: that counts as no.")
    if made.changed:
        say("Undo on the screen takes that back, document by document.")
