"""The same words elsewhere: in the open document, and in all the others of the project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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

_SOURCE = "occurrences"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A further place of an entity's words."""

    place: Range
    suggestion: str = ""
    """The undecided entity at exactly this place, which would be taken over; empty for none."""
    other_label: str = ""
    """The label of an annotated entity at exactly this place; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What was suggested in other documents."""

    documents: int
    suggestions: int


def occurrences(state: State, tokens: Sequence[Range], entity: Span) -> tuple[Occurrence, ...]:
    """Where an entity's words stand elsewhere in the document, letter for letter, as whole tokens.

    Left out is what has the entity's label already, or had it suggested and was rejected. None
    for an entity in several pieces.
    """
    if entity.is_discontinuous:
        return ()
    words = entity.surface(state.document.text)
    found: list[Occurrence] = []
    for place in _places(state.document.text, tokens, words):
        occurrence = _occurrence(state, place, entity)
        if occurrence is not None:
            found.append(occurrence)
    return tuple(found)


def marking(state: State, entity: Span, taken: Sequence[Occurrence]) -> Batch:
    """The command that marks occurrences as the entity is marked, which is accepted with them."""
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

    The suggester is named after the annotator. What it suggested before stays, and no document
    gets a suggestion for what its annotator has marked or rejected there.
    """
    source = f"{_SOURCE}:{annotator}"
    count = Counted()
    waiting = [each for each in documents.containing(database, words) if each != document_id]
    suggestions.replace(
        database, source, _proposals(database, annotator, source, waiting, (words, label), count)
    )
    return Spread(count.documents, count.suggestions)
