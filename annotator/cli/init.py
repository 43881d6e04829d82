"""`annotator init`: a new project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where.", show_default="this folder")
    ] = None,
    scheme: Annotated[
        str,
        typer.Option(help="A shipped scheme's name, or a file: ours or brat's annotation.conf."),
    ] = "news-events",
    sample: Annotated[bool, typer.Option("--sample", help="With the shipped articles.")] = False,
) -> None:
    """Make a project: annotator.toml, labels/, corpus/, exports/."""
    from annotator.cli.output import say
    from annotator.project.project import Project

    root: Path = folder or context.obj
    with Project.create(root, scheme, sample=sample) as project:
        say(f"A project with the scheme {project.scheme.name} is in {project.layout.root}.")
        say("Put articles into corpus/ and run `annotator`, or `annotator import PATH...`.")
