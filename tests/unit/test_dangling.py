"""What points to nothing is found, left out, and nothing else with it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotations import AnnotationSet, Relation
from annotator.model.dangling import ARGUMENTS, RELATIONS, dangling, without_dangling
from annotator.model.event import Argument, Event
from annotator.model.span import Span

THERE = ("t1", "t2", "e1")
SETS = st.builds(
    lambda targets, ends: AnnotationSet(
        "d",
        "ann",
        {"t1": Span.of("t1", 0, 3, "PER"), "t2": Span.of("t2", 8, 11, "PER")},
        {
            "e1": Event("e1", Span.of("e1t", 4, 7, "Meet")),
            "e2": Event(
                "e2",
                Span.of("e2t", 4, 7, "Meet"),
                tuple(Argument("Participant", target) for target in targets),
            ),
        },
        {f"r{n}": Relation(f"r{n}", "knows", *pair) for n, pair in enumerate(ends)},
    ),
    st.lists(st.sampled_from((*THERE, "gone", "away")), unique=True),
    st.lists(st.tuples(*[st.sampled_from((*THERE, "gone", "away"))] * 2)),
)


@given(SETS)
def test_what_is_left_points_to_something_and_the_rest_is_told_one_by_one(
    annotations: AnnotationSet,
) -> None:
    told = list(dangling(annotations))
    kept = without_dangling(annotations)
    assert not list(dangling(kept))
    of_kind = [one.what for one in told]
    there, left = annotations.events["e2"].arguments, kept.events["e2"].arguments
    assert of_kind.count(ARGUMENTS) == len(there) - len(left)
    assert of_kind.count(RELATIONS) == len(annotations.relations) - len(kept.relations)
    assert left == tuple(a for a in there if a.target in THERE)


@given(SETS)
def test_a_set_in_which_everything_points_to_something_is_the_same_set(
    annotations: AnnotationSet,
) -> None:
    kept = without_dangling(annotations)
    assert without_dangling(kept) is kept


def test_a_message_tells_ids_and_no_word_of_the_article() -> None:
    event = Event("e1", Span.of("e1t", 4, 7, "Meet"), (Argument("Participant", "nowhere"),))
    annotations = replace(AnnotationSet("d", "ann"), events={"e1": event})
    [one] = dangling(annotations)
    assert one.message == "Participant of Meet e1 points to nowhere"
