"""A number with all that is needed to trust it: its interval, what it rests on, why it is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Interval = tuple[float, float]
"""The lower and upper end of a 95 % confidence interval."""

NO_DRAWS = "no documents were drawn"
ONE_DOCUMENT = "it rests on fewer than two documents"
NOT_FROM_SUMS = "it is not reckoned from sums over documents"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value. Undefined is None with a reason, never 0 or 1."""

    value: float | None
    interval: Interval | None
    documents: int
    """On how many documents it rests."""
    n: int
    """On how many `unit`s, of both annotators together where it compares two."""
    unit: str
    undefined: str = ""
    """Why there is no value; empty where there is one."""
    no_interval: str = ""
    """Why there is no interval; empty where there is one."""

    def as_json(self) -> dict[str, Any]:
        """`{"value", "interval", "documents", "n", "unit", "undefined", "no_interval"}`."""
        return {
            "value": self.value,
            "interval": list(self.interval) if self.interval else None,
            "documents": self.documents,
            "n": self.n,
            "unit": self.unit,
            "undefined": self.undefined,
            "no_interval": self.no_interval,
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's values: of all documents first, then of each draw; None where there are none."""

    values: Array | None
    documents: int
    n: float
    unit: str
    undefined: str
    """Why there is no value where there is none."""

    def estimate(self) -> Estimate:
        """The first value, with the interval of the others.

        It is that of the middle 95 % of the draws (the percentile interval of Efron 1979). A draw
        without a value is left out. Where draws are so skewed that the value itself lies outside,
        the interval is widened to hold it.
        """
        n = round(self.n)
        if self.values is None or self.values[0] != self.values[0]:
            return Estimate(
                None, None, self.documents, n, self.unit, self.undefined, self.undefined
            )
        reason = NO_DRAWS if len(self.values) == 1 else ONE_DOCUMENT if self.documents < 2 else ""
        interval = None if reason else interval_of(self.values)
        return Estimate(
            float(self.values[0]), interval, self.documents, n, self.unit, no_interval=reason
        )


def estimates(measured: Mapping[str, Measured]) -> dict[str, Estimate]:
    """The estimate of each measure."""
    return {name: one.estimate() for name, one in measured.items()}


def mean_of(found: Sequence[Measured]) -> Measured:
    """The mean over pairs of annotators, those without a value left out."""
    known = [one.values for one in found if one.values is not None]
    defined = [one for one in found if one.values is not None and one.values[0] == one.values[0]]
    return Measured(
        mean(known, len(known[0])) if known else None,
        max((one.documents for one in found), default=0),
        len(defined),
        "pairs",
        "it is undefined for every pair" if found else "there is no pair of annotators",
    )


def interval_of(values: Array) -> Interval:
    """The 2.5 and 97.5 percentiles of all but the first, widened to hold the first."""
    import numpy as np

    drawn = values[1:]
    drawn = np.sort(drawn[~np.isnan(drawn)])
    value = float(values[0])
    if not len(drawn):
        return value, value
    places = np.array((0.025, 0.975)) * (len(drawn) - 1)
    low, high = np.interp(places, np.arange(len(drawn)), drawn)
    return min(float(low), value), max(float(high), value)


def ratio(part: Array, whole: Array) -> Array:
    """`part / whole`, not a number where `whole` is 0."""
    import numpy as np

    result = np.full(len(whole), np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result


def mean(rows: list[Array], length: int) -> Array:
    """The mean, value by value, of those that are numbers; not a number where none is."""
    import numpy as np

    if not rows:
        return np.full(length, np.nan)
    stacked = np.stack(rows)
    known = ~np.isnan(stacked)
    return ratio(np.where(known, stacked, 0).sum(axis=0), known.sum(axis=0).astype(float))
