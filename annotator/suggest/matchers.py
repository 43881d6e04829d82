"""Patterns compiled for one language, and where they match in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.suggest.patterns_file import Pattern
from annotator.text.spaces import plain_spaces, trimmed
from annotator.text.tokenizer import blank_pipeline

_STUCK_HYPHEN = re.compile(r"(?<=[A-Z]\.)-(?=[a-z])")
"""The hyphen of "U.S.-backed", which spaCy keeps as one token and so hides the country in it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern's span in a text, in code points, without white space at its edges."""

    start: int
    end: int
    pattern: Pattern


class Matchers:
    """The compiled patterns of one language: strings in one automaton, token patterns in another.

    Raises ValueError that begins with the pattern's line where spaCy refuses one.
    """

    def __init__(self, patterns: Sequence[Pattern], language: str) -> None:
        from spacy.matcher import Matcher, PhraseMatcher

        self._patterns = patterns
        self._pipeline = blank_pipeline(language)
        # The annotations stand for spaCy's own partial types.
        self._phrases: Any = PhraseMatcher(self._pipeline.vocab, attr="ORTH")
        self._tokens: Any = Matcher(self._pipeline.vocab)
        self._in_context: Any = Matcher(self._pipeline.vocab)
        for index, pattern in enumerate(patterns):
            try:
                self._add(str(index), pattern)
            except ValueError as error:
                raise ValueError(f"{pattern.line}: {error}") from error

    def find(self, text: str) -> list[Found]:
        """Every match, in no order. NBSP and its kin count as plain spaces."""
        plain = _STUCK_HYPHEN.sub(" ", plain_spaces(text))
        doc = self._pipeline.make_doc(plain)
        found: list[Found] = []
        for index, first, last in self._matches(doc):
            start, end = trimmed(plain, *_offsets(doc, first, last))
            if start < end:
                found.append(Found(start, end, self._patterns[index]))
        return found

    def _add(self, key: str, pattern: Pattern) -> None:
        if pattern.phrases:
            make_doc = self._pipeline.make_doc
            self._phrases.add(key, [make_doc(plain_spaces(p)) for p in pattern.phrases])
        elif pattern.before or pattern.after:
            whole = (*pattern.before, *pattern.tokens, *pattern.after)
            self._in_context.add(key, [[dict(token) for token in whole]])
        else:
            self._tokens.add(key, [[dict(token) for token in pattern.tokens]])

    def _matches(self, doc: Any) -> Iterator[tuple[int, int, int]]:  # noqa: ANN401 - a spaCy Doc
        """Pattern index, first token, end token; equal first and end where nothing is left."""
        keys: Any = self._pipeline.vocab.strings
        for matcher in (self._phrases, self._tokens):
            for key, first, last in matcher(doc):
                yield int(keys[key]), first, last
        aligned: list[tuple[int, int, int, list[int]]] = self._in_context(doc, with_alignments=True)
        for key, first, _, alignment in aligned:
            index = int(keys[key])
            skipped = len(self._patterns[index].before)
            stop = skipped + len(self._patterns[index].tokens)
            inside = [at for at, part in enumerate(alignment) if skipped <= part < stop]
            if inside:
                yield index, first + inside[0], first + inside[-1] + 1


def _offsets(doc: Any, first: int, last: int) -> tuple[int, int]:  # noqa: ANN401 - a spaCy Doc
    if first >= last:
        return 0, 0
    return doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
