"""Moving the cursor by words, and from item to item."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.session.navigation import following, other_item
from annotator.text.alignment import token_at

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor

_ALL_DECIDED = "Nothing is left to decide: D finishes."


class Moving:
    """Moves the cursor; while selecting, the selection grows or shrinks with it."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def do_next(self) -> None:
        """Go to the next undecided item."""
        self._step(1, self._editor.state.is_undecided, _ALL_DECIDED)

    def do_previous(self) -> None:
        """Go to the undecided item before."""
        self._step(-1, self._editor.state.is_undecided, _ALL_DECIDED)

    def do_next_item(self) -> None:
        """Go to the next item, decided or not."""
        self._step(1, lambda _: True, "There is no other span.")

    def do_previous_item(self) -> None:
        """Go to the item before."""
        self._step(-1, lambda _: True, "There is no other span.")

    def do_other_item(self) -> None:
        """Go to another item on the same word."""
        editor = self._editor
        item = other_item(editor.session.items, editor.word, editor.current)
        if item is not None:
            editor.current = item.id

    def do_left(self) -> None:
        """Move the cursor a word back."""
        self.by(-1)

    def do_right(self) -> None:
        """Move the cursor a word on."""
        self.by(1)

    def do_back(self) -> None:
        """Move the cursor five words back."""
        self.by(-5)

    def do_forward(self) -> None:
        """Move the cursor five words on."""
        self.by(5)

    def do_top(self) -> None:
        """Go to the first word."""
        self.by(-len(self._editor.session.tokens))

    def do_bottom(self) -> None:
        """Go to the last word."""
        self.by(len(self._editor.session.tokens))

    def by(self, words: int) -> None:
        """Move the cursor by words, as far as there are any."""
        editor = self._editor
        tokens = editor.session.tokens
        if tokens:
            index = token_at(tokens, editor.place) + words
            editor.place = tokens[min(max(index, 0), len(tokens) - 1)][0]
        if editor.mode is not Mode.SELECT:
            editor.settle()

    def to(self, offset: int) -> None:
        """Move the cursor to the word at an offset."""
        self._editor.place = offset
        self.by(0)

    def _step(self, step: int, fits: Callable[[str], bool], nothing: str) -> None:
        editor = self._editor
        item = following(editor.session.items, editor.current, editor.word[0], step, fits)
        if item is None:
            editor.message = nothing
            editor.settle()
        else:
            editor.point_at(item.id)
