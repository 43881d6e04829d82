"""What a data set has to know of a document once its `Doc` is on the stack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.formats.record import Annotated, Loss
from annotator.formats.spacy.doc import ENTITIES, EVENTS, REJECTED, span_groups
from annotator.model.annotations import AnnotationSet
from annotator.text.sentences import sentences
from annotator.training.recipe import SPANS_KEYS, Component

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

ACROSS = "spans across the end of a sentence"
BY_HAND = "by hand"
_MAY_END = re.compile(r"[.!?…][\"'’”»)\]]*\s|[。！？\n]")
"""Is in every span that has the end of a sentence in it, and in few others."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What one component has to learn from a document."""

    spans: int = 0
    longest: int = 0
    """The longest span, in tokens."""
    labels: Mapping[str, int] = field(default_factory=dict[str, int])
    """Tokens that have each label, in the order in which the labels come."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One document that is in the data set, or is not for a reason."""

    document_id: str
    language: str
    length: int
    """Code points."""
    spans: int
    """Entities and events that came in."""
    reason: str = ""
    """Why it is left out; empty where it is not."""
    by: tuple[str, ...] = ()
    """Who says what is taken."""
    number: int = -1
    """Its number on the stack."""
    is_done: bool = False
    has_events: bool = False
    tokens: int = 0
    rejected: int = 0
    entities: Counter[str] = field(default_factory=Counter[str])
    ents: int = 0
    events: Counter[str] = field(default_factory=Counter[str])
    roles: Counter[str] = field(default_factory=Counter[str])
    origins: Counter[str] = field(default_factory=Counter[str])
    """How many entities and events each version of a suggester proposed."""
    learned: Mapping[Component, Learned] = field(default_factory=dict[Component, Learned])
    losses: tuple[Loss, ...] = ()
    remarks: tuple[Loss, ...] = ()
    """Spans that are written and yet worth a look."""


def facts_of(
    item: Annotated, by: tuple[str, ...], number: int, doc: Doc, losses: tuple[Loss, ...]
) -> Facts:
    """The facts of a document with one annotation set, whose `Doc` has that number."""
    document, annotations = item.document, item.annotations[0]
    groups = span_groups(doc)
    learned = {
        component: _learned(groups[key] if (key := SPANS_KEYS.get(component)) else doc.ents)
        for component in Component
    }
    return Facts(
        document.id,
        document.language,
        len(document.text),
        len(annotations.entities) + len(annotations.events),
        by=by,
        number=number,
        is_done=annotations.is_done,
        has_events=bool(annotations.events),
        tokens=len(doc),
        rejected=len(groups.get(REJECTED, ())),
        entities=Counter(span.label_ for span in groups[ENTITIES]),
        ents=learned[Component.NER].spans,
        events=Counter(span.label_ for span in groups[EVENTS]),
        roles=Counter(a.role for event in annotations.events.values() for a in event.arguments),
        origins=_origins(item, annotations),
        learned=learned,
        losses=losses,
        remarks=tuple(_across(document.text, annotations)),
    )


def _learned(spans: Sequence[DocSpan]) -> Learned:
    labels: dict[str, int] = {}
    for span in spans:
        labels[span.label_] = labels.get(span.label_, 0) + len(span)
    return Learned(len(spans), max((len(span) for span in spans), default=0), labels)


def _origins(item: Annotated, annotations: AnnotationSet) -> Counter[str]:
    sources = {suggestion.id: suggestion.source for suggestion in item.suggestions}
    return Counter(
        sources.get(key, BY_HAND) for key in (*annotations.entities, *annotations.events)
    )


def _across(text: str, annotations: AnnotationSet) -> Iterator[Loss]:
    """The spans that have the end of a sentence in them, as `spacy debug data` looks for them."""
    spans = [s for s in annotations.spans() if _MAY_END.search(text, s.start, s.end)]
    ends = [end for _, end in sentences(text)] if spans else []
    for span in spans:
        if any(span.start < end < span.end for end in ends):
            (start, end), surface = (span.start, span.end), text[span.start : span.end]
            detail = f"{span.label} {start}-{end} {surface[:60]!r}"
            yield Loss(annotations.document_id, ACROSS, detail, span.ranges)
