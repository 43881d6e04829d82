"""What commands print: tables and JSON on stdout, talk and progress on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from annotator.text.safe_text import pictured

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 1.0
"""Seconds before a progress bar is shown."""


def print_json(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """A value as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[int] = ()
) -> None:
    """A table on stdout, the columns in `right` to the right; cells are data, never markup."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, column in enumerate(columns):
        justify = "right" if index in right else "left"
        table.add_column(Text(column), justify=justify, overflow="fold")
    for row in rows:
        table.add_row(*(Text(pictured(str(cell))) for cell in row))
    width = None if sys.stdout.isatty() else 200
    Console(markup=False, emoji=False, highlight=False, width=width).print(table)


def say(line: str) -> None:
    """A line of talk on stderr."""
    print(pictured(line), file=sys.stderr)


@contextmanager
def progress_bar(title: str) -> Generator[Callable[[int, int], None]]:
    """A progress bar on stderr, for whatever takes more than a second; gives what to call."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True, markup=False, emoji=False)
    bar = Progress(console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task(title, total=None)
    began = time.monotonic()

    def show(done: int, total: int) -> None:
        if time.monotonic() - began > _PATIENCE and not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield show
    finally:
        if bar.live.is_started:
            bar.stop()


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 document`, `1,234 documents`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
