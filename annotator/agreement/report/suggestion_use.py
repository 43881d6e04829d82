"""Rubber-stamping: how much of what was suggested was accepted, and how fast it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from annotator.agreement.coefficients.estimate import NOT_FROM_SUMS, Estimate, Measured, ratio
from annotator.agreement.tallies.bootstrap_counts import BootstrapCounts, Draws, Key

PAUSE = 60.0
"""Seconds: a longer time between two steps is counted as this long, for nobody was deciding."""
ALL_SOURCES = ""
NO_DECISION = "no suggestion was decided on"
NO_TIME = "no two steps of one session are known"


@dataclass(frozen=True, slots=True)
class Decided:
    """How many suggestions of a source one annotator decided on in one document, and accepted."""

    annotator: str
    document_id: str
    source: str
    accepted: int
    """Without any change."""
    decided: int


@dataclass(frozen=True, slots=True)
class SuggestionUse:
    """How one annotator deals with suggestions."""

    annotator: str
    accepted: Mapping[str, Estimate]
    """The share that was accepted without a change, by source; of all sources by the empty name."""
    seconds: Estimate
    """The median time from one step of a session to the next, no longer than `PAUSE`."""

    def as_json(self) -> dict[str, Any]:
        """`{"annotator", "accepted", "accepted_by_source", "seconds"}`."""
        return {
            "annotator": self.annotator,
            "accepted": self.accepted[ALL_SOURCES].as_json(),
            "accepted_by_source": {
                source: one.as_json() for source, one in self.accepted.items() if source
            },
            "seconds": self.seconds.as_json(),
        }


def practices(
    decided: Iterable[Decided],
    steps: Mapping[str, Sequence[Sequence[float]]],
    *,
    draws: int = 1000,
    seed: int = 0,
) -> tuple[SuggestionUse, ...]:
    """The practice of every annotator who decided or stepped, sorted by name.

    `steps` has the times of each session of each annotator in seconds, in order. The share accepted
    is that of decided suggestions; undefined where none was. The time is undefined where no session
    has two steps; a median is not a function of sums, so it has no interval.
    """
    found = list(decided)
    names = sorted({one.annotator for one in found} | steps.keys())
    return tuple(
        SuggestionUse(
            name,
            _accepted([one for one in found if one.annotator == name], draws, seed),
            seconds_per_step(steps.get(name, ())),
        )
        for name in names
    )


def seconds_per_step(sessions: Sequence[Sequence[float]]) -> Estimate:
    """The median time between two steps that follow one another in a session.

    A time above `PAUSE` counts as `PAUSE`, one below 0 (a clock was put back) not at all.
    """
    times = [
        min(after - before, PAUSE)
        for session in sessions
        for before, after in pairwise(session)
        if after >= before
    ]
    if not times:
        return Estimate(None, None, 0, 0, "steps", NO_TIME, NO_TIME)
    return Estimate(median(times), None, 0, len(times), "steps", no_interval=NOT_FROM_SUMS)


def _accepted(decided: Sequence[Decided], draws: int, seed: int) -> dict[str, Estimate]:
    rows: dict[str, dict[Key, float]] = {}
    for one in decided:
        row = rows.setdefault(one.document_id, {})
        for source in (ALL_SOURCES, one.source):
            row["accepted", source] = row.get(("accepted", source), 0) + one.accepted
            row["decided", source] = row.get(("decided", source), 0) + one.decided
    sums = BootstrapCounts()
    for document_id in sorted(rows):
        sums.put(document_id, rows[document_id])
    sums.redraw(Draws(sorted(rows), draws, seed))
    return {source: _share(sums, source) for source in sorted({ALL_SOURCES, *_sources(decided)})}


def _share(sums: BootstrapCounts, source: str) -> Estimate:
    whole = sums["decided", source]
    share = ratio(sums["accepted", source], whole)
    documents = sums.documents([("decided", source)])
    return Measured(share, documents, float(whole[0]), "suggestions", NO_DECISION).estimate()


def _sources(decided: Iterable[Decided]) -> set[str]:
    return {one.source for one in decided}
