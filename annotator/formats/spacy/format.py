"""spaCy's binary training format, a DocBin (`.spacy`). What is where is said in `formats.doc`."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats.files.streams import Source, Target, opened, shown, written
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Loss, Rejected
from annotator.formats.spacy import doc
from annotator.formats.spacy.doc import events_of as events
from annotator.formats.spacy.doc import to_doc
from annotator.formats.spacy.doc_annotations import from_doc
from annotator.formats.spacy.doc_spans import misaligned
from annotator.formats.spacy.docbin import DocStack
from annotator.formats.validation import checked

__all__ = [
    "CARRIES",
    "LOSES",
    "NAME",
    "SUFFIXES",
    "events",
    "misaligned",
    "read",
    "recognises",
    "write",
]

NAME = "spacy"
SUFFIXES = (".spacy",)
CARRIES = frozenset({Kind.ENTITIES, Kind.OVERLAPS, Kind.EVENTS, Kind.ARGUMENTS, Kind.ATTRIBUTES,
                     Kind.RELATIONS})  # fmt: skip
LOSES = doc.LOSES

MAX_BYTES = 1_000_000_000
"""The most bytes that a file may unpack to; a small one can unpack to more than memory holds."""
_CHUNK = 1 << 20
_DAMAGE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
)


def recognises(path: Path) -> bool:
    """Whether the file's name ends in `.spacy`."""
    return path.suffix.lower() in SUFFIXES


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """Every document of a DocBin; those that name no language get that of `options`.

    Raises FormatError where it is none, or unpacks to more than a gigabyte.
    """
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    with opened(source) as stream:
        raw = stream.read(MAX_BYTES + 1)
    _check_size(raw, shown(source))
    number = 0
    try:
        for number, one in enumerate(DocBin().from_bytes(raw).get_docs(Vocab()), 1):
            try:
                yield checked(from_doc(one, options.language))
            except ValueError as error:
                yield Rejected(shown(source), number, str(error))
    except _DAMAGE as error:
        after = f" after document {number}" if number else ""
        raise FormatError(f"{shown(source)} is damaged{after}: it is no DocBin.") from error


def write(
    items: Iterable[Annotated], target: Target, options: WriteOptions = WriteOptions()
) -> tuple[Loss, ...]:
    """All documents as one DocBin; the same items give the same bytes.

    Of the spans that are off token edges, `align` leaves out (`strict`) or moves each; either way
    they are among the losses.
    """
    losses: list[Loss] = []
    with DocStack() as stack:
        for item in items:
            made, lost = to_doc(item, options.align)
            stack.add(made)
            losses.extend(lost)
        with written(target) as stream:
            stack.write(stream)
    return tuple(losses)


def _check_size(raw: bytes, name: str) -> None:
    unpack, size, rest = zlib.decompressobj(), 0, raw
    try:
        while not unpack.eof and size <= MAX_BYTES:
            chunk = unpack.decompress(rest, _CHUNK)
            size, rest = size + len(chunk), unpack.unconsumed_tail
            if not chunk and not rest:
                break
    except zlib.error as error:
        raise FormatError(f"{name} is no DocBin: {error}.") from error
    if size > MAX_BYTES:
        raise FormatError(f"{name} unpacks to more than {MAX_BYTES:,} bytes; split it.")
