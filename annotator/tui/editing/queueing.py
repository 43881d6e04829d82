"""Going from document to document, and what is said of a document as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.model.annotations import DONE, FLAGGED, SKIPPED, Comment
from annotator.model.identity import new_id
from annotator.session.commands import FinishDocument, SetComment, SetFlag, accept_rest
from annotator.store.filter import Filter

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor


class Queueing:
    """Finishes, opens and flags documents."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def do_finish(self) -> None:
        """Accept the rest, mark the document as done, go to the next that is not."""
        editor = self._editor
        accepted = len(editor.state.undecided())
        if editor.run(accept_rest(editor.state)):
            self._open_next("Every document is done.")
            editor.message = editor.message or f"Done, {accepted} accepted; u takes it back."

    def do_next_document(self) -> None:
        """Go to the document after this one."""
        self._open_neighbour(1)

    def do_previous_document(self) -> None:
        """Go to the document before this one."""
        self._open_neighbour(-1)

    def do_flag(self) -> None:
        """Flag the document, or take the flag off."""
        editor = self._editor
        on = FLAGGED not in editor.state.annotations.flags
        if editor.run(SetFlag(FLAGGED, on)):
            editor.message = "Flagged." if on else "The flag is off."

    def do_skip(self) -> None:
        """Put the document off and go to the next, or say that it is no longer put off."""
        editor = self._editor
        on = SKIPPED not in editor.state.annotations.flags
        if not editor.run(SetFlag(SKIPPED, on)):
            return
        if on:
            self._open_next("Skipped. There is no other document to do.")
        else:
            editor.message = "No longer skipped."

    def do_done(self) -> None:
        """Mark the document as done or not done; what is undecided stays so."""
        editor = self._editor
        is_done = DONE in editor.state.annotations.flags
        if editor.run(SetFlag(DONE, on=False) if is_done else FinishDocument()):
            editor.message = "Not done any more." if is_done else "Done. > goes to the next."

    def do_all_documents(self) -> None:
        """Let the queue go through all documents again."""
        self._editor.session.filter = Filter()
        self._editor.message = "The queue goes through all documents."

    def comment(self, text: str) -> None:
        """Write a comment on the current item, or on the document where there is none."""
        editor = self._editor
        comments = editor.state.annotations.comments.values()
        old = next((c for c in comments if c.target == editor.current), None)
        if old is not None or text:
            comment_id = old.id if old else new_id("c")
            editor.run(SetComment(Comment(comment_id, editor.current, text)))

    def go_to(self, document_id: str, item_id: str) -> None:
        """Go to an item, or to the document where the item is gone."""
        editor = self._editor
        if document_id != editor.state.document.id:
            self.open(document_id)
        if document_id == editor.state.document.id:
            editor.point_at(item_id)

    def open(self, document_id: str) -> None:
        """Go to another document."""
        editor = self._editor
        try:
            editor.session.open(document_id)
            editor.session.remember(editor.session.place)
        except AnnotatorError as error:
            editor.message = str(error)
            return
        editor.enter()

    def _open_next(self, nothing: str) -> None:
        """Go to the next document that is to be done, and say where there is none."""
        editor = self._editor
        following = editor.session.next_open()
        if following is None:
            editor.message = nothing
            editor.settle()
        else:
            self.open(following)

    def _open_neighbour(self, step: int) -> None:
        neighbour = self._editor.session.neighbour(step)
        if neighbour is None:
            self._editor.message = "There is no further document."
        else:
            self.open(neighbour)
