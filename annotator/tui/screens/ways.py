"""What leads from the annotate screen elsewhere: the list of documents, history, the palette."""

from __future__ import annotations

from abc import abstractmethod
from typing import cast

from textual.app import App
from textual.command import CommandPalette
from textual.screen import Screen

from annotator.tui.editing.editor import Editor
from annotator.tui.screens.documents import Choice, DocumentsScreen
from annotator.tui.screens.history import HistoryScreen, Place
from annotator.tui.theme import Palette


class WaysScreen(Screen[None]):
    """A screen with an editor, from which one goes to other documents and comes back."""

    editor: Editor
    keys: dict[str, tuple[str, ...]]
    """Action id to the keys that it has instead of its own."""
    _palette: Palette

    @abstractmethod
    def sync(self) -> None:
        """Show what the editor holds now."""

    @abstractmethod
    def do_action(self, action_id: str) -> None:
        """Do an action as its key would."""

    @abstractmethod
    def give_label(self, name: str, *, is_event: bool) -> None:
        """Give the current item or selection a label."""

    def visit(self, document_id: str) -> None:
        """Go to a document."""
        self.editor.queueing.go_to(document_id, "")
        self.sync()

    def _do_documents(self) -> None:
        screen = DocumentsScreen(self.editor.session, self._palette)
        self._ways_app.push_screen(screen, self._document_chosen)

    def _document_chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            if choice.filter is not None:
                self.editor.session.filter = choice.filter
            self.visit(choice.document_id)

    def _do_history(self) -> None:
        screen = HistoryScreen(self.editor.session, self._palette)
        self._ways_app.push_screen(screen, self._place_chosen)

    def _place_chosen(self, place: Place | None) -> None:
        if place is not None:
            self.editor.queueing.go_to(*place)
            self.sync()

    def _do_palette(self) -> None:
        from annotator.tui.palette import NamesProvider

        placeholder = "an action, a label, a document"
        self._ways_app.push_screen(
            CommandPalette(providers=[NamesProvider], placeholder=placeholder)
        )

    @property
    def _ways_app(self) -> App[None]:
        return cast("App[None]", self.app)  # pyright: ignore[reportUnknownMemberType]  # open there
