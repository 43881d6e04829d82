"""Agreement on events: triggers, arguments and attributes."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from works import TOKENS, full_works, work

from annotator.agreement import (
    DocumentAnnotations,
    EventMark,
    cohen_kappa,
    entity_marks,
    matched_events,
    report,
)
from annotator.agreement.fillers import arguments, fillers, same
from annotator.agreement.tallies.events import event_counts

SPANS = [(0, 4, "PERSON"), (10, 14, "GPE"), (20, 29, "ORG")]


def did(name, *events, spans=SPANS, document="d"):
    return DocumentAnnotations(name, document, 50, TOKENS, entity_marks(spans), events)


def event(number, start, label, *arguments, **attributes):
    return EventMark(
        f"v{number}", ((start, start + 4),), label, arguments, tuple(sorted(attributes.items()))
    )


def pooled(*works):
    return report(works, draws=0).events.pooled


def values(*works):
    return {name: one.value for name, one in pooled(*works).numbers.items()}


def test_triggers_are_identified_by_edges_and_classified_by_type_too():
    a = did("a", event(1, 5, "Attack"), event(2, 15, "Die"), event(3, 30, "Meet"))
    b = did("b", event(1, 5, "Protest"), event(2, 15, "Die"))
    found = values(a, b)
    assert found["trigger_identification_f1"] == pytest.approx(4 / 5)
    assert found["trigger_classification_f1"] == pytest.approx(2 / 5)


def test_an_argument_is_its_filler_and_classified_by_role_too():
    a = did("a", event(1, 5, "Attack", ("Agent", "e1"), ("Place", "e2")))
    b = did("b", event(1, 5, "Attack", ("Victim", "e1"), ("Place", "e2")))
    found = values(a, b)
    assert found["argument_identification_f1"] == 1
    assert found["role_classification_f1"] == pytest.approx(1 / 2)
    roles = pooled(a, b).roles
    assert {role: one.value for role, one in roles.items()} == {"Agent": 0, "Place": 1, "Victim": 0}


def test_given_a_matched_trigger_a_missed_trigger_costs_nothing():
    one = event(1, 5, "Attack", ("Agent", "e1"))
    a, b = did("a", one, event(2, 15, "Die", ("Victim", "e2"))), did("b", one)
    numbers = pooled(a, b).numbers
    end_to_end = numbers["role_classification_f1"]
    given_trigger = numbers["given_trigger_role_classification_f1"]
    assert (end_to_end.value, end_to_end.n) == (pytest.approx(2 / 3), 3)
    assert (given_trigger.value, given_trigger.n) == (1, 2)
    assert pooled(a, b).matched == 1


def test_the_type_of_the_event_is_part_of_an_argument_end_to_end():
    a = did("a", event(1, 5, "Attack", ("Agent", "e1")))
    b = did("b", event(1, 5, "Protest", ("Agent", "e1")))
    assert values(a, b)["role_classification_f1"] == 0


def test_fillers_that_overlap_count_in_the_variant_only():
    a = did("a", event(1, 5, "Attack", ("Agent", "e3")))
    b = did("b", event(1, 5, "Attack", ("Agent", "e3")), spans=[*SPANS[:2], (25, 29, "ORG")])
    found = values(a, b)
    assert found["role_classification_f1"] == 0
    assert found["role_classification_overlap_f1"] == 1
    assert found["given_trigger_role_classification_f1"] == 0
    assert found["given_trigger_role_classification_overlap_f1"] == 1


def test_one_long_filler_stands_for_one_short_filler_only():
    a = did("a", event(1, 5, "Meet", ("Participant", "e3")))
    b = did(
        "b",
        event(1, 5, "Meet", ("Participant", "e2"), ("Participant", "e3")),
        spans=[SPANS[0], (20, 24, "ORG"), (25, 29, "ORG")],
    )
    assert values(a, b)["role_classification_overlap_f1"] == pytest.approx(2 / 3)


def test_a_role_that_is_filled_twice_is_matched_one_to_one():
    a = did("a", event(1, 5, "Meet", ("Participant", "e1"), ("Participant", "e2")))
    b = did("b", event(1, 5, "Meet", ("Participant", "e2")))
    assert values(a, b)["role_classification_f1"] == pytest.approx(2 / 3)


def test_events_on_one_trigger_are_matched_so_that_most_arguments_agree():
    a = did("a", event(1, 5, "Die", ("Victim", "e1")), event(2, 5, "Die", ("Victim", "e2")))
    b = did("b", event(1, 5, "Die", ("Victim", "e2")), event(2, 5, "Die", ("Victim", "e1")))
    assert values(a, b)["given_trigger_role_classification_f1"] == 1


def test_an_event_that_is_an_argument_is_its_trigger_and_type():
    def caused(name, inner, role):
        return did(name, event(1, 5, "Cause", ("Effect", "v2")), event(2, 15, inner, (role, "e1")))

    found = values(caused("a", "Die", "Victim"), caused("b", "Die", "Agent"))
    assert found["role_classification_f1"] == pytest.approx(2 / 4)
    assert found["argument_identification_f1"] == 1
    assert values(caused("a", "Die", "Victim"), caused("b", "Hurt", "Victim"))[
        "argument_identification_f1"
    ] == 0  # fmt: skip


def test_kappa_of_an_attribute_is_that_of_its_values_in_matched_events():
    tenses = (("past", "past"), ("past", "future"), ("future", "future"), ("past", "past"))
    works = [
        did(name, event(1, 5, "Attack", tense=tense), document=f"d{i}")
        for i, pair in enumerate(tenses)
        for name, tense in zip("ab", pair, strict=True)
    ]
    found = report(works, draws=50).events.pairs[0].attributes["tense"]
    assert found["kappa"].value == pytest.approx(cohen_kappa([[2, 1], [0, 1]]))
    assert (found["kappa"].n, found["kappa"].documents) == (4, 4)
    assert found["observed"].value == pytest.approx(3 / 4)
    assert found["observed"].interval[0] < 3 / 4 < found["observed"].interval[1]


def test_an_attribute_that_one_did_not_set_is_a_value_and_one_that_neither_set_is_none():
    a = did("a", event(1, 5, "Attack", tense="past"), event(2, 15, "Die"))
    b = did("b", event(1, 5, "Attack"), event(2, 15, "Die"))
    found = pooled(a, b).attributes["tense"]
    assert (found["observed"].value, found["observed"].n) == (0, 1)


def test_without_events_everything_is_undefined_and_says_why():
    found = pooled(work("a", "d"), work("b", "d"))
    assert {one.value for one in found.numbers.values()} == {None}
    assert all(one.undefined for one in found.numbers.values())
    assert (found.matched, found.roles, found.attributes) == (0, {}, {})


def best_by_trying_all(a, b):
    """The most arguments that events with one trigger and type can have in common."""
    known = fillers(a), fillers(b)
    total = 0
    for mark in {one.mark for one in a.events}:
        ours = [arguments(e, known[0]) for e in a.events if e.mark == mark]
        theirs = [arguments(e, known[1]) for e in b.events if e.mark == mark]
        shorter, longer = sorted((ours, theirs), key=len)
        total += max(
            sum(same(x, y) for x, y in zip(shorter, chosen, strict=True))
            for chosen in permutations(longer, len(shorter))
        )
    return total


@settings(max_examples=150)
@given(full_works("a"), full_works("b"))
def test_no_matching_of_events_has_more_pairs_or_more_arguments_in_common(a, b):
    counts = event_counts(a, b)
    most = (Counter(e.mark for e in a.events) & Counter(e.mark for e in b.events)).total()
    assert len(matched_events(a, b)) == counts["events",] == most
    assert counts["role", "matched", "exact"] == best_by_trying_all(a, b)


@settings(max_examples=150)
@given(full_works("a"), full_works("b"))
def test_it_is_symmetric_and_looser_ways_to_match_are_never_below(a, b):
    there, back = values(a, b), values(b, a)
    assert there == back
    counts = event_counts(a, b)
    for scope in ("all", "matched"):
        for kind in ("filler", "role"):
            assert counts[kind, scope, "overlap"] >= counts[kind, scope, "exact"]
        for how in ("exact", "overlap"):
            assert counts["filler", scope, how] >= counts["role", scope, how]
    attributes = pooled(a, b).attributes
    for name, numbers in pooled(b, a).attributes.items():
        for measure, one in numbers.items():
            assert one.value == attributes[name][measure].value
