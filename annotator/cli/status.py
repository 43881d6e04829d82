"""`annotator status`: how far everybody is."""

from __future__ import annotations

from typing import Annotated

import typer


def status(
    context: typer.Context,
    annotator: Annotated[
        str | None, typer.Option(help="List this annotator's documents one by one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show progress by annotator, or one annotator's documents."""
    from annotator.cli.output import print_json, print_table
    from annotator.project.progress import by_annotator, by_document
    from annotator.project.project import Project

    with Project.open(context.obj) as project:
        if annotator is not None:
            lines = [line.as_row() for line in by_document(project, annotator)]
            columns = ("document", "title", "state", "entities", "events", "undecided")
            right = (3, 4, 5)
        else:
            lines = [line.as_row() for line in by_annotator(project)]
            columns = ("annotator", "done", "documents", "entities", "events", "undecided")
            right = (1, 2, 3, 4, 5)
    if as_json:
        print_json([dict(zip(columns, line, strict=True)) for line in lines])
    else:
        print_table(columns, lines, right=right)
