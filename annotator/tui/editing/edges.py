"""Moving the edges of the current span or trigger, by tokens or by characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.model.span import Range, merged_ranges
from annotator.session.commands import Resize
from annotator.session.state import span_of
from annotator.text.alignment import moved_end, moved_start, snapped, token_at
from annotator.text.boundaries import before_punctuation, stepped

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor


class Edges:
    """Moves edges; arguments and attributes stay."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self.by_character = False
        """Whether the keys for tokens move by characters for now."""

    def do_start_left(self) -> None:
        """Move the left edge out by a token."""
        self._move(-1, 0, by_character=self.by_character)

    def do_start_right(self) -> None:
        """Move the left edge in by a token."""
        self._move(1, 0, by_character=self.by_character)

    def do_end_left(self) -> None:
        """Move the right edge in by a token."""
        self._move(0, -1, by_character=self.by_character)

    def do_end_right(self) -> None:
        """Move the right edge out by a token."""
        self._move(0, 1, by_character=self.by_character)

    def do_start_left_character(self) -> None:
        """Move the left edge out by a character."""
        self._move(-1, 0, by_character=True)

    def do_start_right_character(self) -> None:
        """Move the left edge in by a character."""
        self._move(1, 0, by_character=True)

    def do_end_left_character(self) -> None:
        """Move the right edge in by a character."""
        self._move(0, -1, by_character=True)

    def do_end_right_character(self) -> None:
        """Move the right edge out by a character."""
        self._move(0, 1, by_character=True)

    def do_by_character(self) -> None:
        """Let the keys for tokens move by characters, or by tokens again."""
        self.by_character = not self.by_character
        unit = "character by character" if self.by_character else "word by word"
        self._editor.message = f"Edges move {unit}."

    def do_to_punctuation(self) -> None:
        """Move the right edge to before the next punctuation."""
        ranges = self._ranges()
        if ranges:
            text, tokens = self._editor.state.document.text, self._editor.session.tokens
            start, end = ranges[-1]
            self._resize((*ranges[:-1], (start, before_punctuation(text, tokens, end))))

    def do_snap(self) -> None:
        """Widen the current span to whole words."""
        ranges = self._ranges()
        if ranges:
            tokens = self._editor.session.tokens
            whole = merged_ranges(snapped(tokens, start, end) for start, end in ranges)
            if whole == ranges:
                self._editor.message = "The edges are between words already."
            self._resize(whole)

    def drag(self, offset: int, *, at_start: bool) -> None:
        """Move an edge of the current item to that of the word at an offset."""
        ranges, tokens = self._ranges(), self._editor.session.tokens
        if ranges and tokens:
            start, end = tokens[token_at(tokens, offset)]
            first, last = ranges[0], ranges[-1]
            if at_start:
                self._resize(((start, first[1]), *ranges[1:]))
            else:
                self._resize((*ranges[:-1], (last[0], end)))

    def _move(self, at_start: int, at_end: int, *, by_character: bool) -> None:
        ranges = self._ranges()
        if not ranges:
            return
        tokens, text = self._editor.session.tokens, self._editor.state.document.text
        if at_start:
            start, end = ranges[0]
            start = (
                stepped(text, start, at_start)
                if by_character
                else moved_start(tokens, start, end, at_start)
            )
            self._resize(((start, end), *ranges[1:]))
        else:
            start, end = ranges[-1]
            end = (
                stepped(text, end, at_end)
                if by_character
                else moved_end(tokens, start, end, at_end)
            )
            self._resize((*ranges[:-1], (start, end)))

    def _ranges(self) -> tuple[Range, ...]:
        """The current item's ranges; none, and a message, where there is no item."""
        item = self._editor.item
        if item is None:
            self._editor.message = "There is no span under the cursor."
            return ()
        return span_of(item).ranges

    def _resize(self, ranges: Sequence[Range]) -> bool:
        """Give the current item other ranges, unless one of them would have nothing in it."""
        editor = self._editor
        item = editor.item
        changed = tuple(ranges)
        if item is None or changed == span_of(item).ranges:
            return False
        if any(start >= end for start, end in changed) or not editor.run(Resize(item.id, changed)):
            return False
        editor.point_at(item.id)
        return True
