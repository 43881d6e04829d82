"""Rows of wrapped text tile it, stay within their width and show nothing a terminal obeys."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.tui.page.cells import cell_width, cells, fitted
from annotator.tui.page.rows import row_at, rows_of, wrap

ODD = [
    "a", "b", "word", "a-longer-word", " ", "  ", "\t", "\n", "\r\n", "\n\n\n", "\r", "\x1b[31m",
    "\x00", "\x85", "\u2028", "\x1c", "\u00a0", "\u3000", "\u00ad", "\ufeff", "\u202e", "\u2066",
    "中文", "，", "ｱ", "한국", "\u1112\u1161\u11ab", "שלום", "مرحبا", "ไทยกำ", "नमस्ते", "é",
    "e\u0301", "\u0301", "\u0301" * 9, "\u200b", "\u200d", "\u200c", "\ufe0f", "😀",
    "👩‍👩‍👧", "👍🏽", "🇫🇷", "1\ufe0f\u20e3", "❤\ufe0f", "🏴\u200d☠\ufe0f", "a\u200d中",
    "\U000e0041", "\ue000", "\uffff", "ᚠ", "\U0001f3fd", "﷽",
]  # fmt: skip
texts = st.lists(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"]), max_size=40).map(
    "".join
)
widths = st.integers(8, 40)


def is_obeyed(char):
    return unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in "\u202e\u2066\u200e\u200f"


def letters(text):
    return Counter(char for char in text if unicodedata.category(char).startswith("L"))


@given(texts, st.integers(-3, 40))
def test_rows_tile_the_text(text, width):
    rows = wrap(text, width)
    assert rows[0].start == 0
    assert rows[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(rows))
    assert all(row.start < row.end for row in rows) or text == ""


@given(texts, widths)
@example("abcdefgh\x1c\x1c\x1cx", 8)
@example("a " + "\u0301b", 8)
def test_no_row_is_wider_than_the_width_and_each_is_as_wide_as_it_says(text, width):
    for row in wrap(text, width):
        assert row.width <= width
        assert cell_len("".join(row.shown)) == row.width


@given(texts, widths)
def test_a_row_has_one_entry_and_one_column_for_each_code_point(text, width):
    for row in wrap(text, width):
        assert len(row.shown) == row.end - row.start
        assert len(row.columns) == len(row.shown) + 1
        assert list(row.columns) == sorted(row.columns)
        assert row.columns[0] == 0
        assert row.text(row.start, row.end) == "".join(row.shown)


@given(texts, widths)
def test_nothing_shown_is_a_control_character_or_turns_text_around(text, width):
    assert not any(is_obeyed(c) for row in wrap(text, width) for c in "".join(row.shown))


@given(texts, widths)
def test_every_visible_code_point_is_found_at_its_column(text, width):
    for row in wrap(text, width):
        for index, (left, right) in enumerate(pairwise(row.columns)):
            for column in range(left, right):
                assert row.offset(column) == row.start + index
            assert row.column(row.start + index) == left
        assert row.offset(row.width) is None
        assert row.offset(-1) is None


@given(texts, widths)
def test_letters_are_never_hidden(text, width):
    shown = "".join("".join(row.shown) for row in wrap(text, width))
    assert letters(text) <= letters(shown)


@given(texts, widths, st.data())
def test_the_row_of_an_offset_holds_it(text, width, data):
    rows = wrap(text, width)
    offset = data.draw(st.integers(0, len(text)))
    row = rows[row_at(rows, offset)]
    assert row.start <= offset < row.end or offset == len(text)


@given(texts, widths, st.data())
def test_the_rows_of_ranges_are_those_that_share_a_code_point_with_them(text, width, data):
    rows = wrap(text, width)
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    ranges = list(zip(edges[::2], edges[1::2], strict=False))
    meeting = [
        index
        for index, row in enumerate(rows)
        if any(start < row.end and row.start < end for start, end in ranges)
    ]
    assert list(rows_of(rows, ranges)) == meeting


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=30), widths)
def test_words_that_fit_are_never_cut(words, width):
    rows = wrap(" ".join(words), width)
    assert " ".join("".join(row.shown).strip() for row in rows).split() == words


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=30), widths)
def test_a_row_breaks_only_where_the_next_word_does_not_fit(words, width):
    rows = wrap(" ".join(words), width)
    for row, following in pairwise(rows):
        next_word = "".join(following.shown).split()[0]
        assert len("".join(row.shown).rstrip()) + 1 + len(next_word) > width


def test_blank_lines_in_a_row_become_one():
    rows = wrap("a\n\n \n\nb\r\n\r\n", 20)
    assert [(row.start, row.end, row.is_blank) for row in rows] == [
        (0, 2, False),
        (2, 6, True),
        (6, 9, False),
        (9, 11, True),
    ]


def test_a_word_wider_than_the_row_is_cut_within():
    rows = wrap("x" * 20, 8)
    assert [row.end - row.start for row in rows] == [8, 8, 4]


def test_a_line_breaks_beside_wide_characters():
    rows = wrap("中文中文中文", 8)
    assert ["".join(row.shown) for row in rows] == ["中文中文", "中文"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👩‍👩‍👧", "👩"),
        ("🇫🇷", "FR"),
        ("a\u202eb", "a¤b"),
        ("a\x1bb\rc", "a␛b␍c"),
        ("a\u200db", "ab"),
        ("a\u200d中", "a中"),
        ("\u0301a", "◌\u0301a"),
        ("a\tb", "a    b"),
    ],
)
def test_what_terminals_disagree_about_is_shown_plainly(text, shown):
    assert "".join(char for char, _ in cells(text)) == shown


def test_four_hundred_combining_marks_are_shown_as_a_few_on_one_letter():
    found = cells("a" + "\u0301" * 400 + "b")
    assert len(found) == 402
    assert sum(width for _, width in found) == 2
    assert sum(char == "\u0301" for char, _ in found) == 4


@given(texts, st.integers(0, 30))
def test_a_fitted_text_is_at_most_that_wide_and_whole_where_it_fits(text, width):
    shown = fitted(text, width)
    assert cell_len(shown) <= width
    assert not any(is_obeyed(char) for char in shown)
    if cell_width(text) <= width:
        assert shown == "".join(char for char, _ in cells(text))
