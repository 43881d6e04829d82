"""Commands: each turns one state into the next, or is refused and changes nothing."""

from __future__ import annotations

import pytest

from annotator.errors import CommandError
from annotator.model.annotations import DONE, FLAGGED, SKIPPED, Comment
from annotator.model.event import Argument, Event
from annotator.model.identity import canonical_json
from annotator.model.span import Span
from annotator.model.suggestion import Outcome
from annotator.session.commands import (
    AcceptSuggestion,
    AddEvent,
    AddSpan,
    Batch,
    FinishDocument,
    Merge,
    RejectSuggestion,
    Relabel,
    Remove,
    RemoveArgument,
    Resize,
    SetArgument,
    SetAttribute,
    SetComment,
    SetFlag,
    accept_rest,
    command_record,
)


def after(state, *commands):
    for command in commands:
        state = command.apply(state)
    return state


def outcomes(state):
    return {item_id: decision.outcome.value for item_id, decision in state.decisions.items()}


# -- suggestions ------------------------------------------------------------------------------


def test_an_accepted_entity_is_annotated_as_it_was_suggested(state):
    done = after(state, AcceptSuggestion("mia"))
    assert done.annotations.entities == {"mia": state.suggestions["mia"].item}
    assert outcomes(done) == {"mia": "accepted"}
    assert state.annotations.is_empty


def test_an_accepted_event_brings_the_undecided_fillers_of_its_roles_along(state):
    done = after(state, AcceptSuggestion("said"))
    assert set(done.annotations.events) == {"said", "raid"}
    assert set(done.annotations.entities) == {"bo"}
    assert outcomes(done) == {"said": "accepted", "raid": "accepted", "bo": "accepted"}


def test_a_rejected_filler_does_not_come_back_with_its_event(state):
    done = after(state, RejectSuggestion("mia"), AcceptSuggestion("bombed"))
    assert done.annotations.events["bombed"].arguments == (Argument("Target", "rome"),)
    assert outcomes(done) == {"mia": "rejected", "bombed": "edited", "rome": "accepted"}


def test_a_rejected_suggestion_is_no_item_any_more_and_can_still_be_accepted(state):
    done = after(state, RejectSuggestion("mia"))
    assert "mia" not in {item.id for item in done.items()}
    assert done.is_rejected("mia")
    again = after(done, AcceptSuggestion("mia"))
    assert "mia" in again.annotations.entities
    assert outcomes(again) == {"mia": "accepted"}


def test_rejecting_what_was_accepted_takes_it_out_of_every_event(state):
    done = after(state, AcceptSuggestion("said"), RejectSuggestion("raid"))
    assert done.annotations.events["said"].arguments == ()
    assert outcomes(done)["raid"] == "rejected"
    assert outcomes(done)["said"] == "edited"


def test_what_was_added_by_hand_is_no_suggestion(state):
    done = after(state, AddSpan(Span.of("x", 0, 3, "PER")))
    for command in (AcceptSuggestion("x"), RejectSuggestion("x"), AcceptSuggestion("nothing")):
        with pytest.raises(CommandError):
            command.apply(done)


# -- labels and edges -------------------------------------------------------------------------


def test_a_relabelled_suggestion_is_taken_over_with_the_other_label(state):
    done = after(state, Relabel("acme", "LOC"))
    assert done.annotations.entities["acme"].label == "LOC"
    assert outcomes(done) == {"acme": "relabelled"}


def test_a_relabel_to_the_suggested_label_accepts(state):
    assert outcomes(after(state, Relabel("acme", "ORG"))) == {"acme": "accepted"}


def test_an_event_of_another_type_keeps_arguments_and_attributes(state):
    done = after(state, SetAttribute("bombed", "polarity", "negative"), Relabel("bombed", "Say"))
    event = done.annotations.events["bombed"]
    assert event.type == "Say"
    assert event.arguments == state.suggestions["bombed"].item.arguments
    assert event.attributes == {"polarity": "negative"}


def test_an_entity_of_another_label_or_size_stays_an_argument(state):
    done = after(
        state, AcceptSuggestion("bombed"), Relabel("rome", "ORG"), Resize("rome", ((0, 3),))
    )
    assert Argument("Target", "rome") in done.annotations.events["bombed"].arguments
    assert done.annotations.entities["rome"] == Span.of("rome", 0, 3, "ORG")
    assert outcomes(done)["rome"] == "relabelled"


def test_a_resized_trigger_keeps_its_arguments(state):
    done = after(state, Resize("bombed", ((0, 3), (5, 9))))
    event = done.annotations.events["bombed"]
    assert event.trigger.ranges == ((0, 3), (5, 9))
    assert event.trigger.id == "bombed-trigger"
    assert len(event.arguments) == 2
    assert outcomes(done)["bombed"] == "resized"


