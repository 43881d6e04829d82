"""The counts of one document as a continuum of units, from which the u-alpha family is made.

The documents of a corpus are one continuum, end to end, as Krippendorff lays texts out. All terms
of the family are sums over its units and over stretches where units meet, and no unit crosses the
end of a document, so they are sums over documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from annotator.agreement.tallies.bootstrap_counts import Key
from annotator.agreement.tallies.spans import Items

Units = list[tuple[int, int, str]]
"""Half-open `(start, end)` and label, in order."""
Meeting = tuple[int, int, int]
"""The place of a unit of each of two annotators, and the length that they share."""


def units(items: Items) -> Units | None:
    """The pieces of an annotator's spans in order; None where two share a code point."""
    found = sorted([(start, end, item.label) for item in items for start, end in item.ranges])
    reach = 0
    for start, end, _ in found:
        if start < reach:
            return None
        reach = end
    return found


def meetings(a: Units, b: Units) -> list[Meeting]:
    """Where units of two annotators meet, in order of the text."""
    found: list[Meeting] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end, _ = a[i]
        other_start, other_end, _ = b[j]
        if start < other_end and other_start < end:
            found.append((i, j, min(end, other_end) - max(start, other_start)))
        if end <= other_end:
            i += 1
        else:
            j += 1
    return found


def own_counts(length: int, found: Units) -> dict[Key, float]:
    """The terms of one annotator: `length` of the text, `marked` by label, and `square`.

    `marked` is the length of the units of a label, `square` that of each unit squared.
    """
    counts: defaultdict[Key, float] = defaultdict(float)
    counts["length",] = length
    square = 0
    for start, end, label in found:
        width = end - start
        counts["marked", label] += width
        square += width * width
    counts["square",] = square
    return counts


def unit_counts(
    own: Sequence[Mapping[Key, float]],
    annotators: Sequence[Units],
    met: Mapping[tuple[int, int], Sequence[Meeting]],
) -> dict[Key, float]:
    """The terms of the family for two or more annotators: their own, and where they meet.

    `met` has the meetings of every two of them by their places. Over ordered pairs of annotators:
    `met` by label, where units meet; `same` by label, where the other's label is the same; and
    `met_square`, the length of each unit that meets others, squared.
    """
    counts: defaultdict[Key, float] = defaultdict(float)
    for one in own:
        for key, value in one.items():
            counts[key] += value
    valued = [[0] * len(found) for found in annotators]
    same: defaultdict[str, int] = defaultdict(int)
    for (who, whom), found in met.items():
        ours, theirs = annotators[who], annotators[whom]
        for i, j, width in found:
            valued[who][i] += width
            valued[whom][j] += width
            label = ours[i][2]
            if label == theirs[j][2]:
                same[label] += 2 * width
    shares: defaultdict[str, int] = defaultdict(int)
    squares: defaultdict[str, int] = defaultdict(int)
    for found, widths in zip(annotators, valued, strict=True):
        for (_, _, label), width in zip(found, widths, strict=True):
            if width:
                shares[label] += width
                squares[label] += width * width
    for name, by_label in (("met", shares), ("met_square", squares), ("same", same)):
        counts.update({(name, label): width for label, width in by_label.items()})
    return counts
