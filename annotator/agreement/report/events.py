"""How far annotators agree on events: triggers, arguments and attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.agreement.coefficients.estimate import Estimate, estimates, mean_of
from annotator.agreement.measures.events import attribute_numbers, event_numbers, role_numbers
from annotator.agreement.measures.spans import Numbers
from annotator.agreement.report.comparison import numbers_json
from annotator.agreement.tallies.bootstrap_counts import Pool
from annotator.agreement.tallies.statistics import Pair, Statistics


@dataclass(frozen=True, slots=True)
class EventComparison:
    """Two annotators' events, or those of all pairs added up."""

    annotators: tuple[str, ...]
    matched: int
    """Pairs of events with the same trigger and type."""
    numbers: Mapping[str, Estimate]
    roles: Mapping[str, Estimate]
    """F1 of role classification end to end, by role, sorted."""
    attributes: Mapping[str, Mapping[str, Estimate]]
    """By attribute: kappa on its values in matched events, the mean over pairs where several are
    added up; and the share of values that are the same."""

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return {
            "annotators": list(self.annotators),
            "matched": self.matched,
            "numbers": numbers_json(self.numbers),
            "roles": numbers_json(self.roles),
            "attributes": {name: numbers_json(one) for name, one in self.attributes.items()},
        }


@dataclass(frozen=True, slots=True)
class EventAgreement:
    """How far all annotators agree on events."""

    pooled: EventComparison
    pairs: tuple[EventComparison, ...]
    gold: tuple[EventComparison, ...]
    """Gold with each annotator, where there is gold."""

    def as_json(self) -> dict[str, Any]:
        """The agreement as plain values."""
        return {
            "pooled": self.pooled.as_json(),
            "pairs": [pair.as_json() for pair in self.pairs],
            "gold": [pair.as_json() for pair in self.gold],
        }


def event_agreement(statistics: Statistics) -> EventAgreement:
    """The events of every pair, and of all pairs added up."""
    attributes = {pair: attribute_numbers(statistics.events[pair]) for pair in statistics.all_pairs}
    pairs = statistics.pairs
    length = 1 + statistics.draws
    events = Pool([statistics.events[pair] for pair in pairs], length)
    triggers = Pool([statistics.spans[pair, "triggers"] for pair in pairs], length)
    pooled = attribute_numbers(events)
    for name, numbers in pooled.items():
        found = [attributes[pair][name]["kappa"] for pair in pairs if name in attributes[pair]]
        numbers["kappa"] = mean_of(found)
    return EventAgreement(
        EventComparison(
            statistics.annotators,
            int(events[("events",)][0]),
            estimates(event_numbers(triggers, events)),
            estimates(role_numbers(events)),
            {name: estimates(numbers) for name, numbers in pooled.items()},
        ),
        tuple(_pair(statistics, pair, attributes[pair]) for pair in pairs),
        tuple(_pair(statistics, pair, attributes[pair]) for pair in statistics.gold_pairs),
    )


def _pair(statistics: Statistics, pair: Pair, attributes: Mapping[str, Numbers]) -> EventComparison:
    events, triggers = statistics.events[pair], statistics.spans[pair, "triggers"]
    return EventComparison(
        pair,
        int(events["events",][0]),
        estimates(event_numbers(triggers, events)),
        estimates(role_numbers(events)),
        {name: estimates(numbers) for name, numbers in attributes.items()},
    )
