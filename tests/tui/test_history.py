"""The history screen shows what was done and leads there."""

from __future__ import annotations

import pytest
from screen_reader import hides, lines, press, settle, shows, text, until
from test_screen import HOSTILE, SIZES, annotating, expect_sound, running

from annotator.model.annotations import Comment
from annotator.session.commands import SetComment
from annotator.session.session import Session
from annotator.tui.screens.history import HistoryScreen


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open_last()
    return opened


async def looking_back(pilot):
    await press(pilot, "Z")
    await until(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen), "the history")
    await settle(pilot)


@SIZES
async def test_changes_are_told_the_newest_first_and_enter_goes_there(session, size):
    async with running(session, size) as pilot:
        await press(pilot, "a", "x", "a", "D")
        await shows(pilot, "Rain fell on Oslo")
        await looking_back(pilot)
        await shows(
            pilot, "accepted PER “Mia Stone”", "rejected ORG “Acme”", "accepted ◆Attack “bombed”"
        )
        newest = [i for i, line in enumerate(lines(pilot.app)) if "Mia Stone" in line]
        older = [i for i, line in enumerate(lines(pilot.app)) if "rejected" in line]
        assert older < newest
        expect_sound(pilot.app)
        await press(pilot, "down", "enter")
        await annotating(pilot)
        await shows(pilot, "Mia Stone of Acme")
        assert pilot.app.screen.editor.current == "bombed"


async def test_tab_lists_this_document_and_then_the_comments(session):
    async with running(session, (120, 40)) as pilot:
        await press(pilot, "a", "D", "c", *"why?", "enter")
        await until(pilot, lambda: session.state.annotations.comments, "a comment")
        await looking_back(pilot)
        await shows(pilot, "accepted PER", "A raid")
        await press(pilot, "tab")
        await hides(pilot, "accepted PER")
        await shows(pilot, "commented “why?”")
        await press(pilot, "tab")
        await hides(pilot, ":")
        await shows(pilot, "commented “why?”")
        await pilot.click(offset=(lines(pilot.app)[0].index("all documents") + 2, 0))
        await shows(pilot, "accepted PER")


async def test_a_clicked_line_is_chosen_with_the_second_click(session):
    async with running(session) as pilot:
        await press(pilot, "a", "a", ">")
        await shows(pilot, "Rain fell on Oslo")
        await looking_back(pilot)
        row = next(i for i, line in enumerate(lines(pilot.app)) if "Mia Stone" in line)
        await pilot.click(offset=(20, row))
        await pilot.click(offset=(20, row))
        await annotating(pilot)
        assert pilot.app.screen.editor.current == "mia"


async def test_an_empty_history_says_so_and_enter_does_nothing(session):
    async with running(session) as pilot:
        await looking_back(pilot)
        await shows(pilot, "Nothing was done yet.")
        await press(pilot, "enter", "tab", "tab")
        await shows(pilot, "No comments.")
        await press(pilot, "q")
        await annotating(pilot)


async def test_a_long_history_is_read_on_as_one_goes_down(session):
    for number in range(230):
        session.run(SetComment(Comment("c", "", f"note {number}.")))
    async with running(session) as pilot:
        await looking_back(pilot)
        await shows(pilot, "note 229.")
        for _ in range(4):
            await press(pilot, "end")
        await shows(pilot, "note 0.")


@SIZES
@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_comments_are_shown_and_never_obeyed(session, size, name):
    session.run(SetComment(Comment("c", "", HOSTILE[name])))
    session.run(SetComment(Comment("d", "mia", HOSTILE[name])))
    async with running(session, size) as pilot:
        await looking_back(pilot)
        for _ in range(3):
            await shows(pilot, "commented")
            expect_sound(pilot.app)
            await press(pilot, "tab")
        assert "commented" in text(pilot.app)
