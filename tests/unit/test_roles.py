"""Which roles of an event are open, and what may fill them."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.event import Event
from annotator.model.span import Span
from annotator.session.commands import AddEvent, RejectSuggestion, SetArgument
from annotator.session.roles import legal_fillers, role_for, roles_of


def test_roles_come_in_the_order_of_the_scheme(state, scheme):
    assert [r.name for r in roles_of(state, scheme, "bombed")] == ["Attacker", "Target", "Place"]
    assert roles_of(state, scheme, "mia") == ()
    assert roles_of(state, scheme, "nothing") == ()


def test_a_filler_takes_an_empty_role_that_accepts_it(state, scheme):
    assert role_for(state, scheme, "raid", "acme") == "Attacker"
    assert role_for(state, scheme, "said", "bombed") == "Topic"


def test_a_required_role_comes_before_others(state, scheme):
    bare = AddEvent(Event("e", Span.of("et", 0, 3, "Attack"))).apply(state)
    assert role_for(bare, scheme, "e", "mia") == "Target"
    filled = SetArgument("e", "Target", "rome").apply(bare)
    assert role_for(filled, scheme, "e", "mia") == "Attacker"


def test_where_every_fitting_role_is_filled_a_repeatable_one_is_taken(state, scheme):
    filled = SetArgument("bombed", "Place", "rome").apply(state)
    assert role_for(filled, scheme, "bombed", "paris") == "Target"


def test_what_no_role_accepts_gets_none(state, scheme):
    assert role_for(state, scheme, "said", "rome") is None
    assert role_for(state, scheme, "raid", "said") is None
    assert role_for(state, scheme, "mia", "rome") is None
    assert role_for(state, scheme, "raid", "nothing") is None


def test_fillers_are_the_items_that_a_role_accepts_in_reading_order(state, scheme):
    assert legal_fillers(state, scheme, "raid", "Place") == ("rome", "paris")
    assert legal_fillers(state, scheme, "said", "Topic") == ("bombed",)
    assert legal_fillers(state, scheme, "bombed") == ("acme", "paris", "bo")


def test_what_fills_a_role_already_is_offered_for_the_other_roles_only(state, scheme):
    assert legal_fillers(state, scheme, "bombed", "Attacker") == ("acme", "bo")
    assert "mia" in legal_fillers(state, scheme, "bombed", "Target")


def test_the_event_itself_and_what_was_rejected_fill_nothing(state, scheme):
    rejected = RejectSuggestion("bombed").apply(state)
    assert legal_fillers(rejected, scheme, "said", "Topic") == ()
    assert "said" not in legal_fillers(state, scheme, "said")


def test_everything_offered_without_a_role_gets_one(state, scheme):
    full = SetArgument("bombed", "Place", "rome").apply(state)
    offered = {item.id: legal_fillers(full, scheme, item.id) for item in full.items()}
    assert offered["bombed"] == ("acme", "paris", "bo")
    for event_id, fillers in offered.items():
        assert all(role_for(full, scheme, event_id, filler) for filler in fillers)


def test_a_role_for_one_filler_that_has_it_is_open_only_where_it_is_named(state, scheme):
    attack = scheme.events[0]
    small = replace(scheme, events=(replace(attack, roles=(attack.role("Place"),)),))
    bare = AddEvent(Event("e", Span.of("et", 0, 3, "Attack"))).apply(state)
    assert legal_fillers(bare, small, "e") == ("rome", "paris")
    filled = SetArgument("e", "Place", "rome").apply(bare)
    assert legal_fillers(filled, small, "e") == ()
    assert legal_fillers(filled, small, "e", "Place") == ("paris",)
