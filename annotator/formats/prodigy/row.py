"""Annotations as rows of Prodigy's JSON lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from annotator.formats.files.streams import Json
from annotator.formats.record import Annotated, Loss
from annotator.model.annotations import DONE, FLAGGED, SKIPPED, AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Range, Span
from annotator.text.tokenizer import tokens as tokens_of

LOSES = (
    "discontinuous spans",
    "arguments and relations of spans left out",
    "equal spans",
    "event attributes",
    "comments",
    "flags",
    "annotations of skipped documents, which come back as suggestions",
    "suggestions and decisions",
    "ids",
)
_DISCONTINUOUS, _DANGLING, _EQUAL, _ATTRIBUTES, _COMMENTS, _FLAGS, _SKIPPED, _SUGGESTIONS, _ = LOSES

_Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a row needs to say where things are."""

    tokens: Sequence[Json]
    places: dict[str, _Place]
    """Start, end and label of each entity and event by its id."""

    def span(self, place: _Place) -> Json:
        """A span, the last token counted in."""
        start, end, label = place
        first = bisect_left(self.tokens, start, key=lambda token: token["start"])
        last = bisect_left(self.tokens, end, key=lambda token: token["end"])
        return {
            "start": start, "end": end, "token_start": first, "token_end": last, "label": label,
        }  # fmt: skip


def rows(item: Annotated, losses: list[Loss]) -> Iterator[Json]:
    """A row for each annotator, or a task without an answer where there is none.

    What a row cannot say is added to `losses`.
    """
    document = item.document
    decided = sum(map(len, item.decisions.values()))
    if item.suggestions or decided:
        detail = f"{len(item.suggestions)} suggestions, {decided} decisions"
        losses.append(Loss(document.id, _SUGGESTIONS, detail))
    for one in item.annotations or (AnnotationSet(document.id, ""),):
        yield _row(document, one, losses)


def _row(document: Document, annotations: AnnotationSet, losses: list[Loss]) -> Json:
    losses.extend(_small_losses(annotations))
    places = _places(annotations, losses)
    layout = _Layout(row_tokens(document, [(s, e) for s, e, _ in places.values()]), places)
    relations = _relations(annotations, layout, losses)
    return {
        "text": document.text,
        "meta": dict(document.meta),
        "document_id": document.id,
        "language": document.language,
        "tokens": layout.tokens,
        "spans": [layout.span(place) for place in sorted(set(places.values()))],
        **({"relations": relations} if relations else {}),
        **_answer(annotations),
        "_view_id": _view(annotations, places, has_relations=bool(relations)),
        "_annotator_id": annotations.annotator or None,
        "_session_id": annotations.annotator or None,
    }


def _answer(annotations: AnnotationSet) -> Json:
    """An unfinished annotation has no answer: `accept` would say that the rest is empty."""
    flagged = {"flagged": True} if FLAGGED in annotations.flags else {}
    if annotations.is_done:
        return {"answer": "accept", **flagged}
    return {"answer": "ignore"} if SKIPPED in annotations.flags else flagged


def _view(annotations: AnnotationSet, places: dict[str, _Place], *, has_relations: bool) -> str:
    if has_relations or annotations.events:
        return "relations"
    ordered = sorted(set(places.values()))
    overlap = any(next_[0] < span[1] for span, next_ in pairwise(ordered))
    return "spans_manual" if overlap else "ner_manual"


def _places(annotations: AnnotationSet, losses: list[Loss]) -> dict[str, _Place]:
    places: dict[str, _Place] = {}
    seen: set[_Place] = set()
    triggers = {key: event.trigger for key, event in annotations.events.items()}
    for key, span in {**annotations.entities, **triggers}.items():
        place = (span.start, span.end, span.label)
        if span.is_discontinuous:
            losses.append(Loss(annotations.document_id, _DISCONTINUOUS, _described(span)))
            continue
        if place in seen:
            losses.append(Loss(annotations.document_id, _EQUAL, _described(span)))
        seen.add(place)
        places[key] = place
    return places


def _relations(annotations: AnnotationSet, layout: _Layout, losses: list[Loss]) -> list[Json]:
    found: list[tuple[_Place, _Place, str]] = []
    for source, target, label in _links(annotations):
        if source not in layout.places or target not in layout.places:
            losses.append(Loss(annotations.document_id, _DANGLING, label))
            continue
        found.append((layout.places[source], layout.places[target], label))
    return [_relation(*one, layout) for one in sorted(found)]


def _relation(head: _Place, child: _Place, label: str, layout: _Layout) -> Json:
    head_span, child_span = layout.span(head), layout.span(child)
    return {
        "head": head_span["token_end"],
        "child": child_span["token_end"],
        "head_span": head_span,
        "child_span": child_span,
        "label": label,
    }


def _links(annotations: AnnotationSet) -> Iterator[tuple[str, str, str]]:
    for relation in annotations.relations.values():
        yield relation.source, relation.target, relation.label
    for event in annotations.events.values():
        for argument in event.arguments:
            yield event.id, argument.target, argument.role


def _small_losses(annotations: AnnotationSet) -> Iterator[Loss]:
    for event in annotations.events.values():
        if event.attributes:
            detail = ", ".join(f"{name}={value}" for name, value in event.attributes.items())
            yield Loss(annotations.document_id, _ATTRIBUTES, f"{event.type}: {detail}")
    for comment in annotations.comments.values():
        yield Loss(annotations.document_id, _COMMENTS, comment.text)
    skipped = SKIPPED in annotations.flags and not annotations.is_done
    if skipped and (annotations.entities or annotations.events):
        yield Loss(annotations.document_id, _SKIPPED, "")
    for flag in sorted(annotations.flags - ({SKIPPED} if skipped else {DONE, FLAGGED})):
        yield Loss(annotations.document_id, _FLAGS, flag)


def _described(span: Span) -> str:
    ranges = ", ".join(f"{start}-{end}" for start, end in span.ranges)
    return f"{span.label} {ranges}"


def row_tokens(document: Document, spans: Sequence[Range]) -> Sequence[Json]:
    """Tokens that spell the text out, cut so that every span begins and ends with one.

    `ws` says whether one blank follows that belongs to no token; other white space is a token.
    """
    text = document.text
    cuts = {0, len(text), *(edge for span in spans for edge in span)}
    cuts |= {edge for token in tokens_of(text, document.language) for edge in token}
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    found: list[dict[str, Any]] = []
    for start, end in pairwise(sorted(cuts)):
        follows = bool(found) and not found[-1]["ws"]
        if text[start:end] == " " and follows and start not in starts and end not in ends:
            found[-1]["ws"] = True
            continue
        token = {"text": text[start:end], "start": start, "end": end, "id": len(found), "ws": False}
        found.append(token)
    return found
