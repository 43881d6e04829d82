"""Two sessions of one annotator: the file is always as one session could have left it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError, StaleStateError
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.session.commands import (
    AcceptSuggestion,
    AddSpan,
    RejectSuggestion,
    Relabel,
    Remove,
    SetArgument,
)
from annotator.session.session import Session
from annotator.store import documents, entries, history
from annotator.store import suggestions as stored_suggestions
from annotator.store.database import connect
from annotator.store.verify import verify

ITEMS = ("mia", "acme", "bombed", "rome", "raid", "bo")
ITEM = st.sampled_from(ITEMS)
COMMANDS = (
    st.builds(AcceptSuggestion, ITEM)
    | st.builds(RejectSuggestion, ITEM)
    | st.builds(Remove, ITEM)
    | st.builds(Relabel, ITEM, st.sampled_from(["PER", "Attack"]))
    | st.builds(SetArgument, st.sampled_from(["bombed", "raid"]), st.just("Target"), ITEM)
    | st.builds(lambda n: AddSpan(Span.of(f"n{n}", n, n + 2, "PER")), st.integers(0, 9))
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["undo", "redo", "reload", "news", "rain"]) | COMMANDS,
    ),
    max_size=30,
)
OF_THE_ISSUE = [
    (0, AcceptSuggestion("acme")),
    (1, "news"),
    (1, AcceptSuggestion("bombed")),
    (1, SetArgument("bombed", "Attacker", "acme")),
    (0, "rain"),
    (0, "news"),
    (0, "undo"),
]
"""The last step took back the first, and left an argument that points at nothing."""


def act(session, step) -> None:
    """Do a step; what is refused is refused, and a stale session looks again."""
    try:
        if step in ("undo", "redo", "reload"):
            getattr(session, step)()
        elif isinstance(step, str):
            session.open(step)
        else:
            session.run(step)
    except StaleStateError:
        session.reload()
    except AnnotatorError:
        pass


def stacked(rows) -> None:
    """Each undo and redo has what was on top of the stack when it was saved."""
    undo: list[str] = []
    redo: list[str] = []
    for row in rows:
        if row.kind == "do":
            undo.append(row.uuid)
            redo.clear()
        else:
            source, target = (undo, redo) if row.kind == "undo" else (redo, undo)
            assert source[-1:] == [row.reverts]
            target.append(source.pop())


@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
@example(steps=OF_THE_ISSUE)
def test_any_interleaving_is_what_one_session_could_have_done(steps, document, suggestions, scheme):
    with (
        TemporaryDirectory(prefix="sessions-") as folder,
        connect(Path(folder) / "annotator.db", create=True) as one,
        connect(one.path) as other,
    ):
        documents.add(one, [document, Document("rain", "Rain fell on Oslo.")])
        stored_suggestions.replace(one, "patterns:test@1", [(document.id, suggestions)])
        sessions = [Session(database, scheme, "mia") for database in (one, other)]
        for session in sessions:
            session.open("news")
        for who, step in steps:
            act(sessions[who], step)
        assert verify(one) == ()
        rows = history.rows(one, limit=1000)[::-1]
        stacked(rows)
        last = sessions[0]
        last.reload()
        while last.undo() is not None:
            assert verify(one) == ()
        assert {d: entries.load(one, "mia", d) for d in ("news", "rain")} == {
            "news": {},
            "rain": {},
        }


def test_an_undo_does_not_take_back_what_another_session_built_upon(database, scheme):
    with connect(database.path) as other:
        first, second = Session(database, scheme, "mia"), Session(other, scheme, "mia")
        first.open("news")
        first.run(AcceptSuggestion("paris"))
        first.run(AcceptSuggestion("mia"))
        second.open("news")
        second.run(AcceptSuggestion("bombed"))
        second.run(SetArgument("bombed", "Target", "paris"))
        first.reload()
        second.open("rain")
        second.run(AddSpan(Span.of("oslo", 13, 17, "LOC")))
        before = history.stacks(database, "mia").last
        with pytest.raises(StaleStateError, match="add span in 'rain'"):
            first.undo()
        assert first.state.document.id == "news"
        assert history.stacks(database, "mia").last == before
        first.reload()
        step = first.undo()
    assert step is not None
    assert step.document_id == "rain"
    assert verify(database) == ()


def test_what_was_undone_elsewhere_is_not_done_again_over_a_newer_change(database, scheme):
    with connect(database.path) as other:
        first, second = Session(database, scheme, "mia"), Session(other, scheme, "mia")
        first.open("news")
        first.run(AcceptSuggestion("paris"))
        first.undo()
        second.open("rain")
        second.run(AddSpan(Span.of("oslo", 13, 17, "LOC")))
        with pytest.raises(StaleStateError):
            first.redo()
        first.reload()
        assert first.redo() is None
    assert entries.load(database, "mia", "news") == {}
