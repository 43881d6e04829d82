"""Draws the current item: in full for the side panel, and on one line for narrow terminals."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.style import Style
from textual.strip import Strip

from annotator.text.safe_text import pictured
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import fitted
from annotator.tui.page.rows import wrap
from annotator.tui.panels.card import Card, RoleLine
from annotator.tui.panels.lines import SHAPES
from annotator.tui.theme import Palette, styled

_BAR = 8
_NOTHING = ("No span here.", "A digit makes the word under the cursor an entity, e an event.")
_NAME = 11
"""Cells for the name of a role."""


_Text = tuple[str, Style, int]
"""Words, their style, and on how many lines at most."""


@lru_cache(maxsize=4)
def card_strips(card: Card | None, palette: Palette, width: int, height: int) -> list[Strip]:
    """The current item in full, the most important first; what has no room is left out."""
    strips: list[Strip] = []
    for part in _parts(card, palette, width):
        room = height - 1 - len(strips)
        if isinstance(part, Strip):
            strips += [part][:room]
        else:
            text, style, most = part
            strips += _text_strips(text, style, palette, width, min(most, room))
    base = styled(palette.foreground, palette.background)
    return [*strips, *_text_strips(" ", base, palette, width, 1) * (height - len(strips))]


def _parts(card: Card | None, palette: Palette, width: int) -> Iterator[Strip | _Text]:
    base = styled(palette.foreground, palette.background)
    faint = styled(palette.faint, palette.background)
    if card is None:
        yield from ((text, faint, 2) for text in _NOTHING)
        return
    heading = Canvas(width, base)
    _put_heading(heading, card, palette)
    yield heading.strip()
    strong = styled(palette.foreground, palette.background, bold=True)
    yield card.words, strong, 1 if card.roles else 2
    warning = styled(palette.warning, palette.background, bold=True)
    yield from ((text, warning, 2) for text in card.problems)
    yield from (_role_strip(role, palette, width) for role in card.roles)
    for attribute in card.attributes:
        yield _attribute_strip(*attribute, palette=palette, width=width)
    yield from ((text, base, 1) for text in card.used_in)
    yield from ((text, faint, 1) for text in card.history)
    yield card.description, base, 1 if card.rule else 2
    yield card.rule, faint, 2


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
        meant = Style(meta={"name": role.role})
        column = canvas.put(column, f"{role.key} {pictured(role.role)} ", faint + meant)
        style = (plain if role.fillers else faint) + meant
        column = canvas.put(column, fitted(words, 24), style) + 2
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


@lru_cache(maxsize=512)
def _text_strips(
    text: str, style: Style, palette: Palette, width: int, most: int
) -> tuple[Strip, ...]:
    """A text on at most so many lines, with an ellipsis where more would follow."""
    text = pictured(text)
    strips: list[Strip] = []
    start = 0
    for number in range(1, most + 1):
        if start >= len(text):
            break
        row = Canvas(width, styled(palette.foreground, palette.background))
        end = wrap(text[start:], width - 2)[0].end + start if number < most else len(text)
        row.put(1, fitted(text[start:end].rstrip(), width - 2), style)
        strips.append(row.strip())
        start = end
    return tuple(strips)


@lru_cache(maxsize=512)
def _role_strip(role: RoleLine, palette: Palette, width: int) -> Strip:
    """A role and its fillers; a click anywhere on the line means the role."""
    canvas = Canvas(width, styled(palette.foreground, palette.background))
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
    return canvas.strip()


@lru_cache(maxsize=512)
def _attribute_strip(key: str, name: str, value: str, *, palette: Palette, width: int) -> Strip:
    canvas = Canvas(width, styled(palette.foreground, palette.background))
    canvas.put(1, pictured(key), styled(palette.faint, palette.background))
    told = fitted(pictured(f"{name}: {value or '—'}"), width - 4)
    canvas.put(3, told, styled(palette.foreground, palette.background))
    return canvas.strip()
