"""The suggester that needs no weights: the patterns of a scheme, and names found again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.errors import PatternError
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.identity import suggestion_id
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.suggest.arguments import with_arguments
from annotator.suggest.names import GPE, propagated
from annotator.suggest.patterns.expressions import LIMITS, Expressions, Limits
from annotator.suggest.patterns.file import Pattern, parse
from annotator.suggest.patterns.matchers import Matchers
from annotator.suggest.patterns.overlaps import settled
from annotator.text.spaces import plain_spaces

RULES = b"1"
"""Raised when a change of the code changes what is suggested; part of every version."""

FOUND_AGAIN_SCORE = 0.7
"""The score of a name that stands here only because it is known from elsewhere in the text."""


@dataclass(frozen=True, slots=True)
class _Proposal:
    start: int
    end: int
    label: str
    score: float


class PatternSuggester:
    """Suggests entities and events by a patterns file.

    Labels that are event types of the scheme give events, with arguments out of the sentence.
    """

    def __init__(
        self, path: Path, scheme: Scheme, patterns: Sequence[Pattern], version: str, limits: Limits
    ) -> None:
        self.name = f"patterns:{scheme.name}"
        self.version = version
        self._path = path
        self._scheme = scheme
        self._patterns = patterns
        self._expressions = Expressions(limits)
        self._matchers: dict[str, Matchers] = {}
        self._left_out: dict[int, str] = {}

    @classmethod
    def load(cls, path: Path, scheme: Scheme, limits: Limits = LIMITS) -> PatternSuggester:
        """The suggester of a file; raises PatternError that names the file and the line.

        `limits` tells how long its regular expressions may take.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PatternError(
                f"{path}: cannot be read: {error.strerror}",
                "Set `patterns` in the scheme to a file beside it, or leave it out.",
            ) from error
        patterns = parse(data, str(path))
        _check_labels(path, patterns, scheme)
        version = hashlib.sha256(RULES + b"\n" + data).hexdigest()[:8]
        suggester = cls(path, scheme, patterns, version, limits)
        try:
            suggester._matchers_of(scheme.language)
        except ValueError as error:
            raise PatternError(f"{path}:{error}", "Mend or remove the line.") from error
        return suggester

    @property
    def source(self) -> str:
        """What its suggestions are signed with: name and version."""
        return f"{self.name}@{self.version}"

    @property
    def left_out(self) -> tuple[str, ...]:
        """The patterns that took too long and are not asked any more, each with file and line."""
        return tuple(message for _, message in sorted(self._left_out.items()))

    def suggest(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Suggestion, ...]]]:
        """Each document with its suggestions, entities and events alike in text order."""
        for document in documents:
            yield document, self._suggestions(document)

    def _suggestions(self, document: Document) -> tuple[Suggestion, ...]:
        entities: list[Span] = []
        events: list[Event] = []
        scores: dict[str, float] = {}
        for proposal in self._proposals(document):
            item = self._item(document, proposal)
            scores[item.id] = proposal.score
            if isinstance(item, Event):
                events.append(item)
            else:
                entities.append(item)
        items = (*entities, *with_arguments(document, entities, events, self._scheme))
        suggestions = [Suggestion(item, self.source, scores[item.id]) for item in items]
        return tuple(sorted(suggestions, key=lambda s: (s.span.start, s.span.end, s.label)))

    def _proposals(self, document: Document) -> Iterator[_Proposal]:
        found = settled(self._matchers_of(document.language).find(document.text))
        self._note_given_up(document)
        for match in found:
            pattern = match.pattern
            yield _Proposal(match.start, match.end, pattern.label, pattern.score)
        entities = [match for match in found if self._scheme.entity(match.pattern.label)]
        # A place out of a list of phrases is found wherever it stands, or kept back on purpose.
        learnt = [m for m in entities if m.pattern.tokens or m.pattern.label != GPE]
        names = [(match.start, match.end, match.pattern.label) for match in learnt]
        spans = [(match.start, match.end) for match in entities]
        for start, end, label in propagated(plain_spaces(document.text), names, spans):
            yield _Proposal(start, end, label, FOUND_AGAIN_SCORE)

    def _item(self, document: Document, proposal: _Proposal) -> Span | Event:
        ranges, label = ((proposal.start, proposal.end),), proposal.label
        is_event = self._scheme.event(label) is not None
        kind = "event" if is_event else "entity"
        item_id = suggestion_id(document.id, self.name, kind, ranges, label)
        span = Span(item_id, ranges, label)
        return Event(item_id, replace(span, id=f"{item_id}t")) if is_event else span

    def _matchers_of(self, language: str) -> Matchers:
        if language not in self._matchers:
            self._matchers[language] = Matchers(self._patterns, language, self._expressions)
        return self._matchers[language]

    def _note_given_up(self, document: Document) -> None:
        """Remember which patterns do without an answer from this document on."""
        given_up = self._expressions.given_up
        if not given_up:
            return
        for pattern in self._patterns:
            for source in pattern.expressions:
                if source in given_up and pattern.line not in self._left_out:
                    self._left_out[pattern.line] = (
                        f"{self._path}:{pattern.line}: left out from document {document.id} on: "
                        f"the regular expression {self._expressions.of(source)} takes too long"
                    )


def _check_labels(path: Path, patterns: Iterable[Pattern], scheme: Scheme) -> None:
    known = [label.name for label in (*scheme.entities, *scheme.events)]
    for pattern in patterns:
        for label in (pattern.label, *pattern.yields):
            if label not in known:
                raise PatternError(
                    f"{path}:{pattern.line}: the scheme {scheme.name} has no label {label!r}",
                    f"Its labels are {', '.join(known)}.",
                )
