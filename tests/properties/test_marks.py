"""Marks that were brought up to date change by change are those of the state as it is."""

from __future__ import annotations

from command_cases import sequences, states, steps
from hypothesis import given

from annotator.model.scheme import ANY_EVENT, EntityLabel, EventType, Role, Scheme
from annotator.session.commands import AcceptSuggestion, RejectSuggestion, Relabel, Remove
from annotator.session.state import changes
from annotator.tui.page.marks import Status, mark_of, marks_of, touched_by

SCHEME = Scheme(
    "test",
    entities=(EntityLabel("PER"), EntityLabel("LOC")),
    events=(
        EventType(
            "Attack",
            (Role("Agent", ("PER", ANY_EVENT), required=True), Role("Place", ("LOC",))),
        ),
    ),
)


def marks(state, scheme=SCHEME):
    return {mark.id: mark for mark in marks_of(state, scheme)}


def updated(before, state, found, scheme=SCHEME):
    """The marks with those replaced that the changes touch, as the screen does it."""
    after = dict(before)
    for item_id in touched_by(state, found):
        mark = mark_of(state, scheme, item_id)
        after.pop(item_id, None)
        if mark is not None:
            after[item_id] = mark
    return after


@given(states, sequences)
def test_the_marks_touched_by_a_change_are_all_that_differ(state, sequence):
    for _, before, after in steps(state, sequence):
        found = changes(before, after)
        back = [change.inverse() for change in reversed(found)]
        assert updated(marks(before), after, found) == marks(after)
        assert updated(marks(after), before, back) == marks(before)


@given(states, sequences)
def test_a_mark_says_how_far_its_item_is_decided(state, sequence):
    for _, _, after in steps(state, sequence):
        for item_id, mark in marks(after).items():
            expected = Status.SUGGESTED if after.is_undecided(item_id) else Status.ACCEPTED
            assert mark.status is (Status.REJECTED if after.is_rejected(item_id) else expected)


def test_an_event_is_marked_as_wrong_when_its_filler_gets_a_wrong_label(state, scheme):
    accepted = AcceptSuggestion("bombed").apply(state)
    assert not mark_of(accepted, scheme, "bombed").has_problem
    wrong = Relabel("rome", "ORG").apply(accepted)
    assert mark_of(wrong, scheme, "bombed").has_problem
    assert mark_of(wrong, scheme, "bombed").tag == "◆Attack!"
    assert "bombed" in touched_by(wrong, changes(accepted, wrong))


def test_a_required_role_that_lost_its_filler_is_marked(state, scheme):
    bare = Remove("rome").apply(AcceptSuggestion("bombed").apply(state))
    assert mark_of(bare, scheme, "bombed").has_problem


def test_a_suggestion_is_not_marked_as_wrong_before_it_is_accepted(state, scheme):
    rejected = RejectSuggestion("rome").apply(state)
    assert not mark_of(rejected, scheme, "bombed").has_problem
    assert mark_of(rejected, scheme, "rome").status is Status.REJECTED


def test_what_is_not_there_has_no_mark(state, scheme):
    assert mark_of(state, scheme, "nothing") is None
