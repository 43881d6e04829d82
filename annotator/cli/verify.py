"""`annotator verify`: hold the file against what it promises."""

from __future__ import annotations

from typing import Annotated

import typer


def verify(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Check the file, its history and every offset; exit 1 where something is wrong."""
    from annotator.cli.output import print_json, progress_bar, say
    from annotator.project.project import Project

    with Project.open(context.obj) as project, progress_bar("Verifying") as progress:
        found = project.verify(lambda _, done, total: progress(done, total))
    if as_json:
        print_json([{"kind": f.kind, "where": f.where, "message": f.message} for f in found])
    for finding in found:
        say(f"{finding.kind} {finding.where}: {finding.message}")
    if found:
        raise typer.Exit(1)
    say("All is well: file, texts, history, current state and offsets.")
