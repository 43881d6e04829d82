"""The counts of two annotators' spans in one document, from which all span measures are made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from annotator.agreement.alignment import (
    Cluster,
    aligned_in,
    clusters,
    in_common,
    most_overlapping,
)
from annotator.agreement.items import EntityMark, EventMark
from annotator.agreement.spans import Canonical
from annotator.agreement.tallies.bootstrap_counts import Key

Items = Sequence[EntityMark] | Sequence[EventMark]


class SpanTally:
    """What two annotators marked on one layer of one document.

    The keys: `a` and `b` by label, spans of each; `strict` and `relaxed` by label and `unlabelled`,
    spans in common; `pair` by whether ranges and labels are equal, aligned pairs; `coded` by both
    labels, pairs of equal ranges; `origin` and `origin_both` by `suggested` or `hand`, spans and
    those of them that the other has too; `confused` by both labels, aligned pairs, and spans
    without a partner with an empty label for it.
    """

    __slots__ = ("_a", "_b", "counts")

    def __init__(self, a: Items, b: Items) -> None:
        self.counts: defaultdict[Key, float] = defaultdict(float)
        self._a: list[Canonical] = [item.mark for item in a]
        self._b: list[Canonical] = [item.mark for item in b]
        counts = self.counts
        for side, items in (("a", a), ("b", b)):
            for item in items:
                counts[side, item.label] += 1
                counts["origin", "suggested" if item.source else "hand"] += 1
        for cluster in clusters(self._a, self._b):
            self._count(cluster, a, b)

    def _count(self, cluster: Cluster, a: Items, b: Items) -> None:
        ours, theirs = cluster
        if not theirs:
            for place in ours:
                self.counts["confused", self._a[place][1], ""] += 1
            return
        if not ours:
            for place in theirs:
                self.counts["confused", "", self._b[place][1]] += 1
            return
        pairs = aligned_in(cluster, self._a, self._b)
        for i, j in pairs:
            self._count_pair(i, j, a, b)
        self._count_rest(cluster, pairs)
        if len(ours) == len(theirs) == 1:
            for i, j in pairs:
                self._count_single(self._a[i], self._b[j])
            return
        for i, _ in most_overlapping(cluster, self._a, self._b):
            self.counts["relaxed", self._a[i][1]] += 1
        self.counts["unlabelled",] += in_common(
            [self._a[i][0] for i in ours], [self._b[j][0] for j in theirs]
        )

    def _count_single(self, one: Canonical, other: Canonical) -> None:
        if one[1] == other[1]:
            self.counts["relaxed", one[1]] += 1
        if one[0] == other[0]:
            self.counts["unlabelled",] += 1

    def _count_pair(self, i: int, j: int, a: Items, b: Items) -> None:
        one, other = self._a[i], self._b[j]
        same_ranges, same_label = one[0] == other[0], one[1] == other[1]
        counts = self.counts
        counts["pair", same_ranges, same_label] += 1
        self.counts["confused", one[1], other[1]] += 1
        if same_ranges:
            counts["coded", one[1], other[1]] += 1
            if same_label:
                counts["strict", one[1]] += 1
                for item in (a[i], b[j]):
                    counts["origin_both", "suggested" if item.source else "hand"] += 1

    def _count_rest(self, cluster: Cluster, pairs: Sequence[tuple[int, int]]) -> None:
        if len(pairs) < len(cluster[0]):
            for place in {*cluster[0]} - {i for i, _ in pairs}:
                self.counts["confused", self._a[place][1], ""] += 1
        if len(pairs) < len(cluster[1]):
            for place in {*cluster[1]} - {j for _, j in pairs}:
                self.counts["confused", "", self._b[place][1]] += 1
