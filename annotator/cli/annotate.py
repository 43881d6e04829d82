"""`annotator annotate`: the screen."""

from __future__ import annotations

from typing import Annotated

import typer

from annotator.cli.screen import show
from annotator.cli.start import Order, Start


def annotate(
    context: typer.Context,
    document: Annotated[
        str | None, typer.Argument(help="Which document.", show_default="where you left off")
    ] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Who annotates.", show_default="your login name")
    ] = None,
    order: Annotated[Order, typer.Option(help="Which document comes next.")] = Order.IMPORT,
) -> None:
    """Confirm and fix spans and events on the screen."""
    show(Start(context.obj, document, annotator, order))
