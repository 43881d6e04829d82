"""Laws of attributes: a default is one value, whether somebody set it or left it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from annotated_sets import DOCUMENT, SCHEME, several
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.differences import differences
from annotator.agreement.report.report import report
from annotator.model.annotations import AnnotationSet
from annotator.model.event import Event
from annotator.model.span import Span
from annotator.project.agreeing import work_of
from annotator.session.adjudication.aligned_items import aligned_items
from annotator.session.adjudication.comparing import compared
from annotator.text.tokenizer import tokens
from annotator.training.gold import settled

TOKENS = tokens(DOCUMENT.text, DOCUMENT.language)


@st.composite
def restated(draw, sets):
    """The sets, with any of the values that are at their defaults set or left."""
    return [
        replace(one, events={key: draw(_restated(event)) for key, event in one.events.items()})
        for one in sets
    ]


@st.composite
def _restated(draw, event: Event):
    said = SCHEME.values_of(event)
    defaults = SCHEME.defaults_of(event.type).items()
    left = {name for name, value in defaults if said[name] == value and draw(st.booleans())}
    return replace(
        event, attributes={name: value for name, value in said.items() if name not in left}
    )


def works(sets):
    return [work_of(DOCUMENT, one, TOKENS, {}, SCHEME) for one in sets]


@settings(max_examples=100)
@given(several, st.data())
def test_no_number_and_no_difference_hangs_on_who_set_a_default(said, data):
    again = data.draw(restated(said))
    assert report(works(again), draws=5).as_json() == report(works(said), draws=5).as_json()
    pairs = zip(combinations(works(said), 2), combinations(works(again), 2), strict=True)
    for before, after in pairs:
        assert differences(*after) == differences(*before)


@settings(max_examples=100)
@given(several, st.data())
def test_no_stop_hangs_on_who_set_a_default(said, data):
    again = data.draw(restated(said))
    before = compared(DOCUMENT, said, scheme=SCHEME)
    assert compared(DOCUMENT, again, scheme=SCHEME).stops == before.stops


def attacks(name, **attributes_of):
    """Events on one trigger."""
    events = {
        key: Event(key, Span(f"{key}t", ((0, 3),), "Attack"), attributes=attributes)
        for key, attributes in attributes_of.items()
    }
    return AnnotationSet(DOCUMENT.id, name, {}, events)


def test_events_on_one_trigger_are_paired_by_what_holds_of_them():
    """Alike are 4 values of p and r, q and s, two of them defaults; of p and s, q and r only 3."""
    q = {"polarity": "b", "mood": "n", "tense": "y", "other": "v"}
    s = {"polarity": "b", "mood": "n", "tense": "x", "other": "u"}
    ada = attacks("ada", p={"tense": "x", "other": "u"}, q=q)
    bo = attacks("bo", r={"tense": "y"}, s=s)
    found = aligned_items(DOCUMENT, {"ada": ada, "bo": bo}, scheme=SCHEME)
    pairs = [{item.id for item in thing.members.values()} for thing in found]
    assert sorted(map(sorted, pairs)) == [["p", "r"], ["q", "s"]]


@settings(max_examples=100)
@given(several, st.data())
def test_sets_that_differ_in_who_set_a_default_say_the_same(said, data):
    alike = [said[0], replace(said[0], annotator="bo")]
    for sets in (said, alike):
        before, after = settled(sets, SCHEME), settled(data.draw(restated(sets)), SCHEME)
        assert (after.by, after.reason) == (before.by, before.reason)
    assert settled(data.draw(restated(alike)), SCHEME).by == ("ada", "bo")
