"""Three annotators who have finished the same documents and differ in every way there is."""

from __future__ import annotations

from dataclasses import replace

from annotator.config import Config
from annotator.model.annotations import DONE, AnnotationSet
from annotator.model.change import Change
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.paths import Layout
from annotator.project.project import Project
from annotator.session.session import Session
from annotator.session.state import State, entries_of
from annotator.store import documents, history

TEXT = (
    "Mia Stone of Acme bombed Rome on Monday.\n\n"
    "The mayor of Paris said that the raid killed Bo Lee."
)
"""The text of the document `news`."""


def found(item_id: str, words: str, label: str) -> Span:
    start = TEXT.index(words)
    return Span.of(item_id, start, start + len(words), label)


def ada() -> AnnotationSet:
    """All there is."""
    entities = [
        found("mia", "Mia Stone", "PER"),
        found("acme", "Acme", "ORG"),
        found("rome", "Rome", "LOC"),
        found("paris", "Paris", "LOC"),
        found("bo", "Bo Lee", "PER"),
    ]
    bombed = Event(
        "bombed",
        found("bt", "bombed", "Attack"),
        (Argument("Attacker", "mia"), Argument("Target", "rome")),
        {"polarity": "positive"},
    )
    return _set("ada", entities, [bombed])


def bo() -> AnnotationSet:
    """A boundary, a role and an attribute otherwise; Paris was missed."""
    one = ada()
    entities = {k: span for k, span in one.entities.items() if k != "paris"}
    entities["mia"] = found("mia", "Mia Stone of Acme", "PER")
    bombed = replace(
        one.events["bombed"],
        arguments=(Argument("Attacker", "acme"), Argument("Target", "rome")),
        attributes={"polarity": "negative"},
    )
    return _set("bo", entities.values(), [bombed])


def cy() -> AnnotationSet:
    """A label and an event type otherwise."""
    one = ada()
    entities = {**one.entities, "rome": found("rome", "Rome", "ORG")}
    bombed = replace(one.events["bombed"], trigger=found("bt", "bombed", "Say"))
    return _set("cy", entities.values(), [bombed])


def _set(name, entities, events) -> AnnotationSet:
    return AnnotationSet(
        "news",
        name,
        {span.id: span for span in entities},
        {event.id: event for event in events},
        flags=frozenset({DONE}),
    )


def save(database, annotations: AnnotationSet, document_id: str = "news") -> None:
    """Put what an annotator says in the place of what is there."""
    document = documents.get(database, document_id)
    session = Session(database, None, annotations.annotator)
    session.open(document_id)
    before = entries_of(session.state)
    after = entries_of(State(document, annotations))
    changes = [
        Change(kind, item_id, before.get((kind, item_id)), after.get((kind, item_id)))
        for kind, item_id in {**before, **after}
        if before.get((kind, item_id)) != after.get((kind, item_id))
    ]
    command = {"command": "Import", "file": "test"}
    row = history.NewHistoryRow(document_id, annotations.annotator, "test", command, tuple(changes))
    if changes:
        history.append(database, row, None)


def project_of(database, scheme) -> Project:
    """A project on an open file."""
    return Project(Layout(database.path.parent), Config(), scheme, database)
