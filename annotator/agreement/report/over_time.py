"""How agreement went on: strict F1 by the time at which documents were finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from annotator.agreement.coefficients.estimate import NO_DRAWS, ONE_DOCUMENT, Estimate
from annotator.agreement.coefficients.f1 import Score
from annotator.agreement.coefficients.interval import f1_interval
from annotator.agreement.measures.spans import NOTHING_MARKED
from annotator.agreement.report.comparison import DocumentCounts

MOST_WEEKS = 26
"""Above that many, documents are put together in batches."""
MOST_BATCHES = 12
FEWEST_IN_BATCH = 5
NO_TIMES = "it is not known when the documents were finished"
TOO_FEW = f"a course needs two weeks, or two batches of {FEWEST_IN_BATCH} documents"


@dataclass(frozen=True, slots=True)
class Period:
    """A week, or a batch of documents that were finished one after the other."""

    first: date
    last: date
    kind: Literal["week", "batch"]
    strict: Estimate
    """Strict F1 of the documents of the period, all pairs of annotators added up."""


@dataclass(frozen=True, slots=True)
class AgreementOverTime:
    """The periods in order; where there are none, why."""

    periods: tuple[Period, ...]
    undefined: str = ""


def course(
    counts: Mapping[str, DocumentCounts], times: Mapping[str, datetime], *, draws: int = 1000
) -> AgreementOverTime:
    """Strict F1 week by week, from Monday on, or in batches of as many documents each.

    A document counts when the last of its annotators finished it, as `times` says. Weeks are taken
    where there are 2 to 26 of them; else up to 12 batches of 5 documents or more.
    """
    known = sorted((times[one], one) for one in counts if one in times)
    if not known:
        return AgreementOverTime((), NO_TIMES)
    weeks: dict[date, list[str]] = {}
    for at, document_id in known:
        weeks.setdefault(_monday(at.date()), []).append(document_id)
    if 1 < len(weeks) <= MOST_WEEKS:
        return AgreementOverTime(
            tuple(
                Period(first, first + timedelta(days=6), "week", _strict(ids, counts, draws))
                for first, ids in weeks.items()
            )
        )
    batches = min(MOST_BATCHES, len(known) // FEWEST_IN_BATCH)
    if batches < 2:
        return AgreementOverTime((), TOO_FEW)
    edges = [len(known) * place // batches for place in range(batches + 1)]
    parts = [known[start:end] for start, end in pairwise(edges)]
    return AgreementOverTime(tuple(_batch(part, counts, draws) for part in parts))


def _batch(
    part: Sequence[tuple[datetime, str]], counts: Mapping[str, DocumentCounts], draws: int
) -> Period:
    ids = [document_id for _, document_id in part]
    first, last = part[0][0].date(), part[-1][0].date()
    return Period(first, last, "batch", _strict(ids, counts, draws))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _strict(ids: Sequence[str], counts: Mapping[str, DocumentCounts], draws: int) -> Estimate:
    found = [counts[one] for one in ids]
    scores = [Score(one.strict, one.a - one.strict, one.b - one.strict) for one in found]
    marked = [score for score in scores if score.f1 is not None]
    value = sum(scores, Score()).f1
    spans = sum(one.a + one.b for one in found)
    if value is None:
        return Estimate(None, None, len(ids), spans, "spans", NOTHING_MARKED, NOTHING_MARKED)
    interval = f1_interval(scores, draws=draws)
    why = "" if interval else ONE_DOCUMENT if len(marked) < 2 else NO_DRAWS
    return Estimate(value, interval, len(ids), spans, "spans", no_interval=why)
