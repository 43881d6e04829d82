"""Which mark of one annotator stands for which of another: one-to-one, the likeliest pairs.

Identical marks first; of the rest, as many overlapping pairs as there can be; of those ways, the
one with most pairs of equal ranges, then with most of equal label. A text falls into clusters of
marks that overlap one another, most of which hold one mark of each annotator or of one only, so
the search for the best pairs is needed for few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from annotator.agreement.matching import best_matching
from annotator.agreement.spans import Canonical, overlaps

Pairs = list[tuple[int, int]]
"""Places in the first and in the second list."""
Cluster = tuple[list[int], list[int]]


def clusters(a: Sequence[Canonical], b: Sequence[Canonical]) -> Iterator[Cluster]:
    """Places of marks whose hulls overlap, directly or through others, in order of the text."""
    pieces = [(ranges[0][0], ranges[-1][1], 0, i) for i, (ranges, _) in enumerate(a)]
    pieces += [(ranges[0][0], ranges[-1][1], 1, i) for i, (ranges, _) in enumerate(b)]
    pieces.sort()
    here: Cluster = ([], [])
    reach = 0
    for start, end, side, place in pieces:
        if start >= reach and (here[0] or here[1]):
            yield here
            here = ([], [])
        here[side].append(place)
        reach = max(reach, end)
    if pieces:
        yield here


def overlap(one: Canonical, other: Canonical) -> bool:
    """Whether two marks share a code point; a hole of a discontinuous mark is not part of it."""
    return any(s < oe and os < e for s, e in one[0] for os, oe in other[0])


def aligned(a: Sequence[Canonical], b: Sequence[Canonical]) -> Pairs:
    """The pairs of all clusters; what is in none has no partner."""
    return [pair for cluster in clusters(a, b) for pair in aligned_in(cluster, a, b)]


def aligned_in(cluster: Cluster, a: Sequence[Canonical], b: Sequence[Canonical]) -> Pairs:
    """The pairs of one cluster."""
    ours, theirs = cluster
    if not ours or not theirs:
        return []
    if len(ours) == len(theirs) == 1:
        one, other = ours[0], theirs[0]
        return [(one, other)] if overlap(a[one], b[other]) else []
    pairs, ours, theirs = _identical(ours, theirs, a, b)
    ours.sort(key=lambda place: a[place])
    theirs.sort(key=lambda place: b[place])
    found = overlaps([a[i][0] for i in ours], [b[j][0] for j in theirs])
    more_than_all_labels = len(ours) + 1
    weights = [
        {
            j: more_than_all_labels * (b[theirs[j]][0] == a[i][0]) + (b[theirs[j]][1] == a[i][1])
            for j in sorted(found[place])
        }
        for place, i in enumerate(ours)
    ]
    return pairs + [(ours[i], theirs[j]) for i, j in best_matching(weights).items()]


def most_overlapping(cluster: Cluster, a: Sequence[Canonical], b: Sequence[Canonical]) -> Pairs:
    """As many pairs of overlapping marks of one label as a cluster can have."""
    ours, theirs = cluster
    if not ours or not theirs:
        return []
    if len(ours) == len(theirs) == 1:
        one, other = a[ours[0]], b[theirs[0]]
        return [(ours[0], theirs[0])] if one[1] == other[1] and overlap(one, other) else []
    found = overlaps([a[i][0] for i in ours], [b[j][0] for j in theirs])
    same_label = [
        {j: 0 for j in sorted(found[place]) if b[theirs[j]][1] == a[i][1]}
        for place, i in enumerate(ours)
    ]
    return [(ours[i], theirs[j]) for i, j in best_matching(same_label).items()]


def in_common(a: Sequence[object], b: Sequence[object]) -> int:
    """How many values two multisets share."""
    ours, theirs = set(a), set(b)
    if len(ours) == len(a) or len(theirs) == len(b):
        return len(ours & theirs)
    return (Counter(a) & Counter(b)).total()


def _identical(
    ours: list[int], theirs: list[int], a: Sequence[Canonical], b: Sequence[Canonical]
) -> tuple[Pairs, list[int], list[int]]:
    """The pairs of identical marks, and what is left of both sides."""
    waiting: defaultdict[Canonical, list[int]] = defaultdict(list)
    for place in reversed(theirs):
        waiting[b[place]].append(place)
    pairs: Pairs = []
    rest: list[int] = []
    for place in ours:
        if found := waiting.get(a[place]):
            pairs.append((place, found.pop()))
        else:
            rest.append(place)
    return pairs, rest, [place for places in waiting.values() for place in places]
