"""Making one span of two, two of one, and spans in several pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.model.event import Event
from annotator.model.identity import new_id
from annotator.model.span import Range, Span, merged_ranges
from annotator.session.commands import AddEvent, AddSpan, Batch, Command, Merge, Resize
from annotator.session.navigation import Item, items_within
from annotator.session.state import reading_order, span_of
from annotator.text.spaces import trimmed

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor

_NO_SPAN = "There is no span under the cursor."
_NO_START = "Go to a span first, then v, then select the words."


class Shaping:
    """Splits, merges, duplicates, and puts pieces together."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def do_split(self) -> None:
        """Split the current span before the cursor's word; arguments stay with the first part."""
        editor = self._editor
        item = editor.item
        if item is None:
            editor.message = _NO_SPAN
            return
        text, cut = editor.state.document.text, editor.word[0]
        ranges = span_of(item).ranges
        first = _pieces(text, ((start, min(end, cut)) for start, end in ranges))
        second = _pieces(text, ((max(start, cut), end) for start, end in ranges))
        if not first or not second:
            editor.message = "Go to the word with which the second part begins."
            return
        adding, new = _addition(item, second)
        if editor.run(Batch((Resize(item.id, first), adding), "split")):
            editor.point_at(new)

    def do_merge(self) -> None:
        """Merge the current item with the next one of its label in the same sentence."""
        editor = self._editor
        item = editor.item
        if item is None:
            editor.message = _NO_SPAN
            return
        other = self._mergeable(item)
        if other is None:
            editor.message = f"No other {span_of(item).label} follows in this sentence."
            return
        kept, gone = item.id, other.id
        if self._is_awaited(gone) and not self._is_awaited(kept):
            kept, gone = gone, kept
        if editor.run(Merge(kept, gone)):
            editor.point_at(kept)

    def do_duplicate(self) -> None:
        """Wait for the label of a second item on the same words."""
        if self._editor.item is None:
            self._editor.message = _NO_SPAN
        else:
            self._editor.mode = Mode.COPY

    def press(self, char: str) -> bool:
        """Take the key of the duplicate's label; False where nothing has it."""
        editor = self._editor
        keys = editor.label_keys()
        if isinstance(editor.item, Event):
            keys = {event.key: event.name for event in editor.scheme.events if event.key}
        if char not in keys:
            return False
        self.duplicate(keys[char])
        return True

    def duplicate(self, label: str) -> None:
        """Put a second item on the words of the current one; a second event keeps arguments."""
        editor = self._editor
        item = editor.item
        editor.leave()
        if item is None:
            return
        ranges = span_of(item).ranges
        command: Command
        if editor.scheme.event(label) is None:
            new = new_id("t")
            command = AddSpan(Span(new, ranges, label))
        else:
            new = new_id("e")
            event = Event(new, Span(new + "t", ranges, label))
            if isinstance(item, Event):
                arguments = editor.state.arguments(item)
                event = replace(event, arguments=arguments, attributes=item.attributes)
            command = AddEvent(event)
        if editor.run(Batch((command,), "duplicate")):
            editor.point_at(new)

    def do_select_anew(self) -> None:
        """Let the selection begin here; the span that it began at stays the current one."""
        self._editor.anchor = self._editor.place

    def do_add_piece(self) -> None:
        """Make the selected words a part of the current span."""
        editor = self._editor
        if editor.item is None:
            editor.message = _NO_START
            return
        ranges = merged_ranges((*span_of(editor.item).ranges, editor.selection))
        self._reshape(editor.item, _closed(editor.state.document.text, ranges))

    def do_cut_piece(self) -> None:
        """Take the selected words out of the current span."""
        editor = self._editor
        if editor.item is None:
            editor.message = _NO_START
            return
        start, end = editor.selection
        left: list[Range] = []
        for first, last in span_of(editor.item).ranges:
            left += [(first, min(last, start)), (max(first, end), last)]
        self._reshape(editor.item, _pieces(editor.state.document.text, left))

    def _reshape(self, item: Item, ranges: tuple[Range, ...]) -> None:
        editor = self._editor
        if not ranges:
            editor.message = "Nothing would be left of the span: x takes it out as a whole."
            return
        editor.leave()
        if ranges != span_of(item).ranges:
            editor.run(Batch((Resize(item.id, ranges),), "change of pieces"))
        editor.point_at(item.id)

    def _mergeable(self, item: Item) -> Item | None:
        """The next item of the same kind and label in the sentence."""
        session = self._editor.session
        span = span_of(item)
        here = next((s for s in session.sentences if s[0] <= span.start < s[1]), (0, 0))
        for other in items_within(session.items, here):
            alike = isinstance(other, Event) is isinstance(item, Event)
            later = reading_order(other) > reading_order(item)
            if alike and later and span_of(other).label == span.label:
                return other
        return None

    def _is_awaited(self, item_id: str) -> bool:
        """Whether a suggested event has the item as an argument."""
        state = self._editor.state
        return any(
            argument.target == item_id
            for event in state.events()
            if state.is_undecided(event.id)
            for argument in event.arguments
        )


def _addition(item: Item, ranges: tuple[Range, ...]) -> tuple[Command, str]:
    """The command that adds an item like this one but without arguments, and its id."""
    if isinstance(item, Event):
        new = new_id("e")
        trigger = replace(item.trigger, id=new + "t", ranges=ranges)
        return AddEvent(replace(item, id=new, trigger=trigger, arguments=())), new
    new = new_id("t")
    return AddSpan(replace(item, id=new, ranges=ranges)), new


def _pieces(text: str, ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges without white space at their edges; what is empty then is left out."""
    shorter = (trimmed(text, start, end) for start, end in ranges if start < end)
    return tuple((start, end) for start, end in shorter if start < end)


def _closed(text: str, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """The ranges with the gaps closed that have only blanks in them."""
    closed = [ranges[0]]
    for start, end in ranges[1:]:
        between = text[closed[-1][1] : start]
        if between.isspace() and "\n" not in between:
            closed[-1] = (closed[-1][0], end)
        else:
            closed.append((start, end))
    return tuple(closed)
