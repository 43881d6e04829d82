"""How sure a score is: a confidence interval by drawing documents again.

Documents are drawn, not spans: spans of one document depend on one another, and an interval from
spans is too narrow (half as wide as it should be, in a case that was measured).
"""

from __future__ import annotations

from collections.abc import Sequence

from annotator.agreement.coefficients.estimate import Interval, interval_of, ratio
from annotator.agreement.coefficients.f1 import Score
from annotator.agreement.tallies.bootstrap_counts import Draws


def f1_interval(scores: Sequence[Score], *, draws: int = 1000, seed: int = 0) -> Interval | None:
    """The percentile interval of pooled F1 (Efron 1979); `scores` has one of each document.

    Each draw takes as many documents as there are, with replacement. A draw in which nobody marked
    anything has no F1 and is left out. Where the pooled F1 itself lies outside, as it can with very
    few documents, the interval is widened to hold it. None with fewer than two documents that have
    a mark: there is nothing to vary. The same seed gives the same interval.
    """
    if draws < 1 or sum(score.f1 is not None for score in scores) < 2:
        return None
    import numpy as np

    counts = np.array([(2.0 * s.both, 2.0 * s.both + s.only_a + s.only_b) for s in scores])
    drawn = Draws([str(place) for place in range(len(scores))], draws, seed).times @ counts
    return interval_of(ratio(drawn[:, 0], drawn[:, 1]))
