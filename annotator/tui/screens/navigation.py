"""What leads from the annotate screen to others: documents, history, commands, labels, help."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import cast

from textual.app import App
from textual.message import Message

from annotator.actions import Mode
from annotator.tui.editing.editor import Editor
from annotator.tui.panels.card import card_of
from annotator.tui.panels.status_hints import key_of
from annotator.tui.screens.comment import CommentScreen
from annotator.tui.screens.documents import DocumentChoice, DocumentsScreen
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.history import HistoryPlace, HistoryScreen
from annotator.tui.screens.label_picker import LabelPicker
from annotator.tui.screens.painting import PaintingScreen
from annotator.tui.theme import Palette


class NavigationScreen(PaintingScreen):
    """A screen with an editor, from which one goes to other documents and comes back."""

    editor: Editor
    _keys: dict[str, tuple[str, ...]]
    _palette: Palette

    @abstractmethod
    def _do(self, action_id: str | None) -> None:
        """Do a screen's action, then show what changed."""

    class AgreementAsked(Message):
        """The agreement of the annotators was asked for."""

    # -- what the command palette does ---------------------------------------------------------

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Action id to the keys that it has instead of its own."""
        return self._keys

    def do_action(self, action_id: str) -> None:
        """Do an action as its key would."""
        self._do(self.editor.act(action_id))

    def give_label(self, name: str, *, is_event: bool) -> None:
        """Give the current item or selection a label, or make an event of it."""
        (self.editor.making.event if is_event else self.editor.deciding.label)(name)
        self.sync()

    def visit(self, document_id: str) -> None:
        """Go to a document."""
        self.editor.queueing.go_to(document_id, "")
        self.sync()

    def visit_place(self, document_id: str, item_ids: Sequence[str], offset: int) -> None:
        """Go to an offset of a document, and to the first of some items that is there."""
        self.editor.queueing.go_to(document_id, "")
        if self.editor.state.document.id == document_id:
            self.editor.moving.to(offset)
            there = [item for item in item_ids if self.editor.state.item(item) is not None]
            if there:
                self.editor.point_at(there[0])
        self.sync()

    # -- other screens -------------------------------------------------------------------------

    def _do_documents(self) -> None:
        screen = DocumentsScreen(self.editor.session, self._palette)
        self._shell.push_screen(screen, self._document_chosen)

    def _document_chosen(self, choice: DocumentChoice | None) -> None:
        if choice is not None:
            if choice.filter is not None:
                self.editor.session.filter = choice.filter
            self.visit(choice.document_id)

    def _do_history(self) -> None:
        screen = HistoryScreen(self.editor.session, self._palette)
        self._shell.push_screen(screen, self._place_chosen)

    def _place_chosen(self, place: HistoryPlace | None) -> None:
        if place is not None:
            self.editor.queueing.go_to(*place)
            self.sync()

    def _do_agreement(self) -> None:
        self.post_message(self.AgreementAsked())

    def _do_palette(self) -> None:
        from annotator.tui.palette import NamesPalette

        self._shell.push_screen(NamesPalette())

    def _do_help(self) -> None:
        item = self.editor.item
        card = card_of(self.editor.state, self.editor.scheme, item.id) if item else None
        label = card.mark.label if card else ""
        guideline = self.editor.scheme.guidelines.get(label, "")
        self._shell.push_screen(HelpScreen(self._keys, label, guideline))

    def _do_comment(self) -> None:
        comments = self.editor.state.annotations.comments.values()
        old = next((c.text for c in comments if c.target == self.editor.current), "")
        self._shell.push_screen(CommentScreen(old), self._commented)

    def _commented(self, text: str | None) -> None:
        if text is not None:
            self.editor.queueing.comment(text)
            self.sync()

    def _do_pick_label(self) -> None:
        scheme = self.editor.scheme
        keys = {name: key for key, name in self.editor.label_keys().items()}
        event = key_of("event", Mode.NORMAL, self._keys)
        names = [(f"{event}{e.key}", e.name, e.description, True) for e in scheme.events]
        if self.editor.mode is not Mode.EVENT:
            entities = scheme.entities
            names = [(keys.get(e.name, ""), e.name, e.description, False) for e in entities] + names
        self._shell.push_screen(LabelPicker(names), self._picked)

    def _do_select_label(self) -> None:
        self._do_pick_label()

    def _picked(self, choice: tuple[str, bool] | None) -> None:
        if choice is not None:
            name, is_event = choice
            self.give_label(name, is_event=is_event)

    @property
    def _shell(self) -> App[None]:
        return cast("App[None]", self.app)  # pyright: ignore[reportUnknownMemberType]  # open there
