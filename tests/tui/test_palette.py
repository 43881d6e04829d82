"""The command palette finds actions, labels and documents, and no name is markup."""

from __future__ import annotations

import pytest
from screen_reader import press, raw_codes, shows, until
from test_screen import HOSTILE, annotating, running
from textual.command import CommandPalette

from annotator.actions import ACTIONS, Mode
from annotator.model.document import Document
from annotator.session.session import Session
from annotator.store import documents
from annotator.tui.palette import NamesProvider


@pytest.fixture
def session(database, scheme):
    opened = Session(database, scheme, "mia")
    opened.open_last()
    return opened


async def found(provider, query):
    return [hit async for hit in provider.search(query)]


async def test_every_action_that_there_is_now_is_offered_with_its_keys(session):
    async with running(session) as pilot:
        provider = NamesProvider(pilot.app.screen)
        hits = [hit async for hit in provider.discover()]
        normal = [a for a in ACTIONS if Mode.NORMAL in a.modes and a.id != "palette"]
        assert [hit.text for hit in hits] == [f"{a.title} ({a.group.lower()})" for a in normal]
        assert all(a.help in str(hit.display) for a, hit in zip(normal, hits, strict=True))
        await press(pilot, "v")
        hits = [hit async for hit in provider.discover()]
        assert "cancel (create)" in [hit.text for hit in hits]
        assert "accept (decide)" not in [hit.text for hit in hits]


async def test_actions_labels_and_documents_do_what_they_say(session):
    async with running(session) as pilot:
        provider = NamesProvider(pilot.app.screen)
        (label,) = [h for h in await found(provider, "LOC") if h.text == "LOC (label)"]
        label.command()
        assert session.state.annotations.entities["mia"].label == "LOC"
        (undo,) = [h for h in await found(provider, "undo") if h.text == "undo (decide)"]
        undo.command()
        assert session.state.annotations.entities == {}
        (event,) = [h for h in await found(provider, "say") if h.text == "◆Say (label)"]
        event.command()
        assert [e.type for e in session.state.annotations.events.values()] == ["Say"]
        (rain,) = [h for h in await found(provider, "rain") if "Rain fell" in h.text]
        rain.command()
        assert session.state.document.id == "rain"


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_titles_are_shown_as_they_are_and_never_as_markup(database, session, name):
    title = f"zebra {HOSTILE[name]}"
    documents.add(database, [Document("hostile", "text", {"title": title})])
    async with running(session) as pilot:
        hits = await found(NamesProvider(pilot.app.screen), "zebra")
        (hit,) = [hit for hit in hits if hit.text.startswith("zebra")]
        assert str(hit.match_display).split("\n")[0] == hit.text
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
        await press(pilot, *"zebra")
        await shows(pilot, "zebra", "document")
        assert raw_codes(pilot.app) == []


async def test_the_palette_is_opened_by_key_and_an_action_is_chosen(session):
    async with running(session) as pilot:
        await press(pilot, "ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
        await press(pilot, *"flag")
        await shows(pilot, "Flag the document")
        await press(pilot, "enter")
        await annotating(pilot)
        await until(pilot, lambda: session.state.annotations.flags, "the flag")
        await press(pilot, "colon")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
        await press(pilot, "escape")
        await annotating(pilot)
