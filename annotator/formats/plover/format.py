"""PLOVER's gold standard records: an array of JSON, a political event each, with its sentence.

Records on one sentence are the events of one document, by their coder, who has finished it. The
pieces `(EVT: ...)` of the markup are the event's trigger, `SRC`, `TAR` and `LOC` entities that fill
its roles, `SRC/TAR` both. Types, modes, contexts and roles are called as in the scheme `plover`;
what a record calls otherwise, and what has no place there, becomes a comment on the event. All of
a record but sentence and markup, such as the codes of actors, is in the `records` of the meta.

A record whose marks are not to be found in its sentence is rejected, and the sentence, which comes
in, is not finished. The record that tells of the file is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from annotator.formats.files.json_items import first_item, items
from annotator.formats.files.streams import Json, Source, shown
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions
from annotator.formats.plover.markup import Bracketed
from annotator.formats.plover.record import Record, record
from annotator.formats.record import Annotated, Rejected, text_id
from annotator.formats.validation import checked
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.document import Document

NAME = "plover"
SUFFIXES = (".json",)
CARRIES = frozenset(
    {
        Kind.ENTITIES,
        Kind.OVERLAPS,
        Kind.DISCONTINUOUS,
        Kind.EVENTS,
        Kind.ARGUMENTS,
        Kind.ATTRIBUTES,
        Kind.COMMENTS,
        Kind.ANNOTATORS,
    }
)
LOSES = ("which pieces are one actor", "the record that tells of the file")

_MARKS = {"event", "eventText", "coder"}


def recognises(path: Path) -> bool:
    """Whether the first record has an event, its words and a coder."""
    first = first_item(path)
    return isinstance(first, dict) and {*cast("Json", first)} >= _MARKS


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a sentence, named after its first record; what is rejected comes first."""
    sentences: dict[str, _Sentence] = {}
    for item in items(source):
        if isinstance(item, Rejected):
            yield item
            continue
        try:
            found = record(item.value())
            if found is None:
                continue
            sentences.setdefault(found.text, _Sentence(item.line)).add(found)
        except ValueError as error:
            yield Rejected(shown(source), item.line, f"{item.place}{error}")
    taken: set[str] = set()
    for text, sentence in sentences.items():
        name = sentence.records[0].id
        name = text_id(text) if not name or name in taken else name
        taken.add(name)
        try:
            yield checked(sentence.annotated(name, options.language))
        except ValueError as error:
            yield Rejected(shown(source), sentence.line, str(error))


@dataclass(slots=True)
class _Sentence:
    """The records on one sentence."""

    line: int
    """Of the first."""
    records: list[Record] = field(default_factory=list[Record])
    placed: list[tuple[Record, tuple[Bracketed, ...]]] = field(
        default_factory=list[tuple[Record, tuple[Bracketed, ...]]]
    )
    """Those whose marks are in the sentence."""

    def add(self, found: Record) -> None:
        """Take one more; raises ValueError where its marks are not to be placed."""
        self.records.append(found)
        self.placed.append((found, found.marks()))

    def annotated(self, name: str, language: str) -> Annotated:
        """The document with what each coder said of it."""
        first = self.records[0]
        meta: dict[str, Any] = {"records": [found.meta for found in self.records]}
        document = Document(name, first.text, meta, first.language or language)
        sets: dict[str, AnnotationSet] = {}
        for found, marks in self.placed:
            before = sets.get(found.coder) or AnnotationSet(name, found.coder)
            sets[found.coder] = found.added_to(before, marks, document)
        all_of = Counter(found.coder for found in self.records)
        here = Counter(found.coder for found, _ in self.placed)
        finished = (one.with_flag(DONE, on=all_of[c] == here[c]) for c, one in sets.items())
        return Annotated(document, tuple(finished))
