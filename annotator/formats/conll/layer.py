"""What of a document's annotations goes on a row of tokens with one tag each, and what does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.errors import FormatError
from annotator.formats.conll.tags import Run
from annotator.formats.flattened import (
    ATTRIBUTES,
    COMMENTS,
    LINKS,
    SUGGESTIONS,
    attribute_losses,
    links_of,
    suggestion_losses,
)
from annotator.formats.record import Annotated, Loss
from annotator.formats.spacy.doc_spans import (
    DISCONTINUOUS,
    EQUAL,
    MOVED,
    OFF_EDGES,
    Place,
    placed,
    without_overlap,
)
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Range, Span
from annotator.text.alignment import Mode, aligned
from annotator.text.safe_text import shortened
from annotator.text.sentences import sentences
from annotator.text.tokenizer import tokens as tokens_of

OVERLAPPING = "spans that overlap longer ones"
_FLAGS = "flags"
_META = "meta"
_LANGUAGE = "languages"
_ANNOTATOR = "names of annotators"
LOSES = (
    DISCONTINUOUS, OFF_EDGES, MOVED, EQUAL, OVERLAPPING, LINKS, ATTRIBUTES, COMMENTS, _FLAGS,
    SUGGESTIONS, _META, _LANGUAGE, _ANNOTATOR, "ids of annotations",
)  # fmt: skip

DOCSTART = "-DOCSTART-"


@dataclass(frozen=True, slots=True)
class ConllLayer:
    """The sentences of a document with the entities and triggers that tags can say."""

    document: Document
    sentences: Sequence[Sequence[Range]]
    """The tokens of each; none ends within an entity."""
    runs: Sequence[Sequence[Run]]
    """The entities of each sentence, by its tokens."""
    is_done: bool
    losses: Sequence[Loss]


def layer(item: Annotated, align: Mode, misread: Callable[[str], str | None]) -> ConllLayer:
    """The layer of a document.

    A trigger is a span like any other. Of spans that overlap the longest stays, then the first.
    `misread` says what is lost with a label that no tag can say, None for all others. Raises
    FormatError where several annotators speak.
    """
    document, annotations = item.document, _the_one(item)
    tokens = words(document)
    triggers = (Span(e.id, e.trigger.ranges, e.type) for e in annotations.events.values())
    placing = placed(document, tokens, [*annotations.entities.values(), *triggers], align)
    places = [place for place in placing.places if misread(place[2]) is None]
    kept = without_overlap(places)
    dropped = sorted(set(places) - set(kept))
    losses = [
        *placing.losses,
        *_left_out(document, [(p, w) for p in placing.places if (w := misread(p[2]))]),
        *_left_out(document, [(place, OVERLAPPING) for place in dropped]),
        *_other_losses(item, annotations),
    ]
    runs = [_run(tokens, place) for place in kept]
    breaks = _breaks(document, tokens, runs)
    return ConllLayer(
        document,
        [tokens[start:end] for start, end in breaks],
        [[(a - s, b - s, name) for a, b, name in runs if s <= a < e] for s, e in breaks],
        annotations.is_done,
        losses,
    )


def words(document: Document) -> list[Range]:
    """The tokens of a document, none with white space in it, none the mark of a document."""
    text = document.text
    found: list[Range] = []
    for start, end in tokens_of(text, document.language):
        if text[start:end] == DOCSTART:
            found += [(start, start + 1), (start + 1, end)]
        else:
            matches = re.finditer(r"\S+", text[start:end])
            found += [(start + match.start(), start + match.end()) for match in matches]
    return found


def _breaks(document: Document, tokens: Sequence[Range], runs: Iterable[Run]) -> list[Range]:
    """The sentences as ranges of tokens; two are one where an entity goes over their border."""
    starts = {bisect_left(tokens, start, key=_start) for start, _ in sentences(document.text)}
    for first, end, _ in runs:
        starts -= set(range(first + 1, end))
    return list(pairwise(sorted({0, *starts, len(tokens)})))


def _start(token: Range) -> int:
    return token[0]


def _run(tokens: Sequence[Range], place: Place) -> Run:
    found = aligned(tokens, place[0], place[1])
    if found is None:
        raise AssertionError(f"{place} was put on tokens and is on none")
    return (*found, place[2])


def _the_one(item: Annotated) -> AnnotationSet:
    if len(item.annotations) > 1:
        names = ", ".join(one.annotator for one in item.annotations)
        raise FormatError(
            f"{item.document.id} has annotations of {names}; a CoNLL file holds one annotator's.",
            "Export one annotator, or the gold set.",
        )
    return item.annotations[0] if item.annotations else AnnotationSet(item.document.id, "")


def _left_out(document: Document, places: Iterable[tuple[Place, str]]) -> Iterator[Loss]:
    for (start, end, label), what in places:
        surface = shortened(document.text[start:end], 60)
        yield Loss(document.id, what, f"{label} {start}-{end} {surface!r}")


def _other_losses(item: Annotated, annotations: AnnotationSet) -> Iterator[Loss]:
    document = item.document
    for _, _, label in links_of(annotations):
        yield Loss(document.id, LINKS, label)
    yield from attribute_losses(annotations)
    for comment in annotations.comments.values():
        yield Loss(document.id, COMMENTS, comment.text)
    for flag in sorted(annotations.flags - {DONE}):
        yield Loss(document.id, _FLAGS, flag)
    yield from suggestion_losses(item)
    if document.meta:
        yield Loss(document.id, _META, ", ".join(document.meta))
    if document.language != "en":
        yield Loss(document.id, _LANGUAGE, document.language)
    if annotations.annotator:
        yield Loss(document.id, _ANNOTATOR, annotations.annotator)
