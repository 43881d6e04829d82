"""What the annotators of one document say, compared point by point."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.identity import canonical_json, content_hash
from annotator.model.scheme import NO_SCHEME, Scheme
from annotator.model.span import Range
from annotator.session.adjudication.aligned_items import AlignedItem, aligned_items
from annotator.session.adjudication.disagreements import (
    About,
    Content,
    DifferenceKind,
    DocumentComparison,
    Fill,
    Marked,
    Point,
    Version,
)
from annotator.session.state import span_of

_HASHED = 16


def compared(
    document: Document,
    sets: Sequence[AnnotationSet],
    suggested: Collection[str] = (),
    in_gold: Collection[str] = (),
    scheme: Scheme = NO_SCHEME,
) -> DocumentComparison:
    """Compare what annotators say of one document, each heard once.

    `suggested` and `in_gold` are the ids of suggestions and of what the gold set has. An attribute
    that was not set has the scheme's default. Raises ValueError where two sets are of one
    annotator.
    """
    by_name = {one.annotator: one for one in sorted(sets, key=lambda one: one.annotator)}
    if len(by_name) != len(sets):
        raise ValueError("an annotator is named twice")
    things = aligned_items(document, by_name, suggested, in_gold, scheme)
    names = tuple(by_name)
    breaks = [i for i, char in enumerate(document.text) if char == "\n"]
    points = [_existence(thing, names) for thing in things]
    _tell_apart(points)
    place_of = {thing.id: thing.place for thing in things}
    of_member = {
        (name, item.id): thing.id for thing in things for name, item in thing.members.items()
    }
    for thing in things:
        if thing.is_event:
            points += _role_points(thing, of_member, place_of)
            points += _attribute_points(thing, scheme)
    points += _relation_points(by_name, of_member, place_of)
    points.sort(key=lambda point: _order(point, place_of, breaks))
    return DocumentComparison(
        document, by_name, {thing.id: thing for thing in things}, tuple(points)
    )


def _existence(thing: AlignedItem, names: Sequence[str]) -> Point:
    said: dict[str, Content] = dict.fromkeys(names)
    for name, item in thing.members.items():
        span = span_of(item)
        said[name] = Marked(span.ranges, span.label)
    versions = _versions(said)
    marks = [version.content for version in versions if isinstance(version.content, Marked)]
    kinds = [DifferenceKind.MISSED] if len(marks) < len(versions) else []
    if len({mark.ranges for mark in marks}) > 1:
        kinds.append(DifferenceKind.TRIGGER if thing.is_event else DifferenceKind.BOUNDARY)
    if len({mark.label for mark in marks}) > 1:
        kinds.append(DifferenceKind.TYPE if thing.is_event else DifferenceKind.LABEL)
    about = About.EVENT if thing.is_event else About.ENTITY
    return Point(
        _fingerprint(about, "", versions),
        about,
        tuple(kinds),
        thing.id,
        versions,
        thing.place,
        tuple(dict.fromkeys(mark.label for mark in marks)),
    )


def _tell_apart(points: list[Point]) -> None:
    """Give what is marked twice, with the same versions, ids of its own."""
    seen: defaultdict[str, int] = defaultdict(int)
    for index, point in enumerate(points):
        seen[point.id] += 1
        if seen[point.id] > 1:
            number = f"{seen[point.id]}"
            another = _fingerprint(point.about, number, point.versions)
            points[index] = replace(point, id=another)


def _role_points(
    thing: AlignedItem,
    of_member: Mapping[tuple[str, str], str],
    place_of: Mapping[str, Range],
) -> Iterator[Point]:
    """What all who have the event fill alike, then each knot of roles and fillers that differ."""
    said = {
        name: frozenset((a.role, of_member[name, a.target]) for a in item.arguments)
        for name, item in thing.members.items()
        if isinstance(item, Event)
    }
    every = frozenset[Fill].union(*said.values())
    shared = frozenset[Fill].intersection(*said.values())
    if shared:
        yield _roles(thing, {name: tuple(sorted(shared)) for name in said}, place_of)
    for knot in _knots(every - shared):
        yield _roles(
            thing, {name: tuple(sorted(fills & knot)) for name, fills in said.items()}, place_of
        )


def _roles(
    thing: AlignedItem, said: Mapping[str, tuple[Fill, ...]], place_of: Mapping[str, Range]
) -> Point:
    versions = _versions(said)
    fills = sorted({fill for one in said.values() for fill in one})
    places = [thing.place, *(place_of[target] for _, target in fills)]
    return Point(
        _fingerprint(About.ROLES, thing.id, versions),
        About.ROLES,
        () if len(versions) == 1 else (DifferenceKind.ROLE,),
        thing.id,
        versions,
        (min(start for start, _ in places), max(end for _, end in places)),
        _types(thing),
        ", ".join(dict.fromkeys(role for role, _ in fills)),
    )


def _knots(fills: Iterable[Fill]) -> list[frozenset[Fill]]:
    """Arguments that hang together, by a role or by what fills it."""
    knots: list[tuple[set[tuple[int, str]], set[Fill]]] = []
    for fill in sorted(fills):
        ends: set[tuple[int, str]] = set(enumerate(fill))
        inside = {fill}
        for other in [knot for knot in knots if not ends.isdisjoint(knot[0])]:
            knots.remove(other)
            ends |= other[0]
            inside |= other[1]
        knots.append((ends, inside))
    return [frozenset(inside) for _, inside in knots]


def _attribute_points(thing: AlignedItem, scheme: Scheme) -> Iterator[Point]:
    """What somebody set, and the defaults of those who did not."""
    events = {name: e for name, e in thing.members.items() if isinstance(e, Event)}
    defaults = {name: scheme.defaults_of(event.type) for name, event in events.items()}
    for attribute in sorted({key for event in events.values() for key in event.attributes}):
        unset = {name: found.get(attribute) for name, found in defaults.items()}
        said = {name: e.attributes.get(attribute, unset[name]) for name, e in events.items()}
        versions = _versions(said)
        if said == unset and len(versions) > 1:  # only their types differ, which is asked already
            continue
        yield Point(
            _fingerprint(About.ATTRIBUTE, f"{thing.id} {attribute}", versions),
            About.ATTRIBUTE,
            () if len(versions) == 1 else (DifferenceKind.ATTRIBUTE,),
            thing.id,
            versions,
            thing.place,
            _types(thing),
            attribute,
        )


def _relation_points(
    sets: Mapping[str, AnnotationSet],
    of_member: Mapping[tuple[str, str], str],
    place_of: Mapping[str, Range],
) -> Iterator[Point]:
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for name, one in sets.items():
        for relation in one.relations.values():
            ends = of_member[name, relation.source], of_member[name, relation.target]
            found[relation.label, *ends].add(name)
    for (label, source, target), who in sorted(found.items()):
        versions = _versions({name: label if name in who else None for name in sets})
        ends = place_of[source], place_of[target]
        yield Point(
            _fingerprint(About.RELATION, f"{source} {target}", versions),
            About.RELATION,
            () if len(versions) == 1 else (DifferenceKind.RELATION, DifferenceKind.MISSED),
            source,
            versions,
            (min(start for start, _ in ends), max(end for _, end in ends)),
            (label,),
            label,
            target,
        )


def _types(thing: AlignedItem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span_of(item).label for item in thing.members.values()))


def _versions(said: Mapping[str, Content]) -> tuple[Version, ...]:
    """Each content once, with who says so; in an order that is that of the contents."""
    by_content: dict[Content, list[str]] = {}
    for name in sorted(said):
        by_content.setdefault(said[name], []).append(name)
    ordered = sorted(by_content, key=lambda content: (not content, _plain(content)))
    return tuple(Version(content, tuple(by_content[content])) for content in ordered)


def _fingerprint(about: About, where: str, versions: Iterable[Version]) -> str:
    said: list[Any] = [_plain(version.content) for version in versions]
    return content_hash([about.value, where, said])[-_HASHED:]


def _plain(content: Content) -> str:
    if isinstance(content, Marked):
        return canonical_json([content.ranges, content.label])
    return canonical_json(content)


def _order(point: Point, place_of: Mapping[str, Range], breaks: Sequence[int]) -> tuple[Any, ...]:
    """Paragraph by paragraph: entities, then each event with its roles and attributes."""
    start, end = place_of[point.thing]
    layer = list(About).index(point.about)
    paragraph = bisect_right(breaks, start)
    late = point.about is About.RELATION
    key = (point.thing, layer) if layer else ("", 0)
    return paragraph, min(layer, 1) + late, start, -end, *key, point.place, point.id
