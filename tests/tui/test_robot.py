"""Whole documents from suggestions to gold, by keys, on the real screen."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from gold import content, gold_of
from robot import Robot
from screen_reader import settle, until
from textual import events

from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Span
from annotator.paths import shipped
from annotator.project.project import Project
from annotator.project.suggesting import suggest
from annotator.session.state import entries_of
from annotator.store import documents
from annotator.tui.app import AnnotatorApp
from annotator.tui.editing.editor import Editor
from annotator.tui.screens.annotate import AnnotateScreen

ARTICLES = ("16-greek-referendum.txt", "02-almaty-unrest.txt")
UNREST = Path(__file__).parents[2].parent / "shared/corpora/demo_world_unrest/dev/txt"
BOUNDS = {
    "accept": 1,
    "reject": 1,
    "relabel": 1,
    "move an edge by a token": 1,
    "new span of 2": 4,
    "new event with 2 arguments": 5,
    "next document": 1,
}
"""At most so many keys, with the cursor on the word."""
SHORT = """Storm over Oslo

Police in Oslo said on Monday that the storm killed Kari Nordmann in Norway.
Soldiers from Sweden and Denmark arrived in Oslo on Tuesday and rescued forty people.
"""
SENT = {"shift+right": "\x1b[1;2C", "apostrophe": "'", "full_stop": ".", "enter": "\r",
        "backspace": "\x7f"}  # fmt: skip
CHARACTERS = {"apostrophe": "'", "full_stop": "."}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with Project.create(tmp_path_factory.mktemp("robot")) as made:
        texts = {name: (shipped("corpus") / name).read_text("utf-8") for name in ARTICLES}
        if UNREST.is_dir():
            texts |= {p.name: p.read_text("utf-8") for p in sorted(UNREST.iterdir())[:3]}
        documents.add(made.database, [Document(name, text) for name, text in texts.items()])
        suggest(made)
        yield made


@asynccontextmanager
async def at_work(project, annotator, name):
    """The screen with a document open: the editor behind it, and a hand to press keys."""
    session = project.session(annotator)
    session.open(name)
    app = AnnotatorApp(session, project.config)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, AnnotateScreen), "the screen")
        await until(pilot, lambda: session.has_tokens, "the tokenizer")

        async def press(key):
            event = events.Key(key, key if len(key) == 1 else CHARACTERS.get(key))
            event.set_sender(app)
            app._driver.send_message(event)
            await settle(pilot)
            if app._exception is not None:
                raise app._exception

        yield app.screen.editor, press


def annotated(editor):
    annotations = editor.state.annotations
    items = {**annotations.entities, **annotations.events}
    return content(items.values(), items)


async def undo_everything(editor, press):
    while editor.session.undo_depth:
        depth = editor.session.undo_depth
        await press("u")
        assert editor.session.undo_depth == depth - 1


def unwanted(tally):
    return {
        task: max(counts)
        for task, counts in tally.keys.items()
        if max(counts) > BOUNDS.get(task, max(counts))
    }


@pytest.mark.parametrize("name", ARTICLES)
async def test_the_robot_reaches_the_gold_within_the_keys_and_undoes_it_all(project, name):
    async with at_work(project, f"robot-{name}", name) as (editor, press):
        before = entries_of(editor.state)
        gold = gold_of(editor.state, editor.scheme, editor.session.tokens, seed=len(name))
        robot = Robot(editor, press, gold)
        await robot.play()
        assert annotated(editor) == content(gold.values(), gold)
        assert editor.state.undecided() == ()
        await robot.finish()
        assert editor.state.document.id != name
        print(f"\n{name}: {len(gold)} items\n{robot.tally}")
        assert unwanted(robot.tally) == {}
        assert {"accept", "reject", "new event with 2 arguments"} <= robot.tally.keys.keys()
        await undo_everything(editor, press)
        assert editor.state.document.id == name
        assert entries_of(editor.state) == before == {}


async def test_sentences_and_the_rest_accepted_at_once_take_fewer_keys(project):
    totals = []
    for in_bulk in (False, True):
        async with at_work(project, f"bulk-{in_bulk}", ARTICLES[0]) as (editor, press):
            gold = gold_of(editor.state, editor.scheme, editor.session.tokens, seed=3)
            robot = Robot(editor, press, gold, in_bulk=in_bulk)
            await robot.play()
            assert annotated(editor) == content(gold.values(), gold)
            totals.append(robot.tally.total)
    assert totals[1] < totals[0]


@pytest.mark.skipif(not UNREST.is_dir(), reason="the shared corpora are not at hand")
async def test_keys_for_a_document_of_the_shared_corpora(project):
    for name in sorted(path.name for path in sorted(UNREST.iterdir())[:3]):
        async with at_work(project, f"robot-{name}", name) as (editor, press):
            gold = gold_of(editor.state, editor.scheme, editor.session.tokens, seed=5)
            robot = Robot(editor, press, gold, in_bulk=True)
            await robot.play()
            assert annotated(editor) == content(gold.values(), gold)
            assert unwanted(robot.tally) == {}
            words = len(editor.state.document.text.split())
            suggested = len(editor.state.suggestions)
            made = sum(isinstance(item, (Span, Event)) for item in gold.values())
            print(f"\n{name}: {words} words, {suggested} suggestions, gold {made}\n{robot.tally}")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.xdist_group("terminal")
async def test_the_same_keys_in_a_real_terminal_reach_the_gold(tmp_path):
    from terminal import Terminal

    root, mirror = tmp_path / "project", tmp_path / "mirror"
    with Project.create(root) as made:
        documents.add(made.database, [Document("storm", SHORT)])
        suggest(made)
    shutil.copytree(root, mirror)
    command = [sys.executable, "-m", "answering", "--project", str(root), "annotate",
               "--annotator", "robot"]  # fmt: skip
    terminal = Terminal(command, tmp_path, columns=120, rows=40)
    terminal.wait_for(lambda screen: "rescued" in screen, "the document")
    with Project.open(mirror) as project:
        session = project.session("robot")
        session.open("storm")
        editor = Editor(session)

        async def press(key):
            character = key if len(key) == 1 else CHARACTERS.get(key)
            assert editor.press(key, character) is None
            terminal.press(SENT.get(key, key))

        gold = gold_of(editor.state, editor.scheme, session.tokens, seed=2)
        await Robot(editor, press, gold).play()
        depth = f"↶{session.undo_depth}"
        terminal.wait_for(lambda screen: depth in screen, depth)
    terminal.send("q")
    assert terminal.exit_status() == 0
    with Project.open(root) as project:
        session = project.session("robot")
        session.open("storm")
        annotations = session.state.annotations
        items = {**annotations.entities, **annotations.events}
        assert content(items.values(), items) == content(gold.values(), gold)
        assert project.verify() == ()
