"""The differences behind the numbers, and what stands for what."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from works import TOKENS, full_works, work

from annotator.agreement import (
    KINDS,
    DocumentAnnotations,
    EventMark,
    align,
    by_kind,
    differences,
    entity_marks,
    matched_events,
    report,
    span_f1,
)


def with_events(name, entities, *events):
    return DocumentAnnotations(name, "d", 50, TOKENS, entity_marks(entities), events)


def kinds(a, b):
    return [one.kind for one in differences(a, b)]


def test_spans_differ_in_boundary_label_both_or_existence():
    a = work("ann", "d", [(0, 4, "X"), (5, 9, "X"), (10, 19, "X"), (20, 24, "X")])
    b = work("ben", "d", [(0, 4, "Y"), (5, 8, "X"), (11, 14, "Y"), (30, 34, "X")])
    found = differences(a, b)
    assert [(one.kind, one.id_a, one.id_b) for one in found] == [
        ("label", "e1", "e1"),
        ("boundary", "e2", "e2"),
        ("boundary_label", "e3", "e3"),
        ("missed_by_b", "e4", None),
        ("missed_by_a", None, "e4"),
    ]
    assert [one.place for one in found] == [(0, 4), (5, 9), (10, 19), (20, 24), (30, 34)]
    assert found[0].labels == ("X", "Y")
    assert found[3].ranges_b == ()
    assert found[0].annotators == ("ann", "ben")


def test_a_wrong_type_is_a_difference_of_the_trigger_and_arguments_are_compared_all_the_same():
    spans = [(0, 4, "X"), (10, 14, "X")]
    a = with_events("a", spans, EventMark("v1", ((5, 9),), "Attack", (("Agent", "e1"),)))
    b = with_events("b", spans, EventMark("w1", ((5, 9),), "Protest", (("Place", "e1"),)))
    label, role = differences(a, b)
    assert (label.kind, label.layer, label.id_a, label.id_b) == ("label", "triggers", "v1", "w1")
    assert role.kind == "role"
    assert (role.role_a.role, role.role_b.role) == ("Agent", "Place")
    assert role.role_a.ranges == ((0, 4),)


def test_an_argument_that_one_lacks_has_one_side():
    spans = [(0, 4, "X"), (10, 14, "X")]
    a = with_events("a", spans, EventMark("v1", ((5, 9),), "P", (("Agent", "e1"), ("Place", "e2"))))
    b = with_events("b", spans, EventMark("v1", ((5, 9),), "P", (("Agent", "e1"),)))
    (found,) = differences(a, b)
    assert (found.kind, found.role_a.target, found.role_b) == ("role", "e2", None)


def test_where_the_fillers_of_one_role_differ_the_fillers_are_the_difference():
    a = with_events("a", [(0, 9, "X")], EventMark("v1", ((20, 24),), "P", (("Agent", "e1"),)))
    b = with_events("b", [(0, 4, "X")], EventMark("v1", ((20, 24),), "P", (("Agent", "e1"),)))
    assert kinds(a, b) == ["boundary"]


def test_overlapping_fillers_that_stand_for_others_are_a_difference_of_roles():
    spans = [(0, 9, "X"), (0, 4, "X")]
    a = with_events("a", spans, EventMark("v1", ((20, 24),), "P", (("Agent", "e1"),)))
    b = with_events("b", spans, EventMark("v1", ((20, 24),), "P", (("Agent", "e2"),)))
    (found,) = differences(a, b)
    assert (found.kind, found.role_a.target, found.role_b.target) == ("role", "e1", "e2")


def test_attributes_differ_by_name():
    a = with_events(
        "a", [], EventMark("v1", ((5, 9),), "P", (), (("mood", "x"), ("tense", "past")))
    )
    b = with_events("b", [], EventMark("v1", ((5, 9),), "P", (), (("tense", "future"),)))
    found = [(one.attribute, one.value_a, one.value_b) for one in differences(a, b)]
    assert found == [("mood", "x", None), ("tense", "past", "future")]


def test_of_several_events_on_one_trigger_the_most_alike_are_paired():
    spans = [(0, 4, "X"), (10, 14, "X")]
    one = EventMark("v1", ((5, 9),), "P", (("Agent", "e1"),))
    two = EventMark("v2", ((5, 9),), "P", (("Agent", "e2"),))
    a, b = with_events("a", spans, one, two), with_events("b", spans, two, one)
    assert differences(a, b) == ()
    assert [(x.id, y.id) for x, y in matched_events(a, b)] == [("v1", "v1"), ("v2", "v2")]


def test_events_that_name_one_another_are_compared_by_trigger_and_type():
    def nested(name, kind):
        return with_events(
            name, [],
            EventMark("v1", ((0, 4),), "Cause", (("Effect", "v2"),)),
            EventMark("v2", ((5, 9),), kind, (("Cause", "v1"),)),
        )  # fmt: skip

    assert differences(nested("a", "Die"), nested("b", "Die")) == ()
    assert kinds(nested("a", "Die"), nested("b", "Hurt")) == ["label"]


def test_works_on_two_texts_are_refused():
    with pytest.raises(ValueError, match="two documents"):
        differences(work("a", "d1"), work("b", "d2"))
    with pytest.raises(ValueError, match="same text"):
        differences(work("a", "d"), work("b", "d", tokens=TOKENS[1:]))


@given(full_works("a"), full_works("b"))
def test_the_differences_are_those_that_the_counts_have(a, b):
    found = differences(a, b)
    for layer in ("entities", "triggers"):
        spans = Counter(one.kind for one in found if one.layer == layer)
        marks = [[item.mark for item in one.items(layer)] for one in (a, b)]
        score = span_f1(*marks)
        paired = spans["boundary"] + spans["label"] + spans["boundary_label"]
        assert score.only_a == paired + spans["missed_by_b"]
        assert score.only_b == paired + spans["missed_by_a"]
    assert list(by_kind(found)) == [k for k in KINDS if any(one.kind == k for one in found)]
    assert sum(map(len, by_kind(found).values())) == len(found)
    json.dumps([one.as_json() for one in found])


@given(full_works("a"), full_works("b"))
def test_changing_sides_changes_sides_only(a, b):
    turned = {"missed_by_a": "missed_by_b", "missed_by_b": "missed_by_a"}
    there = Counter((one.kind, one.layer) for one in differences(a, b) if one.kind in KINDS[:5])
    back = Counter(
        (turned.get(one.kind, one.kind), one.layer)
        for one in differences(b, a)
        if one.kind in KINDS[:5]
    )
    assert there == back


@given(full_works())
def test_nothing_differs_from_itself(a):
    assert differences(a, a) == ()


@given(full_works("a"), full_works("b"))
def test_everything_is_in_one_pair_or_alone(a, b):
    found = align(a, b)
    pairs = (*found.entities, *found.events)
    for work_, side, alone in ((a, 0, found.only_a), (b, 1, found.only_b)):
        seen = [pair[side].id for pair in pairs] + [item.id for item in alone]
        assert sorted(seen) == sorted(work_.by_id())


@given(full_works("a"), full_works("b"))
def test_the_confusion_has_every_span_of_both(a, b):
    confusion = report([a, b], draws=0).layers["entities"].pairs[0].confusion
    for side, one in enumerate((a, b)):
        counted = Counter()
        for labels, n in confusion.items():
            counted[labels[side]] += n
        del counted[""]
        assert counted == Counter(item.label for item in one.entities)
