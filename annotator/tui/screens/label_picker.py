"""Choose a label by typing some of its letters."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from annotator.text.safe_text import pictured

Choice = tuple[str, str, str, bool]
"""Key, name, description, and whether it is an event type."""


class LabelPicker(ModalScreen[tuple[str, bool] | None]):
    """Gives the chosen name and whether it is an event type, or None."""

    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("escape", "leave", "leave"),
        Binding("down", "move(1)", "next", priority=True),
        Binding("up", "move(-1)", "previous", priority=True),
    ]

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._matching = self._choices

    def compose(self) -> ComposeResult:
        """What is typed, and what fits it."""
        with Vertical(classes="box"):
            yield Input(placeholder="label…", id="typed", compact=True)
            yield OptionList(id="choices", compact=True, markup=False)

    def on_mount(self) -> None:
        """Show every label."""
        self._narrow("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        chosen = self.query_one("#choices", OptionList).highlighted
        if chosen is not None and chosen < len(self._matching):
            _, name, _, is_event = self._matching[chosen]
            self.dismiss((name, is_event))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        _, name, _, is_event = self._matching[event.option_index]
        self.dismiss((name, is_event))

    def action_move(self, step: int) -> None:
        """Highlight another label."""
        options = self.query_one("#choices", OptionList)
        if self._matching:
            options.highlighted = ((options.highlighted or 0) + step) % len(self._matching)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        starting = [c for c in self._choices if c[1].casefold().startswith(wanted)]
        holding = [c for c in self._choices if wanted in c[1].casefold() and c not in starting]
        self._matching = (*starting, *holding)
        options = self.query_one("#choices", OptionList)
        options.clear_options()
        options.add_options(
            Option(
                Content(
                    f"{pictured(key):>2} {'◆' if is_event else ' '}{pictured(name):<13} "
                    f"{pictured(about)}"
                )
            )
            for key, name, about, is_event in self._matching
        )
        options.highlighted = 0 if self._matching else None
