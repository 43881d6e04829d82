"""Spans put on a document's tokens, as spaCy needs them, with what does not fit said by name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotator.formats.record import Loss
from annotator.model.document import Document
from annotator.model.span import Range, Span
from annotator.text.alignment import Mode, aligned, offsets, touched
from annotator.text.safe_text import shortened
from annotator.text.tokenizer import tokens as tokens_of

DISCONTINUOUS = "discontinuous spans"
OFF_EDGES = "spans off token edges"
MOVED = "edges moved to token edges"
EQUAL = "equal spans"
OVERLAPPING = "overlapping entities, which are in doc.spans and not in doc.ents"

Place = tuple[int, int, str]
"""Start, end and label; code points."""


@dataclass(slots=True)
class Placing:
    """Where the spans of one kind went."""

    places: dict[Place, str] = field(default_factory=dict[Place, str])
    """The id of the first span at each place, in order of the places."""
    homes: dict[str, str] = field(default_factory=dict[str, str])
    """For each span that has a place, the id that stands for it there."""
    left_out: list[Span] = field(default_factory=list[Span])
    losses: list[Loss] = field(default_factory=list[Loss])


def misaligned(
    document: Document, spans: Iterable[Span], mode: Mode = "strict"
) -> tuple[Span, ...]:
    """The spans that have no place on the document's tokens, discontinuous ones not counted."""
    tokens = tokens_of(document.text, document.language)
    return tuple(
        span
        for span in spans
        if not span.is_discontinuous and aligned(tokens, span.start, span.end, mode) is None
    )


def placed(
    document: Document, tokens: Sequence[Range], spans: Iterable[Span], mode: Mode
) -> Placing:
    """Every span on token edges after `mode`; one place for equal spans."""
    placing = Placing()
    ordered = sorted(spans, key=lambda span: (span.start, span.end, span.label, span.id))
    for span in ordered:
        found = None if span.is_discontinuous else aligned(tokens, span.start, span.end, mode)
        if found is None:
            what = DISCONTINUOUS if span.is_discontinuous else OFF_EDGES
            placing.losses.append(_loss(document, what, tokens, span))
            placing.left_out.append(span)
            continue
        start, end = offsets(tokens, *found)
        place = (start, end, span.label)
        if (start, end) != (span.start, span.end):
            placing.losses.append(_loss(document, MOVED, tokens, span, f" to {start}-{end}"))
        if place in placing.places:
            placing.losses.append(_loss(document, EQUAL, tokens, span))
        placing.homes[span.id] = placing.places.setdefault(place, span.id)
    placing.places = dict(sorted(placing.places.items()))
    return placing


def without_overlap(places: Iterable[Place]) -> list[Place]:
    """The places that `doc.ents` can hold together: the longest first, then in order of the text.

    Which places are kept depends on nothing else, so that the same annotations give the same file.
    """
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (p[0] - p[1], p)):
        at = bisect_left(kept, place)
        before, after = kept[max(at - 1, 0) : at], kept[at : at + 1]
        if all(b[1] <= place[0] for b in before) and all(place[1] <= a[0] for a in after):
            insort(kept, place)
    return kept


def described(document: Document, tokens: Sequence[Range], span: Span) -> str:
    """A span with its words, and the words of the tokens that it touches where they differ."""
    ranges = ", ".join(f"{start}-{end}" for start, end in span.ranges)
    surface = span.surface(document.text)
    first, last = touched(tokens, span.start, span.end)
    around = "" if first >= last else document.text[slice(*offsets(tokens, first, last))]
    inside = "" if around == surface or span.is_discontinuous else f" in {shortened(around, 60)!r}"
    blank = ", white space at its edge" if surface.strip() != surface else ""
    return f"{span.label} {ranges} {shortened(surface, 60)!r}{inside}{blank}"


def _loss(
    document: Document, what: str, tokens: Sequence[Range], span: Span, more: str = ""
) -> Loss:
    return Loss(document.id, what, described(document, tokens, span) + more, span.ranges)
