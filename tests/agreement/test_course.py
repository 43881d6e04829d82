"""Agreement over time, week by week or in batches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from agreement.works import work

from annotator.agreement import DocumentCounts, report
from annotator.agreement.measures.spans import NOTHING_MARKED
from annotator.agreement.report.over_time import NO_TIMES, TOO_FEW, course

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = DocumentCounts(4, 4, 4, 4, 4)
BAD = DocumentCounts(4, 4, 1, 2, 3)


def times(days):
    return {f"d{place}": MONDAY + timedelta(days=day) for place, day in enumerate(days)}


def counts(*found):
    return {f"d{place}": one for place, one in enumerate(found)}


def test_weeks_begin_on_monday_and_are_in_order():
    found = course(counts(BAD, GOOD, GOOD, BAD), times([6, 7, 0, 20]), draws=20)
    assert [(one.first, one.last) for one in found.periods] == [
        (date(2026, 3, 2), date(2026, 3, 8)),
        (date(2026, 3, 9), date(2026, 3, 15)),
        (date(2026, 3, 16), date(2026, 3, 22)),
    ]
    assert [one.strict.value for one in found.periods] == [pytest.approx(10 / 16), 1, 0.25]
    assert [one.strict.documents for one in found.periods] == [2, 1, 1]
    assert found.periods[0].strict.interval is not None
    assert found.periods[1].strict.interval is None


def test_documents_of_one_week_are_put_together_in_batches():
    found = course(counts(*[GOOD] * 6, *[BAD] * 6), times([place / 10 for place in range(12)]))
    assert [one.kind for one in found.periods] == ["batch", "batch"]
    assert [one.strict.value for one in found.periods] == [1, 0.25]


def test_many_weeks_are_put_together_in_twelve_batches():
    found = course(counts(*[GOOD] * 100), times([7 * place for place in range(100)]), draws=5)
    assert len(found.periods) == 12
    assert sum(one.strict.documents for one in found.periods) == 100


def test_too_little_is_no_course():
    assert course(counts(GOOD), {}).undefined == NO_TIMES
    assert course(counts(*[GOOD] * 9), times([0] * 9)).undefined == TOO_FEW


def test_a_week_in_which_nothing_was_marked_has_no_number():
    nothing = DocumentCounts(0, 0, 0, 0, 0)
    found = course(counts(GOOD, nothing), times([0, 7]))
    assert [one.strict.value for one in found.periods] == [1, None]
    assert found.periods[1].strict.undefined == NOTHING_MARKED


def test_the_periods_together_are_what_the_report_counts():
    works = [work("ann", f"d{n}", [(0, 4, "X")]) for n in range(20)]
    works += [work("ben", f"d{n}", [(0, 4, "XY"[n % 2])]) for n in range(20)]
    pooled = report(works, draws=0).layers["entities"].pooled
    found = course(pooled.documents, times(range(20)), draws=0)
    spans = sum(one.strict.n for one in found.periods)
    both = sum(one.strict.value * one.strict.n for one in found.periods)
    assert both / spans == pytest.approx(pooled.numbers["span_f1"].value)
    assert spans == sum(pooled.spans)
