"""Patterns compiled for one language, and where they match in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.model.span import Range
from annotator.suggest.patterns.anchors import Anchor, anchor_of, merged_windows
from annotator.suggest.patterns.expressions import Expressions
from annotator.suggest.patterns.file import Pattern
from annotator.suggest.patterns.questions import Questions
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
    """The compiled patterns of one language.

    Strings are in one automaton; token patterns are asked around their anchors. Raises ValueError
    that begins with the pattern's line where spaCy or `regex` refuses one.
    """

    def __init__(
        self, patterns: Sequence[Pattern], language: str, expressions: Expressions | None = None
    ) -> None:
        from spacy.matcher import PhraseMatcher

        self._patterns = patterns
        self._expressions = expressions or Expressions()
        self._questions = Questions(self._expressions)
        self._pipeline = blank_pipeline(language)
        # The annotations stand for spaCy's own partial types.
        self._phrases: Any = PhraseMatcher(self._pipeline.vocab, attr="ORTH")
        self._loose: Any = self._matcher()
        self._anchored: dict[int, tuple[Anchor, Any]] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for index, pattern in enumerate(patterns):
            try:
                self._add(index, pattern)
            except ValueError as error:
                raise ValueError(f"{pattern.line}: {error}") from error

    def find(self, text: str) -> list[Found]:
        """Every match, in no order. NBSP and its kin count as plain spaces.

        A pattern with an expression that is given up, here or before, matches nowhere.
        """
        plain = _STUCK_HYPHEN.sub(" ", plain_spaces(text))
        doc = self._pipeline.make_doc(plain)
        found: list[Found] = []
        for index, first, last in self._matches(doc):
            start, end = trimmed(plain, *_offsets(doc, first, last))
            if start < end:
                found.append(Found(start, end, self._patterns[index]))
        given_up = self._expressions.given_up
        if not given_up:
            return found
        return [match for match in found if given_up.isdisjoint(match.pattern.expressions)]

    def _add(self, index: int, pattern: Pattern) -> None:
        if pattern.phrases:
            make_doc = self._pipeline.make_doc
            self._phrases.add(str(index), [make_doc(plain_spaces(p)) for p in pattern.phrases])
            return
        whole = (*pattern.before, *pattern.tokens, *pattern.after)
        anchor = anchor_of(whole)
        matcher: Any = self._loose if anchor is None else self._matcher()
        matcher.add(str(index), [[self._questions.put(token) for token in whole]])
        if anchor is not None:
            self._anchored[index] = anchor, matcher
            for word in anchor.words:
                self._by_word[word].append(index)

    def _matcher(self) -> Any:  # noqa: ANN401 - a spaCy Matcher
        from spacy.matcher import Matcher

        return Matcher(self._pipeline.vocab, fuzzy_compare=self._questions.compare)

    def _matches(self, doc: Any) -> Iterator[_Tokens]:  # noqa: ANN401 - a spaCy Doc
        keys: Any = self._pipeline.vocab.strings
        for key, first, last in self._phrases(doc):
            yield int(keys[key]), first, last
        if len(self._loose):  # spaCy warns where a matcher is empty
            for key, first, _, alignment in self._loose(doc, with_alignments=True):
                yield self._own_tokens(int(keys[key]), first, alignment)
        for index, windows in self._windows(doc).items():
            matcher = self._anchored[index][1]
            for start, end in merged_windows(windows):
                for _, first, _, alignment in matcher(doc[start:end], with_alignments=True):
                    yield self._own_tokens(index, start + first, alignment)

    def _windows(self, doc: Any) -> dict[int, list[Range]]:  # noqa: ANN401 - a spaCy Doc
        """Where to ask the anchored patterns, by their index."""
        windows: dict[int, list[Range]] = defaultdict(list)
        for at, token in enumerate(doc):
            for index in self._by_word.get(token.lower_, ()):
                windows[index].append(self._anchored[index][0].window(at, len(doc)))
        return windows

    def _own_tokens(self, index: int, first: int, alignment: Sequence[int]) -> _Tokens:
        """The tokens of a match without those of `before` and `after`."""
        skipped = len(self._patterns[index].before)
        stop = skipped + len(self._patterns[index].tokens)
        inside = [at for at, part in enumerate(alignment) if skipped <= part < stop]
        return (index, first + inside[0], first + inside[-1] + 1) if inside else (index, 0, 0)


_Tokens = tuple[int, int, int]
"""Pattern index, first token, end token; the same first and end where nothing is left."""


def _offsets(doc: Any, first: int, last: int) -> Range:  # noqa: ANN401 - a spaCy Doc
    if first >= last:
        return 0, 0
    return doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
