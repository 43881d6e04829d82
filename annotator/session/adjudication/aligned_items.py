"""Things: which entities and events of several annotators are meant to be one and the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from annotator.agreement.differences import align
from annotator.agreement.document_annotations import DocumentAnnotations
from annotator.agreement.items import EntityMark, EventMark
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.identity import content_hash
from annotator.model.scheme import NO_SCHEME, Scheme
from annotator.model.span import Range, Span
from annotator.session.state import span_of

Member = tuple[str, str]
"""An annotator, and the id of an entity or event as that annotator has it."""
_Sureness = tuple[tuple[bool, bool], tuple[Range, ...], tuple[Range, ...], str, str]
"""Sort key of a pair: what differs, where the two are, and their labels."""
_HASHED = 12


@dataclass(frozen=True, slots=True)
class AlignedItem:
    """One entity or event, as each annotator who has it puts it."""

    id: str
    """By which the gold set knows it."""
    members: Mapping[str, Span | Event]
    """Annotator to entity or event, by name; one at most each."""

    @property
    def is_event(self) -> bool:
        """Whether it is an event."""
        return isinstance(next(iter(self.members.values())), Event)

    @property
    def place(self) -> tuple[int, int]:
        """The start and end of all that was marked, half-open."""
        spans = [span_of(item) for item in self.members.values()]
        return min(span.start for span in spans), max(span.end for span in spans)


def aligned_items(
    document: Document,
    sets: Mapping[str, AnnotationSet],
    suggested: Collection[str] = (),
    in_gold: Collection[str] = (),
    scheme: Scheme = NO_SCHEME,
) -> tuple[AlignedItem, ...]:
    """Group what the annotators marked, in reading order; the order of `sets` does not matter.

    Each pair of annotators is aligned one-to-one: what is identical first, then what overlaps.
    Then the surest pairs are joined first, and a group never has two items of one annotator. An id
    is that of a member, one of a suggestion before others; where the gold set has another member's
    id instead, it is that.
    """
    names = sorted(sets)
    works = {name: _work(document, sets[name], scheme) for name in names}
    groups = _joined(_members(sets), _pairs(works))
    found: list[AlignedItem] = []
    for group in groups:
        items = {name: sets[name].item(item_id) for name, item_id in sorted(group.items())}
        found.append(
            AlignedItem("", {name: item for name, item in items.items() if item is not None})
        )
    found.sort(key=lambda thing: (*thing.place, thing.is_event, _content(thing), _ids(thing)))
    ids = _kept_ids(found, _own_ids(found, suggested), in_gold)
    return tuple(replace(thing, id=key) for thing, key in zip(found, ids, strict=True))


def _work(document: Document, annotations: AnnotationSet, scheme: Scheme) -> DocumentAnnotations:
    entities = sorted(annotations.entities.values(), key=lambda span: (span.ranges, span.id))
    events = sorted(annotations.events.values(), key=lambda e: (e.trigger.ranges, e.id))
    return DocumentAnnotations(
        annotations.annotator,
        document.id,
        len(document.text),
        None,
        tuple(EntityMark(span.id, span.ranges, span.label) for span in entities),
        tuple(
            EventMark(
                event.id,
                event.trigger.ranges,
                event.type,
                tuple((a.role, a.target) for a in event.arguments),
                tuple(sorted(scheme.values_of(event).items())),
            )
            for event in events
        ),
    )


def _members(sets: Mapping[str, AnnotationSet]) -> Iterator[Member]:
    for name, one in sets.items():
        for item_id in (*one.entities, *one.events):
            yield name, item_id


def _pairs(works: Mapping[str, DocumentAnnotations]) -> list[tuple[Member, Member]]:
    """What stands for what, the surest first."""
    found: list[tuple[_Sureness, Member, Member]] = []
    for a, b in combinations(works, 2):
        alignment = align(works[a], works[b])
        for one, other in (*alignment.entities, *alignment.events):
            unsure = one.ranges != other.ranges, one.label != other.label
            key = unsure, one.ranges, other.ranges, one.label, other.label
            found.append((key, (a, one.id), (b, other.id)))
    found.sort()
    return [(one, other) for _, one, other in found]


def _joined(
    members: Iterable[Member], pairs: Iterable[tuple[Member, Member]]
) -> list[dict[str, str]]:
    """Groups of members, none with two of one annotator, as annotator to id."""
    group_of: dict[Member, dict[str, str]] = {member: dict([member]) for member in members}
    for one, other in pairs:
        first, second = group_of[one], group_of[other]
        if first is not second and first.keys().isdisjoint(second):
            first.update(second)
            for member in second.items():
                group_of[member] = first
    return list({id(group): group for group in group_of.values()}.values())


def _own_ids(things: Sequence[AlignedItem], suggested: Collection[str]) -> list[str]:
    """An id for each thing, none twice, out of nothing but what the annotators have."""
    found: dict[str, None] = {}
    for thing in things:
        free = [item_id for item_id in _ids(thing) if item_id not in found]
        free.sort(key=lambda item_id: item_id not in suggested)
        place = [*map(str, thing.place), _content(thing), *_ids(thing), str(len(found))]
        found[free[0] if free else "g" + content_hash(place)[-_HASHED:]] = None
    return list(found)


def _kept_ids(
    things: Sequence[AlignedItem], ids: Sequence[str], in_gold: Collection[str]
) -> list[str]:
    """The ids, but that of another member where only that is in the gold set already."""
    found = list(ids)
    taken = set(ids)
    for index, thing in enumerate(things):
        kept = [i for i in _ids(thing) if i in in_gold and i not in taken]
        if kept and found[index] not in in_gold:
            found[index] = kept[0]
            taken.add(kept[0])
    return found


def _ids(thing: AlignedItem) -> list[str]:
    return sorted({item.id for item in thing.members.values()})


def _content(thing: AlignedItem) -> str:
    """What the members say, by which two things at one place are told apart."""
    spans = (span_of(item) for item in thing.members.values())
    return repr(sorted((span.ranges, span.label) for span in spans))
