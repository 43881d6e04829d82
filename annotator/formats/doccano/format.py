"""doccano's JSON lines, or one JSON array of the same objects; offsets are code points.

Read are sequence labelling (`label` or `labels`, a list of `[start, end, label]`) and entities with
relations. Comments are remarks on the document; keys that are none of doccano's are metadata. A
line says nothing of whether its annotation is finished, nor, as doccano writes it, whose it is. The
number of a line is a row of doccano's data base, no document's id: the document gets its id from
its text, as the same text has in the file of each member.

Written is one line for each annotator of a document, always with entities and relations, which
doccano also takes for a project without relations when `entities` is named as its label column. An
event is its trigger's entity and a relation from it for each argument;
`annotator.formats.triggers` makes events of them again. `annotator`, `flags`, `language` and `meta`
are metadata to doccano, so they are there again after an export from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from annotator.formats.doccano import line as doccano_line
from annotator.formats.files.json_items import first_item, read_items
from annotator.formats.files.streams import Json, Source, Target
from annotator.formats.flattened import (
    ATTRIBUTES,
    DANGLING,
    DISCONTINUOUS,
    SUGGESTIONS,
    attribute_losses,
    flattened,
    write_sets,
)
from annotator.formats.kinds import EVERYTHING, Kind
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Loss, Rejected
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document

NAME = "doccano"
SUFFIXES = (".jsonl", ".json")
_TARGETS = "what a comment is on"
CARRIES = EVERYTHING - {Kind.DISCONTINUOUS, Kind.ATTRIBUTES, Kind.ORIGIN, Kind.DECISIONS}
LOSES = (DISCONTINUOUS, DANGLING, ATTRIBUTES, _TARGETS, SUGGESTIONS, "ids of annotations")


def recognises(path: Path) -> bool:
    """Whether the first object has a text and labels as doccano has them."""
    first = first_item(path)
    if not isinstance(first, dict) or "format" in first:
        return False
    row = cast("Json", first)
    return "text" in row and doccano_line.has_labels(row)


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a line; `options.column` names the key of the text where it is not `text`."""

    def parse(value: object) -> Annotated:
        return doccano_line.annotated(value, options)

    return read_items(source, parse)


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """One line for each annotator of each document; the same items give the same bytes."""
    return write_sets(items, target, _row)


def _row(document: Document, annotations: AnnotationSet, losses: list[Loss]) -> Json:
    losses.extend(attribute_losses(annotations))
    flat = flattened(annotations, losses)
    numbers = {key: number for number, key in enumerate(flat.spans, 1)}
    return {
        "id": document.id,
        "text": document.text,
        "entities": [
            {
                "id": numbers[key],
                "label": span.label,
                "start_offset": span.start,
                "end_offset": span.end,
            }
            for key, span in flat.spans.items()
        ],
        "relations": [
            {"id": number, "from_id": numbers[source], "to_id": numbers[end], "type": label}
            for number, (source, end, label) in enumerate(flat.links, 1)
        ],
        "Comments": _comments(annotations, losses),
        "annotator": annotations.annotator,
        "flags": sorted(annotations.flags),
        "language": document.language,
        "meta": dict(document.meta),
    }


def _comments(annotations: AnnotationSet, losses: list[Loss]) -> list[Json]:
    losses.extend(
        Loss(annotations.document_id, _TARGETS, comment.text)
        for comment in annotations.comments.values()
        if comment.target
    )
    texts = (comment.text for comment in annotations.comments.values())
    return [{"id": number, "comment": text} for number, text in enumerate(texts, 1)]
