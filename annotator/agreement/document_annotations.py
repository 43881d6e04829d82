"""Work: what one annotator did with one document, as plain values to compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from annotator.agreement.items import EntityMark, EventMark, Item
from annotator.agreement.spans import Range

Layer = Literal["entities", "triggers"]
LAYERS: tuple[Layer, ...] = ("entities", "triggers")


@dataclass(frozen=True, slots=True)
class DocumentAnnotations:
    """One annotator's entities and events in one document.

    `length` is that of the text in code points, which no mark goes beyond. `tokens` are half-open
    ranges, or None where they are not known: then the token measures are undefined. Finished with
    nothing marked is an answer; not finished is none, whatever is marked already. Raises ValueError
    for a mark beyond the text, and for an id that two things have.
    """

    annotator: str
    document_id: str
    length: int
    tokens: tuple[Range, ...] | None
    entities: tuple[EntityMark, ...] = ()
    events: tuple[EventMark, ...] = ()
    done: bool = True

    def __post_init__(self) -> None:
        for item in (*self.entities, *self.events):
            if item.ranges[-1][1] > self.length:
                raise ValueError(
                    f"{self.annotator} marks {item!r} in {self.document_id!r}, "
                    f"which has {self.length} code points"
                )
        ids = {item.id for item in self.entities} | {item.id for item in self.events}
        if len(ids) != len(self.entities) + len(self.events):
            raise ValueError(f"{self.annotator} has an id twice in {self.document_id!r}")

    def items(self, layer: Layer) -> tuple[EntityMark, ...] | tuple[EventMark, ...]:
        """What is marked on one layer; events stand for their triggers."""
        return self.entities if layer == "entities" else self.events

    def by_id(self) -> dict[str, Item]:
        """Every entity and event by its id."""
        return {item.id: item for item in (*self.entities, *self.events)}


def finished(work: Iterable[DocumentAnnotations]) -> dict[str, dict[str, DocumentAnnotations]]:
    """What is done, by document and annotator, both sorted.

    Raises ValueError where an annotator has two works on a document, or where two annotators' works
    on it are not about the same text and tokens.
    """
    found: dict[str, dict[str, DocumentAnnotations]] = {}
    for one in sorted((w for w in work if w.done), key=lambda w: (w.document_id, w.annotator)):
        others = found.setdefault(one.document_id, {})
        if one.annotator in others:
            raise ValueError(f"{one.annotator} has two works on {one.document_id!r}")
        for other in others.values():
            expect_one_text(other, one)
        others[one.annotator] = one
    return found


def expect_one_text(one: DocumentAnnotations, other: DocumentAnnotations) -> None:
    """Raise ValueError where two works are not about the same document, text and tokens."""
    if one.document_id != other.document_id:
        raise ValueError(f"{one.document_id!r} and {other.document_id!r} are two documents")
    if one.length != other.length or (
        one.tokens is not other.tokens and one.tokens != other.tokens
    ):
        raise ValueError(
            f"{one.annotator} and {other.annotator} did not have the same text of "
            f"{one.document_id!r}"
        )
