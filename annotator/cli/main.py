"""The `annotator` command: its subcommands, and errors turned into one line and an exit code.

Only Typer is imported here, so that `--help` answers at once; a command imports what it needs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from annotator import __version__
from annotator.cli import (
    agreement,
    annotate,
    export,
    importing,
    init,
    listings,
    status,
    suggest,
    verify,
)
from annotator.errors import AnnotatorError

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
        annotate.open_folder(project)


app.command("init")(init.init)
app.command("import")(importing.import_)
app.command("suggest")(suggest.suggest)
app.command("annotate")(annotate.annotate)
app.command("export")(export.export)
app.command("agreement")(agreement.agreement)
app.command("status")(status.status)
app.command("verify")(verify.verify)
app.command("formats")(listings.formats)
app.command("schemes")(listings.schemes)
app.command("keys")(listings.keys)


def run() -> None:
    """Run the command line; exit 0 done, 1 the answer is no, 2 usage, 3 unusable, 130 stopped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except AnnotatorError as error:
        _say(f"annotator: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last wall: a user never sees a traceback
        _say(f"annotator: {_crash_report(error)}")
        sys.exit(3)


def _say(line: str) -> None:
    from annotator.text.pictures import pictured

    print(pictured(line), file=sys.stderr)


def _crash_report(error: Exception) -> str:
    from annotator.paths import write_crash_report

    path = write_crash_report(error)
    return f"an internal error ({type(error).__name__}). Please report it with {path}."
