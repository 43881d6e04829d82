"""Between code point offsets and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.alignment import (
    aligned,
    moved_end,
    moved_start,
    offsets,
    snapped,
    token_at,
    touched,
)

TOKENS = ((0, 3), (4, 9), (9, 10), (11, 15))  # "Mia Stone, left"


@st.composite
def tokens_and_range(draw):
    """Tokens with and without gaps, and a range somewhere among them."""
    tokens, place = [], draw(st.integers(0, 2))
    for _ in range(draw(st.integers(0, 8))):
        end = place + draw(st.integers(1, 5))
        tokens.append((place, end))
        place = end + draw(st.integers(0, 2))
    start = draw(st.integers(0, place + 2))
    return tuple(tokens), start, start + draw(st.integers(1, 12))


def test_strict_wants_both_edges_on_token_edges():
    assert aligned(TOKENS, 4, 10) == (1, 3)
    assert aligned(TOKENS, 4, 8) is None
    assert aligned(TOKENS, 3, 10) is None


def test_contract_takes_the_tokens_inside_and_expand_those_touched():
    assert aligned(TOKENS, 1, 10, "contract") == (1, 3)
    assert aligned(TOKENS, 1, 10, "expand") == (0, 3)
    assert aligned(TOKENS, 5, 8, "contract") is None
    assert aligned(TOKENS, 5, 8, "expand") == (1, 2)


@pytest.mark.parametrize("mode", ["strict", "contract", "expand"])
def test_a_range_between_tokens_fits_none(mode):
    assert aligned(TOKENS, 3, 4, mode) is None
    assert aligned((), 0, 5, mode) is None


def test_a_range_is_snapped_to_whole_tokens_and_left_alone_between_them():
    assert snapped(TOKENS, 5, 12) == (4, 15)
    assert snapped(TOKENS, 10, 11) == (10, 11)


def test_the_token_at_a_blank_is_the_next_and_beyond_the_end_the_last():
    assert [token_at(TOKENS, offset) for offset in (0, 2, 3, 9, 10, 99)] == [0, 0, 1, 2, 3, 3]


def test_an_edge_moves_by_one_token_in_both_directions():
    assert moved_start(TOKENS, 4, 10, -1) == 0
    assert moved_start(TOKENS, 4, 10, 1) == 9
    assert moved_end(TOKENS, 4, 10, 1) == 15
    assert moved_end(TOKENS, 4, 10, -1) == 9


def test_an_edge_never_passes_the_last_token_inside_nor_the_end_of_the_text():
    assert moved_start(TOKENS, 9, 10, 1) == 9
    assert moved_end(TOKENS, 9, 10, -1) == 10
    assert moved_start(TOKENS, 0, 10, -1) == 0
    assert moved_end(TOKENS, 4, 15, 1) == 15


def test_an_edge_inside_a_token_moves_out_to_its_edge_first():
    assert moved_start(TOKENS, 6, 10, -1) == 4
    assert moved_end(TOKENS, 4, 7, 1) == 9


@given(tokens_and_range())
def test_the_three_modes_agree_with_a_plain_count(case):
    tokens, start, end = case
    inside = [i for i, (s, e) in enumerate(tokens) if start <= s and e <= end]
    meeting = [i for i, (s, e) in enumerate(tokens) if s < end and start < e]

    def as_range(found):
        return (found[0], found[-1] + 1) if found else None

    first, last = touched(tokens, start, end)
    assert list(range(first, last)) == meeting
    assert aligned(tokens, start, end, "contract") == as_range(inside)
    assert aligned(tokens, start, end, "expand") == as_range(meeting)
    whole = bool(inside) and (tokens[inside[0]][0], tokens[inside[-1]][1]) == (start, end)
    assert aligned(tokens, start, end) == (as_range(inside) if whole else None)


@given(tokens_and_range(), st.sampled_from([-1, 1]))
def test_a_moved_edge_lies_on_a_token_edge_and_leaves_a_token_inside(case, step):
    tokens, start, end = case
    if not aligned(tokens, start, end, "expand"):
        assert moved_start(tokens, start, end, step) == start
        assert moved_end(tokens, start, end, step) == end
        return
    new_start = moved_start(tokens, start, end, step)
    new_end = moved_end(tokens, start, end, step)
    assert new_start == start or new_start in {s for s, _ in tokens}
    assert new_end == end or new_end in {e for _, e in tokens}
    assert aligned(tokens, new_start, end, "expand")
    assert aligned(tokens, start, new_end, "expand")
    assert (new_start - start) * step >= 0
    assert (new_end - end) * step >= 0


@given(tokens_and_range())
def test_moving_a_token_edge_out_and_in_again_gives_it_back(case):
    tokens, start, end = case
    start, end = snapped(tokens, start, end)
    wider_start = moved_start(tokens, start, end, -1)
    wider_end = moved_end(tokens, start, end, 1)
    if wider_start != start:
        assert moved_start(tokens, wider_start, end, 1) == start
    if wider_end != end:
        assert moved_end(tokens, start, wider_end, -1) == end


@given(tokens_and_range())
def test_offsets_of_tokens_align_to_the_same_tokens(case):
    tokens, start, end = case
    found = aligned(tokens, start, end, "expand")
    if found:
        assert aligned(tokens, *offsets(tokens, *found)) == found
