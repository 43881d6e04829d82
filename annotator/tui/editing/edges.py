"""Moving the edges of the current span or trigger by tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.span import Range
from annotator.session.commands import Resize
from annotator.session.state import span_of
from annotator.text.alignment import moved_end, moved_start

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor


class Edges:
    """Moves edges; arguments and attributes stay."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def do_start_left(self) -> None:
        """Move the left edge out by a token."""
        self._move(-1, 0)

    def do_start_right(self) -> None:
        """Move the left edge in by a token."""
        self._move(1, 0)

    def do_end_left(self) -> None:
        """Move the right edge in by a token."""
        self._move(0, -1)

    def do_end_right(self) -> None:
        """Move the right edge out by a token."""
        self._move(0, 1)

    def _move(self, at_start: int, at_end: int) -> None:
        editor = self._editor
        item = editor.item
        if item is None:
            editor.message = "There is no span under the cursor."
            return
        ranges = span_of(item).ranges
        tokens = editor.session.tokens
        changed: tuple[Range, ...]
        if at_start:
            start, end = ranges[0]
            changed = ((moved_start(tokens, start, end, at_start), end), *ranges[1:])
        else:
            start, end = ranges[-1]
            changed = (*ranges[:-1], (start, moved_end(tokens, start, end, at_end)))
        if changed != ranges and editor.run(Resize(item.id, changed)):
            editor.point_at(item.id)
