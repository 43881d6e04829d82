"""What is behind the numbers: the worst documents, with all versions of what differs in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from annotator.agreement.differences import Difference, differences
from annotator.agreement.naming import KINDS
from annotator.agreement.report import LayerAgreement
from annotator.agreement.spans import Ranges
from annotator.agreement.statistics import GOLD
from annotator.agreement.work import Layer, Work, finished

MOST_DOCUMENTS = 20
ABSENT = 1 << 30
"""Where what an annotator lacks comes among the versions: last."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one or several annotators say: a label and where, a role and its filler, or a value."""

    words: str
    """The label, the role or the value."""
    ranges: Ranges
    """Empty for a value, and where what fills a role is not there."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One thing that some annotators say otherwise than others."""

    kind: str
    """In words."""
    layer: Layer
    about: Version | None
    """The event whose role or attribute it is."""
    attribute: str
    versions: tuple[Version | None, Version | None]
    """The first is there; None is what nobody of the other side has."""
    names: tuple[set[str], set[str]] = field(compare=False)
    """Who says the one, and who the other."""

    @property
    def place(self) -> tuple[int, int]:
        """The start and end of all versions and of what they are about."""
        of_all = (self.about, *self.versions)
        ranges = [r for one in of_all if one for r in one.ranges]
        return min(start for start, _ in ranges), max(end for _, end in ranges)


def worst_documents(layers: Sequence[LayerAgreement]) -> tuple[str, ...]:
    """The ids of at most 20 documents, those first that pull the numbers down most.

    That is by how many spans have no equal one of the other annotator, all pairs added up.
    """
    missing: Counter[str] = Counter()
    for layer in layers:
        for document_id, one in layer.pooled.documents.items():
            missing[document_id] += one.a + one.b - 2 * one.strict
    ordered = sorted(missing, key=lambda one: (-missing[one], one))
    return tuple(one for one in ordered if missing[one])[:MOST_DOCUMENTS]


def disputes(works: Iterable[Work], layers: Iterable[Layer]) -> Mapping[str, tuple[Dispute, ...]]:
    """By document what its annotators differ in, gold aside, in order of the text.

    What several pairs differ in alike is one dispute. Raises ValueError as `finished` does.
    """
    kept = {*layers}
    found: dict[str, tuple[Dispute, ...]] = {}
    for document_id, by in finished(works).items():
        merged: dict[tuple[object, ...], Dispute] = {}
        pairs = combinations([one for name, one in by.items() if name != GOLD], 2)
        for one in _all(pairs):
            if one.layer in kept:
                _merge(one, merged)
        found[document_id] = tuple(sorted(merged.values(), key=lambda one: one.place))
    return found


def _all(pairs: Iterable[tuple[Work, Work]]) -> Iterator[Difference]:
    for a, b in pairs:
        yield from differences(a, b)


def _merge(one: Difference, merged: dict[tuple[object, ...], Dispute]) -> None:
    sides = sorted(
        zip(_versions(one), one.annotators, strict=True),
        key=lambda side: (
            side[0] is None,
            (side[0].ranges or ((ABSENT, ABSENT),), side[0].words) if side[0] else (),
        ),
    )
    versions = sides[0][0], sides[1][0]
    about = _about(one)
    key = (one.kind if about else KINDS[one.kind], one.layer, about, one.attribute, versions)
    new = Dispute(KINDS[one.kind], one.layer, about, one.attribute, versions, (set(), set()))
    known = merged.setdefault(key, new)
    for names, (_, name) in zip(known.names, sides, strict=True):
        names.add(name)


def _versions(one: Difference) -> tuple[Version | None, Version | None]:
    if one.kind == "role":
        roles = (one.role_a, one.role_b)
        first, second = (role and Version(role.role, role.ranges) for role in roles)
        return first, second
    if one.kind == "attribute":
        first, second = (
            None if value is None else Version(value, ()) for value in (one.value_a, one.value_b)
        )
        return first, second
    sides = ((one.label_a, one.ranges_a), (one.label_b, one.ranges_b))
    first, second = (None if label is None else Version(label, ranges) for label, ranges in sides)
    return first, second


def _about(one: Difference) -> Version | None:
    if one.kind in ("role", "attribute") and one.label_a is not None:
        return Version(one.label_a, one.ranges_a)
    return None
