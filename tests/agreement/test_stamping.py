"""How annotators deal with suggestions."""

from __future__ import annotations

import pytest

from annotator.agreement import Decided, practices, seconds_per_step
from annotator.agreement.report.suggestion_use import NO_DECISION, NO_TIME, PAUSE


def test_the_share_that_was_accepted_is_told_by_annotator_and_source():
    decided = [
        Decided("ann", "d1", "patterns", 8, 10),
        Decided("ann", "d2", "patterns", 10, 10),
        Decided("ann", "d2", "spacy", 0, 5),
        Decided("ben", "d1", "patterns", 1, 10),
    ]
    ann, ben = practices(decided, {})
    assert {source: one.value for source, one in ann.accepted.items()} == {
        "": pytest.approx(18 / 25), "patterns": pytest.approx(0.9), "spacy": 0,
    }  # fmt: skip
    assert (ann.accepted[""].n, ann.accepted[""].documents) == (25, 2)
    low, high = ann.accepted["patterns"].interval
    assert low == pytest.approx(0.8)
    assert high == 1
    assert ben.accepted[""].interval is None


def test_an_annotator_without_decisions_has_no_share():
    (ann,) = practices([], {"ann": [[0.0, 3.0]]})
    assert (ann.accepted[""].value, ann.accepted[""].undefined) == (None, NO_DECISION)
    assert ann.seconds.value == 3


def test_the_time_of_a_step_is_the_median_and_a_pause_is_cut():
    found = seconds_per_step([[0, 2, 4, 5000], [10, 13, 12, 13]])
    assert (found.value, found.n) == (2, 5)
    assert seconds_per_step([[0, 9999]]).value == PAUSE
    assert found.interval is None
    assert found.no_interval


def test_a_session_of_one_step_has_no_time():
    found = seconds_per_step([[5.0], []])
    assert (found.value, found.undefined) == (None, NO_TIME)
