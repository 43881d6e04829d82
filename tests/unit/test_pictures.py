"""Text made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.safe_text import picture, pictured, shortened

any_char = st.characters(categories=None, exclude_categories=())
any_text = st.text(any_char, max_size=50)
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def is_obeyed(char):
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in BIDI_CONTROLS


def test_control_codes_are_shown_by_their_pictures():
    assert pictured("a\x1b[31m\x07\x7f\x00\t") == "a␛[31m␇␡␀␉"


def test_codes_that_turn_text_around_are_shown():
    assert pictured("abc\u202edef\u2066g") == "abc¤def¤g"


def test_markup_is_text():
    assert pictured("[/b][bold red]<b>") == "[/b][bold red]<b>"


@pytest.mark.parametrize("osc", ["\x1b]52;c;aGk=\x07", "\x9d0;title\x9c", "\x1b]8;;http://x\x1b\\"])
def test_an_operating_system_command_loses_its_beginning_and_its_end(osc):
    assert not any(is_obeyed(char) for char in pictured(osc))


@given(any_text)
def test_a_picture_stands_for_one_code_point_and_nothing_is_left_to_obey(text):
    shown = pictured(text)
    assert len(shown) == len(text)
    assert not any(is_obeyed(char) for char in shown)
    assert pictured(shown) == shown


@given(any_char)
def test_a_picture_of_one_code_point_is_one_code_point_that_cannot_be_obeyed(char):
    assert len(picture(char)) == 1
    assert not is_obeyed(picture(char))


@given(any_text, st.integers(1, 20))
def test_a_shortened_text_is_one_safe_line_of_at_most_that_length(text, length):
    line = shortened(text, length)
    assert len(line) <= length
    assert not any(is_obeyed(char) for char in line)


def test_a_text_that_fits_is_not_shortened_but_its_blanks_are_joined():
    assert shortened(" two\n  words ", 9) == "two words"
    assert shortened("two words", 8) == "two wor…"
