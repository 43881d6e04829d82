"""The annotate screen on the gold set, for a difference that is put right by hand."""

from __future__ import annotations

from textual import events

from annotator.actions import Mode
from annotator.session.session import Session
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.painting import Send
from annotator.tui.theme import Palette

_ELSEWHERE = (
    "finish", "next-document", "previous-document", "skip", "done", "documents", "history",
)  # fmt: skip
"""What leads to another document or says that one is done, which is for adjudication to say."""


class GoldScreen(AnnotateScreen):
    """Goes back to the differences with Esc or the key that quits."""

    def __init__(
        self,
        session: Session,
        palette: Palette,
        keys: dict[str, tuple[str, ...]],
        send: Send,
        item_id: str,
    ) -> None:
        session.place = item_id
        super().__init__(session, palette, {**keys, **dict.fromkeys(_ELSEWHERE, ())}, send)
        self.editor.message = "The gold set: put it right here; Esc goes back to the differences."

    def on_key(self, event: events.Key) -> None:
        """Leave with Esc where it ends nothing else; other keys annotate."""
        editor = self.editor
        is_free = editor.mode is Mode.NORMAL and not editor.finding.hits and self.view.has_focus
        if event.key == "escape" and is_free:
            event.stop()
            event.prevent_default()
            self._do_quit()

    def _do_quit(self) -> None:
        self.dismiss(None)
