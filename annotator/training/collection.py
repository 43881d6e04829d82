"""Documents taken in for a data set one by one; what is kept of each takes little room."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import IO, Self, cast

import orjson

from annotator.errors import FormatError
from annotator.formats.record import Annotated
from annotator.formats.spacy.doc import self_contained, to_doc
from annotator.formats.spacy.docbin import DocStack
from annotator.model.records import span_record
from annotator.model.scheme import Scheme
from annotator.text.alignment import Mode
from annotator.training.facts import Facts, facts_of
from annotator.training.gold import settled
from annotator.training.near_duplicates import NearDuplicates
from annotator.training.selection import unusable
from annotator.training.split import Part, number_of

_MEMORY = 1 << 25
"""Bytes that are held in memory before there is a file."""


class Collection:
    """Everything that came in. Use it in a `with` block; temporary files go when it ends."""

    def __init__(self, align: Mode, seed: int, scheme: Scheme) -> None:
        self.facts: list[Facts] = []
        """In the order in which the documents came."""
        self.numbers: dict[str, float] = {}
        """What the split of each document hangs on, by id."""
        self.nearness = NearDuplicates()
        self.stack = DocStack()
        self._align: Mode = align
        self._seed = seed
        self._scheme = scheme
        self._file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(_MEMORY))  # noqa: SIM115
        self._lines: dict[int, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.__exit__(kind, error, trace)
        self._file.close()

    def take(self, item: Annotated) -> None:
        """Take a document in; raises FormatError where its id came before."""
        document = item.document
        if document.id in self.numbers:
            raise FormatError(f"Two documents have the id {document.id!r}.")
        self.nearness.add(document.id, document.text)
        self.numbers[document.id] = number_of(document, self._seed)
        found = settled(item.annotations, self._scheme)
        reason = found.reason or (unusable(found.annotations) if found.annotations else "")
        if found.annotations is None or reason:
            spans = sum(len(one.entities) + len(one.events) for one in item.annotations)
            self.facts.append(
                Facts(document.id, document.language, len(document.text), spans, reason)
            )
            return
        chosen = replace(item, annotations=(found.annotations,))
        doc, losses = to_doc(chosen, self._align)
        number = len(self.stack)
        self.stack.add(doc)
        self._keep_line(number, chosen)
        self.facts.append(facts_of(chosen, found.by, number, doc, (*item.losses, *losses)))

    def write_docs(self, chosen: Iterable[Facts], stream: IO[bytes]) -> None:
        """Write a DocBin of some documents."""
        self.stack.write(stream, (one.number for one in chosen))

    def lines(self, part: Part, chosen: Iterable[Facts]) -> Iterator[bytes]:
        """A line of JSON for each document: id, part, text, entities and events."""
        for one in chosen:
            place, size = self._lines[one.number]
            self._file.seek(place)
            yield b'{"part":"%s",%s\n' % (part.value.encode(), self._file.read(size)[1:])

    def _keep_line(self, number: int, item: Annotated) -> None:
        [annotations] = item.annotations
        events = annotations.events.values()
        record = {
            "id": item.document.id,
            "text": item.document.text,
            "entities": [span_record(span) for span in annotations.entities.values()],
            "events": [self_contained(event, annotations, {}) for event in events],
        }
        raw = orjson.dumps(record)
        self._lines[number] = self._file.seek(0, 2), len(raw)
        self._file.write(raw)
