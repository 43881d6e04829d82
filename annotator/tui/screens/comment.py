"""A line to write a comment in."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class CommentScreen(ModalScreen[str | None]):
    """Gives the text that was written, or None where it was left with Esc."""

    BINDINGS = [Binding("escape", "leave", "leave")]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """One line of text."""
        with Vertical(classes="box"):
            yield Static(Content("Comment · Enter saves, an empty one is removed, Esc leaves"))
            yield Input(self._text, id="comment", compact=True)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)
