"""Draws the labels with their keys; a click on one means it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from annotator.model.scheme import Scheme
from annotator.text.safe_text import pictured
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.theme import Palette, styled

_GAP = 1
Entry = tuple[str, str, str]
"""Key, name and colour of a label."""


def label_strips(
    scheme: Scheme, keys: dict[str, str], palette: Palette, width: int, most: int = 14
) -> list[Strip]:
    """Entity labels and event types with their keys, in columns, in at most so many lines."""
    by_name = {name: key for key, name in keys.items()}
    entities = [(by_name.get(e.name, " "), e.name, palette.label(e.name)) for e in scheme.entities]
    events = [(f"e{e.key}", e.name, palette.event) for e in scheme.events]
    base = styled(palette.foreground, palette.background)
    title = Canvas(width, base)
    title.put(1, "LABELS", styled(palette.faint, palette.background, bold=True))
    rows = [title.strip(), *_columns(entities, palette, width), *_columns(events, palette, width)]
    if len(rows) > most:
        more = Canvas(width, base)
        more.put(1, "… ; finds the others by name", styled(palette.faint, palette.background))
        rows = [*rows[: most - 1], more.strip()]
    return [*rows, Canvas(width, base).strip()]


def _columns(entries: Sequence[Entry], palette: Palette, width: int) -> list[Strip]:
    """The entries side by side, in columns as wide as the longest of them."""
    if not entries:
        return []
    key_width = max(cell_width(pictured(key)) for key, _, _ in entries) + 1
    longest = max(cell_width(pictured(name)) for _, name, _ in entries)
    room = width - 1
    columns = max(room // (key_width + longest + _GAP), 1)
    if room // columns - _GAP < key_width + 4:
        columns = 1
    size = room // columns
    strips: list[Strip] = []
    for begin in range(0, len(entries), columns):
        row = Canvas(width, styled(palette.foreground, palette.background))
        for position, (key, name, hue) in enumerate(entries[begin : begin + columns]):
            meant = Style(meta={"name": name})
            column = 1 + position * size
            row.put(column, pictured(key), styled(palette.faint, palette.background) + meant)
            shown = fitted(pictured(name), size - key_width - 1)
            style = styled(hue, palette.background, bold=True) + meant
            row.put(column + key_width, shown, style)
        strips.append(row.strip())
    return strips
