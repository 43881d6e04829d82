"""The list of documents: searched, sorted, filtered, opened, by keys and by mouse."""

from __future__ import annotations

import pytest
from screen_reader import hides, lines, press, raw_codes, settle, shows, text, until
from test_screen import HOSTILE, SIZES, annotating, another_screen, expect_sound, running

from annotator.model.document import Document
from annotator.session.session import Session
from annotator.store import documents
from annotator.store.filter import Filter, Standing
from annotator.tui.screens.documents import DocumentsScreen


@pytest.fixture
def session(database, scheme):
    documents.add(
        database,
        [
            Document("snow", "Snow in Kyiv.", {"title": "Winter", "date": "2020-01-02"}),
            Document("sun", "Sun in Lagos.", {"title": "Summer", "date": "2019-07-01"}),
        ],
    )
    opened = Session(database, scheme, "mia")
    opened.open_last()
    return opened


async def listing(pilot):
    await press(pilot, "O")
    await until(pilot, lambda: isinstance(pilot.app.screen, DocumentsScreen), "the list")
    await settle(pilot)


def titles(app):
    """The titles that are listed, from the top."""
    known = ("A raid", "Rain fell", "Winter", "Summer")
    return [name for line in lines(app)[3:-1] for name in known if name in line]


async def lists(pilot, *wanted):
    await until(pilot, lambda: titles(pilot.app) == list(wanted), f"lists {wanted}")


@SIZES
async def test_the_list_opens_at_once_at_the_open_document_and_esc_leaves_it(session, size):
    session.open("snow")
    async with running(session, size) as pilot:
        await listing(pilot)
        await shows(pilot, "4 of 4", "0/8", "2020-01-02", "○ new")
        assert titles(pilot.app) == ["A raid", "Rain fell", "Winter", "Summer"]
        assert "▌3" in text(pilot.app)
        expect_sound(pilot.app)
        await press(pilot, "escape")
        await annotating(pilot)
        assert session.state.document.id == "snow"


@SIZES
async def test_typing_searches_the_texts_and_enter_opens(session, size):
    async with running(session, size) as pilot:
        await listing(pilot)
        await press(pilot, *"lag")
        await lists(pilot, "Summer")
        await press(pilot, "enter")
        await annotating(pilot)
        await shows(pilot, "Sun in Lagos")
        assert session.filter == Filter()


async def test_a_search_that_finds_nothing_says_so_and_enter_does_nothing(session):
    async with running(session) as pilot:
        await listing(pilot)
        await press(pilot, *"zzz")
        await shows(pilot, "No document matches.", "0 of 4")
        await press(pilot, "enter")
        await shows(pilot, "No document matches.")
        await press(pilot, "backspace", "backspace", "backspace")
        await lists(pilot, "A raid", "Rain fell", "Winter", "Summer")


async def test_tab_asks_for_one_standing_after_the_other(session):
    async with running(session) as pilot:
        await press(pilot, "V")
        await listing(pilot)
        await shows(pilot, "● done")
        await press(pilot, "tab")
        await lists(pilot, "Rain fell", "Winter", "Summer")
        await press(pilot, "tab", "tab")
        await lists(pilot, "A raid")
        await press(pilot, "shift+tab", "shift+tab", "shift+tab")
        await lists(pilot, "A raid", "Rain fell", "Winter", "Summer")


async def test_keys_and_clicks_on_headings_sort(session):
    async with running(session, (120, 40)) as pilot:
        await listing(pilot)
        await press(pilot, "f3")
        await lists(pilot, "A raid", "Rain fell", "Summer", "Winter")
        await press(pilot, "f3")
        await lists(pilot, "Winter", "Summer", "Rain fell", "A raid")
        await pilot.click(offset=(lines(pilot.app)[2].index("Date") + 1, 2))
        await until(pilot, lambda: titles(pilot.app)[-2:] == ["Summer", "Winter"], "by date")
        await press(pilot, "ctrl+r")
        await until(pilot, lambda: titles(pilot.app)[:2] == ["Winter", "Summer"], "turned")
        await press(pilot, "ctrl+s", "ctrl+s", "ctrl+s")
        await until(pilot, lambda: "Last by ▲" in text(pilot.app), "by who was last")


