"""What the screen promises to look like, kept as text and, for some, as pictures."""

from __future__ import annotations

import pytest
from sample import sample_screen
from snapshot import expect_snapshot

from annotator.config import Config
from annotator.tui.terminal.capabilities import Colours, Terminal

SMALL, LARGE = (80, 24), (120, 40)
DECIDED = ("a", "a", "a", "x", "a", "a", "a", "a", "a")
"""Eight accepted, one rejected, an event with many roles in focus."""
PROMISES = {
    "event-80x24-ink": (SMALL, DECIDED, {}, Terminal(), True),
    "event-120x40-ink": (LARGE, DECIDED, {}, Terminal(), True),
    "event-120x40-paper": (LARGE, DECIDED, {"theme": "paper"}, Terminal(), True),
    "event-80x24-high-contrast": (SMALL, DECIDED, {"theme": "ink-contrast"}, Terminal(), False),
    "event-80x24-16-colours": (SMALL, DECIDED, {}, Terminal(Colours.SIXTEEN), True),
    "event-80x24-no-colour": (SMALL, DECIDED, {}, Terminal(Colours.NONE), True),
    "event-120x40-ascii": (LARGE, DECIDED, {"glyphs": "ascii"}, Terminal(), False),
    "event-60x16": ((60, 16), DECIDED, {}, Terminal(), False),
    "event-80x24-compact": (SMALL, (*DECIDED, "z"), {}, Terminal(), False),
    "event-80x24-text-only": (SMALL, (*DECIDED, "z", "z"), {}, Terminal(), False),
    "rejected-80x24": (SMALL, (*DECIDED, "R"), {}, Terminal(), False),
    "drawer-80x24": (SMALL, (*DECIDED, "\\"), {}, Terminal(), False),
    "roles-80x24": (SMALL, (*DECIDED, "t"), {}, Terminal(), False),
    "pieces-80x24": (SMALL, (*DECIDED, *"jjjjj"), {}, Terminal(), False),
}


@pytest.mark.parametrize("name", PROMISES)
async def test_the_screen_looks_as_promised(tmp_path, name):
    size, keys, settings, terminal, picture = PROMISES[name]
    config = Config(**settings)
    async with sample_screen(tmp_path, size, *keys, config=config, terminal=terminal) as pilot:
        expect_snapshot(pilot.app, name, picture=picture)


async def test_scripts_of_any_width_stand_over_their_brackets(tmp_path):
    async with sample_screen(tmp_path, SMALL, "a", "a", document="scripts") as pilot:
        expect_snapshot(pilot.app, "scripts-80x24")
