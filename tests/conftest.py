"""What most tests stand on: a small scheme, a document with suggestions, and a real file."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.scheme import ANY_EVENT, Attribute, EntityLabel, EventType, Role, Scheme
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.session.state import State, state_of
from annotator.store import documents
from annotator.store import suggestions as stored_suggestions
from annotator.store.database import Database, connect

settings.register_profile(
    "annotator", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("annotator")
"""No law depends on how fast the machine is."""

SOURCE = "patterns:test@1"
TEXT = (
    "Mia Stone of Acme bombed Rome on Monday.\n\n"
    "The mayor of Paris said that the raid killed Bo Lee."
)


@pytest.fixture
def shared() -> Path:
    """Material beside the checkout, which not every machine has."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder.name!r} beside the checkout")
    return folder


@pytest.fixture
def device(tmp_path: Path) -> Path:
    """A device that takes everything, and that a fault may replace by a file without harm.

    Root could lose the machine's own one, so it makes another; nobody else can replace that.
    """
    if sys.platform == "win32":
        pytest.skip("devices are POSIX's")
    if os.geteuid() != 0:
        return Path(os.devnull)
    made = tmp_path / "device"
    try:
        os.mknod(made, stat.S_IFCHR | 0o600, Path(os.devnull).stat().st_rdev)
        made.write_bytes(b"")
    except OSError as error:
        pytest.skip(f"no device can be made here: {error.strerror}")
    return made


@pytest.fixture
def scheme() -> Scheme:
    """Three entity labels, two event types, one attribute."""
    return Scheme(
        name="small",
        entities=(
            EntityLabel("PER", "A person", key="1"),
            EntityLabel("ORG", "An organization", key="2"),
            EntityLabel("LOC", "A place"),
        ),
        events=(
            EventType(
                "Attack",
                (
                    Role("Attacker", ("PER", "ORG")),
                    Role("Target", ("PER", "LOC"), required=True),
                    Role("Place", ("LOC",), repeatable=False),
                ),
                "Violence",
                key="a",
            ),
            EventType(
                "Say", (Role("Speaker", ("PER", "ORG")), Role("Topic", (ANY_EVENT,))), key="s"
            ),
        ),
        attributes=(
            Attribute("polarity", ("positive", "negative"), "positive", key="-"),
            Attribute("tense", ("past", "future"), applies_to=("Say",), key="="),
        ),
        guidelines={"PER": "Names of people."},
    )


@pytest.fixture
def document() -> Document:
    """Two short paragraphs."""
    return Document("news", TEXT, {"title": "A raid"})


def found(item_id: str, words: str, label: str) -> Span:
    """The first place of some words in `TEXT`, as a span."""
    start = TEXT.index(words)
    return Span.of(item_id, start, start + len(words), label)


@pytest.fixture
def suggestions() -> tuple[Suggestion, ...]:
    """What is suggested of `document`; an event with two fillers, and one inside another."""
    items: list[Span | Event] = [
        found("mia", "Mia Stone", "PER"),
        found("acme", "Acme", "ORG"),
        Event(
            "bombed",
            found("bombed-trigger", "bombed", "Attack"),
            (Argument("Attacker", "mia"), Argument("Target", "rome")),
        ),
        found("rome", "Rome", "LOC"),
        found("paris", "Paris", "LOC"),
        Event("said", found("said-trigger", "said", "Say"), (Argument("Topic", "raid"),)),
        Event("raid", found("raid-trigger", "raid", "Attack"), (Argument("Target", "bo"),)),
        found("bo", "Bo Lee", "PER"),
    ]
    return tuple(Suggestion(item, SOURCE, 0.5) for item in items)


@pytest.fixture
def state(document: Document, suggestions: tuple[Suggestion, ...]) -> State:
    """The document with nothing decided."""
    return state_of(document, "mia", suggestions, {})


@pytest.fixture
def database(
    tmp_path: Path, document: Document, suggestions: tuple[Suggestion, ...]
) -> Iterator[Database]:
    """A new file with `document` and a second one, `rain`; only the first has suggestions."""
    with connect(tmp_path / "annotator.db", create=True) as opened:
        documents.add(opened, [document, Document("rain", "Rain fell on Oslo.")])
        stored_suggestions.replace(opened, SOURCE, [(document.id, suggestions)])
        yield opened
