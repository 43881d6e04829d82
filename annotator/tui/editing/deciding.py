"""Saying yes or no to suggestions, giving labels, and taking it all back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.errors import AnnotatorError
from annotator.model.event import Event
from annotator.session.commands import (
    AcceptSuggestion,
    Batch,
    RejectSuggestion,
    Relabel,
    Remove,
)
from annotator.session.navigation import items_within
from annotator.session.session import Step

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
        editor = self._editor
        place = editor.word[0]
        here = next((s for s in editor.session.sentences if s[0] <= place < s[1]), (place, place))
        waiting = [
            item.id
            for item in items_within(editor.session.items, here)
            if editor.state.is_undecided(item.id)
        ]
        accepting = Batch(tuple(AcceptSuggestion(item_id) for item_id in waiting))
        if not waiting or editor.run(accepting):
            editor.moving.do_next()

    def label(self, name: str) -> None:
        """Give the current entity a label, or make an entity of the selection or word."""
        editor = self._editor
        item = editor.item
        if editor.mode is Mode.SELECT or item is None:
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
