"""Schemes that get more in them: what people wrote stays, letter for letter."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SchemeError
from annotator.model.scheme import Attribute, EntityLabel, EventType, Role, Scheme
from annotator.schemes.extension import extended
from annotator.schemes.toml import scheme_of

LABELS = Path(__file__).parents[2] / "labels"
HERE = Path("small.toml")
SMALL = """\
# Ours.
name = "small"

[entities.PER]  # people
key = "p"

[events.Attack]

[events.Attack.roles]
Agent = { fillers = ["PER"] }  # who

[attributes.mood]
values = [
  "sure",  # the default
  "unsure"  # and the other
]
applies_to = ["Attack"]"""


def grown(scheme: Scheme) -> Scheme:
    attack, mood = scheme.events[0], scheme.attributes[0]
    return replace(
        scheme,
        entities=(*scheme.entities, EntityLabel("LOC"), EntityLabel('A "b" ü')),
        events=(
            replace(attack, roles=(*attack.roles, Role("Target", ("<ENTITY>", "<EVENT>")))),
            EventType("Say", (Role("Speaker"),)),
        ),
        attributes=(
            replace(mood, values=(*mood.values, "odd"), applies_to=("Attack", "Say")),
            Attribute("tense", ("past",), applies_to=("Say",)),
        ),
    )


def added_lines(before: str, after: str) -> list[str]:
    """The lines that are new; raises AssertionError where one is gone."""
    lines = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    assert not [line for line in lines if line.startswith("- ")]
    return [line[2:] for line in lines if line.startswith("+ ")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n", "\n# The end.\n"])
def test_everything_is_added_and_comments_stay(end: str, last: str) -> None:
    text = (SMALL + last).replace("\n", end)
    after = grown(scheme_of(HERE, text))
    found = extended(HERE, text, after)
    assert scheme_of(HERE, found) == after
    for comment in ("# Ours.", "# people", "# who", "# the default", "# and the other"):
        assert comment in found
    assert '  "unsure", "odd"  # and the other' in found
    assert found.count("\r\n") == (found.count("\n") if end == "\r\n" else 0)
    assert extended(HERE, found, after) == found


@pytest.mark.parametrize("path", sorted(LABELS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scheme_can_be_added_to_without_losing_a_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    scheme = scheme_of(path, text)
    after = replace(scheme, entities=(*scheme.entities, EntityLabel("NEW THING")))
    assert sorted(added_lines(text, extended(path, text, after))) == ["", '[entities."NEW THING"]']


def test_a_table_in_braces_is_refused_as_it_cannot_be_added_to() -> None:
    text = 'name = "x"\nentities = { PER = {} }\n'
    scheme = scheme_of(HERE, text)
    after = replace(scheme, entities=(*scheme.entities, EntityLabel("LOC")))
    with pytest.raises(SchemeError, match=r"small\.toml"):
        extended(HERE, text, after)


NAMES = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="<>"), min_size=1
)


@given(st.lists(NAMES.map(str.strip).filter(bool), unique_by=str.casefold))
def test_any_names_are_read_back_as_they_were(names: list[str]) -> None:
    scheme = scheme_of(HERE, SMALL)
    fresh = [name for name in names if name.isprintable()]
    fresh = [name for name in fresh if name.casefold() not in ("per", "attack")]
    after = replace(scheme, entities=(*scheme.entities, *map(EntityLabel, fresh)))
    try:
        found = extended(HERE, SMALL, after)
    except SchemeError:  # two of the names are the same in another form of Unicode
        return
    assert scheme_of(HERE, found) == after