@pytest.mark.parametrize("ranges", [(), ((5, 5),), ((7, 9), (0, 3)), ((0, 9999),), ((-3, 2),)])
def test_edges_that_lie_nowhere_in_the_text_are_refused(state, ranges):
    with pytest.raises(CommandError):
        Resize("mia", ranges).apply(state)


def test_a_suggestion_put_back_to_what_it_was_counts_as_accepted(state):
    ranges = state.suggestions["mia"].span.ranges
    done = after(state, Resize("mia", ((0, 3),)), Resize("mia", ranges))
    assert outcomes(done) == {"mia": "accepted"}


# -- by hand ----------------------------------------------------------------------------------


def test_spans_and_events_are_added_by_hand_without_any_decision(state):
    event = Event("e", Span.of("et", 4, 9, "Attack"))
    done = after(state, AddSpan(Span.of("x", 0, 3, "PER")), AddEvent(event))
    assert done.annotations.entities["x"].label == "PER"
    assert done.annotations.events["e"] == event
    assert outcomes(done) == {}


def test_an_added_event_takes_the_suggestions_over_that_fill_its_roles(state):
    event = Event("e", Span.of("et", 4, 9, "Attack"), (Argument("Target", "rome"),))
    done = after(state, AddEvent(event))
    assert outcomes(done) == {"rome": "accepted"}
    assert done.annotations.events["e"] == event


def test_an_id_that_is_taken_and_a_place_beyond_the_text_are_refused(state):
    length = len(state.document.text)
    refused = [
        AddSpan(Span.of("mia", 0, 3, "PER")),
        AddSpan(Span.of("x", 0, length + 1, "PER")),
        AddEvent(Event("bombed", Span.of("t", 0, 3, "Attack"))),
        AddEvent(Event("e", Span.of("t", length, length + 1, "Attack"))),
        AddEvent(Event("e", Span.of("t", 0, 3, "Attack"), (Argument("Target", "nothing"),))),
    ]
    for command in refused:
        with pytest.raises(CommandError):
            command.apply(state)


def test_a_removed_entity_leaves_no_argument_behind(state):
    done = after(state, AcceptSuggestion("bombed"), Remove("mia"))
    assert done.annotations.events["bombed"].arguments == (Argument("Target", "rome"),)
    assert outcomes(done)["mia"] == "rejected"


def test_what_was_said_of_a_removed_entity_goes_with_it_and_the_rest_stays(state):
    done = after(
        state,
        AddSpan(Span.of("new", 0, 3, "PER")),
        SetComment(Comment("1", "new", "who?")),
        SetComment(Comment("2", "", "a good read")),
        SetComment(Comment("3", "mia", "she?")),
        Remove("new"),
    )
    assert {comment.text for comment in done.annotations.comments.values()} == {
        "a good read",
        "she?",
    }


def test_what_was_said_of_a_suggestion_tells_later_why_it_was_rejected(state):
    said = SetComment(Comment("c", "mia", "who?"))
    assert after(state, said, RejectSuggestion("mia")).annotations.comments
    accepted = after(state, AcceptSuggestion("mia"), said)
    assert after(accepted, Remove("mia")).annotations.comments
    assert after(accepted, RejectSuggestion("mia")).annotations.comments


def test_only_what_is_annotated_can_be_removed(state):
    for item_id in ("mia", "nothing"):
        with pytest.raises(CommandError):
            Remove(item_id).apply(state)


# -- events -----------------------------------------------------------------------------------


def test_an_argument_takes_event_and_filler_over(state):
    done = after(state, SetArgument("bombed", "Attacker", "acme"))
    assert done.annotations.events["bombed"].fillers("Attacker") == ("mia", "acme")
    assert outcomes(done) == {
        "bombed": "edited",
        "mia": "accepted",
        "rome": "accepted",
        "acme": "accepted",
    }


def test_an_argument_that_is_there_already_is_not_added_twice(state):
    done = after(state, SetArgument("bombed", "Target", "rome"))
    assert done.annotations.events["bombed"].fillers("Target") == ("rome",)
    assert outcomes(done)["bombed"] == "accepted"


def test_one_filler_may_fill_two_roles(state):
    done = after(state, SetArgument("bombed", "Place", "rome"))
    assert done.annotations.events["bombed"].fillers("Place") == ("rome",)


def test_an_event_cannot_fill_its_own_role_nor_an_entity_have_one(state):
    for command in (
        SetArgument("said", "Topic", "said"),
        SetArgument("mia", "Topic", "said"),
        SetArgument("said", "Topic", "nothing"),
        SetArgument("nothing", "Topic", "said"),
        RemoveArgument("mia", "Topic", "said"),
        SetAttribute("mia", "polarity", "negative"),
    ):
        with pytest.raises(CommandError):
            command.apply(state)


