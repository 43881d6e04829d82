"""Finding words in the text: every place of them shows while they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.model.span import Range
from annotator.text.folding import FoldedText
from annotator.text.safe_text import shortened

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor

_LONG = 30


class Finding:
    """The state of a search: what is looked for, where it stands, and at which place one is."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._text: FoldedText | None = None
        self._came_from = 0
        self.words = ""
        """What is looked for; it stays from document to document until the search is ended."""
        self.hits: tuple[Range, ...] = ()
        """Where it stands, in order."""
        self._index = 0

    @property
    def hit(self) -> Range | None:
        """The place at which the cursor is; None where nothing was found."""
        return self.hits[self._index] if self.hits else None

    @property
    def position(self) -> tuple[int, int]:
        """At which place the cursor is, from 1, and of how many."""
        return self._index + bool(self.hits), len(self.hits)

    def do_find(self) -> None:
        """Wait for words; the cursor goes to the first place of them from here on."""
        self._came_from = self._editor.place
        self._editor.mode = Mode.FIND
        self._look_for("")

    def press(self, char: str) -> bool:
        """Take a character of the words; False for a key that writes none."""
        if not char.isprintable():
            return False
        self.add(char)
        return True

    def add(self, text: str) -> None:
        """Look for more words than before, such as pasted ones."""
        self._look_for(self.words + " ".join(text.split("\n")))

    def do_find_erase(self) -> None:
        """Take the last character back."""
        self._look_for(self.words[:-1])

    def do_find_clear(self) -> None:
        """Take all characters back."""
        self._look_for("")

    def do_find_keep(self) -> None:
        """Stay at this place; the others stay marked."""
        self._editor.leave()
        self._editor.settle()
        self._tell()

    def do_find_cancel(self) -> None:
        """Go back to where the cursor was, and forget the words."""
        editor = self._editor
        self.end()
        editor.leave()
        editor.place = self._came_from
        editor.settle()

    def do_find_end(self) -> None:
        """Forget the words; the cursor stays."""
        self.end()

    def do_find_next(self) -> None:
        """Go to the next place of the words."""
        self._step(1)

    def do_find_previous(self) -> None:
        """Go to the place of the words before."""
        self._step(-1)

    def do_find_forward(self) -> None:
        """Go to the next place while typing."""
        self._go(self._index + 1)

    def do_find_backward(self) -> None:
        """Go to the place before while typing."""
        self._go(self._index - 1)

    def enter(self) -> None:
        """Mark the same words in another document."""
        self._text = None
        self.hits, self._index = self._hits(), 0

    def end(self) -> None:
        """Forget the words."""
        self.words, self.hits, self._index = "", (), 0

    def _look_for(self, words: str) -> None:
        self.words = words
        self.hits = self._hits()
        after = (i for i, (start, _) in enumerate(self.hits) if start >= self._came_from)
        self._index = next(after, 0)
        self._editor.place = self.hits[self._index][0] if self.hits else self._came_from
        self._editor.settle()

    def _step(self, step: int) -> None:
        """Go to the nearest place after or before the cursor, round and round."""
        if not self.words:
            self._editor.message = "Nothing is looked for: / finds words."
            return
        place = self._editor.place
        here = [i for i, hit in enumerate(self.hits) if self._is_at(hit, place)]
        if here:
            self._go(here[0] + step)
        else:
            before = sum(start < place for start, _ in self.hits)
            self._go(before if step > 0 else before - 1)
        self._tell()

    def _is_at(self, hit: Range, place: int) -> bool:
        """Whether the cursor went to this place and has not left it."""
        return hit == self.hit and place == hit[0]

    def _go(self, index: int) -> None:
        if self.hits:
            self._index = index % len(self.hits)
            self._editor.place = self.hits[self._index][0]
            self._editor.settle()

    def _tell(self) -> None:
        if self.words:
            number, count = self.position
            words = f"“{shortened(self.words, _LONG)}”"
            self._editor.message = (
                f"{number} of {count} {words}" if count else f"{words} is not in this text."
            )

    def _hits(self) -> tuple[Range, ...]:
        if not self.words:
            return ()
        if self._text is None:
            self._text = FoldedText(self._editor.state.document.text)
        return self._text.hits(self.words)
