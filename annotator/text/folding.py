"""Finding words in a text as a reader does: in any case, with or without accents, over NBSP.

The text is folded once, code point by code point, and every folded character remembers where it
came from: folding makes some characters longer (`İ`) and takes others away (accents, soft
hyphens), and offsets are those of the text all the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from annotator.model.span import Range


class FoldedText:
    """A text made ready to be searched."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        pieces = [_folded(char) for char in text]
        self._folded = "".join(pieces)
        self._places: list[int] | None = None
        if any(len(piece) != 1 for piece in pieces):
            self._places = [place for place, piece in enumerate(pieces) for _ in piece]

    def hits(self, words: str) -> tuple[Range, ...]:
        """Where the words stand, in order; none overlaps another. None for nothing to look for."""
        wanted = folded(words)
        return tuple(self._hits(wanted)) if wanted else ()

    def _hits(self, wanted: str) -> Iterator[Range]:
        found, last = self._folded.find(wanted), -1
        while found >= 0:
            end = found + len(wanted)
            start = self._place(found)
            if start > last:
                last = self._place(end - 1)
                yield start, self._whole(end)
            found = self._folded.find(wanted, end)

    def _place(self, index: int) -> int:
        return index if self._places is None else self._places[index]

    def _whole(self, end: int) -> int:
        """The end of a hit in the text, with the accents that belong to its last letter."""
        if self._places is None:
            return end
        after = self._places[end] if end < len(self._places) else self._length
        return max(after, self._places[end - 1] + 1)


def folded(text: str) -> str:
    """A text as it is compared."""
    return "".join(_folded(char) for char in text)


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """A code point as it is compared: a blank, nothing, or letters without case and accents."""
    if char.isascii():
        return " " if char.isspace() else char.lower()
    if char.isspace():
        return " "
    if unicodedata.category(char) == "Cf":
        return ""
    return "".join(
        part
        for part in unicodedata.normalize("NFKD", char).casefold()
        if not _is_accent(part) and unicodedata.category(part) != "Cf"
    )


def _is_accent(char: str) -> bool:
    """Whether a mark may be left out: accents, Hebrew points, Arabic vowels; no Indic vowels."""
    place = unicodedata.combining(char)
    return 10 <= place <= 36 or place >= 200
