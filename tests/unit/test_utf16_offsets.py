from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.offsets import Utf16Offsets

texts = st.text(st.one_of(st.sampled_from("a\u0301\u200d\u05d0\u4e2d\r\n😀🇫🇷👩𝔘"), st.characters()))


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(texts)
def test_every_offset_is_the_length_in_utf_16_of_what_comes_before(text: str) -> None:
    offsets = Utf16Offsets.of(text)
    found = [offsets.to_units(place) for place in range(len(text) + 1)]
    assert found == [units(text[:place]) for place in range(len(text) + 1)]
    assert offsets.length_in_units == units(text)


@given(texts)
def test_offsets_come_back_and_those_inside_a_pair_are_refused(text: str) -> None:
    offsets = Utf16Offsets.of(text)
    edges = {units(text[:place]): place for place in range(len(text) + 1)}
    for unit in range(offsets.length_in_units + 1):
        if unit in edges:
            assert offsets.to_code_points(unit) == edges[unit]
        else:
            with pytest.raises(ValueError, match=f"{unit} is inside a surrogate pair"):
                offsets.to_code_points(unit)


@pytest.mark.parametrize("text", ["", "ab", "a😀"])
def test_an_offset_outside_the_text_is_refused(text: str) -> None:
    offsets = Utf16Offsets.of(text)
    for place in (-1, len(text) + 1):
        with pytest.raises(ValueError, match="outside the text"):
            offsets.to_units(place)
    for unit in (-1, units(text) + 1):
        with pytest.raises(ValueError, match="outside the text"):
            offsets.to_code_points(unit)