def test_two_events_may_fill_each_others_roles(state):
    done = after(state, SetArgument("raid", "Target", "said"))
    assert done.annotations.events["said"].fillers("Topic") == ("raid",)
    assert "said" in done.annotations.events["raid"].fillers("Target")


def test_one_argument_is_removed_and_the_others_stay(state):
    done = after(state, RemoveArgument("bombed", "Attacker", "mia"))
    assert done.annotations.events["bombed"].arguments == (Argument("Target", "rome"),)
    assert outcomes(done)["bombed"] == "edited"


def test_an_attribute_is_set_and_taken_back(state):
    negative = after(state, SetAttribute("raid", "polarity", "negative"))
    assert negative.annotations.events["raid"].attributes == {"polarity": "negative"}
    assert outcomes(negative)["raid"] == "edited"
    back = after(negative, SetAttribute("raid", "polarity", ""))
    assert back.annotations.events["raid"].attributes == {}
    assert outcomes(back)["raid"] == "accepted"


# -- merging ----------------------------------------------------------------------------------


def test_merged_entities_reach_from_the_first_to_the_last_and_stay_arguments(state):
    done = after(state, AcceptSuggestion("bombed"), Merge("acme", "mia"))
    assert done.annotations.entities["acme"].surface(state.document.text) == "Mia Stone of Acme"
    assert "mia" not in done.annotations.entities
    assert done.annotations.events["bombed"].fillers("Attacker") == ("acme",)
    assert outcomes(done)["mia"] == "rejected"
    assert outcomes(done)["acme"] == "resized"


def test_a_suggested_event_that_names_a_merged_entity_names_the_one_that_stays(state):
    done = after(state, Merge("acme", "mia"))
    assert done.annotations.events["bombed"].fillers("Attacker") == ("acme",)


def test_merged_events_have_the_arguments_of_both_and_are_no_argument_of_themselves(state):
    done = after(state, SetAttribute("raid", "polarity", "negative"), Merge("said", "raid"))
    event = done.annotations.events["said"]
    assert set(done.annotations.events) == {"said"}
    assert event.arguments == (Argument("Target", "bo"),)
    assert event.attributes == {"polarity": "negative"}
    assert event.type == "Say"


def test_an_entity_and_an_event_are_not_merged(state):
    for kept, other in (("mia", "bombed"), ("bombed", "mia"), ("mia", "mia"), ("mia", "nothing")):
        with pytest.raises(CommandError):
            Merge(kept, other).apply(state)


# -- the document -----------------------------------------------------------------------------


def test_finishing_accepts_what_is_left_and_lowers_the_skipped_flag(state):
    begun = after(state, SetFlag(SKIPPED, on=True), SetFlag(FLAGGED, on=True))
    done = accept_rest(begun).apply(begun)
    assert done.annotations.flags == {DONE, FLAGGED}
    assert done.undecided() == ()
    assert set(outcomes(done).values()) == {"accepted"}


def test_finishing_leaves_alone_what_was_decided(state):
    begun = after(state, RejectSuggestion("paris"), Relabel("acme", "LOC"))
    done = accept_rest(begun).apply(begun)
    assert done.is_rejected("paris")
    assert done.decisions["acme"].outcome is Outcome.RELABELLED
    assert not done.undecided()
    assert len(done.annotations.entities) + len(done.annotations.events) == 7


def test_a_comment_is_written_changed_and_removed(state):
    one = after(state, SetComment(Comment("c", "mia", "who?")))
    two = after(one, SetComment(Comment("c", "mia", "she")))
    assert two.annotations.comments == {"c": Comment("c", "mia", "she")}
    assert after(two, SetComment(Comment("c", "mia", ""))).annotations.is_empty


def test_a_batch_is_done_in_order_and_not_at_all_where_one_is_refused(state):
    good = Batch((AcceptSuggestion("mia"), Relabel("mia", "ORG"), FinishDocument()))
    assert good.apply(state).annotations.entities["mia"].label == "ORG"
    bad = Batch((AcceptSuggestion("mia"), Remove("nothing")))
    with pytest.raises(CommandError):
        bad.apply(state)
    assert state.annotations.is_empty


def test_a_command_is_a_record_of_plain_json():
    event = Event("e", Span("t", ((0, 2), (4, 5)), "Say"), (Argument("Topic", "raid"),), {"a": "b"})
    batch = Batch((AddEvent(event), Resize("mia", ((0, 3),)), SetComment(Comment("c", "", "x"))))
    record = command_record(batch)
    assert canonical_json(record)
    assert [part["command"] for part in record["commands"]] == ["AddEvent", "Resize", "SetComment"]
    assert record["commands"][0]["event"]["arguments"] == [{"role": "Topic", "target": "raid"}]
    assert record["commands"][1]["ranges"] == [[0, 3]]
