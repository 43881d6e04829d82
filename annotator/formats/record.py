"""What every reader yields and every writer takes and gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document, text_sha256
from annotator.model.span import Range
from annotator.model.suggestion import Decision, Suggestion


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with whatever was said of it.

    An annotator has the empty name where a file names none.
    """

    document: Document
    annotations: tuple[AnnotationSet, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    decisions: Mapping[str, tuple[Decision, ...]] = field(
        default_factory=dict[str, tuple[Decision, ...]], hash=False
    )
    """What each annotator decided on the suggestions, by the annotator's name."""
    left_out: tuple[LeftOut, ...] = ()
    """What its record had more, and is not here."""
    blank: tuple[str, ...] = field(default=(), compare=False)
    """Of whom the file has an annotation in which nothing is marked, which may be finished so."""

    @classmethod
    def of(cls, document: Document, sets: Iterable[AnnotationSet]) -> Annotated:
        """The document with the sets that say something; the annotators of others are `blank`."""
        found = tuple(sets)
        said = tuple(one for one in found if not one.is_empty)
        blank = tuple(one.annotator for one in found if one.is_empty)
        return cls(document, said, blank=blank)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """The same as what a file that is written of it lacks."""
        return tuple(Loss(self.document.id, part.what, part.detail) for part in self.left_out)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a record that was not taken, or not as what it was; the rest of it is here."""

    what: str
    """Of what kind, in the plural: `arguments whose filler is gone`."""
    detail: str
    """Which one it is, in words."""
    line: int = 0
    """Of its record, counted from 1; 0 where the file's name says enough."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that cannot be read; the others of its file can."""

    file: str
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a file cannot express, or lacks.

    `what` is one of the format's `LOSES`, or the kind of something that was left out before.
    """

    document_id: str
    what: str
    detail: str
    ranges: tuple[Range, ...] = ()
    """Where it was in the text, for what has a place."""


def text_id(text: str) -> str:
    """The id of a document whose file names none: the same text has the same id."""
    return "t" + text_sha256(text)[:16]
