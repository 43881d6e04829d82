"""Adjudication of a project: what is asked, what is remembered, and what becomes of gold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from disputed import TEXT, ada, bo, cy, found, project_of, save

from annotator.errors import CommandError, NothingToDoError, UsageError
from annotator.project.adjudicating import Adjudicator, Wanted
from annotator.session.adjudication.disagreements import DifferenceKind
from annotator.session.adjudication.voting import Rule
from annotator.session.commands import RemoveArgument, Resize
from annotator.store import entries, history
from annotator.store.verify import verify
from annotator.training.gold import content


@pytest.fixture
def project(database, scheme):
    for one in (ada(), bo(), cy()):
        save(database, one)
    return project_of(database, scheme)


@pytest.fixture
def adjudicator(project):
    opened = Adjudicator(project)
    opened.open("news")
    return opened


def kinds(adjudicator):
    return [[kind.value for kind in point.kinds] for point in adjudicator.open_disagreements]


def stop(adjudicator, kind):
    return next(p for p in adjudicator.comparison.stops if kind in p.kinds)


def gold(adjudicator):
    return adjudicator.session.state.annotations


def test_each_difference_is_one_stop_and_what_is_agreed_is_taken_over(adjudicator):
    assert kinds(adjudicator) == [
        ["boundary"], ["label"], ["type"], ["role"], ["attribute"], ["missed"],
    ]  # fmt: skip
    assert {span.id for span in gold(adjudicator).entities.values()} == {"acme", "bo"}
    assert not gold(adjudicator).is_done


def test_suggestions_nobody_took_are_not_left_undecided_in_gold(adjudicator):
    assert adjudicator.session.state.undecided() == ()


def test_after_the_last_stop_the_document_is_done_and_undo_takes_that_back(adjudicator):
    while adjudicator.open_disagreements:
        assert not gold(adjudicator).is_done
        adjudicator.take(adjudicator.open_disagreements[0], "A")
    assert gold(adjudicator).is_done
    assert content(gold(adjudicator)) == content(ada())
    adjudicator.undo()
    assert not gold(adjudicator).is_done
    assert len(adjudicator.open_disagreements) == 1
    adjudicator.redo()
    assert gold(adjudicator).is_done


def test_an_argument_waits_for_its_filler_and_comes_with_it(adjudicator):
    adjudicator.take(stop(adjudicator, DifferenceKind.TYPE), "A")
    assert gold(adjudicator).events["bombed"].arguments == ()
    adjudicator.take(stop(adjudicator, DifferenceKind.LABEL), "A")
    assert gold(adjudicator).events["bombed"].fillers("Target") == ("rome",)
    adjudicator.take(stop(adjudicator, DifferenceKind.LABEL), "neither")
    assert gold(adjudicator).events["bombed"].arguments == ()


def test_neither_event_leaves_its_roles_and_attributes_unasked(adjudicator):
    adjudicator.take(stop(adjudicator, DifferenceKind.TYPE), "neither")
    assert kinds(adjudicator) == [["boundary"], ["label"], ["missed"]]


def test_both_keeps_each_version_as_whoever_has_it_puts_it(adjudicator):
    adjudicator.take(stop(adjudicator, DifferenceKind.BOUNDARY), "both")
    spans = {span.surface(TEXT) for span in gold(adjudicator).entities.values()}
    assert {"Mia Stone", "Mia Stone of Acme"} <= spans
    adjudicator.take(stop(adjudicator, DifferenceKind.TYPE), "both")
    assert {event.type for event in gold(adjudicator).events.values()} == {"Attack", "Say"}
    assert kinds(adjudicator) == [["label"], ["missed"]]


def test_an_attribute_has_one_value_only(adjudicator):
    adjudicator.take(stop(adjudicator, DifferenceKind.TYPE), "A")
    with pytest.raises(CommandError, match="one value"):
        adjudicator.take(stop(adjudicator, DifferenceKind.ATTRIBUTE), "both")
    adjudicator.take(stop(adjudicator, DifferenceKind.ATTRIBUTE), "B")
    assert gold(adjudicator).events["bombed"].attributes == {"polarity": "negative"}


def valued(one, **attributes):
    return replace(one, events={"bombed": replace(one.events["bombed"], attributes=attributes)})


def between(database, scheme, *values):
    """The adjudicator of two who differ in the attributes of one event at most."""
    for name, attributes in zip(("ada", "bo"), values, strict=True):
        save(database, replace(valued(ada(), **attributes), annotator=name))
    opened = Adjudicator(project_of(database, scheme))
    opened.open("news")
    return opened


def test_a_default_that_one_has_set_and_one_has_left_is_agreed_on(database, scheme):
    adjudicator = between(database, scheme, {"polarity": "positive"}, {})
    assert adjudicator.open_disagreements == ()
    assert gold(adjudicator).is_done
    assert gold(adjudicator).events["bombed"].attributes == {"polarity": "positive"}


def test_a_default_that_nobody_has_set_is_not_written(database, scheme):
    adjudicator = between(database, scheme, {}, {})
    assert gold(adjudicator).is_done
    assert gold(adjudicator).events["bombed"].attributes == {}


@pytest.mark.parametrize(("letter", "chosen"), [("A", "positive"), ("B", "negative")])
def test_a_default_that_was_left_can_be_chosen_like_a_value(database, scheme, letter, chosen):
    adjudicator = between(database, scheme, {}, {"polarity": "negative"})
    assert kinds(adjudicator) == [["attribute"]]
    adjudicator.take(adjudicator.open_disagreements[0], letter)
    assert gold(adjudicator).events["bombed"].attributes == {"polarity": chosen}
    assert gold(adjudicator).is_done


def test_an_attribute_without_a_default_is_asked_where_one_has_left_it(database, scheme):
    adjudicator = between(database, scheme, {"tense": "past"}, {})
    assert kinds(adjudicator) == [["attribute"]]
    adjudicator.take(adjudicator.open_disagreements[0], "B")
    assert gold(adjudicator).events["bombed"].attributes == {}


def test_a_default_that_one_of_two_types_lacks_is_no_stop_of_its_own(database, scheme):
    of_attacks = replace(scheme.attributes[0], applies_to=("Attack",))
    scheme = replace(scheme, attributes=(of_attacks,))
    save(database, ada())
    save(database, replace(valued(cy()), annotator="bo"))
    adjudicator = Adjudicator(project_of(database, scheme))
    adjudicator.open("news")
    assert kinds(adjudicator) == [["label"], ["type"]]
    save(database, valued(ada(), polarity="negative"))
    adjudicator.refresh()
    assert kinds(adjudicator) == [["label"], ["type"], ["attribute"]]


def test_what_was_settled_is_remembered_and_only_what_is_new_is_asked_again(project, adjudicator):
    while adjudicator.open_disagreements:
        adjudicator.take(adjudicator.open_disagreements[0], "neither")
    changed = replace(bo(), entities={**bo().entities, "bo": found("bo", "Lee", "PER")})
    save(project.database, changed)
    again = Adjudicator(project)
    assert again.next_document() == "news"
    again.open("news")
    assert kinds(again) == [["boundary"]]
    assert not gold(again).is_done
    again.take(again.open_disagreements[0], "B")
    assert gold(again).entities["bo"].surface(TEXT) == "Lee"
    assert gold(again).is_done


def test_another_vote_for_a_version_asks_nothing_anew(project, scheme):
    two = Adjudicator(project, ["ada", "bo"])
    two.open("news")
    while two.open_disagreements:
        two.take(two.open_disagreements[0], "A")
    save(project.database, replace(ada(), annotator="dee"))
    more = Adjudicator(project, ["ada", "bo", "dee"])
    more.open("news")
    assert more.open_disagreements == ()


def test_what_was_put_right_by_hand_stays(adjudicator):
    adjudicator.take(stop(adjudicator, DifferenceKind.TYPE), "A")
    adjudicator.take(stop(adjudicator, DifferenceKind.LABEL), "A")
    adjudicator.session.run(RemoveArgument("bombed", "Target", "rome"))
    adjudicator.session.run(Resize("bo", found("x", "Lee", "PER").ranges))
    while adjudicator.open_disagreements:
        adjudicator.take(adjudicator.open_disagreements[0], "A")
    assert gold(adjudicator).events["bombed"].fillers("Target") == ()
    assert gold(adjudicator).entities["bo"].surface(TEXT) == "Lee"


def test_a_majority_is_taken_step_by_step_and_says_that_it_is_automatic(project, adjudicator):
    assert adjudicator.vote(Rule.MAJORITY) == 6
    assert content(gold(adjudicator)) == content(ada())
    rows = history.rows(project.database, annotator="gold")
    titles = [row.command["title"] for row in rows]
    assert len(titles) == 7
    assert all(title.startswith("automatic") for title in titles)
    adjudicator.undo()
    assert len(adjudicator.open_disagreements) == 1


def test_all_but_one_needs_three_who_have_a_say(project):
    two = Adjudicator(project, ["ada", "bo"])
    assert two.vote(Rule.ALL_BUT_ONE) == 0
    assert Adjudicator(project).vote(Rule.ALL_BUT_ONE) == 6


def test_stops_are_filtered_by_label_kind_and_who_is_alone(project):
    def asked(wanted):
        adjudicator = Adjudicator(project, wanted=wanted)
        adjudicator.open("news")
        return [point.kinds[0].value for point in adjudicator.stops]

    assert asked(Wanted(label="ORG")) == ["label"]
    assert asked(Wanted(kind=DifferenceKind.ROLE)) == ["role"]
    assert asked(Wanted(differs="cy")) == ["label", "type"]
    assert asked(Wanted(kind=DifferenceKind.ROLE, differs="cy")) == []


def test_a_document_on_which_all_agree_is_done_on_the_way(database, scheme):
    for name in ("ada", "bo"):
        save(database, replace(ada(), annotator=name))
    adjudicator = Adjudicator(project_of(database, scheme))
    assert adjudicator.next_document() is None
    adjudicator.open("news")
    assert gold(adjudicator).is_done
    assert content(gold(adjudicator)) == content(ada())


def test_undo_goes_past_what_was_taken_over_and_a_choice_takes_it_over_again(adjudicator):
    first = adjudicator.open_disagreements[0]
    adjudicator.take(first, "A")
    adjudicator.undo()
    adjudicator.undo()
    assert gold(adjudicator).is_empty
    adjudicator.take(first, "A")
    assert {"mia", "acme", "bo"} <= gold(adjudicator).entities.keys()


def test_nobody_is_named_where_annotators_are_anonymous(project):
    adjudicator = Adjudicator(project, anonymous=True)
    adjudicator.open("news")
    adjudicator.take(adjudicator.open_disagreements[0], "A")
    (row, *_) = history.rows(project.database, annotator="gold")
    assert not any(name in row.command["title"] for name in ("ada", "bo", "cy"))
    assert set(adjudicator.letters().values()) == {"ada", "bo", "cy"}


def test_a_stop_settled_by_mistake_is_asked_again_on_request(adjudicator):
    first = adjudicator.open_disagreements[0]
    adjudicator.take(first, "B")
    adjudicator.reopen(first)
    assert first in adjudicator.open_disagreements
    adjudicator.take(first, "A")
    assert gold(adjudicator).entities["mia"].surface(TEXT) == "Mia Stone"


def test_the_file_is_sound_after_all_of_it(project, adjudicator):
    adjudicator.vote(Rule.MAJORITY)
    adjudicator.undo()
    adjudicator.take(adjudicator.open_disagreements[0], "neither")
    assert verify(project.database) == ()
    assert "gold" in entries.annotators(project.database)


def test_without_two_who_finished_there_is_nothing_to_adjudicate(database, scheme):
    save(database, ada())
    project = project_of(database, scheme)
    with pytest.raises(NothingToDoError):
        Adjudicator(project).require_queue()
    with pytest.raises(UsageError):
        Adjudicator(project).open("news")
    with pytest.raises(UsageError):
        Adjudicator(project, ["nobody"])


def test_a_gold_set_that_came_from_elsewhere_is_left_alone(project):
    save(project.database, replace(cy(), annotator="gold"))
    adjudicator = Adjudicator(project)
    assert adjudicator.next_document() is None
    assert adjudicator.vote(Rule.MAJORITY) == 0
    with pytest.raises(UsageError):
        adjudicator.open("news")


def test_a_document_with_nothing_in_it_is_adjudicated_too(database, scheme):
    for name in ("ada", "bo"):
        save(database, replace(ada(), annotator=name, entities={}, events={}))
    adjudicator = Adjudicator(project_of(database, scheme))
    assert adjudicator.next_document() is None
    save(database, replace(ada(), events={}))
    again = Adjudicator(project_of(database, scheme))
    assert again.next_document() == "news"
