"""Work: what one annotator did with one document, as plain values to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from annotator.agreement.spans import Mark, Range, end_of

Layer = Literal["entities", "triggers"]
LAYERS: tuple[Layer, ...] = ("entities", "triggers")


@dataclass(frozen=True, slots=True)
class Work:
    """One annotator's marks on one document, by layer.

    `length` is that of the text in code points, which no mark goes beyond. `tokens` are half-open
    ranges, or None where they are not known: then the token measures are undefined. Finished with
    nothing marked is an answer; not finished is none, whatever is marked already.
    """

    annotator: str
    document_id: str
    length: int
    tokens: tuple[Range, ...] | None
    entities: tuple[Mark, ...]
    triggers: tuple[Mark, ...]
    done: bool = True

    def __post_init__(self) -> None:
        for mark in (*self.entities, *self.triggers):
            if end_of(mark) > self.length:
                raise ValueError(
                    f"{self.annotator} marks {mark!r} in {self.document_id!r}, "
                    f"which has {self.length} code points"
                )

    def marks(self, layer: Layer) -> tuple[Mark, ...]:
        """The marks of one layer."""
        return self.entities if layer == "entities" else self.triggers


def finished(work: Iterable[Work]) -> dict[str, dict[str, Work]]:
    """What is done, by document and annotator, both sorted.

    Raises ValueError where an annotator has two works on a document, or where two annotators' works
    on it are not about the same text and tokens.
    """
    found: dict[str, dict[str, Work]] = {}
    for one in sorted((w for w in work if w.done), key=lambda w: (w.document_id, w.annotator)):
        others = found.setdefault(one.document_id, {})
        if one.annotator in others:
            raise ValueError(f"{one.annotator} has two works on {one.document_id!r}")
        for other in others.values():
            if (other.length, other.tokens) != (one.length, one.tokens):
                raise ValueError(
                    f"{other.annotator} and {one.annotator} did not have the same text of "
                    f"{one.document_id!r}"
                )
        others[one.annotator] = one
    return found


def shared(done: Mapping[str, Mapping[str, Work]], a: str, b: str) -> tuple[tuple[Work, Work], ...]:
    """The works of the documents that both annotators finished."""
    return tuple((by[a], by[b]) for by in done.values() if a in by and b in by)
