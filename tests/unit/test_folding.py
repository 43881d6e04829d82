"""Words are found as a reader finds them, and a place is a place of the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.folding import FoldedText, folded


def found(text, words):
    return [text[start:end] for start, end in FoldedText(text).hits(words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Rome, rome, ROME", "rOmE", ["Rome", "rome", "ROME"]),
        ("İstanbul and İzmir", "izmir", ["İzmir"]),
        ("İİİ end", "end", ["end"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("New\u00a0York, New York", "new york", ["New\u00a0York", "New York"]),
        ("two\nlines", "two lines", ["two\nlines"]),
        ("café cafe\u0301 cafe", "cafe", ["café", "cafe\u0301", "cafe"]),
        ("Zürich", "zürich", ["Zürich"]),
        ("so\u00adft", "soft", ["so\u00adft"]),
        ("oﬃce", "office", ["oﬃce"]),
        ("oﬃce", "f", ["ﬃ"]),
        ("👍🏽 👍", "👍", ["👍", "👍"]),
        ("日本語", "本", ["本"]),
        ("שָׁלוֹם", "שלום", ["שָׁלוֹם"]),
        ("कु क", "कु", ["कु"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.c abc", "a.c", ["a.c"]),
        ("nothing", "", []),
        ("nothing", "\u0301", []),
        ("", "x", []),
    ],
)
def test_words_are_found_in_any_case_with_or_without_accents(text, words, expected):
    assert found(text, words) == expected


@given(st.text(), st.text(min_size=1, max_size=3))
def test_what_is_found_reads_like_what_was_looked_for(text, words):
    hits = FoldedText(text).hits(words)
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(one[1] <= next_[0] for one, next_ in pairwise(hits))
    assert all(folded(words) in folded(text[start:end]) for start, end in hits)


@given(st.text(max_size=5), st.text(min_size=1, max_size=5), st.text(max_size=5))
def test_a_piece_of_a_text_is_found_in_it(before, piece, after):
    if folded(piece):
        assert FoldedText(before + piece + after).hits(piece)
