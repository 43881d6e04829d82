"""Runs the command line: the screen or a command, errors as one line and an exit code."""

from __future__ import annotations

import os
import sys

from annotator.cli.start import plain_start
from annotator.errors import AnnotatorError


def run() -> None:
    """Run the command line; exit 0 done, 1 the answer is no, 2 usage, 3 unusable, 130 stopped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        _obey(sys.argv[1:])
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


def _obey(words: list[str]) -> None:
    start = plain_start(words)
    if start is None:
        from annotator.cli.commands import app

        app()
    else:
        from annotator.cli.screen import show

        show(start)


def _say(line: str) -> None:
    from annotator.text.safe_text import pictured

    print(pictured(line), file=sys.stderr)


def _crash_report(error: Exception) -> str:
    from annotator.paths import write_crash_report

    path = write_crash_report(error)
    return f"an internal error ({type(error).__name__}). Please report it with {path}."