async def test_clicks_choose_a_standing_a_line_and_open_it(session):
    async with running(session) as pilot:
        await listing(pilot)
        await pilot.click(offset=(lines(pilot.app)[0].index("done") + 1, 0))
        await shows(pilot, "No document matches.")
        await pilot.click(offset=(lines(pilot.app)[0].index("all") + 1, 0))
        await lists(pilot, "A raid", "Rain fell", "Winter", "Summer")
        row = next(i for i, line in enumerate(lines(pilot.app)) if "Winter" in line)
        await pilot.click(offset=(12, row))
        await until(pilot, lambda: "▌3" in lines(pilot.app)[row], "the line is the current one")
        await pilot.click(offset=(12, row))
        await annotating(pilot)
        await shows(pilot, "Snow in Kyiv")


async def test_a_kept_filter_holds_for_the_queue_until_it_is_taken_off(session):
    async with running(session, (120, 40)) as pilot:
        await listing(pilot)
        await press(pilot, *"in", "tab")
        await lists(pilot, "Winter", "Summer")
        await press(pilot, "ctrl+f")
        await annotating(pilot)
        await shows(pilot, "Snow in Kyiv", "[is:new in]")
        assert session.filter == Filter(words=("in",), standing=Standing.NEW)
        await press(pilot, ">")
        await shows(pilot, "Sun in Lagos")
        await press(pilot, ">")
        await shows(pilot, "no further document")
        await listing(pilot)
        await lists(pilot, "Winter", "Summer")
        await press(pilot, "escape")
        await annotating(pilot)
        await press(pilot, "D")
        await shows(pilot, "Snow in Kyiv")
        await press(pilot, "Q")
        await hides(pilot, "[is:new")
        await press(pilot, "<")
        await shows(pilot, "Rain fell on Oslo")


async def test_a_document_is_skipped_and_comes_back_last(session):
    async with running(session) as pilot:
        await press(pilot, "p")
        await shows(pilot, "Rain fell on Oslo")
        await press(pilot, "<")
        await shows(pilot, "Mia Stone", "skipped")
        await press(pilot, "p")
        await shows(pilot, "No longer skipped.")
        await press(pilot, "u")
        await shows(pilot, "Undone")
        await press(pilot, "D")
        await shows(pilot, "Rain fell on Oslo")


async def test_a_document_is_done_and_not_done_with_the_rest_undecided(session):
    async with running(session) as pilot:
        await press(pilot, "V")
        await shows(pilot, "done", "○8")
        await press(pilot, "V")
        await shows(pilot, "Not done any more.", "○8")
        assert session.state.annotations.flags == frozenset()


async def test_a_thousand_documents_are_paged_through(database, scheme):
    documents.add(
        database, (Document(f"d{n}", f"text {n}", {"title": f"No. {n}"}) for n in range(1000))
    )
    session = Session(database, scheme, "mia")
    session.open_last()
    async with running(session) as pilot:
        await listing(pilot)
        await shows(pilot, "1,002 of 1,002")
        await press(pilot, "ctrl+end")
        await shows(pilot, "No. 999")
        await press(pilot, "pageup")
        await shows(pilot, "No. 980")
        await press(pilot, "ctrl+home", "down", "down", "enter")
        await annotating(pilot)
        assert session.state.document.id == "d0"


@SIZES
async def test_hostile_titles_dates_and_names_are_shown_and_never_obeyed(database, scheme, size):
    for name, words in HOSTILE.items():
        meta = {"title": words, "date": words}
        documents.add(database, [Document(f"{name} {words}", words, meta)])
    session = Session(database, scheme, "mia " + HOSTILE["escape"])
    session.open_last()
    async with running(session, size) as pilot:
        await press(pilot, "a")
        await listing(pilot)
        expect_sound(pilot.app)
        for words in HOSTILE.values():
            pilot.app.screen.query_one("#asked").value = words
            await settle(pilot)
            assert raw_codes(pilot.app) == []


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (12, 5), (30, 8), (300, 80)])
async def test_the_lists_work_at_any_size(session, size):
    async with running(session, size) as pilot:
        for key in ("O", "Z"):
            await press(pilot, key)
            await another_screen(pilot)
            await press(pilot, "down", "pagedown", "tab", "up")
            await settle(pilot)
            expect_sound(pilot.app)
            await press(pilot, "escape")
            await annotating(pilot)
