"""What annotators differ in, in words: `ORG “Harbour Council”`, `Agent “dockers”`."""

from __future__ import annotations

from annotator.model.span import Range
from annotator.session.adjudication.disagreements import (
    About,
    Content,
    DocumentComparison,
    Marked,
    Point,
)
from annotator.session.state import span_of
from annotator.text.safe_text import shortened

NOTHING = "nothing"
_LONG = 40


def content_words(
    comparison: DocumentComparison, content: Content, *, labelled: bool = True
) -> str:
    """A version in words; what fills a role is told by its own words."""
    if isinstance(content, Marked):
        words = f"“{_words(comparison, content.ranges)}”"
        return f"{content.label} {words}" if labelled else words
    if isinstance(content, tuple):
        told = [f"{role} “{thing_words(comparison, thing)}”" for role, thing in content]
        return ", ".join(told) or NOTHING
    return content or NOTHING


def point_words(comparison: DocumentComparison, point: Point) -> str:
    """What a point is about: its labels and words, an event's roles or attribute."""
    here = f"{'/'.join(point.labels)} “{thing_words(comparison, point.thing)}”"
    if point.about is About.RELATION:
        ends = (thing_words(comparison, thing) for thing in (point.thing, point.target))
        return f"{point.name} “{next(ends)}” → “{next(ends)}”"
    return f"{here}: {point.name}" if point.name else here


def thing_words(comparison: DocumentComparison, thing_id: str) -> str:
    """The words of a thing: the longest that somebody marked, the first of equal ones."""
    thing = comparison.things[thing_id]
    spans = [span_of(item) for _, item in sorted(thing.members.items())]
    longest = max(spans, key=lambda span: sum(end - start for start, end in span.ranges))
    return _words(comparison, longest.ranges)


def _words(comparison: DocumentComparison, ranges: tuple[Range, ...]) -> str:
    text = comparison.document.text
    return shortened(" ".join(text[start:end] for start, end in ranges), _LONG)
