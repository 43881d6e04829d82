"""A document as WebAnno's sentences, tokens and pieces of tokens, each with an id."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.formats.conll.layer import words
from annotator.model.document import Document
from annotator.model.span import Range
from annotator.text.alignment import touched
from annotator.text.sentences import sentences

_TOLD_BY_OFFSETS = re.compile(r"\n *")
"""The white space that whoever reads the file puts between sentences by itself."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its rows."""

    start: int
    end: int
    rows: Sequence[tuple[str, Range]]
    """Tokens and pieces with their ids, in the order in which they are written."""


class Units:
    """The sentences of a document, and which rows a span has."""

    def __init__(self, document: Document, spans: Iterable[Range]) -> None:
        self._text = document.text
        self._tokens = words(document)
        self._pieces: dict[int, list[Range]] = {}
        for place in sorted({piece for span in spans for piece in self._cut(span)}):
            index = touched(self._tokens, *place)[0]
            if place != self._tokens[index]:
                self._pieces.setdefault(index, []).append(place)
        starts = [start for start, _ in sentences(document.text)]
        self.sentences = tuple(self._sentences(starts))
        self._ids = {place: key for one in self.sentences for key, place in one.rows}

    def of(self, span: Range) -> tuple[str, ...]:
        """The ids of a span's rows, in order of the text."""
        return tuple(self._ids[place] for place in self._cut(span))

    def _cut(self, span: Range) -> Iterator[Range]:
        """What a span has of each token that it touches."""
        first, last = touched(self._tokens, *span)
        for start, end in self._tokens[first:last]:
            yield max(start, span[0]), min(end, span[1])

    def _sentences(self, starts: Sequence[int]) -> Iterator[Sentence]:
        tokens = self._tokens
        firsts = sorted({0, *(bisect_right(tokens, at, key=lambda t: t[1]) for at in starts)})
        borders = [first for first in firsts if first < len(tokens)]
        for number, (first, last) in enumerate(pairwise([*borders, len(tokens)]), 1):
            rows = tuple(self._rows(number, first, last))
            yield Sentence(tokens[first][0], self._end(last), rows)

    def _end(self, last: int) -> int:
        """Where the sentence of the token before `last` ends, with what would get lost after it."""
        end = self._tokens[last - 1][1]
        after = self._tokens[last][0] if last < len(self._tokens) else len(self._text)
        is_told = last < len(self._tokens) and _TOLD_BY_OFFSETS.fullmatch(self._text, end, after)
        return end if is_told else after

    def _rows(self, number: int, first: int, last: int) -> Iterator[tuple[str, Range]]:
        for index in range(first, last):
            key = f"{number}-{index - first + 1}"
            yield key, self._tokens[index]
            for part, place in enumerate(self._pieces.get(index, ()), 1):
                yield f"{key}.{part}", place
