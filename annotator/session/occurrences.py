"""The same words elsewhere: in the open document, and in all the others of the project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.model.identity import new_id, suggestion_id
from annotator.model.span import Range, Span
from annotator.model.suggestion import Suggestion
from annotator.session.commands import AcceptSuggestion, AddSpan, Batch, Command, Relabel
from annotator.session.state import State, state_of
from annotator.store import documents, entries, suggestions
from annotator.store.database import Database
from annotator.text import tokenizer
from annotator.text.alignment import aligned

_SUGGESTER = "occurrences"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A further place of an entity's words."""

    place: Range
    suggestion: str = ""
    """The undecided entity at exactly this place, which would be taken over; empty for none."""
    is_labelled: bool = False
    """Whether the annotator has given exactly this place another label."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How much was suggested in other documents."""

    suggestions: int
    documents: int


def occurrences(state: State, tokens: Sequence[Range], entity: Span) -> tuple[Occurrence, ...]:
    """Where an entity's words stand elsewhere in the document, letter for letter, as whole tokens.

    Left out is what has the entity's label already, and what the annotator rejected with that
    label. There is none for an entity in several pieces.
    """
    if entity.is_discontinuous:
        return ()
    known = _Known(state)
    words = entity.surface(state.document.text)
    return tuple(
        Occurrence(place, known.suggestion(place, entity.label), bool(known.annotated[place]))
        for place in _places(state.document.text, tokens, words)
        if place != entity.ranges[0] and not known.is_settled(place, entity.label)
    )


def marking(state: State, entity: Span, taken: Sequence[Occurrence]) -> Batch:
    """The command that marks occurrences like the entity, which is accepted with them."""
    commands: list[Command] = []
    if state.is_undecided(entity.id):
        commands.append(AcceptSuggestion(entity.id))
    for occurrence in taken:
        if occurrence.suggestion:
            commands.append(Relabel(occurrence.suggestion, entity.label))
        else:
            commands.append(AddSpan(Span(new_id("t"), (occurrence.place,), entity.label)))
    return Batch(tuple(commands), f"mark {len(taken)} more as {entity.label}")


def suggest_elsewhere(
    database: Database, annotator: str, document_id: str, words: str, label: str
) -> Spread:
    """Suggest a label for some words in every document but one; nothing is annotated.

    The suggester has the annotator's name. What it suggested before stays. Nothing is suggested
    at a place that the annotator labelled, nor where the label was suggested already.
    """
    added: list[int] = []

    def found() -> Iterator[tuple[str, list[Suggestion]]]:
        waiting = [each for each in documents.containing(database, words) if each != document_id]
        for document in documents.every(database, waiting):
            before = suggestions.of(database, document.id, annotator)
            entered = entries.load(database, annotator, document.id)
            state = state_of(document, annotator, before, entered)
            new = list(_proposals(state, f"{_SUGGESTER}:{annotator}", words, label))
            if new:
                added.append(len(new))
                own = [each for each in before if each.suggester == new[0].suggester]
                yield document.id, [*own, *new]

    suggestions.replace(database, f"{_SUGGESTER}:{annotator}", found())
    return Spread(sum(added), len(added))


class _Known:
    """What is said already of each place that an entity in one piece takes up."""

    def __init__(self, state: State) -> None:
        self.annotated: defaultdict[Range, set[str]] = defaultdict(set)
        self._waiting: defaultdict[Range, dict[str, str]] = defaultdict(dict)
        self._rejected: defaultdict[Range, set[str]] = defaultdict(set)
        for span in state.annotations.entities.values():
            if not span.is_discontinuous:
                self.annotated[span.ranges[0]].add(span.label)
        for suggestion in state.suggestions.values():
            span = suggestion.item
            if not isinstance(span, Span) or span.is_discontinuous:
                continue
            if state.is_undecided(span.id):
                self._waiting[span.ranges[0]][span.label] = span.id
            elif state.is_rejected(span.id):
                self._rejected[span.ranges[0]].add(span.label)

    def is_settled(self, place: Range, label: str) -> bool:
        """Whether the label was given or refused there."""
        return label in self.annotated[place] or label in self._rejected[place]

    def suggestion(self, place: Range, label: str) -> str:
        """The id of what waits there, with that label if possible; empty where nothing does."""
        waiting = self._waiting[place]
        return waiting.get(label) or next(iter(waiting.values()), "")

    def is_suggested(self, place: Range, label: str) -> bool:
        """Whether the label waits there to be decided on."""
        return label in self._waiting[place]


def _proposals(state: State, source: str, words: str, label: str) -> Iterator[Suggestion]:
    document = state.document
    known = _Known(state)
    suggester = source.partition("@")[0]
    tokens = tokenizer.tokens(document.text, document.language)
    for place in _places(document.text, tokens, words):
        taken = known.annotated[place] or known.is_settled(place, label)
        if not taken and not known.is_suggested(place, label):
            item_id = suggestion_id(document.id, suggester, "entity", [place], label)
            yield Suggestion(Span(item_id, (place,), label), source)


def _places(text: str, tokens: Sequence[Range], words: str) -> Iterator[Range]:
    """Where the words stand as whole tokens; no two places share a character."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        fits = aligned(tokens, start, end) is not None
        if fits:
            yield start, end
        start = text.find(words, end if fits else start + 1)
