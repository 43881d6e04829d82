"""Maps of labels: read from a file that people write, and what they make of annotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import FormatError
from annotator.formats import label_map
from annotator.formats.label_map import LabelMap
from annotator.formats.record import Annotated
from annotator.formats.relabelling import Relabelling
from annotator.formats.triggers import with_events
from annotator.formats.validation import checked
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

DOCUMENT = Document("d", "Mia bombed Rome, Bo said.")
MIA, ROME, BO = (
    Span.of("m", 0, 3, "PERS"),
    Span.of("r", 11, 15, "PLACE"),
    Span.of("b", 17, 19, "PERS"),
)
RAID = Event(
    "e",
    Span.of("et", 4, 10, "raid"),
    (Argument("Agent", "m"), Argument("Agens", "m"), Argument("Target", "r")),
    {"Mood": "sure"},
)
SAID = Event("s", Span.of("st", 20, 24, "say"), (Argument("Topic", "e"),))
ITEM = Annotated(
    DOCUMENT,
    (
        AnnotationSet(
            "d",
            "mia",
            {"m": MIA, "r": ROME, "b": BO},
            {"e": RAID, "s": SAID},
            {"k": Relation("k", "knows", "m", "b"), "l": Relation("l", "in", "m", "r")},
            {"c": Comment("c", "r", "where?"), "w": Comment("w", "", "good")},
        ),
    ),
    (Suggestion(MIA, "x@1"), Suggestion(ROME, "x@1"), Suggestion(RAID, "x@1")),
    {"mia": (Decision("m", Outcome.ACCEPTED), Decision("r", Outcome.REJECTED))},
)


def read(tmp_path: Path, text: str) -> LabelMap:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    return label_map.read(path)


def relabelled(names: LabelMap) -> AnnotationSet:
    item = checked(Relabelling(names).of(ITEM))
    return item.annotations[0]


def test_a_map_is_read_with_its_tables(tmp_path: Path) -> None:
    names = read(
        tmp_path,
        'PERS = "PERSON"\n"B corp" = ""  # none\nevents = "EVENTS"\n\n'
        '[roles]\nArg1 = "Agent"\n[entities]\nPERS = "Personnel"\n',
    )
    assert names == LabelMap(
        {"PERS": "PERSON", "B corp": "", "events": "EVENTS"},
        entities={"PERS": "Personnel"},
        roles={"Arg1": "Agent"},
    )
    assert names.roles == {"Arg1": "Agent"}
    assert names.labels["B corp"] == ""
    assert read(tmp_path, "").labels == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('A = "B"\nC = 3\n', "2: C needs a new name in quotes"),
        ('A = "B"\n\n[role]\nx = "y"\n', "3: role is no table that is known"),
        ('[roles]\nx = "\\n"\n', "2: roles.x cannot be renamed"),
        ('[roles]\nx = ["y"]\n', "2: roles.x needs a new name"),
        ("A = B\n", "not valid TOML"),
        ('"" = "B"\n', "is no name"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(FormatError, match=r"names\.toml") as caught:
        read(tmp_path, text)
    assert told in caught.value.message


def test_a_map_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such file"):
        label_map.read(tmp_path / "nowhere.toml")


def test_labels_roles_and_attributes_get_their_new_names() -> None:
    found = relabelled(
        LabelMap(
            {"PERS": "PERSON", "raid": "Attack"},
            roles={"Agens": "Agent", "knows": "met"},
            attributes={"Mood": "Modality"},
        )
    )
    assert {span.label for span in found.entities.values()} == {"PERSON", "PLACE"}
    raid = found.events["e"]
    assert raid.type == "Attack"
    assert raid.arguments == (Argument("Agent", "m"), Argument("Target", "r"))
    assert raid.attributes == {"Modality": "sure"}
    assert found.relations["k"].label == "met"


def test_what_has_no_new_name_goes_with_whatever_points_to_it() -> None:
    relabelling = Relabelling(LabelMap({"PLACE": ""}))
    item = checked(relabelling.of(ITEM))
    found = item.annotations[0]
    assert set(found.entities) == {"m", "b"}
    assert [a.role for a in found.events["e"].arguments] == ["Agent", "Agens"]
    assert set(found.relations) == {"k"}
    assert set(found.comments) == {"w"}
    assert [s.id for s in item.suggestions] == ["m", "e"]
    assert [d.suggestion_id for d in item.decisions["mia"]] == ["m"]
    assert relabelling.left_out == {"PLACE": 2}


def test_an_event_that_is_left_out_leaves_the_events_that_name_it() -> None:
    found = relabelled(LabelMap({"raid": ""}))
    assert set(found.events) == {"s"}
    assert found.events["s"].arguments == ()


def test_a_table_is_for_its_kind_only() -> None:
    found = relabelled(LabelMap({"PERS": "A"}, {"PERS": "PERSON"}, {"raid": "Attack", "PERS": "B"}))
    assert found.entities["m"].label == "PERSON"
    assert found.events["e"].type == "Attack"


def test_a_trigger_that_came_as_a_span_is_renamed_before_it_is_an_event() -> None:
    item = Annotated(DOCUMENT, (AnnotationSet("d", "", {"t": Span.of("t", 4, 10, "raid")}),))
    renamed = Relabelling(LabelMap(events={"raid": "Attack"})).of(item)
    found = with_events(renamed, {"Attack"}).annotations[0]
    assert [event.type for event in found.events.values()] == ["Attack"]


NAMES = st.sampled_from(["PERS", "PLACE", "raid", "say", "Agent", "Agens", "Topic", "knows", "x"])
MAPS = st.dictionaries(NAMES, NAMES | st.just(""))


@given(st.builds(LabelMap, MAPS, MAPS, MAPS, MAPS, MAPS))
def test_whatever_the_map_nothing_points_to_what_is_gone(names: LabelMap) -> None:
    checked(Relabelling(names).of(ITEM))
