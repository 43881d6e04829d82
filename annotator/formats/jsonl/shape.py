"""The shape of a line of our own JSON lines: what is there, of which type, and nothing else."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Pair = Annotated[list[int], Field(min_length=2, max_length=2)]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Trigger(_Shape):
    """The trigger of an event; its label is the event's type."""

    id: str
    ranges: list[Pair]


class Span(Trigger):
    """A labelled span."""

    label: str


class Argument(_Shape):
    """A role and what fills it."""

    role: str
    target: str


class Event(_Shape):
    """An event."""

    id: str
    type: str
    trigger: Trigger
    arguments: list[Argument]
    attributes: dict[str, str]


class Relation(_Shape):
    """A relation between two items."""

    id: str
    label: str
    source: str
    target: str


class Comment(_Shape):
    """A remark."""

    id: str
    target: str
    text: str


class AnnotationSet(_Shape):
    """One annotator's annotations."""

    annotator: str
    entities: list[Span] = []
    events: list[Event] = []
    relations: list[Relation] = []
    comments: list[Comment] = []
    flags: list[str] = []


class EntitySuggestion(_Shape):
    """A suggested entity."""

    kind: Literal["entity"]
    source: str
    score: float
    item: Span


class EventSuggestion(_Shape):
    """A suggested event."""

    kind: Literal["event"]
    source: str
    score: float
    item: Event


Suggestion = Annotated[EntitySuggestion | EventSuggestion, Field(discriminator="kind")]


class Decision(_Shape):
    """What became of a suggestion."""

    suggestion: str
    outcome: str


class Line(_Shape):
    """A whole line."""

    format: Literal["annotator"]
    version: Annotated[int, Field(ge=1, le=1)]
    id: str | int
    text: str
    language: str = "en"
    meta: dict[str, Any] = {}
    annotations: list[AnnotationSet] = []
    suggestions: list[Suggestion] = []
    decisions: dict[str, list[Decision]] = {}


class PlainLine(_Shape):
    """What is known of a line without `format`."""

    text: str
    id: str | int | None = None
    language: str = ""
    meta: dict[str, Any] = {}
