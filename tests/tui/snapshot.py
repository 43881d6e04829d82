"""Keeps what a screen looked like, as text and as a picture, and compares.

With ANNOTATOR_SNAPSHOTS=update in the environment what is seen is kept; look at it before.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from screen_reader import lines
from textual.app import App

FOLDER = Path(__file__).parent / "snapshots"
_LARGEST = 150_000


def expect_snapshot(app: App[Any], name: str, *, picture: bool = False) -> None:
    """The screen looks as it was kept under that name."""
    _expect(f"{name}.txt", "\n".join(line.rstrip() for line in lines(app)) + "\n")
    if picture:
        _expect(f"{name}.svg", _picture(app))


def _picture(app: App[Any]) -> str:
    """The screen as SVG, with ids that are always the same and no font from elsewhere."""
    svg = app.export_screenshot(title="annotator", simplify=True)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"@font-face \{[^}]*\}\s*", "", svg)
    svg = re.sub(r"\bterminal-\d+-", "terminal-", svg)
    return "\n".join(line.rstrip() for line in svg.split("\n")).strip() + "\n"


def _expect(name: str, seen: str) -> None:
    path = FOLDER / name
    assert len(seen.encode()) < _LARGEST
    if os.environ.get("ANNOTATOR_SNAPSHOTS") == "update":
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(seen.encode())
    assert path.exists(), f"no {name}: look at the screen, then keep it"
    assert seen == path.read_bytes().decode(), f"{name} looks different"
