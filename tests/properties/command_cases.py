"""Random states with suggestions, and random sequences of commands on them."""

from __future__ import annotations

from hypothesis import strategies as st

from annotator.errors import CommandError
from annotator.model.annotations import Comment
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span, merged_ranges
from annotator.model.suggestion import Suggestion
from annotator.session.commands import (
    AcceptSuggestion,
    AddEvent,
    AddSpan,
    Batch,
    FinishDocument,
    Merge,
    RejectSuggestion,
    Relabel,
    Remove,
    RemoveArgument,
    Resize,
    SetArgument,
    SetAttribute,
    SetComment,
    SetFlag,
)
from annotator.session.state import state_of

DOCUMENT = Document("d", "x" * 60)
ENTITIES = ["s0", "s1", "s2", "s3"]
EVENTS = ["v0", "v1", "v2"]
ADDED = ["new0", "new1"]
IDS = [*ENTITIES, *EVENTS, *ADDED, "nothing"]

ids = st.sampled_from(IDS)
roles = st.sampled_from(["Agent", "Place"])
labels = st.sampled_from(["PER", "LOC", "Attack"])
ranges = st.lists(st.tuples(st.integers(0, 55), st.integers(1, 9)), min_size=1, max_size=3).map(
    lambda parts: merged_ranges((start, start + size) for start, size in parts)
)
arguments = st.lists(st.builds(Argument, roles, ids), max_size=3, unique=True).map(tuple)
attributes = st.dictionaries(st.sampled_from(["polarity", "tense"]), st.sampled_from("ab"))


def spans(item_ids):
    inside = ranges.filter(lambda parts: parts[-1][1] <= len(DOCUMENT.text))
    return st.builds(Span, item_ids, inside, labels)


def events(item_ids):
    return item_ids.flatmap(
        lambda item_id: st.builds(
            Event, st.just(item_id), spans(st.just(item_id + "-t")), arguments, attributes
        )
    )


states = st.tuples(
    *(spans(st.just(item_id)) for item_id in ENTITIES),
    *(events(st.just(item_id)) for item_id in EVENTS),
).map(lambda items: state_of(DOCUMENT, "mia", [Suggestion(i, "test@1", 0.5) for i in items], {}))

single = st.one_of(
    st.builds(AcceptSuggestion, ids),
    st.builds(RejectSuggestion, ids),
    st.builds(Relabel, ids, labels),
    st.builds(Resize, ids, ranges),
    st.builds(AddSpan, spans(st.sampled_from(ADDED))),
    st.builds(AddEvent, events(st.sampled_from(ADDED))),
    st.builds(Remove, ids),
    st.builds(Merge, ids, ids),
    st.builds(SetArgument, ids, roles, ids),
    st.builds(RemoveArgument, ids, roles, ids),
    st.builds(
        SetAttribute, ids, st.sampled_from(["polarity", "tense"]), st.sampled_from(["a", ""])
    ),
    st.builds(SetComment, st.builds(Comment, st.just("c"), ids, st.sampled_from(["why?", ""]))),
    st.builds(SetFlag, st.sampled_from(["flagged", "skipped"]), st.booleans()),
    st.builds(FinishDocument),
)
commands = single | st.lists(single, max_size=3).map(lambda several: Batch(tuple(several)))
sequences = st.lists(commands, max_size=12)


def steps(state, sequence):
    """Each step that was not refused: the command, the state before it and after it."""
    for command in sequence:
        try:
            after = command.apply(state)
        except CommandError:
            continue
        yield command, state, after
        state = after


def last(state, sequence):
    for _, _, after in steps(state, sequence):
        state = after
    return state
