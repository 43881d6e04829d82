"""What is behind the numbers: the worst documents, with all versions of what differs in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.agreement.differences import KINDS, Difference, Kind, differences
from annotator.agreement.document_annotations import DocumentAnnotations, Layer, finished
from annotator.agreement.report.report import LayerAgreement
from annotator.agreement.spans import Ranges
from annotator.agreement.tallies.statistics import GOLD

MOST_DOCUMENTS = 20


@dataclass(frozen=True, slots=True)
class PageVersion:
    """What one or several annotators say: a label and where, a role and its filler, or a value."""

    words: str
    """The label, the role or the value."""
    ranges: Ranges
    """Empty for a value, and where what fills a role is not there."""


Subject = tuple[Layer, PageVersion | None, str]
"""A layer; of a role or an attribute the event, and the name of the attribute."""
Node = tuple[Subject, PageVersion]


@dataclass(frozen=True, slots=True)
class PageDispute:
    """One thing of which annotators say different things."""

    kinds: tuple[Kind, ...]
    """How their versions differ, in the order of `KINDS`."""
    layer: Layer
    about: PageVersion | None
    """The event whose role or attribute it is."""
    attribute: str
    versions: tuple[tuple[PageVersion, tuple[str, ...]], ...]
    """With whose each is; what most say comes first."""
    lacking: tuple[str, ...]
    """Who has nothing of the kind there."""

    @property
    def place(self) -> tuple[int, int]:
        """The start and end of all versions and of what they are about."""
        of_all = (self.about, *(version for version, _ in self.versions))
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


def disputes(
    works: Iterable[DocumentAnnotations], layers: Iterable[Layer]
) -> Mapping[str, tuple[PageDispute, ...]]:
    """By document what its annotators differ in, gold aside, in order of the text.

    Versions that some pair aligned are one dispute. Raises ValueError as `finished` does.
    """
    kept = {*layers}
    found: dict[str, tuple[PageDispute, ...]] = {}
    for document_id, by in finished(works).items():
        pairs = combinations([one for name, one in by.items() if name != GOLD], 2)
        of_pairs = (one for a, b in pairs for one in differences(a, b) if one.layer in kept)
        found[document_id] = _joined(of_pairs)
    return found


def _joined(found: Iterable[Difference]) -> tuple[PageDispute, ...]:
    """Put together what pairs of annotators differ in, version by version."""
    groups: dict[Node, _Group] = {}
    for one in found:
        subject = one.layer, _about(one), one.attribute
        known = [_Group.of(groups, (subject, v)) for v in _versions(one) if v is not None]
        group = known[0]
        if len(known) == 2 and known[1] is not group:
            group.take(known[1], groups)
        group.add(one, subject)
    unique = {id(group): group for group in groups.values()}.values()
    return tuple(sorted((group.dispute() for group in unique), key=lambda one: one.place))


class _Group:
    """Versions that belong together, while they are collected."""

    def __init__(self, node: Node) -> None:
        self._who: dict[Node, set[str]] = {node: set()}
        self._lacking: set[str] = set()
        self._kinds: set[Kind] = set()

    @classmethod
    def of(cls, groups: dict[Node, _Group], node: Node) -> _Group:
        """The group of a version, a new one where there is none."""
        if node not in groups:
            groups[node] = cls(node)
        return groups[node]

    def take(self, other: _Group, groups: dict[Node, _Group]) -> None:
        """Take another group into this one."""
        self._who.update(other._who)
        self._lacking |= other._lacking
        self._kinds |= other._kinds
        groups.update(dict.fromkeys(other._who, self))

    def add(self, one: Difference, subject: Subject) -> None:
        """Note who says what."""
        self._kinds.add(one.kind)
        for version, name in zip(_versions(one), one.annotators, strict=True):
            if version is None:
                self._lacking.add(name)
            else:
                self._who[subject, version].add(name)

    def dispute(self) -> PageDispute:
        """What was collected. Who has a version lacks nothing."""
        (layer, about, attribute), _ = next(iter(self._who))
        versions = [(version, tuple(sorted(names))) for (_, version), names in self._who.items()]
        versions.sort(key=lambda each: (-len(each[1]), each[0].ranges, each[0].words))
        having = {name for _, names in versions for name in names}
        kinds = tuple(sorted(self._kinds, key=KINDS.index))
        lacking = tuple(sorted(self._lacking - having))
        return PageDispute(kinds, layer, about, attribute, tuple(versions), lacking)


def _versions(one: Difference) -> tuple[PageVersion | None, PageVersion | None]:
    if one.kind == "role":
        first, second = (
            role and PageVersion(role.role, role.ranges) for role in (one.role_a, one.role_b)
        )
    elif one.kind == "attribute":
        first, second = (
            None if value is None else PageVersion(value, ())
            for value in (one.value_a, one.value_b)
        )
    else:
        sides = ((one.label_a, one.ranges_a), (one.label_b, one.ranges_b))
        first, second = (
            None if label is None else PageVersion(label, ranges) for label, ranges in sides
        )
    return first, second


def _about(one: Difference) -> PageVersion | None:
    if one.kind in ("role", "attribute") and one.label_a is not None:
        return PageVersion(one.label_a, one.ranges_a)
    return None
