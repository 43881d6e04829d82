"""One annotator's annotations: an immutable value that never points to nothing."""

from __future__ import annotations

from annotator.model.annotations import DONE, AnnotationSet, Comment, Relation
from annotator.model.event import Argument, Event
from annotator.model.span import Span

MIA, ROME = Span.of("mia", 0, 3, "PER"), Span.of("rome", 10, 14, "LOC")
RAID = Event(
    "raid", Span.of("raid-t", 4, 9, "Attack"), (Argument("Target", "rome"), Argument("By", "mia"))
)
SAID = Event("said", Span.of("said-t", 15, 19, "Say"), (Argument("Topic", "raid"),))
FULL = (
    AnnotationSet("d", "mia")
    .with_entity(MIA)
    .with_entity(ROME)
    .with_event(RAID)
    .with_event(SAID)
    .with_relation(Relation("r", "near", "mia", "rome"))
)


def test_a_new_set_is_empty_and_a_flag_alone_makes_it_not_empty():
    empty = AnnotationSet("d", "mia")
    flagged = empty.with_flag(DONE, on=True)
    assert empty.is_empty
    assert not flagged.is_empty
    assert flagged.is_done
    assert flagged.with_flag(DONE, on=False) == empty


def test_a_change_leaves_the_old_set_as_it_was():
    before = AnnotationSet("d", "mia").with_entity(MIA)
    after = before.with_entity(ROME).without("mia")
    assert (set(before.entities), set(after.entities)) == ({"mia"}, {"rome"})


def test_an_entity_taken_out_takes_its_arguments_and_relations_along():
    after = FULL.without("rome")
    assert after.events["raid"].arguments == (Argument("By", "mia"),)
    assert not after.relations
    assert after.events["said"] is FULL.events["said"]


def test_an_event_taken_out_is_no_longer_an_argument_of_another():
    after = FULL.without("raid")
    assert after.events["said"].arguments == ()
    assert set(after.entities) == {"mia", "rome"}


def test_taking_out_what_is_not_there_changes_nothing():
    assert FULL.without("nobody") == FULL


def test_an_item_is_put_in_the_place_of_the_one_with_its_id():
    wider = Span.of("mia", 0, 9, "PER")
    assert FULL.with_entity(wider).entities["mia"] == wider
    assert len(FULL.with_entity(wider).entities) == 2


def test_an_empty_comment_is_taken_out():
    commented = FULL.with_comment(Comment("c", "mia", "who?"))
    assert commented.comments["c"].text == "who?"
    assert commented.with_comment(Comment("c", "mia", "")) == FULL
    assert FULL.with_comment(Comment("c", "", "")) == FULL


def test_labels_are_found_by_the_id_of_an_entity_or_event():
    assert [FULL.label_of(i) for i in ("mia", "raid", "raid-t")] == ["PER", "Attack", None]
    assert FULL.holds("said")
    assert not FULL.holds("said-t")


def test_spans_are_every_entity_then_every_trigger():
    assert [span.id for span in FULL.spans()] == ["mia", "rome", "raid-t", "said-t"]


def test_what_named_an_item_names_another_and_nothing_names_itself_or_the_same_twice():
    topics = (Argument("Topic", "raid"), Argument("Speaker", "mia"), Argument("Speaker", "rome"))
    full = (
        FULL.with_event(Event("said", Span.of("said-t", 20, 24, "Say"), topics))
        .with_relation(Relation("r", "NEAR", "mia", "rome"))
        .with_relation(Relation("q", "PART", "raid", "rome"))
        .with_comment(Comment("c", "rome", "where?"))
    )
    renamed = full.renamed("rome", "mia")
    assert "rome" not in renamed.entities
    assert renamed.events["said"].arguments == topics[:2]
    assert renamed.relations == {"q": Relation("q", "PART", "raid", "mia")}
    assert renamed.comments["c"].target == "mia"
    assert full.renamed("raid", "said").events["said"].arguments == topics[1:]
