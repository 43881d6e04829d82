"""Saying yes or no to suggestions, giving labels, and taking it all back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.errors import AnnotatorError
from annotator.model.event import Event
from annotator.model.span import Range
from annotator.session.commands import (
    AcceptSuggestion,
    Batch,
    RejectSuggestion,
    Relabel,
    Remove,
)
from annotator.session.navigation import items_within
from annotator.session.session import Step
from annotator.text.sentences import paragraphs

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor


class Deciding:
    """Decides on the current item."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def do_accept(self) -> None:
        """Accept the current suggestion and go on."""
        editor = self._editor
        undecided = editor.state.is_undecided(editor.current)
        if not undecided or editor.run(AcceptSuggestion(editor.current)):
            editor.moving.do_next()

    def do_reject(self) -> None:
        """Reject the current suggestion and go on, or take out what was annotated."""
        editor = self._editor
        undecided = editor.state.is_undecided(editor.current)
        if editor.item is None:
            editor.message = "There is no span under the cursor."
            return
        suggested = editor.current in editor.state.suggestions
        command = RejectSuggestion if suggested else Remove
        if not editor.run(command(editor.current)):
            return
        if undecided:
            editor.moving.do_next()
        else:
            editor.settle()

    def do_accept_sentence(self) -> None:
        """Accept everything undecided in the sentence of the cursor."""
        self._accept_within(self._stretch_here(self._editor.session.sentences))

    def do_accept_paragraph(self) -> None:
        """Accept everything undecided in the paragraph of the cursor."""
        self._accept_within(self._stretch_here(paragraphs(self._editor.state.document.text)))

    def do_accept_document(self) -> None:
        """Accept everything undecided in the document, and leave it open."""
        self._accept_within((0, len(self._editor.state.document.text)))

    def label(self, name: str) -> None:
        """Give the current entity a label, or make an entity of the selection or word."""
        editor = self._editor
        item = editor.item
        if editor.mode is Mode.COPY:
            editor.shaping.duplicate(name)
        elif editor.mode is Mode.SELECT or item is None:
            editor.making.add_span(name)
        elif isinstance(item, Event):
            editor.message = "This is an event: e changes its type, v begins a new span here."
        else:
            undecided = editor.state.is_undecided(item.id)
            if (undecided or item.label != name) and not editor.run(Relabel(item.id, name)):
                return
            if undecided:
                editor.moving.do_next()

    def do_undo(self) -> None:
        """Take the last change back, in whichever document it was."""
        self._travel(self._editor.session.undo, "Nothing to undo.")

    def do_redo(self) -> None:
        """Do again what was undone last."""
        self._travel(self._editor.session.redo, "Nothing to redo.")

    def _stretch_here(self, stretches: Sequence[Range]) -> Range:
        """The stretch that the cursor is in; an empty one where it is in none."""
        place = self._editor.word[0]
        return next((s for s in stretches if s[0] <= place < s[1]), (place, place))

    def _accept_within(self, stretch: Range) -> None:
        editor = self._editor
        waiting = [
            item.id
            for item in items_within(editor.session.items, stretch)
            if editor.state.is_undecided(item.id)
        ]
        accepting = Batch(
            tuple(AcceptSuggestion(item_id) for item_id in waiting), f"accept {len(waiting)}"
        )
        if not waiting or editor.run(accepting):
            editor.moving.do_next()

    def _travel(self, step: Callable[[], Step | None], nothing: str) -> None:
        editor = self._editor
        document_id = editor.state.document.id
        try:
            done = step()
        except AnnotatorError as error:
            if editor.state.document.id != document_id:
                editor.enter()
            editor.refuse(error)
            return
        if done is None:
            editor.message = nothing
            return
        editor.leave()
        if done.document_id != document_id:
            editor.enter()
        else:
            editor.note(done.changes)
        editor.point_at(done.item_id)
        editor.settle()
        editor.message = done.text
