"""Draws the list of documents: its standings, its columns, its lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style
from textual.strip import Strip

from annotator.store.filter import Standing
from annotator.store.search import Column, Listed
from annotator.text.safe_text import shortened
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.theme import Palette, styled

_LONG = 200
_ALL = "all"
_SHAPES = {Standing.NEW: "○", Standing.BEGUN: "◐", Standing.DONE: "●", Standing.SKIPPED: ">"}
_COLUMNS: tuple[tuple[Column, str, int], ...] = (
    (Column.NUMBER, "#", 7),
    (Column.TITLE, "Title", 0),
    (Column.DATE, "Date", 11),
    (Column.STANDING, "Status", 11),
    (Column.LEFT, "Decided  Left", 16),
    (Column.LAST, "Last by", 10),
)
"""Each column, its heading and its cells; the title has what is left."""
_LEAST_TITLE = 20
_GIVEN_UP = (Column.LAST, Column.DATE, Column.LEFT, Column.NUMBER, Column.STANDING)
"""What is left out first where the terminal is narrow."""


def standings_strip(
    chosen: Standing | None, found: int | None, total: int, palette: Palette, width: int
) -> Strip:
    """How many documents are listed, and of which standing; a click on one chooses it."""
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    canvas.put(0, "▌", styled(palette.primary, palette.panel))
    strong = styled(palette.foreground, palette.panel, bold=True)
    column = canvas.put(2, "Documents", strong)
    count = "…" if found is None else f"{found:,}"
    faint = styled(palette.faint, palette.panel)
    column = canvas.put(column + 2, f"{count} of {total:,}", faint) + 3
    for name in (_ALL, *Standing):
        is_chosen = name == (chosen or _ALL)
        style = palette.chip(palette.primary) if is_chosen else faint
        column = canvas.put(column, f" {name} ", style + Style(meta={"name": str(name)})) + 1
    return canvas.strip()


def headings_strip(sorted_by: Column, palette: Palette, width: int, *, falling: bool) -> Strip:
    """The names of the columns; a click on one sorts by it."""
    canvas = Canvas(width, styled(palette.foreground, palette.background))
    for column, left, room in _places(width):
        heading = next(name for each, name, _ in _COLUMNS if each is column)
        is_chosen = column is sorted_by
        arrow = (" ▼" if falling else " ▲") if is_chosen else ""
        style = styled(palette.faint, palette.background, bold=is_chosen, underline=True)
        meant = style + Style(meta={"name": str(column)})
        canvas.put(left, fitted(heading + arrow, room - 1), meant)
    return canvas.strip()


def document_strip(
    line: Listed, annotator: str, palette: Palette, width: int, *, current: bool
) -> Strip:
    """One document."""
    background = palette.panel if current else palette.background
    plain = styled(palette.foreground, background, bold=current)
    canvas = Canvas(width, styled(palette.foreground, background))
    faint = styled(palette.faint, background)
    if current:
        canvas.put(0, "▌", styled(palette.primary, background))
    hue = palette.success if line.standing is Standing.DONE else palette.foreground
    standing = f"{_SHAPES[line.standing]} {line.standing}{' ⚑' if line.is_flagged else ''}"
    decided = line.suggested - line.left
    shown = {
        Column.NUMBER: (f"{line.position}", faint),
        Column.TITLE: (shortened(line.title, _LONG), plain),
        Column.DATE: (shortened(line.date, 20), faint),
        Column.STANDING: (standing, styled(hue, background)),
        Column.LEFT: (f"{f'{decided}/{line.suggested}':<8} {line.left:>4}", plain),
        Column.LAST: ("you" if line.last == annotator else shortened(line.last, 40), faint),
    }
    for column, begin, room in _places(width):
        words, style = shown[column]
        canvas.put(begin, fitted(words, room - 1), style)
    return canvas.strip()


def note_strip(text: str, palette: Palette, width: int) -> Strip:
    """A line that says why there is nothing."""
    canvas = Canvas(width, styled(palette.foreground, palette.background))
    canvas.put(2, fitted(text, width - 3), styled(palette.faint, palette.background))
    return canvas.strip()


def keys_strip(hints: Iterable[tuple[str, str]], palette: Palette, width: int) -> Strip:
    """Keys and what they do, as far as there is room."""
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    strong = styled(palette.foreground, palette.panel, bold=True)
    faint = styled(palette.faint, palette.panel)
    column = 1
    for key, word in hints:
        if column + cell_width(f"{key} {word}") > width:
            break
        column = canvas.put(column, key, strong) + 1
        column = canvas.put(column, word, faint) + 2
    return canvas.strip()


def _places(width: int) -> Iterable[tuple[Column, int, int]]:
    """The columns that have room, where each begins, and how wide it is."""
    gone: set[Column] = set()
    for column in _GIVEN_UP:
        taken = sum(size for each, _, size in _COLUMNS if each not in gone)
        if width - taken >= _LEAST_TITLE:
            break
        gone.add(column)
    title = width - 1 - sum(size for each, _, size in _COLUMNS if each not in gone)
    left = 1
    for column, _, size in _COLUMNS:
        if column not in gone:
            room = size or title
            yield column, left, room
            left += room
