"""Annotations held against their scheme and text."""

from __future__ import annotations

from annotator.model.annotations import AnnotationSet
from annotator.model.check import check, check_event
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span

TEXT = Document("d", "Mia bombed Rome and Oslo.")
MIA, ROME = Span.of("mia", 0, 3, "PER"), Span.of("rome", 11, 15, "LOC")
OSLO = Span.of("oslo", 20, 24, "LOC")


def attack(*arguments, **attributes):
    trigger = Span.of("t", 4, 10, "Attack")
    return Event("raid", trigger, tuple(Argument(r, t) for r, t in arguments), attributes)


def with_event(event):
    annotations = AnnotationSet("d", "mia")
    for span in (MIA, ROME, OSLO):
        annotations = annotations.with_entity(span)
    return annotations.with_event(event)


def kinds(event, scheme):
    return [problem.kind for problem in check(TEXT, with_event(event), scheme)]


def test_a_sound_event_has_no_problems(scheme):
    event = attack(("Target", "rome"), ("Attacker", "mia"), ("Place", "oslo"), polarity="negative")
    assert kinds(event, scheme) == []


def test_a_required_role_that_is_empty_is_a_problem(scheme):
    assert kinds(attack(), scheme) == ["role missing"]


def test_a_role_for_one_filler_does_not_take_two(scheme):
    event = attack(("Target", "mia"), ("Place", "rome"), ("Place", "oslo"))
    assert kinds(event, scheme) == ["too many"]


def test_a_repeatable_role_takes_several(scheme):
    assert kinds(attack(("Target", "rome"), ("Target", "oslo")), scheme) == []


def test_an_unknown_role_a_wrong_filler_and_a_filler_of_nothing_are_problems(scheme):
    event = attack(("Target", "rome"), ("Weapon", "mia"), ("Attacker", "oslo"), ("Place", "gone"))
    assert sorted(kinds(event, scheme)) == ["filler", "filler", "role unknown"]


def test_an_attribute_must_be_known_apply_to_the_type_and_have_one_of_its_values(scheme):
    event = attack(("Target", "rome"), polarity="maybe", tense="past", mood="bad")
    assert kinds(event, scheme) == ["attribute"] * 3


def test_labels_that_the_scheme_lacks_are_problems(scheme):
    event = Event("raid", Span.of("t", 4, 10, "Raid"))
    annotations = with_event(event).with_entity(Span.of("x", 0, 1, "CITY"))
    assert [p.kind for p in check(TEXT, annotations, scheme)] == ["label", "label"]
    assert [p.item_id for p in check(TEXT, annotations, scheme)] == ["x", "raid"]


def test_a_span_or_trigger_beyond_the_text_is_a_problem(scheme):
    event = Event("said", Span.of("t", 20, 26, "Say"))
    annotations = with_event(event).with_entity(Span.of("x", 24, 26, "PER"))
    assert [p.kind for p in check(TEXT, annotations, scheme)] == ["range", "range"]


def test_an_event_fills_a_role_that_takes_any_event_and_an_entity_does_not(scheme):
    say = Event("said", Span.of("s", 0, 3, "Say"), (Argument("Topic", "raid"),))
    annotations = with_event(attack(("Target", "rome"))).with_event(say)
    assert check(TEXT, annotations, scheme) == []
    wrong = Event("said", say.trigger, (Argument("Topic", "mia"),))
    assert [p.message for p in check_event(wrong, annotations, scheme)] == [
        "Topic does not take PER"
    ]
