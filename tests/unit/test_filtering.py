"""A filter is typed, and written as it would be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.session.filtering import filter_text, typed_filter
from annotator.store.filter import Filter, Standing


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Filter()),
        ("kyiv  strike", Filter(words=("kyiv", "strike"))),
        ("is:done", Filter(standing=Standing.DONE)),
        ("is:Skipped kyiv", Filter(words=("kyiv",), standing=Standing.SKIPPED)),
        ('label:ORG source:"my model"', Filter(label="ORG", source="my model")),
        ("score:<0.5", Filter(most=0.5)),
        ("score:>.8 score:<1", Filter(least=0.8)),
        ("is:nothing score:x is:", Filter(words=("is:nothing", "score:x", "is:"))),
        ('"South Sudan"', Filter(words=("South Sudan",))),
        ('a"b c" NEAR( "', Filter(words=('a"b', 'c"', "NEAR(", '"'))),
        ("title:x", Filter(words=("title:x",))),
    ],
)
def test_what_is_typed_is_read_as_meant(typed, meant):
    assert typed_filter(typed) == meant


@given(
    st.builds(
        Filter,
        words=st.lists(st.sampled_from(["kyiv", "two words", "日本", "%"]), max_size=3).map(tuple),
        standing=st.none() | st.sampled_from(Standing),
        label=st.sampled_from(["", "ORG", "my label"]),
        source=st.sampled_from(["", "p:x@1"]),
        least=st.sampled_from([0.0, 0.25]),
        most=st.sampled_from([1.0, 0.5]),
    )
)
def test_a_filter_is_read_from_what_it_is_written_as(wanted):
    assert typed_filter(filter_text(wanted)) == wanted


@given(st.text())
def test_anything_can_be_typed(typed):
    assert filter_text(typed_filter(typed)) is not None
