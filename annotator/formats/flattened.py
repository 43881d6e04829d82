"""Annotations as formats of spans and relations have them: a trigger is a span like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotator.formats.files.streams import Json, Target, write_objects
from annotator.formats.record import Annotated, Loss
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.span import Span

DISCONTINUOUS = "discontinuous spans"
DANGLING = "arguments and relations of spans left out"
EQUAL = "equal spans"
ATTRIBUTES = "event attributes"
COMMENTS = "comments"
SUGGESTIONS = "suggestions and decisions"
LINKS = "arguments and relations"

Link = tuple[str, str, str]
"""Source, target and label, source and target by the id of an entity or event."""


@dataclass(frozen=True, slots=True)
class Flattened:
    """The spans in order of the text, and what links them."""

    spans: dict[str, Span]
    """By the id of the entity or event."""
    links: tuple[Link, ...]


def flattened(annotations: AnnotationSet, losses: list[Loss]) -> Flattened:
    """The spans of one piece; the others, with what links to them, are added to `losses`."""
    spans = spans_of(annotations, losses)
    links: list[Link] = []
    for source, target, label in links_of(annotations):
        if source in spans and target in spans:
            links.append((source, target, label))
        else:
            losses.append(Loss(annotations.document_id, DANGLING, label))
    return Flattened(spans, tuple(links))


def spans_of(annotations: AnnotationSet, losses: list[Loss]) -> dict[str, Span]:
    """The spans of one piece in order of the text; the others are added to `losses`."""
    spans: dict[str, Span] = {}
    triggers = {key: event.trigger for key, event in annotations.events.items()}
    for key, span in {**annotations.entities, **triggers}.items():
        if span.is_discontinuous:
            losses.append(Loss(annotations.document_id, DISCONTINUOUS, described(span)))
        else:
            spans[key] = span
    return dict(sorted(spans.items(), key=lambda pair: (pair[1].start, -pair[1].end)))


def links_of(annotations: AnnotationSet) -> Iterator[Link]:
    """Every argument of every event, then every relation."""
    for event in annotations.events.values():
        for argument in event.arguments:
            yield event.id, argument.target, argument.role
    for relation in annotations.relations.values():
        yield relation.source, relation.target, relation.label


def described(span: Span) -> str:
    """A span in a report: `PER 0-4, 9-12`."""
    ranges = ", ".join(f"{start}-{end}" for start, end in span.ranges)
    return f"{span.label} {ranges}"


def attribute_losses(annotations: AnnotationSet) -> Iterator[Loss]:
    """A loss for each event with attributes."""
    for event in annotations.events.values():
        if event.attributes:
            detail = ", ".join(f"{name}={value}" for name, value in event.attributes.items())
            yield Loss(annotations.document_id, ATTRIBUTES, f"{event.type}: {detail}")


def suggestion_losses(item: Annotated) -> Iterator[Loss]:
    """One loss where there are suggestions or decisions."""
    decided = sum(map(len, item.decisions.values()))
    if item.suggestions or decided:
        detail = f"{len(item.suggestions)} suggestions, {decided} decisions"
        yield Loss(item.document.id, SUGGESTIONS, detail)


def write_sets(
    items: Iterable[Annotated],
    target: Target,
    row: Callable[[Document, AnnotationSet, list[Loss]], Json],
) -> tuple[Loss, ...]:
    """Write one `row` a line for each annotator of each document; an untouched one has a row too.

    `row` adds what it cannot say to the losses that come back.
    """
    losses: list[Loss] = []

    def rows() -> Iterator[Json]:
        for item in items:
            losses.extend(suggestion_losses(item))
            for one in item.annotations or (AnnotationSet(item.document.id, ""),):
                yield row(item.document, one, losses)

    write_objects(rows(), target)
    return tuple(losses)
