"""Laws of adjudication: whoever is followed, whatever is undone, in whichever order they come."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from annotated_sets import DOCUMENT, SCHEME, sets, several
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.change import applied
from annotator.session.adjudication.comparing import compared
from annotator.session.adjudication.resolutions import Choice, settled_from
from annotator.session.adjudication.settling import choose, open_disagreements, take_over
from annotator.session.state import State, changes, entries_of, state_of
from annotator.training.gold import content

blank = state_of(DOCUMENT, "gold", (), {})


def begun(comparison):
    command = take_over(comparison, blank)
    return command.apply(blank) if command else blank


def settle_all(comparison, state, pick):
    """Settle each open stop in turn; a stop that a choice makes moot is not asked."""
    states = [state]
    while stops := open_disagreements(comparison, settled_from(state.decisions)):
        choice = pick(stops[0])
        state = choose(comparison, state, stops[0], choice, "t").apply(state)
        states.append(state)
    return states


@settings(max_examples=150)
@given(several, st.data())
def test_whoever_is_followed_everywhere_is_taken_over_exactly(annotated, data):
    followed = data.draw(st.sampled_from([one.annotator for one in annotated]))
    comparison = compared(DOCUMENT, annotated, scheme=SCHEME)

    def pick(point):
        version = point.version_of(followed)
        return Choice(() if version is None else (version,))

    gold = settle_all(comparison, begun(comparison), pick)[-1].annotations
    wanted = next(one for one in annotated if one.annotator == followed)
    assert content(gold, SCHEME) == content(wanted, SCHEME)


@given(sets("ada"))
def test_sets_that_agree_have_no_stop_and_are_taken_over_whole(one):
    comparison = compared(DOCUMENT, [one, replace(one, annotator="bo")], scheme=SCHEME)
    assert comparison.stops == ()
    assert content(begun(comparison).annotations, SCHEME) == content(one, SCHEME)


@given(several, st.randoms())
def test_the_order_of_annotators_does_not_matter(annotated, random):
    shuffled = list(annotated)
    random.shuffle(shuffled)
    comparison = compared(DOCUMENT, annotated, scheme=SCHEME)
    assert compared(DOCUMENT, shuffled, scheme=SCHEME) == comparison


@settings(max_examples=100)
@given(several, st.data())
def test_undoing_all_choices_gives_the_first_state(annotated, data):
    comparison = compared(DOCUMENT, annotated, scheme=SCHEME)

    def pick(point):
        most = 1 if point.about == "attribute" else len(point.versions)
        return Choice(tuple(range(data.draw(st.integers(0, most)))))

    states = [blank, *settle_all(comparison, begun(comparison), pick)]
    entries = entries_of(states[-1])
    for before, after in reversed(list(pairwise(states))):
        inverse = [change.inverse() for change in reversed(changes(before, after))]
        entries = applied(entries, inverse)
        assert entries == entries_of(before)
    assert entries == {}


@settings(max_examples=100)
@given(several, st.data())
def test_what_is_chosen_points_to_what_is_there_whatever_comes_first(annotated, data):
    comparison = compared(DOCUMENT, annotated, scheme=SCHEME)
    state = begun(comparison)
    for point in data.draw(st.permutations(comparison.stops)):
        most = 1 if point.about == "attribute" else len(point.versions)
        choice = Choice(tuple(range(data.draw(st.integers(0, most)))))
        state = choose(comparison, state, point, choice, "t").apply(state)
        gold = state.annotations
        for event in gold.events.values():
            assert all(gold.holds(argument.target) for argument in event.arguments)
        for relation in gold.relations.values():
            assert gold.holds(relation.source)
            assert gold.holds(relation.target)
    assert open_disagreements(comparison, settled_from(state.decisions)) == ()
    assert state.annotations.is_done or state == blank


@settings(max_examples=100)
@given(several, st.data())
def test_the_order_of_choices_does_not_matter(annotated, data):
    followed = data.draw(st.sampled_from([one.annotator for one in annotated]))
    comparison = compared(DOCUMENT, annotated, scheme=SCHEME)
    state = begun(comparison)
    for point in data.draw(st.permutations(comparison.stops)):
        version = point.version_of(followed)
        choice = Choice(() if version is None else (version,))
        state = choose(comparison, state, point, choice, "t").apply(state)
    wanted = next(one for one in annotated if one.annotator == followed)
    assert content(state.annotations, SCHEME) == content(wanted, SCHEME)


@settings(max_examples=100)
@given(several, st.data())
def test_what_was_settled_is_not_asked_again(annotated, data):
    comparison = compared(DOCUMENT, annotated, scheme=SCHEME)

    def pick(point):
        return Choice((data.draw(st.integers(0, len(point.versions) - 1)),))

    gold = settle_all(comparison, begun(comparison), pick)[-1]
    again = state_of(DOCUMENT, "gold", (), entries_of(gold))
    assert again == gold
    in_gold = {*gold.annotations.entities, *gold.annotations.events}
    later = compared(DOCUMENT, annotated, in_gold=in_gold, scheme=SCHEME)
    assert open_disagreements(later, settled_from(gold.decisions)) == ()
    assert take_over(later, gold) is None


@given(sets("ada"), sets("bo"))
def test_the_memory_of_a_document_is_read_as_it_was_written(one, other):
    comparison = compared(DOCUMENT, [one, other], scheme=SCHEME)
    state: State = settle_all(comparison, begun(comparison), lambda _: Choice((), "majority"))[-1]
    settled = settled_from(state.decisions)
    asked = {point.id for point in comparison.stops}
    assert settled.choices.keys() <= asked
    assert all(choice == Choice((), "majority") for choice in settled.choices.values())
