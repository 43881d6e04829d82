"""Which of several matches stay: lines that yield to other labels go, then the longest wins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from annotator.suggest.patterns.matchers import Found


def settled(found: Iterable[Found]) -> list[Found]:
    """The matches that stay, by start, end and label.

    First the lines that yield are asked, in the order of their file: a match goes where it
    overlaps one that still stands with a label it yields to. Then, of two that overlap with one
    label, the longer stays, of two as long the first. Other overlaps of labels are all kept.
    Last, a match with score 0 goes, having kept shorter ones of its label out of its words.
    """
    by_label: dict[str, list[Found]] = defaultdict(list)
    for match in _after_yielding(list(found)):
        by_label[match.pattern.label].append(match)
    kept = [
        match
        for matches in by_label.values()
        for match in _longest(matches)
        if match.pattern.score > 0
    ]
    return sorted(kept, key=lambda m: (m.start, m.end, m.pattern.label))


def _after_yielding(found: Sequence[Found]) -> list[Found]:
    covered: dict[str, Counter[int]] = defaultdict(Counter)
    for match in found:
        covered[match.pattern.label].update(range(match.start, match.end))
    gone: set[int] = set()
    for index, match in sorted(enumerate(found), key=lambda item: _line_and_place(item[1])):
        inside = range(match.start, match.end)
        if any(covered[label][at] > 0 for label in match.pattern.yields for at in inside):
            gone.add(index)
            covered[match.pattern.label].subtract(inside)
    return [match for index, match in enumerate(found) if index not in gone]


def _longest(found: Sequence[Found]) -> list[Found]:
    """Matches of one label without overlap."""
    kept: list[Found] = []
    taken: set[int] = set()
    for match in sorted(found, key=_rank):
        inside = range(match.start, match.end)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept.append(match)
    return kept


def _rank(match: Found) -> tuple[int, int, bool, float, int]:
    """Longest, first, score 0 before all others, surest, and first in the file."""
    length, score = match.end - match.start, match.pattern.score
    return -length, match.start, score > 0, -score, match.pattern.line


def _line_and_place(match: Found) -> tuple[int, int, int]:
    return match.pattern.line, match.start, match.end
