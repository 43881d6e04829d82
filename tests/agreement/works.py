"""Works of made-up annotators, for the tests of everything that compares them."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from annotator.agreement import (
    DocumentAnnotations,
    EntityMark,
    EventMark,
    entity_marks,
    event_marks,
)

TOKENS = tuple((start, start + 4) for start in range(0, 50, 5))


def work(annotator, document_id, entities=(), triggers=(), *, done=True, tokens=TOKENS):
    """A work of plain marks on a text of 50 code points."""
    return DocumentAnnotations(
        annotator, document_id, 50, tokens, entity_marks(entities), event_marks(triggers), done
    )


plain_marks = st.builds(
    lambda start, length, label: (start, start + length, label),
    st.integers(0, 40),
    st.integers(1, 9),
    st.sampled_from("XY"),
)
split_marks = st.builds(
    lambda start, hole, label: (((start, start + 2), (start + 2 + hole, start + 6 + hole)), label),
    st.integers(0, 35),
    st.integers(1, 5),
    st.sampled_from("XY"),
)
marks = st.lists(plain_marks | split_marks, max_size=4)
apart = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from("XYZ")), max_size=6, unique_by=lambda m: m[0]
).map(lambda found: [(5 * at, 5 * at + 4, label) for at, label in found])
"""Marks that do not overlap."""


@st.composite
def events(draw, fillers):
    """Events on few triggers, whose arguments are entities and one another."""
    count = draw(st.integers(0, 4))
    targets = [*(item.id for item in fillers), *(f"v{i}" for i in range(count))]
    found = []
    for i in range(count):
        start = draw(st.sampled_from((0, 5, 20)))
        arguments = draw(
            st.lists(
                st.tuples(st.sampled_from(("Agent", "Place")), st.sampled_from(targets)),
                max_size=4,
                unique=True,
            )
        )
        tense = draw(st.sampled_from(((), (("tense", "past"),), (("tense", "future"),))))
        found.append(
            EventMark(f"v{i}", ((start, start + 4),), draw(st.sampled_from("PQ")),
                      tuple(arguments), tense)
        )  # fmt: skip
    return tuple(found)


@st.composite
def full_works(draw, name="a", document_id="d", spans=marks):
    """A work with entities, some of them suggested, and events."""
    entities = tuple(
        EntityMark(item.id, item.ranges, item.label, draw(st.sampled_from(("", "patterns"))))
        for item in entity_marks(draw(spans))
    )
    return DocumentAnnotations(name, document_id, 50, TOKENS, entities, draw(events(entities)))


@st.composite
def projects(draw, spans=marks, names="abc", documents=("d1", "d2", "d3")):
    """Annotators, some of whom have some of the documents, finished or not."""
    found = []
    for document_id in documents:
        for name in sorted(draw(st.sets(st.sampled_from(names)))):
            one = draw(full_works(name, document_id, spans))
            done = draw(st.booleans())
            found.append(
                DocumentAnnotations(
                    name, document_id, 50, TOKENS, one.entities, one.events, done=done
                )
            )
    return found


def corpus(documents, names="abc", seed=0, rate=0.25):
    """Works that agree in part, on spans that do not overlap."""
    rng = random.Random(seed)
    found = []
    for number in range(documents):
        truth = [(5 * at, 5 * at + 4, rng.choice("XYZ")) for at in range(10) if rng.random() < 0.5]
        for name in names:
            said = [
                (start, end, rng.choice("XYZ")) if rng.random() < rate else (start, end, label)
                for start, end, label in truth
                if rng.random() > rate / 2
            ]
            found.append(work(name, f"d{number:03}", said, said[:2]))
    return found
