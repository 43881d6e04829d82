"""Making new spans and events of the words under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.model.event import Event
from annotator.model.identity import new_id
from annotator.model.span import Span
from annotator.session.commands import AddEvent, AddSpan, Relabel
from annotator.session.state import span_of
from annotator.text.alignment import token_at

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor

_NO_TEXT = "There is no text."


class Making:
    """Makes spans and events."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def do_select(self) -> None:
        """Begin a new span at the cursor."""
        self._editor.anchor = self._editor.place
        self._editor.mode = Mode.SELECT

    def do_extend_left(self) -> None:
        """Select the word to the left."""
        self._extend(-1)

    def do_extend_right(self) -> None:
        """Select the word to the right."""
        self._extend(1)

    def do_cancel(self) -> None:
        """Leave it as it was."""
        self._editor.leave()
        self._editor.settle()

    def do_event(self) -> None:
        """Wait for the key of an event type."""
        self._editor.mode = Mode.EVENT

    def select(self, start: int, end: int) -> None:
        """Select the words from that at one offset to that at another, the cursor on the last."""
        editor = self._editor
        tokens = editor.session.tokens
        if tokens:
            editor.leave()
            editor.anchor, editor.place = (tokens[token_at(tokens, at)][0] for at in (start, end))
            editor.mode = Mode.SELECT

    def press(self, char: str) -> bool:
        """Take the key of an event type; False where no type has it."""
        for event_type in self._editor.scheme.events:
            if event_type.key == char:
                self.event(event_type.name)
                return True
        return False

    def event(self, type_name: str) -> None:
        """Give the current event a type, or make an event of the selection, span or word."""
        editor = self._editor
        item = editor.item
        if not editor.session.tokens:
            editor.message = _NO_TEXT
            return
        if editor.mode is Mode.COPY:
            editor.shaping.duplicate(type_name)
            return
        if isinstance(item, Event) and editor.anchor is None:
            editor.mode = Mode.NORMAL
            editor.run(Relabel(item.id, type_name))
            return
        taken = item is not None and editor.anchor is None
        ranges = span_of(item).ranges if item is not None and taken else (editor.selection,)
        event_id = new_id("e")
        editor.leave()
        if editor.run(AddEvent(Event(event_id, Span(event_id + "t", ranges, type_name)))):
            editor.point_at(event_id)
            editor.linking.begin()

    def add_span(self, label: str) -> None:
        """Make an entity of the selection or word."""
        editor = self._editor
        if not editor.session.tokens:
            editor.message = _NO_TEXT
            return
        span = Span(new_id("t"), (editor.selection,), label)
        editor.leave()
        if editor.run(AddSpan(span)):
            editor.point_at(span.id)

    def _extend(self, words: int) -> None:
        if self._editor.mode is not Mode.SELECT:
            self.do_select()
        self._editor.moving.by(words)
