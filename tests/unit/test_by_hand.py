"""A stop that is put right by hand: settled where something was changed, and by nothing else."""

from __future__ import annotations

import pytest
from disputed import TEXT, ada, bo, cy, found, project_of, save

from annotator.model.annotations import Comment
from annotator.project.adjudicating import Adjudicator
from annotator.session.adjudication.disagreements import DifferenceKind
from annotator.session.commands import AddSpan, RemoveArgument, Resize, SetComment
from annotator.store.verify import verify


@pytest.fixture
def project(database, scheme):
    for one in (ada(), bo(), cy()):
        save(database, one)
    return project_of(database, scheme)


@pytest.fixture
def adjudicator(project):
    opened = Adjudicator(project)
    opened.open("news")
    yield opened
    assert verify(project.database) == ()


def gold(adjudicator):
    return adjudicator.session.state.annotations


def stop(adjudicator, kind):
    return next(p for p in adjudicator.comparison.stops if kind in p.kinds)


def again(project):
    """What another adjudicator finds who opens the document now."""
    opened = Adjudicator(project)
    opened.open("news")
    return opened


def test_looking_at_each_difference_settles_none_and_leaves_the_gold_set_as_it_was(
    project, adjudicator
):
    asked, before = adjudicator.open_disagreements, adjudicator.session.state
    depth = adjudicator.session.undo_depth
    for point in asked:
        edit = adjudicator.begin_by_hand(point)
        assert not adjudicator.end_by_hand(edit)
        assert adjudicator.session.state == before
        assert adjudicator.session.undo_depth == depth
    assert adjudicator.open_disagreements == asked
    assert again(project).open_disagreements == asked


def test_a_difference_that_was_begun_and_never_ended_is_asked_again(project, adjudicator):
    """As after kill -9."""
    point = stop(adjudicator, DifferenceKind.BOUNDARY)
    adjudicator.begin_by_hand(point)
    assert gold(adjudicator).holds(point.thing)
    assert point in again(project).open_disagreements
    assert not gold(again(project)).is_done


def test_what_was_changed_settles_the_difference_by_hand(project, adjudicator):
    point = stop(adjudicator, DifferenceKind.BOUNDARY)
    edit = adjudicator.begin_by_hand(point)
    adjudicator.session.run(Resize(point.thing, found("x", "Stone", "PER").ranges))
    assert adjudicator.end_by_hand(edit)
    assert point not in adjudicator.open_disagreements
    assert point not in again(project).open_disagreements
    assert gold(adjudicator).entities[point.thing].surface(TEXT) == "Stone"


def test_what_was_changed_and_undone_settles_nothing(adjudicator):
    point, before = stop(adjudicator, DifferenceKind.BOUNDARY), gold(adjudicator)
    edit = adjudicator.begin_by_hand(point)
    adjudicator.session.run(Resize(point.thing, found("x", "Stone", "PER").ranges))
    adjudicator.session.undo()
    assert not adjudicator.end_by_hand(edit)
    assert gold(adjudicator) == before
    assert point in adjudicator.open_disagreements


def test_undoing_more_than_was_begun_settles_nothing(adjudicator):
    first, second = (
        stop(adjudicator, DifferenceKind.BOUNDARY),
        stop(adjudicator, DifferenceKind.LABEL),
    )
    adjudicator.take(first, "B")
    edit = adjudicator.begin_by_hand(second)
    adjudicator.session.undo()
    adjudicator.session.undo()
    assert not adjudicator.end_by_hand(edit)
    assert {first, second} <= {*adjudicator.open_disagreements}


def test_a_comment_is_no_decision_and_stays(adjudicator):
    point = stop(adjudicator, DifferenceKind.BOUNDARY)
    edit = adjudicator.begin_by_hand(point)
    adjudicator.session.run(SetComment(Comment("c", "", "Ask Mia.")))
    assert not adjudicator.end_by_hand(edit)
    assert point in adjudicator.open_disagreements
    assert not gold(adjudicator).holds(point.thing)
    assert gold(adjudicator).comments["c"].text == "Ask Mia."


def test_what_was_added_beside_it_settles_the_difference_by_hand(adjudicator):
    point = stop(adjudicator, DifferenceKind.BOUNDARY)
    edit = adjudicator.begin_by_hand(point)
    adjudicator.session.run(AddSpan(found("new", "Monday", "LOC")))
    assert adjudicator.end_by_hand(edit)
    assert point not in adjudicator.open_disagreements


def test_a_settled_difference_stays_settled_as_it_was(adjudicator):
    point = stop(adjudicator, DifferenceKind.BOUNDARY)
    adjudicator.take(point, "B")
    before, settled = gold(adjudicator), adjudicator.settled
    edit = adjudicator.begin_by_hand(point)
    assert not adjudicator.end_by_hand(edit)
    assert (gold(adjudicator), adjudicator.settled) == (before, settled)


def test_the_last_difference_put_right_by_hand_ends_the_document(adjudicator):
    while len(adjudicator.open_disagreements) > 1:
        adjudicator.take(adjudicator.open_disagreements[0], "A")
    [point] = adjudicator.open_disagreements
    edit = adjudicator.begin_by_hand(point)
    assert not gold(adjudicator).is_done
    adjudicator.session.run(RemoveArgument("bombed", "Target", "rome"))
    assert adjudicator.end_by_hand(edit)
    assert adjudicator.open_disagreements == ()
    assert gold(adjudicator).is_done


def test_what_an_undone_settlement_left_is_gone_on_from(adjudicator):
    point = stop(adjudicator, DifferenceKind.BOUNDARY)
    edit = adjudicator.begin_by_hand(point)
    adjudicator.session.run(Resize(point.thing, found("x", "Stone", "PER").ranges))
    adjudicator.end_by_hand(edit)
    adjudicator.undo()
    assert point in adjudicator.open_disagreements
    again = adjudicator.begin_by_hand(point)
    assert gold(adjudicator).entities[point.thing].surface(TEXT) == "Stone"
    assert not adjudicator.end_by_hand(again)
    assert gold(adjudicator).entities[point.thing].surface(TEXT) == "Stone"
    assert point in adjudicator.open_disagreements
