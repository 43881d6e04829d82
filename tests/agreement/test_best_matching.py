"""The matching that every one-to-one measure rests on, against trying everything out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.matching import best_matching
from annotator.agreement.spans import canonical, overlaps

graphs = st.lists(st.dictionaries(st.integers(0, 4), st.integers(0, 3), max_size=5), max_size=5)
spans = st.lists(
    st.sets(st.integers(0, 14), min_size=1, max_size=5).map(
        lambda points: canonical((tuple((p, p + 1) for p in points), "X"))[0]
    ),
    max_size=8,
)


def best_by_trying_all(weights, left=0, taken=frozenset()):
    """The most pairs, and the most weight of those, over every one-to-one choice."""
    if left == len(weights):
        return 0, 0
    best = best_by_trying_all(weights, left + 1, taken)
    for right, weight in weights[left].items():
        if right not in taken:
            pairs, total = best_by_trying_all(weights, left + 1, taken | {right})
            best = max(best, (pairs + 1, total + weight))
    return best


@given(graphs)
def test_no_matching_has_more_pairs_or_more_weight(weights):
    found = best_matching(weights)
    total = sum(weights[left][right] for left, right in found.items())
    assert len(set(found.values())) == len(found)
    assert (len(found), total) == best_by_trying_all(weights)


def test_more_pairs_come_before_more_weight():
    assert best_matching([{0: 9, 1: 0}, {0: 0}]) == {0: 1, 1: 0}


def test_a_partner_is_given_up_for_a_heavier_whole():
    assert best_matching([{0: 5, 1: 4}, {0: 5, 1: 1}]) == {0: 1, 1: 0}


def test_a_chain_of_thousands_is_matched():
    n = 3000
    chain = [{right: 0 for right in (left - 1, left) if right >= 0} for left in range(n)]
    assert len(best_matching(chain)) == n


@given(spans, spans)
def test_the_sweep_finds_exactly_the_spans_that_share_a_code_point(a, b):
    def points(ranges):
        return {point for start, end in ranges for point in range(start, end)}

    expected = [{j for j, other in enumerate(b) if points(one) & points(other)} for one in a]
    assert overlaps(a, b) == expected
