"""The kinds of things that annotations are made of, by which formats say what they carry."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a file of a format may hold. Each format's module names those of its `CARRIES`.

    A kind is carried where a written file holds it and, in formats that are read too, reading the
    file gives it back, events by way of `annotator.formats.triggers`. What of a kind does not fit
    is among the format's `LOSES`.
    """

    ENTITIES = "entities"
    OVERLAPS = "nested, crossing"
    DISCONTINUOUS = "discontinuous"
    EVENTS = "events"
    ARGUMENTS = "arguments"
    ATTRIBUTES = "attributes"
    RELATIONS = "relations"
    COMMENTS = "comments"
    ORIGIN = "origin"
    """Who suggested what: suggestions with their source, under the ids of what became of them."""
    DECISIONS = "decisions"
    ANNOTATORS = "several annotators"


EVERYTHING = frozenset(Kind)
