"""The differences behind the numbers: what two annotators say otherwise of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from annotator.agreement.alignment import aligned
from annotator.agreement.document_annotations import DocumentAnnotations, Layer, expect_one_text
from annotator.agreement.event_matching import EventPair, paired
from annotator.agreement.fillers import Argument, arguments, fillers
from annotator.agreement.items import EntityMark, EventMark
from annotator.agreement.spans import Canonical, Ranges

Kind = Literal[
    "boundary", "label", "boundary_label", "missed_by_a", "missed_by_b", "role", "attribute"
]
KINDS: tuple[Kind, ...] = (
    "boundary", "label", "boundary_label", "missed_by_a", "missed_by_b", "role", "attribute",
)  # fmt: skip
"""In the order in which they are listed.

`boundary`: same label, other edges; `label`: same edges, other label; `boundary_label`: they
overlap, and both differ; `missed_by_a`: only the second marked it; `role`: an argument of an event
that both have; `attribute`: a value of such an event.
"""


@dataclass(frozen=True, slots=True)
class RoleVersions:
    """One annotator's argument of an event."""

    role: str
    target: str
    """The id of what fills it."""
    ranges: Ranges
    """Of the filler, an event's trigger; empty where the annotator has nothing of that id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two annotators say otherwise. What one of them lacks is None or empty."""

    kind: Kind
    layer: Layer
    document_id: str
    annotators: tuple[str, str]
    id_a: str | None
    """Of the entity or event, as the first annotator has it."""
    id_b: str | None
    label_a: str | None
    label_b: str | None
    ranges_a: Ranges
    ranges_b: Ranges
    role_a: RoleVersions | None = None
    """Of kind `role`: the argument, None where that annotator lacks it."""
    role_b: RoleVersions | None = None
    attribute: str = ""
    """Of kind `attribute`: its name."""
    value_a: str | None = None
    value_b: str | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where to look: the start and end of all that the two marked, as half-open offsets."""
        marked = (*self.ranges_a, *self.ranges_b)
        return min(start for start, _ in marked), max(end for _, end in marked)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels concerned, each once."""
        return tuple(dict.fromkeys(x for x in (self.label_a, self.label_b) if x is not None))

    def as_json(self) -> dict[str, Any]:
        """The difference as plain values, a side each for the two annotators."""
        return {
            "kind": self.kind,
            "layer": self.layer,
            "document": self.document_id,
            "annotators": list(self.annotators),
            "place": list(self.place),
            "attribute": self.attribute,
            "sides": [
                _side(self.id_a, self.label_a, self.ranges_a, self.role_a, self.value_a),
                _side(self.id_b, self.label_b, self.ranges_b, self.role_b, self.value_b),
            ],
        }


@dataclass(frozen=True, slots=True)
class Alignment:
    """What stands for what in one document; each thing is in one pair at most."""

    entities: tuple[tuple[EntityMark, EntityMark], ...]
    events: tuple[EventPair, ...]
    only_a: tuple[EntityMark | EventMark, ...]
    only_b: tuple[EntityMark | EventMark, ...]


def align(a: DocumentAnnotations, b: DocumentAnnotations) -> Alignment:
    """Pair the entities, and the events by their triggers, of two annotators in one document.

    Identical ones first, then those that overlap, as `alignment` says; of events on one trigger
    the most alike, as `event_matching` says. Raises ValueError for works on two texts.
    """
    expect_one_text(a, b)
    marks_a, marks_b = [e.mark for e in a.entities], [e.mark for e in b.entities]
    entities = tuple((a.entities[i], b.entities[j]) for i, j in aligned(marks_a, marks_b))
    events = tuple(_paired_events(a, b))
    paired_a = {one.id for one, _ in (*entities, *events)}
    paired_b = {other.id for _, other in (*entities, *events)}
    return Alignment(
        entities,
        events,
        tuple(item for item in (*a.entities, *a.events) if item.id not in paired_a),
        tuple(item for item in (*b.entities, *b.events) if item.id not in paired_b),
    )


def differences(a: DocumentAnnotations, b: DocumentAnnotations) -> tuple[Difference, ...]:
    """What two annotators say otherwise of one document, in order of the text.

    An event that both have is compared role by role, whether or not its trigger or type differs
    too. An argument of one role whose fillers stand for one another is no difference of its own,
    even where they differ: then the fillers are listed. Raises ValueError for works on two texts.
    """
    alignment = align(a, b)
    found: list[Difference] = []
    for one, other in (*alignment.entities, *alignment.events):
        if one.mark != other.mark:
            found.append(_difference(a, b, one, other))
    found += [_difference(a, b, item, None) for item in alignment.only_a]
    found += [_difference(a, b, None, item) for item in alignment.only_b]
    stands_for = {one.id: other.id for one, other in (*alignment.entities, *alignment.events)}
    for pair in alignment.events:
        found += _role_differences(a, b, pair, stands_for)
        found += _attribute_differences(a, b, pair)
    return tuple(sorted(found, key=lambda d: (*d.place, d.layer, KINDS.index(d.kind))))


def by_kind(found: Iterable[Difference]) -> dict[Kind, tuple[Difference, ...]]:
    """The differences of each kind that there is, kinds in the order of `KINDS`."""
    groups: defaultdict[Kind, list[Difference]] = defaultdict(list)
    for difference in found:
        groups[difference.kind].append(difference)
    return {kind: tuple(groups[kind]) for kind in KINDS if kind in groups}


