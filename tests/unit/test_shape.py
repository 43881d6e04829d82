"""Tables of hand-written files: a table of the right shape is its dataclass, all else is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.shape import Misfit, ShapeError, shaped


@dataclass(frozen=True)
class Part:
    name: str
    size: str
    tags: tuple[str, ...] = ("plain",)
    is_spare: bool = False


@dataclass(frozen=True)
class Whole:
    title: str
    look: Literal["dark", "light"] = "dark"
    parts: tuple[Part, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def misfits(table):
    with pytest.raises(ShapeError) as caught:
        shaped(Whole, table)
    return caught.value.misfits


TEXTS = st.text(max_size=5)
LISTS = st.lists(TEXTS, max_size=3)
PARTS = st.fixed_dictionaries({"size": TEXTS}, optional={"tags": LISTS, "is_spare": st.booleans()})
WHOLES = st.fixed_dictionaries(
    {"title": TEXTS},
    optional={
        "look": st.sampled_from(["dark", "light"]),
        "parts": st.dictionaries(TEXTS, PARTS, max_size=3),
        "keys": st.dictionaries(TEXTS, LISTS, max_size=3),
    },
)


@given(WHOLES)
def test_what_a_table_says_is_in_its_value_and_the_rest_has_its_default(table):
    value = shaped(Whole, table)
    assert (value.title, value.look) == (table["title"], table.get("look", "dark"))
    assert value.keys == {key: tuple(found) for key, found in table.get("keys", {}).items()}
    assert value.parts == tuple(
        Part(name, part["size"], tuple(part.get("tags", ["plain"])), part.get("is_spare", False))
        for name, part in table.get("parts", {}).items()
    )


@given(WHOLES, st.sampled_from(["title", "look", "parts", "keys"]), st.integers() | st.floats())
def test_a_value_of_another_type_is_named_by_its_place(table, key, value):
    [found] = misfits({**table, key: value})
    assert found.place == (key,)
    assert found.value is value


@pytest.mark.parametrize(
    ("table", "misfit"),
    [
        ({}, Misfit(("title",), "is missing")),
        ({"title": 1}, Misfit(("title",), "should be text in quotes", value=1)),
        ({"title": "", "look": "dim"},
         Misfit(("look",), "should be 'dark' or 'light'", value="dim")),
        ({"title": "", "colour": 1},
         Misfit(("colour",), "there is no such key", ("title", "look", "parts", "keys"))),
        ({"title": "", "parts": {"a": {}}}, Misfit(("parts", "a", "size"), "is missing")),
        ({"title": "", "parts": {"a": 1}}, Misfit(("parts", "a"), "should be a table", value=1)),
        ({"title": "", "parts": {"a": {"name": "b", "size": ""}}},
         Misfit(("parts", "a", "name"), "there is no such key", ("size", "tags", "is_spare"))),
        ({"title": "", "parts": {"a": {"size": "", "is_spare": 1}}},
         Misfit(("parts", "a", "is_spare"), "should be true or false", value=1)),
        ({"title": "", "parts": {"a": {"size": "", "tags": "b"}}},
         Misfit(("parts", "a", "tags"), "should be a list in brackets", value="b")),
        ({"title": "", "keys": {"a": ["b", False]}},
         Misfit(("keys", "a", 1), "should be text in quotes", value=False)),
    ],
)  # fmt: skip
def test_a_misfit_says_what_is_wrong_where(table, misfit):
    assert misfits(table) == (misfit,)


def test_every_misfit_is_told():
    found = misfits({"look": 1, "parts": {"a": {"size": 1}, "b": {"tags": [2], "zip": 3}}})
    assert {misfit.place for misfit in found} == {
        ("look",),
        ("parts", "a", "size"),
        ("parts", "b", "tags", 0),
        ("parts", "b", "zip"),
        ("parts", "b", "size"),
        ("title",),
    }
