"""`annotator demo`: a project with simulated annotators, to see agreement and adjudication."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where.", show_default="annotator-demo")
    ] = None,
    count: Annotated[
        int, typer.Option("--annotators", min=2, max=9, help="How many annotators are simulated.")
    ] = 3,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="Another seed, other errors.")] = 0,
) -> None:
    """Make a project with the shipped articles and simulated annotators who err now and then."""
    from annotator.cli.output import counted, progress_bar, say
    from annotator.project.importing import import_paths
    from annotator.project.project import Project
    from annotator.project.simulating import simulate
    from annotator.project.suggesting import suggest

    root: Path = folder or context.obj / "annotator-demo"
    with Project.create(root, sample=True) as project:
        with progress_bar("Importing") as progress:
            import_paths(project, [project.layout.corpus], progress=progress)
        with progress_bar("Suggesting") as progress:
            suggest(project, progress=progress)
        with progress_bar("Simulating") as progress:
            names = simulate(project, count, seed=seed, progress=progress)
        documents = counted(project.document_count, "document")
    say(f"Simulated {', '.join(names)} on {documents} in {root}; none of it is anybody's work.")
    say(f"See how far they agree:   annotator --project {root} agreement")
    say(f"Settle what they differ in: annotator --project {root} adjudicate")
