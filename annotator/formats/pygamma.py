"""What `pygamma-agreement` reads to compute the gamma of Mathet, Widlöcher and Métivier (2015).

`entities/` and `events/` have a file for each document: `annotator,label,start,end` on each line,
without a header; offsets are half-open code points. Gamma compares what several annotators marked
in one document, so a document in which fewer than two marked anything has no file. An event is its
trigger, and a discontinuous span goes from its start to its end.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats.files.streams import Target, written
from annotator.formats.flattened import (
    ATTRIBUTES,
    COMMENTS,
    EQUAL,
    LINKS,
    SUGGESTIONS,
    attribute_losses,
    described,
    links_of,
    suggestion_losses,
)
from annotator.formats.kinds import Kind
from annotator.formats.record import Annotated, Loss
from annotator.formats.text import file_name
from annotator.model.annotations import AnnotationSet
from annotator.model.span import Span

NAME = "pygamma"
SUFFIXES = (".csv",)
CARRIES = frozenset({Kind.ENTITIES, Kind.OVERLAPS, Kind.EVENTS, Kind.ANNOTATORS})
LOSES = (
    "layers of documents in which fewer than two annotators marked anything",
    "annotators who marked nothing",
    "gaps of discontinuous spans",
    EQUAL,
    LINKS,
    ATTRIBUTES,
    COMMENTS,
    SUGGESTIONS,
    "document ids that are no file names",
    "texts, metadata and flags",
    "ids of annotations",
)
_ALONE, _NOTHING, _GAPS, *_, _NAMES, _, _ = LOSES

_Layers = dict[str, list[tuple[str, list[Span]]]]
"""The spans of each annotator in each layer."""


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """A file for each layer of each document into the folder `target`.

    Raises FormatError where `target` is none. The same items give the same bytes.
    """
    if not isinstance(target, Path):
        raise FormatError("pygamma's files are written to a folder.", "Name one.")
    losses: list[Loss] = []
    taken: set[str] = set()
    for item in items:
        document = item.document
        name = file_name(document.id, taken)
        if name != document.id:
            losses.append(Loss(document.id, _NAMES, f"written as {name}.csv"))
        losses.extend(_other_losses(item))
        for layer, marked in _layers(item.annotations, losses).items():
            with written(target / layer / f"{name}.csv") as stream:
                stream.write(_table(marked))
    return tuple(losses)


def _layers(sets: Iterable[AnnotationSet], losses: list[Loss]) -> _Layers:
    """The layers that gamma can be computed of; what it cannot is added to `losses`."""
    layers: _Layers = {"entities": [], "events": []}
    document_id = ""
    for one in sets:
        document_id = one.document_id
        triggers = [event.trigger for event in one.events.values()]
        for layer, spans in (("entities", [*one.entities.values()]), ("events", triggers)):
            layers[layer].append((one.annotator or "-", spans))
    kept: _Layers = {}
    for layer, found in layers.items():
        marked = [(name, spans) for name, spans in found if spans]
        if len(marked) >= 2:
            kept[layer] = marked
            losses.extend(
                Loss(document_id, _NOTHING, f"{name} in {layer}") for name, s in found if not s
            )
            losses.extend(_losses_of_spans(document_id, marked))
        elif marked:
            [(name, spans)] = marked
            losses.append(Loss(document_id, _ALONE, f"{len(spans)} {layer} by {name}"))
    return kept


def _losses_of_spans(document_id: str, marked: list[tuple[str, list[Span]]]) -> Iterator[Loss]:
    for _, spans in marked:
        places: set[tuple[int, int, str]] = set()
        for span in spans:
            if span.is_discontinuous:
                yield Loss(document_id, _GAPS, described(span), span.ranges)
            place = (span.start, span.end, span.label)
            if place in places:
                yield Loss(document_id, EQUAL, described(span), span.ranges)
            places.add(place)


def _table(marked: list[tuple[str, list[Span]]]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    for annotator, spans in marked:
        for place in sorted({(span.start, span.end, span.label) for span in spans}):
            writer.writerow((annotator, place[2], place[0], place[1]))
    return table.getvalue().encode("utf-8")


def _other_losses(item: Annotated) -> Iterator[Loss]:
    for one in item.annotations:
        for _, _, label in links_of(one):
            yield Loss(item.document.id, LINKS, label)
        yield from attribute_losses(one)
        for comment in one.comments.values():
            yield Loss(item.document.id, COMMENTS, comment.text)
    yield from suggestion_losses(item)
