"""Jumping to any word on the screen by the letters that stand on it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.text.alignment import touched
from annotator.tui.editing.hints import LETTERS, hints
from annotator.tui.page.cells import cell_width

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor

_MOST = len(LETTERS) ** 2
_LONGEST = LETTERS[:2]


class Jumping:
    """The state of jump mode: which letters lead to which word."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._back = Mode.NORMAL
        self._typed = ""
        self._hints: dict[int, str] = {}

    @property
    def hints(self) -> dict[int, str]:
        """The offset of each word to the letters still to be typed."""
        return {
            offset: hint[len(self._typed) :]
            for offset, hint in self._hints.items()
            if hint.startswith(self._typed)
        }

    def do_jump(self) -> None:
        """Show letters on the words; while selecting, the selection follows."""
        editor = self._editor
        self._typed, self._hints = "", self._apart(hints(self._words()))
        if self._hints:
            self._back, editor.mode = editor.mode, Mode.JUMP
        else:
            editor.message = "There is no word on the screen."

    def do_jump_cancel(self) -> None:
        """Stay where the cursor was."""
        self._editor.mode = self._back
        self.end()

    def press(self, char: str) -> bool:
        """Take a letter; False where no hint goes on with it."""
        typed = self._typed + char
        if not any(hint.startswith(typed) for hint in self._hints.values()):
            return False
        self._typed = typed
        reached = next((place for place, hint in self._hints.items() if hint == typed), None)
        if reached is not None:
            self._editor.mode = self._back
            self.end()
            self._editor.moving.to(reached)
        return True

    def end(self) -> None:
        """Forget the letters."""
        self._typed, self._hints = "", {}

    def _words(self) -> list[int]:
        """Where the visible words begin: those with room for one letter only, then the nearest."""
        editor = self._editor
        text, tokens = editor.state.document.text, editor.session.tokens
        first, last = touched(tokens, *editor.visible_range())
        starts = [
            start
            for start, end in tokens[first:last]
            if any(char.isalnum() for char in text[start:end])
        ]
        crowded = [
            start for start, after in pairwise(starts) if not self._fits(_LONGEST, start, after)
        ]
        nearest = sorted(starts, key=lambda start: abs(start - editor.place))
        return [*dict.fromkeys([*crowded, *nearest])][:_MOST]

    def _fits(self, hint: str, start: int, after: int) -> bool:
        """Whether a hint that begins at one offset is through before another one."""
        return cell_width(self._editor.state.document.text[start:after]) >= len(hint)

    def _apart(self, found: dict[int, str]) -> dict[int, str]:
        """The hints but for each that would lie on the one before it."""
        kept: dict[int, str] = {}
        before = -1
        for start, hint in sorted(found.items()):
            if before < 0 or self._fits(kept[before], before, start):
                kept[start] = hint
                before = start
        return kept
