"""Draws the current item: in full for the side panel, and on one line for narrow terminals."""

from __future__ import annotations

from collections import deque
from functools import lru_cache

from rich.style import Style
from textual.strip import Strip

from annotator.text.pictures import pictured
from annotator.tui.canvas import Canvas
from annotator.tui.card import Card, RoleLine
from annotator.tui.cells import fitted
from annotator.tui.panels import SHAPES
from annotator.tui.rows import wrap
from annotator.tui.theme import Palette, styled

_BAR = 8
_NOTHING = ("No span here.", "A digit makes the word under the cursor an entity, e an event.")
_NAME = 11
"""Cells for the name of a role."""


@lru_cache(maxsize=4)
def card_strips(card: Card | None, palette: Palette, width: int, height: int) -> list[Strip]:
    """The current item in full, the most important first; what has no room is left out."""
    base = styled(palette.foreground, palette.background)
    rows = [Canvas(width, base) for _ in range(height)]
    lines = deque(rows[:-1])
    if card is None:
        for text in _NOTHING:
            _put_text(lines, text, styled(palette.faint, palette.background), 2)
        return [row.strip() for row in rows]
    _put_heading(rows[0], card, palette)
    lines.popleft()
    strong = styled(palette.foreground, palette.background, bold=True)
    faint = styled(palette.faint, palette.background)
    _put_text(lines, card.words, strong, 1 if card.roles else 2)
    for text in card.problems:
        _put_text(lines, text, styled(palette.warning, palette.background, bold=True), 2)
    for role in card.roles:
        if lines:
            _put_role(lines.popleft(), role, palette)
    for key, name, value in card.attributes:
        if lines:
            row = lines.popleft()
            row.put(1, pictured(key), faint)
            row.put(3, fitted(pictured(f"{name}: {value or '—'}"), width - 4), base)
    for text in card.used_in:
        _put_text(lines, text, base, 1)
    for text in card.history:
        _put_text(lines, text, faint, 1)
    _put_text(lines, card.description, base, 1 if card.rule else 2)
    _put_text(lines, card.rule, faint, 2)
    return [row.strip() for row in rows]


@lru_cache(maxsize=4)
def card_line(card: Card | None, palette: Palette, width: int) -> Strip:
    """The current item on one line, for narrow terminals."""
    canvas = Canvas(width, styled(palette.foreground, palette.background))
    faint = styled(palette.faint, palette.background)
    if card is None:
        canvas.put(1, "No span here: a digit makes one of the word, e an event.", faint)
        return canvas.strip()
    column = _put_heading(canvas, card, palette, with_score=False) + 1
    plain = styled(palette.foreground, palette.background)
    if card.problems:
        warning = styled(palette.warning, palette.background, bold=True)
        column = canvas.put(column, pictured(card.problems[0]), warning) + 2
    if not card.roles:
        canvas.put(column, fitted(pictured(card.description), width - column - 1), faint)
    for role in card.roles:
        if column >= width:
            break
        words = "; ".join(words for _, words in role.fillers) or "—"
        column = canvas.put(column, f"{role.key} ", faint)
        column = canvas.put(column, f"{pictured(role.role)} ", faint)
        column = canvas.put(column, fitted(words, 24), plain if role.fillers else faint) + 2
    return canvas.strip()


def _put_heading(canvas: Canvas, card: Card, palette: Palette, *, with_score: bool = True) -> int:
    mark = card.mark
    hue = palette.event if mark.is_trigger else palette.label(mark.label)
    faint = styled(palette.faint, palette.background)
    chip = f" {fitted(pictured(mark.tag), max(canvas.width - 26, 8))} "
    column = canvas.put(1, chip, palette.chip(hue))
    status = f" {SHAPES[mark.status]} {mark.status.value}"
    column = canvas.put(column, status, styled(hue, palette.background))
    if with_score and card.score is not None:
        filled = round(_BAR * card.score)
        stroke = styled(hue, palette.background)
        column = canvas.put(column + 1, "▰" * filled, stroke)
        column = canvas.put(column, "▱" * (_BAR - filled), faint)
        column = canvas.put(column, f" {card.score:.2f}", faint)
    return column


def _put_text(lines: deque[Canvas], text: str, style: Style, most: int) -> None:
    """Put a text on the next lines, at most so many, with an ellipsis where more would follow."""
    text = pictured(text)
    start = 0
    most = min(most, len(lines))
    for number in range(1, most + 1):
        if start >= len(text):
            return
        row = lines.popleft()
        width = row.width - 2
        end = wrap(text[start:], width)[0].end + start if number < most else len(text)
        row.put(1, fitted(text[start:end].rstrip(), width), style)
        start = end


def _put_role(canvas: Canvas, role: RoleLine, palette: Palette) -> None:
    """A role and its fillers; a click anywhere on the line means the role."""
    meant = Style(meta={"name": role.role})
    faint = styled(palette.faint, palette.background) + meant
    missing = not role.fillers and role.is_required
    name_style = styled(palette.warning if missing else palette.event, palette.background) + meant
    canvas.fill(1, canvas.width, " ", faint)
    canvas.put(1, role.key, faint)
    name = fitted(pictured(role.role), _NAME)
    column = max(canvas.put(3, name, name_style) + 1, 4 + _NAME)
    if not role.fillers:
        canvas.put(column, "missing" if missing else "—", name_style if missing else faint)
    for index, (label, words) in enumerate(role.fillers):
        style = styled(palette.label(label), palette.background) + meant
        column = canvas.put(column, fitted(words, canvas.width - column - 1), style)
        if index + 1 < len(role.fillers):
            column = canvas.put(column, "; ", faint)
