"""The `annotator` command and its subcommands, as Typer knows them.

Only Typer is imported here, so that `--help` answers at once; a command imports what it needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotator import __version__
from annotator.cli import (
    adjudicate,
    agreement,
    annotate,
    demo,
    export,
    finish,
    importing,
    init,
    listings,
    status,
    suggest,
    verify,
)
from annotator.cli.screen import show
from annotator.cli.start import Start

app = typer.Typer(
    name="annotator",
    help="Annotate entities and events in news text, in the terminal.",
    epilog="Without a command: open the project in this folder, or make one and open it.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"annotator {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    project: Annotated[
        Path, typer.Option("--project", help="The project's folder.", show_default="this folder")
    ] = Path(),
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Annotate entities and events in news text, in the terminal."""
    del version
    context.obj = project
    if context.invoked_subcommand is None:
        show(Start(project, makes_project=True))


app.command("init")(init.init)
app.command("import")(importing.import_)
app.command("suggest")(suggest.suggest)
app.command("annotate")(annotate.annotate)
app.command("finish")(finish.finish)
app.command("export")(export.export)
app.command("agreement")(agreement.agreement)
app.command("adjudicate")(adjudicate.adjudicate)
app.command("demo")(demo.demo)
app.command("status")(status.status)
app.command("verify")(verify.verify)
app.command("formats")(listings.formats)
app.command("schemes")(listings.schemes)
app.command("keys")(listings.keys)
