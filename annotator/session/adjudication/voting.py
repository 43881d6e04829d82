"""Rules by which a stop is settled without a person, on request."""

from __future__ import annotations

from enum import StrEnum

from annotator.session.adjudication.disagreements import Point
from annotator.session.adjudication.resolutions import Choice

_FEWEST = 3


class Rule(StrEnum):
    """When a version is taken."""

    MAJORITY = "majority"
    """More than half of those who have a say put it so."""
    ALL_BUT_ONE = "all-but-one"
    """All but one put it so, and there are three at least."""


def vote(point: Point, rule: Rule) -> Choice | None:
    """The choice that a rule makes at a stop; None where it makes none.

    Whoever has finished the document has a say in what is there, not to mark it being an answer;
    in roles and attributes those who have the event.
    """
    voters = len(point.annotators)
    for number, version in enumerate(point.versions):
        votes = len(version.annotators)
        if rule is Rule.MAJORITY and 2 * votes > voters:
            return Choice((number,), rule.value)
        if rule is Rule.ALL_BUT_ONE and voters >= _FEWEST and votes == voters - 1:
            return Choice((number,), rule.value)
    return None
