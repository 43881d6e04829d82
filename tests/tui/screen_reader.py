"""Reads what a Textual application shows, and waits for it: on conditions, never on time."""

from __future__ import annotations

import asyncio
import re
import time
import unicodedata
from collections.abc import Callable
from typing import Any

from rich.segment import Segment
from textual import events
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from annotator.tui.terminal.screen_diff import ScreenDiff

OBEYED = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Codes that turn text around; control codes go by their category."""
_OUR_SEQUENCES = re.compile(r"\x1b\[[0-9;]*[mH]")
"""Places and colours, and nothing else, are what is sent beside the text."""
_MOST_LOOKS = 600
_BETWEEN_LOOKS = 0.005
_PATIENCE = 300.0
"""Seconds after which nothing comes any more; no machine is so slow."""


def segments(app: App[Any]) -> list[list[Segment]]:
    """The screen as it would go to the terminal, line by line: the one place that looks inside."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


async def at_rest(pilot: Pilot[Any]) -> list[list[Segment]]:
    """The screen when it has stopped changing; layout waits for the next frame, so ask for it."""
    before: list[list[Segment]] = []
    for _ in range(_MOST_LOOKS):
        await pilot.pause()
        now = segments(pilot.app)
        if now == before:
            return now
        before = now
    raise AssertionError(f"never at rest\n{text(pilot.app)}")


def lines(app: App[Any]) -> list[str]:
    """The text of every line."""
    return ["".join(segment.text for segment in line) for line in segments(app)]


def text(app: App[Any]) -> str:
    """The whole screen as text."""
    return "\n".join(lines(app))


def raw_codes(app: App[Any]) -> list[str]:
    """Whatever of the screen is sent that a terminal would obey rather than show."""
    strips = [[strip] for strip in app.screen._compositor.render_strips()]
    whole = ScreenDiff().difference(LayoutUpdate(strips, app.size.region))
    shown = _OUR_SEQUENCES.sub("", whole.render_segments(app.console))
    return [c for c in shown if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in OBEYED]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each done before the next; ten times faster than the pilot's own idle waits."""
    for key in keys:
        name, character = (_character_to_key(key), key) if len(key) == 1 else (key, None)
        driver = pilot.app._driver
        assert driver is not None
        driver.send_message(events.Key(name, character))
        await settle(pilot)


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every message that was sent, and those that it caused, were worked off."""
    await pilot._wait_for_screen(_PATIENCE)
    await pilot._wait_for_screen(_PATIENCE)


async def until(pilot: Pilot[Any], holds: Callable[[], object], what: str) -> None:
    """Look again and again until something holds."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if holds():
            return
        if pilot.app._exception is not None:
            raise pilot.app._exception
        await asyncio.sleep(_BETWEEN_LOOKS)
    raise AssertionError(f"never happened: {what}\n{text(pilot.app)}")


async def shows(pilot: Pilot[Any], *wanted: str) -> None:
    """Wait until the screen shows all of the texts."""
    await until(pilot, lambda: _all_in(text(pilot.app), wanted), f"shows {wanted}")


async def hides(pilot: Pilot[Any], *unwanted: str) -> None:
    """Wait until the screen shows none of the texts."""
    await until(pilot, lambda: not _any_in(text(pilot.app), unwanted), f"hides {unwanted}")


def _all_in(shown: str, wanted: tuple[str, ...]) -> bool:
    return all(each in shown for each in wanted)


def _any_in(shown: str, wanted: tuple[str, ...]) -> bool:
    return any(each in shown for each in wanted)
