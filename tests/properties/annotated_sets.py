"""Finished sets of several annotators of one short document, and a scheme for their attributes."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.model.annotations import DONE, AnnotationSet, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import Attribute, EventType, Scheme
from annotator.model.span import Span, merged_ranges

DOCUMENT = Document("d", ("x" * 14 + "\n") * 2)
NAMES = ("ada", "bo", "cy")

starts = st.integers(0, 24)
ranges = st.lists(st.tuples(starts, st.integers(1, 6)), min_size=1, max_size=2).map(
    lambda parts: merged_ranges((start, min(start + size, 30)) for start, size in parts)
)
trigger_ranges = st.one_of(st.just(((0, 3),)), ranges)
"""Often the same, so that several events share a trigger, or differ in the type alone."""
ids = st.sampled_from(["s0", "s1", "s2", "e0", "e1"])
event_ids = st.sampled_from(["s5", "s6", "v0"])
labels = st.sampled_from(["PER", "ORG"])
types = st.sampled_from(["Attack", "Say"])
roles = st.sampled_from(["Agent", "Place"])
SCHEME = Scheme(
    "s",
    events=(EventType("Attack"), EventType("Say")),
    attributes=(
        Attribute("polarity", ("a", "b"), "a"),
        Attribute("mood", ("m", "n"), "m", applies_to=("Attack",)),
        Attribute("tense", ("x", "y")),
    ),
)
"""Two attributes have a default, one of them for one type only; `other` is unknown to it."""
values = st.fixed_dictionaries(
    {},
    optional={
        "polarity": st.sampled_from("ab"),
        "mood": st.sampled_from("mn"),
        "tense": st.sampled_from("xy"),
        "other": st.sampled_from("uv"),
    },
)


@st.composite
def sets(draw, name):
    """One annotator's finished set; every argument and relation points to something in it."""
    entities = {i: Span(i, draw(ranges), draw(labels)) for i in draw(st.sets(ids, max_size=4))}
    triggers = {
        i: Span(f"{i}t", draw(trigger_ranges), draw(types)) for i in draw(st.sets(event_ids))
    }
    targets = [*entities, *triggers]
    events = {}
    for event_id, trigger in triggers.items():
        others = [t for t in targets if t != event_id]
        fills = st.builds(Argument, roles, st.sampled_from(others)) if others else st.nothing()
        arguments = draw(st.lists(fills, max_size=3, unique=True)) if others else []
        events[event_id] = Event(event_id, trigger, tuple(arguments), draw(values))
    relations = {}
    if len(targets) > 1 and draw(st.booleans()):
        source, target = draw(st.permutations(targets))[:2]
        relations["r"] = Relation("r", "part-of", source, target)
    return AnnotationSet("d", name, entities, events, relations, flags=frozenset({DONE}))


def groups(size):
    return st.tuples(*(sets(name) for name in NAMES[:size]))


several = st.one_of(groups(2), groups(3))
