"""A text as brat's offsets count it, and spans as brat's pieces that no line break is in.

Offsets count the code points of the `.txt` as it is on disk: a carriage return counts, and so does
a byte order mark. Some files were changed after they were annotated, so that neither does; their
offsets are understood by the words that stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model.span import Range, merged_ranges

LINE_BREAK = "[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
"""Where brat cuts the lines of an `.ann`; no text in one can hold such a character."""

_MARK = "\ufeff"
_GAP = re.compile(rf"\s*{LINE_BREAK}\s*")


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count the code points of a file."""

    text: str
    """The text whose code points are counted."""
    places: Sequence[int]
    """The place of each of them in the document's text; -1 for a byte order mark."""

    def surface(self, pieces: Sequence[Range]) -> str:
        """The words of pieces, joined by one space."""
        return " ".join(self.text[start:end] for start, end in pieces)

    def ranges(self, pieces: Sequence[Range]) -> tuple[Range, ...]:
        """Pieces as ranges of the document's text; raises ValueError where they are none."""
        for start, end in pieces:
            if start >= end:
                raise ValueError(f"{start} {end} is empty")
            if end > len(self.text):
                raise ValueError(f"{start} {end} is beyond the text ({len(self.text)} characters)")
        found = [(max(self.places[s], 0), self.places[e - 1] + 1) for s, e in pieces]
        if any(start >= end for start, end in found):
            raise ValueError("it marks nothing but the byte order mark")
        return merged_ranges(found)


def document_text(raw: str) -> str:
    """The text of a file without its byte order mark."""
    return raw.removeprefix(_MARK)


def countings(raw: str) -> tuple[Counting, ...]:
    """The ways in which the offsets of a file may count, the one that brat has first."""
    text = document_text(raw)
    mark = len(raw) - len(text)
    found = [Counting(raw, range(-mark, len(text)))]
    if mark:
        found.append(Counting(text, range(len(text))))
    if "\r\n" in text:
        kept = tuple(
            place
            for place, char in enumerate(text)
            if char != "\r" or not text.startswith("\n", place + 1)
        )
        found.append(Counting(text.replace("\r\n", "\n"), kept))
    return tuple(found)


def joined(ranges: Iterable[Range], text: str) -> tuple[Range, ...]:
    """The ranges, those made one that only white space with a line break lies between."""
    found: list[Range] = []
    for start, end in merged_ranges(ranges):
        if found and _GAP.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def pieces(ranges: Iterable[Range], text: str) -> tuple[Range, ...]:
    """The ranges without the line breaks in them and the white space around those."""
    found: list[Range] = []
    for start, end in ranges:
        at = start
        for gap in _GAP.finditer(text, start, end):
            found.append((at, gap.start()))
            at = gap.end()
        found.append((at, end))
    return tuple((start, end) for start, end in found if start < end)
