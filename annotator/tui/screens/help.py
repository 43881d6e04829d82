"""What the keys do, and what the guideline says of the current label."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from annotator.actions import ACTIONS, Mode, shown_key
from annotator.text.pictures import pictured, pictured_lines

_INTRODUCTION = (
    "A dashed bracket is a suggestion, a solid one is yours. a says yes, x says no, and the next "
    "one comes by itself. A digit gives a span another label; s d f g move its edges. v begins a "
    "new span, e makes an event, t fills its roles. Everything is saved at once, and u takes it "
    "back."
)


class HelpScreen(ModalScreen[None]):
    """Closes with Esc, q or ?."""

    BINDINGS = [Binding("escape,q,question_mark,f1", "leave", "leave")]  # noqa: RUF012

    def __init__(self, keys: dict[str, tuple[str, ...]], label: str, guideline: str) -> None:
        super().__init__()
        self._keys = keys
        self._label = label
        self._guideline = guideline

    def compose(self) -> ComposeResult:
        """The guideline first, then the keys by group."""
        with VerticalScroll(classes="box tall"):
            if self._guideline:
                yield Static(Content.styled(pictured(self._label), "bold"))
                yield Static(Content(pictured_lines(self._guideline.strip()) + "\n"))
            yield Static(Content(_INTRODUCTION + "\n"))
            yield Static(self._table())

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Go back to the document."""
        self.dismiss(None)

    def _table(self) -> Content:
        lines: list[Content] = []
        group = ""
        for action in ACTIONS:
            if action.group != group:
                group = action.group
                lines.append(Content.styled(f"\n{group}", "bold"))
            keys = " ".join(shown_key(k) for k in self._keys.get(action.id, action.keys))
            where = "" if Mode.NORMAL in action.modes else f" ({action.modes[0].value})"
            lines.append(Content(f"{keys:>14}  {action.help}{where}"))
        return Content("\n").join(lines)
