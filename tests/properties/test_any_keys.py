"""Whatever is pressed: nothing breaks, the file stays sound, and undo leads back to the start."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events

from annotator.actions import ACTIONS, Mode
from annotator.config import Config
from annotator.model.document import Document
from annotator.session.session import Session
from annotator.store import documents, entries
from annotator.store import suggestions as stored_suggestions
from annotator.store.database import Database, connect
from annotator.store.verify import verify
from annotator.tui.app import AnnotatorApp
from annotator.tui.editing.editor import Editor
from annotator.tui.screens.annotate import AnnotateScreen

EXAMPLES, STEPS = 90, 50
IN_ONE_SESSION = 5000
PATIENCE = 300.0
"""Seconds after which a key that is not worked off hangs."""
ON_SCREEN = {(80, 24): 5000, (120, 40): 300, (61, 16): 300}
"""Keys by the size of the screen."""
CHARACTERS = {
    "semicolon": ";", "full_stop": ".", "comma": ",", "apostrophe": "'", "space": " ",
    "exclamation_mark": "!", "greater_than_sign": ">", "less_than_sign": "<", "backslash": "\\",
    "question_mark": "?", "minus": "-", "equals_sign": "=",
}  # fmt: skip
LEAVING = {"q", "ctrl+q"}
KEYS = sorted(
    {key for action in ACTIONS for key in action.keys if key not in LEAVING}
    | set("1234567890abcdefghijklmnoprstuvwxyz-=[]€ß") | {"minus", "equals_sign", "f5", "alt+x"}
)  # fmt: skip
LIKELY = ["a", "x", "1", "2", "j", "v", "l", "e", "a", "s", "t", "u", "U", "g", "d", "escape"]


@contextmanager
def file_of(document, suggestions) -> Iterator[Database]:
    with (
        TemporaryDirectory(prefix="keys-") as folder,
        connect(Path(folder) / "annotator.db", create=True) as database,
    ):
        documents.add(database, [document, Document("rain", "Rain fell on Oslo. Rome saw rain.")])
        stored_suggestions.replace(database, "patterns:test@1", [(document.id, suggestions)])
        yield database


def entries_of_all(database):
    return {d: entries.load(database, "mia", d) for d in documents.ids(database)}


def character_of(key):
    return key if len(key) == 1 else CHARACTERS.get(key)


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    keys=st.lists(
        st.sampled_from(KEYS) | st.sampled_from(LIKELY), min_size=STEPS, max_size=2 * STEPS
    )
)
def test_any_keys_leave_a_sound_file_and_are_undone(keys, document, suggestions, scheme):
    with file_of(document, suggestions) as database:
        session = Session(database, scheme, "mia")
        session.open_last()
        before = entries_of_all(database)
        editor = Editor(session)
        press_all(editor, keys)
        assert verify(database) == ()
        undo_all(editor)
        assert verify(database) == ()
        assert entries_of_all(database) == before


def test_thousands_of_keys_in_one_session_leave_a_sound_file_and_are_undone(
    document, suggestions, scheme
):
    chance = random.Random(5)
    keys = [chance.choice(KEYS if chance.random() < 0.6 else LIKELY) for _ in range(IN_ONE_SESSION)]
    with file_of(document, suggestions) as database:
        session = Session(database, scheme, "mia")
        session.open_last()
        before = entries_of_all(database)
        editor = Editor(session)
        assert press_all(editor, keys) > 500
        assert verify(database) == ()
        undo_all(editor)
        assert verify(database) == ()
        assert entries_of_all(database) == before


def press_all(editor, keys):
    """Press keys; gives how many changes there were at the most."""
    most = 0
    for key in keys:
        editor.press(key, character_of(key))
        assert editor.session.items == editor.state.items()
        assert editor.mode in Mode
        most = max(most, editor.session.undo_depth)
    return most


def undo_all(editor):
    editor.leave()
    while editor.session.undo_depth:
        depth = editor.session.undo_depth
        editor.press("u", "u")
        assert editor.session.undo_depth == depth - 1


def is_at_the_text(app):
    screen = app.screen
    is_annotating = isinstance(screen, AnnotateScreen) and screen.focused is screen.view
    return is_annotating and screen.editor.mode is Mode.NORMAL


@pytest.mark.parametrize("size", ON_SCREEN)
async def test_any_keys_on_the_screen_leave_a_sound_file_and_are_undone(
    size, document, suggestions, scheme
):
    chance = random.Random(size[0])
    with file_of(document, suggestions) as database:
        session = Session(database, scheme, "mia")
        session.open_last()
        before = entries_of_all(database)
        app = AnnotatorApp(session, Config())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()

            async def press(key):
                event = events.Key(key, character_of(key))
                event.set_sender(app)
                app._driver.send_message(event)
                await pilot._wait_for_screen(PATIENCE)
                await pilot._wait_for_screen(PATIENCE)
                if app._exception is not None:
                    raise app._exception

            for _ in range(ON_SCREEN[size]):
                await press(chance.choice(KEYS if chance.random() < 0.6 else LIKELY))
            for _ in range(50):
                if is_at_the_text(app):
                    break
                await press("escape")
            assert is_at_the_text(app)
            assert verify(database) == ()
            while session.undo_depth:
                depth = session.undo_depth
                await press("u")
                assert session.undo_depth == depth - 1
        assert entries_of_all(database) == before
        assert verify(database) == ()
