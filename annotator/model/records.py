"""Values as plain JSON records and back: the one spelling of history, store and own format.

`to_record` and `from_record` are inverse to each other. A record never holds article text.
"""

from __future__ import annotations

from typing import Any

from annotator.model.annotations import Comment, Relation
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome

Record = dict[str, Any]


def span_record(span: Span) -> Record:
    """`{"id", "label", "ranges"}`."""
    return {"id": span.id, "label": span.label, "ranges": [list(r) for r in span.ranges]}


def span_from(record: Record) -> Span:
    """The span of a record; raises KeyError, TypeError or ValueError where it is none."""
    ranges = tuple((int(start), int(end)) for start, end in record["ranges"])
    return Span(str(record["id"]), ranges, str(record["label"]))


def event_record(event: Event) -> Record:
    """`{"id", "type", "trigger", "arguments", "attributes"}`."""
    return {
        "id": event.id,
        "type": event.type,
        "trigger": {"id": event.trigger.id, "ranges": [list(r) for r in event.trigger.ranges]},
        "arguments": [{"role": a.role, "target": a.target} for a in event.arguments],
        "attributes": dict(event.attributes),
    }


def event_from(record: Record) -> Event:
    """The event of a record; raises KeyError, TypeError or ValueError where it is none."""
    trigger = span_from({**record["trigger"], "label": record["type"]})
    arguments = tuple(Argument(a["role"], a["target"]) for a in record["arguments"])
    return Event(str(record["id"]), trigger, arguments, dict(record["attributes"]))


def relation_record(relation: Relation) -> Record:
    """`{"id", "label", "source", "target"}`."""
    return {
        "id": relation.id,
        "label": relation.label,
        "source": relation.source,
        "target": relation.target,
    }


def relation_from(record: Record) -> Relation:
    """The relation of a record."""
    return Relation(record["id"], record["label"], record["source"], record["target"])


def comment_record(comment: Comment) -> Record:
    """`{"id", "target", "text"}`."""
    return {"id": comment.id, "target": comment.target, "text": comment.text}


def comment_from(record: Record) -> Comment:
    """The comment of a record."""
    return Comment(record["id"], record["target"], record["text"])


def decision_record(decision: Decision) -> Record:
    """`{"suggestion", "outcome"}`."""
    return {"suggestion": decision.suggestion_id, "outcome": decision.outcome.value}


def decision_from(record: Record) -> Decision:
    """The decision of a record."""
    return Decision(record["suggestion"], Outcome(record["outcome"]))
