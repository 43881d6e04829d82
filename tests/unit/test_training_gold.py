from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.annotations import AnnotationSet, Relation
from annotator.model.event import Argument, Event
from annotator.model.scheme import Attribute, Scheme
from annotator.model.span import Span
from annotator.training.gold import GOLD, settled

PER = Span.of("p", 0, 4, "PER")
ORG = Span.of("o", 5, 9, "ORG")


def said(
    name: str, *entities: Span, done: bool = True, events: tuple[Event, ...] = ()
) -> AnnotationSet:
    flags = frozenset({"done"} if done else ())
    return AnnotationSet(
        "d", name, {e.id: e for e in entities}, {e.id: e for e in events}, flags=flags
    )  # fmt: skip


def renamed(span: Span, key: str) -> Span:
    return replace(span, id=key)


def test_what_the_adjudicator_finished_outweighs_all_others() -> None:
    amy, ben, gold = said("amy", PER), said("ben", PER), said(GOLD, ORG)
    found = settled([amy, ben, gold])
    assert (found.annotations, found.by) == (gold, (GOLD,))


def test_an_unfinished_adjudication_settles_nothing() -> None:
    found = settled([said("amy", PER), said("ben", ORG), said(GOLD, PER, done=False)])
    assert found.annotations is None
    assert found.reason == "not adjudicated: amy, ben differ"


def test_annotators_that_say_the_same_need_no_adjudication() -> None:
    def at(name: str) -> AnnotationSet:
        entities = (renamed(PER, f"p-{name}"), renamed(ORG, f"o-{name}"))
        arguments = (Argument("Agent", f"p-{name}"), Argument("Cause", f"e-{name}"))
        trigger = Span.of(f"t-{name}", 10, 12, "Attack")
        event = Event(f"e-{name}", trigger, arguments, {"realis": "actual"})
        return replace(
            said(name, *entities, events=(event,)),
            relations={"r": Relation("r", "of", f"p-{name}", f"o-{name}")},
        )

    found = settled([at("ben"), at("amy"), said("cem", PER, done=False)])
    assert (found.annotations, found.by) == (at("amy"), ("amy", "ben"))


@pytest.mark.parametrize(
    "other",
    [
        said("ben", renamed(PER, "x"), ORG),
        said("ben", Span.of("p", 0, 3, "PER")),
        said("ben", Span.of("p", 0, 4, "LOC")),
        said("ben"),
        said("ben", PER, events=(Event("e", Span.of("t", 10, 12, "Attack")),)),
    ],
)
def test_annotators_that_differ_are_not_settled(other: AnnotationSet) -> None:
    found = settled([said("amy", PER), other])
    assert (found.annotations, found.reason) == (None, "not adjudicated: amy, ben differ")


def test_arguments_and_attributes_count_as_differences() -> None:
    trigger = Span.of("t", 10, 12, "Attack")
    events = [
        Event("e", trigger, (Argument("Agent", "p"),), {"realis": "actual"}),
        Event("e", trigger, (Argument("Agent", "o"),), {"realis": "actual"}),
        Event("e", trigger, (Argument("Place", "p"),), {"realis": "actual"}),
        Event("e", trigger, (Argument("Agent", "p"),)),
    ]
    one, *others = [said("amy", PER, ORG, events=(event,)) for event in events]
    for other in others:
        assert settled([one, replace(other, annotator="ben")]).annotations is None


def test_a_default_that_one_has_set_and_one_has_left_is_no_difference() -> None:
    def at(name: str, **attributes: str) -> AnnotationSet:
        event = Event("e", Span.of("t", 10, 12, "Attack"), attributes=attributes)
        return said(name, events=(event,))

    scheme = Scheme("s", attributes=(Attribute("realis", ("actual", "other"), "actual"),))
    amy, ben = at("amy", realis="actual"), at("ben")
    assert settled([amy, ben], scheme).annotations == amy
    assert settled([amy, at("ben", realis="other")], scheme).annotations is None
    assert settled([at("amy", realis="other"), ben], scheme).annotations is None


def test_whoever_finished_it_alone_is_taken() -> None:
    amy = said("amy", PER)
    assert settled([amy, said("ben", ORG, done=False)]).annotations == amy


def test_what_several_have_begun_and_nobody_finished_is_left() -> None:
    amy, ben = said("amy", PER, done=False), said("ben", ORG, done=False)
    assert settled([amy, ben]).reason == "begun by amy, ben and finished by nobody"
    skipped = replace(ben, flags=frozenset({"skipped"}))
    assert settled([amy, skipped]).annotations == amy
    assert settled([replace(amy, flags=frozenset({"skipped"})), skipped]).reason == "it was skipped"


def test_a_set_that_is_alone_is_taken_as_it_is() -> None:
    alone = said("amy", done=False)
    assert settled([alone]).annotations is alone
    assert settled([]).reason == "nobody annotated it"
