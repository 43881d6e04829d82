"""The confidence interval of F1."""

from __future__ import annotations

import random

from annotator.agreement import Score, f1_interval, pooled


def documents(count, seed=5):
    rng = random.Random(seed)
    return [Score(rng.randint(0, 9), rng.randint(0, 4), rng.randint(0, 4)) for _ in range(count)]


def test_it_holds_the_score_and_lies_between_zero_and_one():
    scores = documents(40)
    low, high = f1_interval(scores)
    assert 0 <= low < pooled(scores).f1 < high <= 1


def test_more_documents_make_it_narrower():
    few, many = f1_interval(documents(12)), f1_interval(documents(12) * 20)
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_the_same_seed_gives_the_same_interval():
    scores = documents(30)
    assert f1_interval(scores, seed=7) == f1_interval(scores, seed=7)
    assert f1_interval(scores, seed=7) != f1_interval(scores, seed=8)


def test_documents_that_all_agree_leave_no_doubt():
    assert f1_interval([Score(3, 0, 0), Score(2, 0, 0), Score()]) == (1, 1)


def test_fewer_than_two_documents_with_a_mark_have_none():
    assert f1_interval([]) is None
    assert f1_interval([Score(5, 1, 1)]) is None
    assert f1_interval([Score(5, 1, 1), Score(), Score()]) is None


def test_without_draws_there_is_none():
    assert f1_interval(documents(30), draws=0) is None
