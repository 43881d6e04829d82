"""A canvas is as wide as it says, whatever is drawn on it and over it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, cells

WIDTH = 12
STYLES = [Style(bold=True), Style(italic=True), Style(strike=True)]
ODD = ["a", "bc", "中", "文字", "\t", "\u3000", "e\u0301", "\u0301", "👍🏽", "\x1b", "\u202e"]
texts = st.lists(st.sampled_from(ODD), max_size=8).map("".join)
columns = st.integers(-4, WIDTH + 3)
puts = st.tuples(columns, texts, st.sampled_from(STYLES), st.none() | columns)
fills = st.tuples(columns, columns, st.sampled_from("─┄"), st.sampled_from(STYLES))
drawings = st.lists(st.one_of(puts, fills), max_size=10)


def drawn(drawing):
    canvas = Canvas(WIDTH, Style())
    for each in drawing:
        draw(canvas, each)
    return canvas


def draw(canvas, each):
    if isinstance(each[1], str):
        return canvas.put(*each)
    return canvas.fill(*each)


def shown(canvas):
    return "".join(segment.text for segment in canvas.strip())


@given(drawings)
def test_a_strip_is_exactly_as_wide_as_its_canvas(drawing):
    strip = drawn(drawing).strip()
    assert strip.cell_length == WIDTH
    assert sum(cell_len(segment.text) for segment in strip) == WIDTH


@given(drawings)
def test_nothing_drawn_is_a_control_character(drawing):
    text = shown(drawn(drawing))
    assert not any(unicodedata.category(char) == "Cc" or char == "\u202e" for char in text)


@given(drawings, st.integers(0, WIDTH), texts)
def test_what_is_drawn_last_is_what_is_seen_where_it_fits(drawing, column, text):
    canvas = drawn(drawing)
    after = canvas.put(column, text, STYLES[0])
    whole = column + cell_width(text) <= WIDTH
    assert after <= WIDTH
    if whole:
        assert after == column + cell_width(text)
        assert "".join(char for char, _ in cells(text)) in shown(canvas)


@given(drawings, puts)
def test_nothing_is_drawn_beyond_the_limit_nor_outside(drawing, put):
    before, canvas = drawn(drawing), drawn(drawing)
    column, text, style, limit = put
    after = canvas.put(column, text, style, limit)
    end = WIDTH if limit is None else min(limit, WIDTH)
    assert after <= max(end, column)
    for free in range(max(end, 0), WIDTH):
        assert canvas.is_free(free) or not before.is_free(free)


def test_a_wide_character_cut_in_half_leaves_a_blank():
    canvas = Canvas(6, Style())
    canvas.put(0, "中文", Style())
    canvas.put(1, "x", Style())
    canvas.fill(3, 5, "─", Style())
    assert shown(canvas) == " x ── "


def test_a_combining_mark_lies_on_the_whole_wide_character():
    canvas = Canvas(3, Style())
    assert canvas.put(0, "中\u0301a", Style()) == 3
    assert shown(canvas) == "中\u0301a"


def test_equal_styles_are_one_segment():
    canvas = Canvas(6, STYLES[0])
    canvas.put(2, "ab", STYLES[1])
    assert [(s.text, s.style) for s in canvas.strip()] == [
        ("  ", STYLES[0]),
        ("ab", STYLES[1]),
        ("  ", STYLES[0]),
    ]
