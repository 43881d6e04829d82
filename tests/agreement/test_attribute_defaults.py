"""Agreement on attributes with a default, which most annotators leave as it is."""

from __future__ import annotations

from itertools import cycle

import pytest

from annotator.agreement import differences, report
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.scheme import NO_SCHEME, Attribute, EventType, Scheme
from annotator.model.span import Span
from annotator.project.agreeing import work_of
from annotator.text.tokenizer import tokens

DOCUMENT = Document("d", "hit " * 100)
SCHEME = Scheme(
    "s",
    events=(EventType("Hit"), EventType("Miss")),
    attributes=(Attribute("polarity", ("positive", "negative"), "positive", ("Hit",)),),
)
NEGATIVE, POSITIVE, UNSET = "negative", "positive", ""
RARE = [(NEGATIVE, NEGATIVE)] * 8 + [(NEGATIVE, UNSET)] * 2 + [(UNSET, NEGATIVE)] * 2
"""Twelve events that somebody gave another value than the default.

With 88 at the default by both, a hundred: 96 alike, and each gives `negative` to 10 of them. By
chance .1 * .1 + .9 * .9 = .82 are alike, so kappa is (.96 - .82) / .18 = 7 / 9. Of the twelve
alone 8 are alike and (10 * 10 + 2 * 2) / 144 = 26 / 36 by chance, so there it is -.2.
"""


def said(name, values, kind="Hit"):
    """One event a word, each with the value given, which may be none."""
    events = {
        f"v{i}": Event(
            f"v{i}",
            Span.of(f"t{i}", 4 * i, 4 * i + 3, kind),
            attributes={"polarity": value} if value else {},
        )
        for i, value in enumerate(values)
    }
    return AnnotationSet("d", name, {}, events, flags=frozenset({DONE}))


def works(pairs, scheme=SCHEME):
    cut = tokens(DOCUMENT.text, DOCUMENT.language)
    sets = (said(name, values) for name, values in zip("ab", zip(*pairs, strict=True), strict=True))
    return [work_of(DOCUMENT, one, cut, {}, scheme) for one in sets]


def polarity(pairs, scheme=SCHEME):
    return report(works(pairs, scheme), draws=0).events.pooled.attributes["polarity"]


def in_turn(*pairs):
    return [pair for pair, _ in zip(cycle(pairs), range(88), strict=False)]


@pytest.mark.parametrize(
    "at_default",
    [
        [(UNSET, UNSET)],
        [(POSITIVE, POSITIVE)],
        [(UNSET, UNSET), (POSITIVE, UNSET), (UNSET, POSITIVE), (POSITIVE, POSITIVE)],
    ],
)
def test_kappa_counts_the_events_that_both_leave_at_the_default(at_default):
    found = polarity(RARE + in_turn(*at_default))
    assert found["kappa"].value == pytest.approx(7 / 9)
    assert (found["observed"].value, found["observed"].n) == (pytest.approx(0.96), 100)


def test_without_a_scheme_only_the_events_count_to_which_somebody_gave_a_value():
    found = polarity(RARE + in_turn((UNSET, UNSET)), NO_SCHEME)
    assert found["kappa"].value == pytest.approx(-0.2)
    assert found["observed"].n == 12


def test_a_difference_shows_the_default_of_whoever_set_nothing():
    a, b = works([(POSITIVE, UNSET), (UNSET, NEGATIVE)])
    (found,) = differences(a, b)
    assert (found.id_a, found.value_a, found.value_b) == ("v1", POSITIVE, NEGATIVE)


def test_a_type_that_cannot_have_the_attribute_has_no_default_of_it():
    sets = [said(name, [UNSET], "Miss") for name in "ab"]
    found = report([work_of(DOCUMENT, one, (), {}, SCHEME) for one in sets], draws=0)
    assert found.events.pooled.matched == 1
    assert found.events.pooled.attributes == {}