def _paired_events(a: DocumentAnnotations, b: DocumentAnnotations) -> Iterator[EventPair]:
    """Events on the same trigger and type, then as the triggers of the rest are aligned."""
    known = fillers(a), fillers(b)
    ours, theirs = list(a.events), list(b.events)
    for key in (_mark, _ranges):
        groups: tuple[dict[object, list[EventMark]], ...] = ({}, {})
        for side, events in zip(groups, (ours, theirs), strict=True):
            for event in events:
                side.setdefault(key(event), []).append(event)
        found = [
            pair
            for value, events in groups[0].items()
            if value in groups[1]
            for pair in paired(events, groups[1][value], known, lambda _, __: True)
        ]
        yield from found
        taken_a, taken_b = {one.id for one, _ in found}, {other.id for _, other in found}
        ours = [event for event in ours if event.id not in taken_a]
        theirs = [event for event in theirs if event.id not in taken_b]
    for i, j in aligned([event.mark for event in ours], [event.mark for event in theirs]):
        yield ours[i], theirs[j]


def _mark(event: EventMark) -> object:
    return event.mark


def _ranges(event: EventMark) -> object:
    return event.ranges


def _difference(
    a: DocumentAnnotations,
    b: DocumentAnnotations,
    one: EntityMark | EventMark | None,
    other: EntityMark | EventMark | None,
    kind: Kind | None = None,
    **more: Any,  # noqa: ANN401 - the fields of the kind
) -> Difference:
    item = one or other
    return Difference(
        kind or _kind(one and one.mark, other and other.mark),
        "triggers" if isinstance(item, EventMark) else "entities",
        a.document_id,
        (a.annotator, b.annotator),
        one and one.id,
        other and other.id,
        one and one.label,
        other and other.label,
        one.ranges if one else (),
        other.ranges if other else (),
        **more,
    )


def _kind(one: Canonical | None, other: Canonical | None) -> Kind:
    if one is None:
        return "missed_by_a"
    if other is None:
        return "missed_by_b"
    if one[1] == other[1]:
        return "boundary"
    return "label" if one[0] == other[0] else "boundary_label"


def _role_differences(
    a: DocumentAnnotations, b: DocumentAnnotations, pair: EventPair, stands_for: Mapping[str, str]
) -> Iterator[Difference]:
    """Arguments that only one has, and those that have another role or overlapping fillers."""
    one, other = pair
    ours, theirs = arguments(one, fillers(a)), arguments(other, fillers(b))
    left, right = list(range(len(ours))), list(range(len(theirs)))

    def same_role(i: int, j: int) -> bool:
        return ours[i][0] == theirs[j][0]

    def same_filler(i: int, j: int) -> bool:
        targets = one.arguments[i][1], other.arguments[j][1]
        return ours[i][1] == theirs[j][1] or stands_for.get(targets[0]) == targets[1]

    def overlapping(i: int, j: int) -> bool:
        return ours[i][1].overlaps(theirs[j][1])

    _taken(left, right, lambda i, j: same_role(i, j) and same_filler(i, j))
    differ = _taken(left, right, same_filler)
    differ += _taken(left, right, lambda i, j: same_role(i, j) and overlapping(i, j))
    differ += _taken(left, right, overlapping)
    for i, j in differ:
        roles = _role(one, i, ours), _role(other, j, theirs)
        yield _difference(a, b, one, other, "role", role_a=roles[0], role_b=roles[1])
    for i in left:
        yield _difference(a, b, one, other, "role", role_a=_role(one, i, ours))
    for j in right:
        yield _difference(a, b, one, other, "role", role_b=_role(other, j, theirs))


def _taken(
    left: list[int], right: list[int], alike: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    """Pairs of arguments that are alike, taken out of both lists, first come first served."""
    found: list[tuple[int, int]] = []
    for i in tuple(left):
        j = next((j for j in right if alike(i, j)), None)
        if j is not None:
            left.remove(i)
            right.remove(j)
            found.append((i, j))
    return found


def _role(event: EventMark, place: int, found: Sequence[Argument]) -> RoleVersions:
    role, target = event.arguments[place]
    return RoleVersions(role, target, found[place][1].ranges)


def _attribute_differences(
    a: DocumentAnnotations, b: DocumentAnnotations, pair: EventPair
) -> Iterator[Difference]:
    one, other = pair
    ours, theirs = dict(one.attributes), dict(other.attributes)
    for name in sorted(ours.keys() | theirs.keys()):
        values = ours.get(name), theirs.get(name)
        if values[0] != values[1]:
            yield _difference(
                a, b, one, other, "attribute", attribute=name, value_a=values[0], value_b=values[1]
            )


def _side(
    item_id: str | None,
    label: str | None,
    ranges: Ranges,
    role: RoleVersions | None,
    value: str | None,
) -> dict[str, Any]:
    return {
        "id": item_id,
        "label": label,
        "ranges": [list(one) for one in ranges],
        "role": role
        and {
            "role": role.role,
            "target": role.target,
            "ranges": [list(one) for one in role.ranges],
        },
        "value": value,
    }
