"""What the keys do, and what the guideline says of the current label."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from annotator.actions import ACTIONS, Mode, action, shown_key
from annotator.text.safe_text import pictured
from annotator.tui.panels.guideline import guideline_content

_FIRST: tuple[tuple[tuple[str, ...], str], ...] = (
    (("accept", "reject"), "yes or no to a suggestion; the next one comes by itself"),
    (("pick-label",), "another label, by its name; a digit gives one at once"),
    (("start-left", "start-right", "end-left", "end-right"), "move the edges of the span"),
    (("select",), "begin a new span: move on to its last word, then a digit"),
    (("event",), "make an event: the key of its type, then letters fill roles"),
    (("link",), "fill more roles of the event at the cursor"),
    (("undo", "redo"), "take it back, do it again; everything is saved at once"),
    (("finish",), "accept the rest, mark as done, go to the next article"),
    (("quit",), "leave, at any moment"),
)
"""What has to be known first: actions, and what their keys are for."""
_FIRST_OF_DISPUTE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("take-a", "take-b", "take-c"), "take what A, B or C has; the next comes by itself"),
    (("take-both",), "take all versions"),
    (("take-neither",), "take none; it is remembered and not asked again"),
    (("stop-edit",), "put it right by hand, in the gold set"),
    (("stop-next", "stop-previous"), "go to the next difference, or the one before"),
    (("undo", "redo"), "take it back, do it again; everything is saved at once"),
    (("stop-majority", "stop-all-but-one"), "settle what is open here by majority, or all but one"),
    (("stop-kind", "stop-label", "stop-alone"), "visit a kind, a label or an annotator only"),
    (("stop-finish",), "go to the next document with differences"),
    (("quit",), "leave, at any moment"),
)
_SIGNS_OF_DISPUTE = "≠ A·B GPE: A and B have it so. What all agree on is in the gold set already."
_SIGNS = "A dashed bracket is a suggestion, a solid one is yours."


class HelpScreen(ModalScreen[None]):
    """Closes with Esc, q or ?."""

    BINDINGS = [Binding("escape,q,question_mark,f1", "leave", "leave")]  # noqa: RUF012

    def __init__(
        self,
        keys: dict[str, tuple[str, ...]],
        label: str = "",
        guideline: str = "",
        mode: Mode = Mode.NORMAL,
    ) -> None:
        super().__init__()
        self._is_adjudicating = mode is Mode.ADJUDICATE
        self._keys = keys
        self._label = label
        self._guideline = guideline

    def compose(self) -> ComposeResult:
        """What has to be known first, the guideline, all keys by group."""
        with VerticalScroll(classes="box tall"):
            yield Static(self._first())
            if self._guideline:
                yield Static(Content.styled(f"\nGUIDELINE  {pictured(self._label)}", "bold"))
                yield Static(guideline_content(self._guideline))
            yield Static(Content.styled("\nALL KEYS", "bold"))
            yield Static(self._table())

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Go back to the document."""
        self.dismiss(None)

    def _first(self) -> Content:
        what = "all keys" if self._is_adjudicating else "the guideline and all keys"
        more = f"↓ PgDn  {what}     Esc  back"
        signs = _SIGNS_OF_DISPUTE if self._is_adjudicating else _SIGNS
        lines = [Content.styled(signs, "bold"), Content("")]
        for ids, words in _FIRST_OF_DISPUTE if self._is_adjudicating else _FIRST:
            keys = "".join(shown_key(self._keys_of(action_id)[0]) for action_id in ids)
            lines.append(Content.assemble((f"{keys:>5}  ", "bold"), words))
        return Content("\n").join([*lines, Content(""), Content.styled(more, "dim")])

    def _keys_of(self, action_id: str) -> tuple[str, ...]:
        return self._keys.get(action_id, action(action_id).keys) or ("",)

    def _table(self) -> Content:
        lines: list[Content] = []
        group = ""
        for each in ACTIONS:
            if self._is_adjudicating is not (Mode.ADJUDICATE in each.modes) and (
                self._is_adjudicating or each.modes == (Mode.ADJUDICATE,)
            ):
                continue
            if each.group != group:
                group = each.group
                lines.append(Content.styled(f"\n{group}", "bold"))
            keys = " ".join(shown_key(k) for k in self._keys_of(each.id))
            is_plain = self._is_adjudicating or Mode.NORMAL in each.modes
            where = "" if is_plain else f" ({each.modes[0].value})"
            lines.append(Content(f"{keys:>14}  {each.help}{where}"))
        return Content("\n").join(lines)
