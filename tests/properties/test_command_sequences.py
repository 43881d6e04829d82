"""Laws that hold whatever commands run on whatever suggestions."""

from __future__ import annotations

from command_cases import DOCUMENT, ids, labels, last, ranges, sequences, states, steps
from hypothesis import given

from annotator.model.change import applied, change_from, change_record
from annotator.model.event import Event
from annotator.model.identity import canonical_json
from annotator.model.suggestion import outcome_of
from annotator.session.commands import (
    AcceptSuggestion,
    Relabel,
    Resize,
    accept_rest,
    command_record,
)
from annotator.session.state import changes, entries_of, state_of, with_changes


@given(states, sequences)
def test_every_argument_points_to_something_in_the_set(state, sequence):
    annotations = last(state, sequence).annotations
    for event in annotations.events.values():
        assert all(annotations.holds(argument.target) for argument in event.arguments)


@given(states, sequences)
def test_every_item_is_kept_under_its_id_and_within_the_text(state, sequence):
    annotations = last(state, sequence).annotations
    for kind in (annotations.entities, annotations.events):
        assert all(item.id == item_id for item_id, item in kind.items())
    assert not annotations.entities.keys() & annotations.events.keys()
    assert all(span.end <= len(DOCUMENT.text) for span in annotations.spans())


@given(states, sequences)
def test_there_are_decisions_for_suggestions_only_and_each_says_what_became_of_it(state, sequence):
    done = last(state, sequence)
    for item_id, decision in done.decisions.items():
        annotations = done.annotations
        item = annotations.entities.get(item_id) or annotations.events.get(item_id)
        assert decision.suggestion_id == item_id
        assert decision.outcome is outcome_of(done.suggestions[item_id], item)
    annotated = done.annotations.entities.keys() | done.annotations.events.keys()
    assert annotated & done.suggestions.keys() <= done.decisions.keys()


@given(states, sequences)
def test_the_changes_of_a_step_lead_from_before_to_after_and_back(state, sequence):
    for _, before, after in steps(state, sequence):
        found = changes(before, after)
        back = [change.inverse() for change in reversed(found)]
        assert with_changes(before, found) == after
        assert with_changes(after, back) == before
        assert applied(entries_of(before), found) == entries_of(after)
        assert applied(entries_of(after), back) == entries_of(before)


@given(states, sequences)
def test_undoing_every_step_gives_the_first_state_back(state, sequence):
    done = [changes(before, after) for _, before, after in steps(state, sequence)]
    undone = last(state, sequence)
    for found in reversed(done):
        undone = with_changes(undone, [change.inverse() for change in reversed(found)])
    assert undone == state


@given(states, sequences)
def test_a_state_is_read_back_from_its_entries(state, sequence):
    done = last(state, sequence)
    again = state_of(DOCUMENT, "mia", state.suggestions.values(), entries_of(done))
    assert again == done
    assert entries_of(again) == entries_of(done)


@given(states, sequences)
def test_changes_and_commands_are_plain_json_and_changes_are_read_back(state, sequence):
    for command, before, after in steps(state, sequence):
        assert canonical_json(command_record(command))
        for change in changes(before, after):
            record = change_record(change)
            assert canonical_json(record)
            assert change_from(record) == change
            assert change.before != change.after


@given(states, sequences, ids, labels, ranges)
def test_another_label_or_size_keeps_arguments_and_attributes(state, sequence, item_id, label, new):
    begun = last(state, [*sequence, AcceptSuggestion(item_id)])
    for command in (Relabel(item_id, label), Resize(item_id, new)):
        for _, before, after in steps(begun, [command]):
            _expect_same_arguments(before, after)


def _expect_same_arguments(before, after):
    for event_id, event in before.annotations.events.items():
        kept = after.annotations.events[event_id]
        assert (kept.arguments, kept.attributes) == (event.arguments, event.attributes)
        assert kept.trigger.id == event.trigger.id


@given(states, sequences)
def test_items_are_what_is_annotated_and_what_is_undecided_in_reading_order(state, sequence):
    done = last(state, sequence)
    annotations = done.annotations
    expected = {*annotations.entities, *annotations.events}
    expected |= {suggestion.id for suggestion in done.undecided()}
    found = done.items()
    assert sorted(item.id for item in found) == sorted(expected)
    starts = [item.trigger.start if isinstance(item, Event) else item.start for item in found]
    assert starts == sorted(starts)


@given(states, sequences)
def test_accepting_the_rest_decides_everything_and_takes_back_nothing(state, sequence):
    begun = last(state, sequence)
    done = accept_rest(begun).apply(begun)
    assert not done.undecided()
    assert done.annotations.is_done
    assert begun.annotations.entities.items() <= done.annotations.entities.items()
    assert begun.annotations.events.keys() <= done.annotations.events.keys()


@given(states, sequences)
def test_a_refused_command_leaves_the_state_as_it_was(state, sequence):
    before = entries_of(state)
    last(state, sequence)
    assert entries_of(state) == before
