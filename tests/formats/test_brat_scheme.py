"""brat's `annotation.conf` as a scheme, and a scheme as `annotation.conf`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SchemeError
from annotator.model.scheme import Attribute, EntityLabel, EventType, Role, Scheme
from annotator.project.project import Project
from annotator.schemes import brat as scheme_brat
from annotator.schemes import brat_text as scheme_brat_text
from annotator.schemes import toml as scheme_toml

LABELS = Path(__file__).parents[2] / "labels"

CONF = """\
# A comment.
[entities]
!Agent
\tPerson|Human
\tGroup
City\t<NORM>:Wikidata
------
[relations]
Located Arg1:Person, Arg2:City
[events]
<WHO>=Person|Group
<PLACE>=Place?:City
Attack   Attacker*:<WHO>, Target+:<ENTITY>,<PLACE>
!Talk
 Meet    Participant{2-4}:Agent, <PLACE>
 Write   Author:Agent, Cause?:<ANY>|Attack
  Answer <INHERIT>, Reply{0-1}:Write|<EVENT>
[attributes]
Negation Arg:<EVENT>
Realis   Arg:Attack|Person, Value:Actual|Generic, <DEFAULT>:Actual
Mention  Arg:<ENTITY>, Value:Name|Nominal
"""

SCHEME = Scheme(
    "conf",
    entities=(
        EntityLabel("Person", "A kind of Agent"),
        EntityLabel("Group", "A kind of Agent"),
        EntityLabel("City"),
    ),
    events=(
        EventType(
            "Attack",
            (
                Role("Attacker", ("Person", "Group"), key="a"),
                Role("Target", ("<ENTITY>",), required=True, key="t"),
                Role("Place", ("City",), repeatable=False, key="p"),
            ),
            key="a",
        ),
        EventType(
            "Meet",
            (
                Role("Participant", ("Person", "Group"), required=True, key="p"),
                Role("Place", ("City",), repeatable=False, key="l"),
            ),
            "A kind of Talk",
            key="m",
        ),
        EventType(
            "Write",
            (
                Role("Author", ("Person", "Group"), True, False, key="a"),
                Role("Cause", ("<ENTITY>", "<EVENT>", "Attack"), False, False, key="c"),
            ),
            "A kind of Talk",
            key="w",
        ),
        EventType(
            "Answer",
            (
                Role("Author", ("Person", "Group"), True, False, key="a"),
                Role("Cause", ("<ENTITY>", "<EVENT>", "Attack"), False, False, key="c"),
                Role("Reply", ("Write", "<EVENT>"), False, False, key="r"),
            ),
            "A kind of Write",
            key="n",
        ),
    ),
    attributes=(
        Attribute("Negation", ("yes",)),
        Attribute("Realis", ("Actual", "Generic"), "Actual", ("Attack",)),
    ),
)


def conf(folder: Path, text: str, name: str = "conf.conf") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("change", [str, lambda text: "\ufeff" + text.replace("\n", "\r\n")])
def test_a_file_gives_exactly_its_scheme(tmp_path: Path, change: type[str]) -> None:
    assert scheme_brat.read(conf(tmp_path, change(CONF))) == SCHEME


def test_what_a_scheme_has_no_place_for_is_told_with_its_line(tmp_path: Path) -> None:
    path = conf(tmp_path, CONF + "[search]\nanything at all {{\n")
    assert scheme_brat.left_out(path) == (
        "22: [search] (a section that has no meaning)",
        "6: City <NORM> (links to Wikidata)",
        "9: Located Arg1:Person, Arg2:City (a relation)",
        "15: Meet Participant (the number of fillers)",
        "20: Realis   Arg:Attack|Person, Value:Actual|Generic, <DEFAULT>:Actual"
        " (an attribute of Person)",
        "21: Mention  Arg:<ENTITY>, Value:Name|Nominal (an attribute of <ENTITY>)",
    )


def test_a_filler_that_is_defined_nowhere_is_left_out(tmp_path: Path) -> None:
    path = conf(tmp_path, "[entities]\nA\n[events]\nE R:A|B\n")
    assert scheme_brat.read(path).events[0].roles[0].fillers == ("A",)
    assert scheme_brat.left_out(path) == ("4: E R (B is defined nowhere)",)


def test_a_file_called_as_always_is_named_after_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "strikes"
    folder.mkdir()
    assert scheme_brat.read(conf(folder, CONF, "annotation.conf")).name == "strikes"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[events]\nE R:<X>", ":4: <X> is defined nowhere above"),
        ("[events]\nE R", ":4: 'R' is not ROLE:TYPE"),
        ("[events]\nE R:A|", ":4: 'R:A|' has an empty type"),
        ("[events]\nE R:A, R:A", ":4: R is there twice"),
        ("[events]\nE R{3-2}:A", r":4: {3-2} is no number"),
        ("[events]\nE R{0}:A", r":4: {0} is no number"),
        ("[events]\n! R:A", ":4: '! R:A' has no name"),
        ("[events]\nA R:A", ":4: 'A' is taken by entities.A"),
        ("[events]\nE R:B", ":4: is empty"),
        ("[events]\nE R:A\nE", ":5: 'E' is there twice"),
        ("[attributes]\nX Value:a", ":4: X does not say what has it"),
        ("[events]\nE\n[attributes]\nX Arg:E, Value:a|b, <DEFAULT>:c", ":6: 'c' is not one"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, lines: str, message: str) -> None:
    path = conf(tmp_path, f"[entities]\nA\n{lines}\n")
    with pytest.raises(SchemeError, match=re.escape(str(path) + message)):
        scheme_brat.read(path)


def test_several_mistakes_are_told_in_order(tmp_path: Path) -> None:
    path = conf(tmp_path, "[entities]\nA\n[events]\n" + "E R\n" * 30)
    with pytest.raises(SchemeError) as caught:
        scheme_brat.read(path)
    told = caught.value.message.split("\n")
    assert [":4:" in told[0], ":23:" in told[19]] == [True, True]
    assert told[20:] == ["and 10 more"]


def test_an_empty_file_is_no_scheme(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="neither an entity label nor an event type"):
        scheme_brat.read(conf(tmp_path, ""))
    with pytest.raises(SchemeError, match="no such file"):
        scheme_brat.read(tmp_path / "gone.conf")


def bare(scheme: Scheme) -> Scheme:
    """What `annotation.conf` can say of a scheme."""
    return Scheme(
        "x",
        entities=tuple(EntityLabel(label.name) for label in scheme.entities),
        events=tuple(
            EventType(
                event.name,
                tuple(replace(role, key="", description="") for role in event.roles),
            )
            for event in scheme.events
        ),
        attributes=tuple(replace(a, key="", description="") for a in scheme.attributes),
    )


@pytest.mark.parametrize("path", sorted(LABELS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scheme_comes_back(path: Path, tmp_path: Path) -> None:
    scheme = scheme_toml.read(path)
    text = scheme_brat_text.write(scheme, ["part of"])
    back = scheme_brat.read(conf(tmp_path, text))
    assert bare(back) == bare(scheme)
    assert [line for line in text.split("\n") if "part_of" in line] == [
        "part_of\tArg1:<ANY>, Arg2:<ANY>"
    ]


def test_a_role_that_ends_in_a_digit_is_written_once() -> None:
    roles = (Role("Arg1", ("A",), True, True), Role("Arg2", ("A",), False, True))
    scheme = Scheme("x", entities=(EntityLabel("A"),), events=(EventType("E", roles),))
    assert "E\tArg1:A, Arg2?:A\n" in scheme_brat_text.write(scheme)


@given(st.text(max_size=200) | st.lists(st.sampled_from(CONF.split("\n"))).map("\n".join))
def test_no_text_makes_the_reader_fall(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("conf") / "x.conf"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        scheme = scheme_brat.read(path)
    except SchemeError:
        return
    again = path.with_name("y.conf")
    again.write_text(scheme_brat_text.write(scheme), encoding="utf-8")
    assert len(scheme_brat.read(again).events) == len(scheme.events)


def test_a_project_can_begin_with_one(tmp_path: Path) -> None:
    path = conf(tmp_path, CONF)
    with Project.create(tmp_path / "project", str(path)) as project:
        assert project.scheme == SCHEME
        assert project.config.scheme == "conf"
    text = (tmp_path / "project" / "labels" / "conf.toml").read_text()
    assert "#   9: Located Arg1:Person, Arg2:City (a relation)\n" in text
    with pytest.raises(SchemeError, match="no such file"):
        Project.create(tmp_path / "other", "gone.conf")


def test_the_scheme_of_a_corpus_has_what_its_file_says(shared: Path) -> None:
    folder = shared / "corpora" / "brat_tutorial_news" / "example-data" / "tutorials" / "news"
    scheme = scheme_brat.read(folder / "annotation.conf")
    assert [label.name for label in scheme.entities] == ["Person", "Organization", "GPE", "Money"]
    assert len(scheme.events) == 10
    marry = scheme.event("Marry")
    assert marry is not None
    assert [(r.name, r.required, r.repeatable) for r in marry.roles] == [
        ("Person-Arg", True, True),
        ("Place-Arg", False, False),
    ]
    assert len(scheme_brat.left_out(folder / "annotation.conf")) == 11
