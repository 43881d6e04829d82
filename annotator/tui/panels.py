"""The lines around the document: header, status, the current item's card, labels and keys.

Each function turns plain values into strips of a given width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual.strip import Strip

from annotator.model.scheme import Scheme
from annotator.text.pictures import pictured
from annotator.tui.canvas import Canvas
from annotator.tui.card import Card, RoleLine
from annotator.tui.cells import cell_width, fitted
from annotator.tui.marks import Mark, Status
from annotator.tui.theme import Palette, styled

SHAPES = {Status.ACCEPTED: "●", Status.SUGGESTED: "○", Status.REJECTED: "✗"}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the annotator is in the queue and in the document."""

    title: str
    number: int
    documents: int
    accepted: int
    undecided: int
    rejected: int
    is_done: bool = False
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What the status line says."""

    mode: str
    hints: tuple[tuple[str, str], ...]
    """Keys and what they do here."""
    saved: str
    message: str = ""


@lru_cache(maxsize=4)
def header_strip(progress: Progress, palette: Palette, width: int) -> Strip:
    """Title, place in the queue, and how much is decided."""
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    plain = styled(palette.foreground, palette.panel)
    strong = styled(palette.foreground, palette.panel, bold=True)
    faint = styled(palette.faint, palette.panel)
    decided = progress.accepted + progress.rejected
    total = decided + progress.undecided
    counts = f"{decided}/{total}  ●{progress.accepted} ○{progress.undecided} ✗{progress.rejected} "
    number = f"{progress.number}/{progress.documents}"
    state = " done" if progress.is_done else ""
    state += " ⚑" if progress.is_flagged else ""
    right = width - cell_width(counts)
    bar = min(20, max(right - 40, 0) // 3)
    canvas.put(0, "▌", styled(palette.primary, palette.panel))
    room = right - bar - len(number) - len(state) - 6
    after = canvas.put(2, fitted(pictured(progress.title), max(room, 8)), strong)
    after = canvas.put(after + 2, number, faint)
    canvas.put(after, state, styled(palette.success, palette.panel, bold=True))
    filled = round(bar * decided / total) if total else bar
    canvas.fill(right - bar - 1, right - 1, "─", faint)
    canvas.fill(
        right - bar - 1, right - bar - 1 + filled, "━", styled(palette.success, palette.panel)
    )
    canvas.put(right, counts, plain)
    return canvas.strip()


@lru_cache(maxsize=4)
def status_strip(situation: Situation, palette: Palette, width: int) -> Strip:
    """Mode, the keys that matter here or a message, and whether all is saved."""
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    faint = styled(palette.faint, palette.panel)
    strong = styled(palette.foreground, palette.panel, bold=True)
    after = canvas.put(
        0,
        f" {situation.mode.upper()} ",
        palette.chip(palette.primary),
    )
    saved = f" {situation.saved} "
    right = width - cell_width(saved)
    if situation.message:
        canvas.put(after + 1, fitted(pictured(situation.message), right - after - 2), strong)
    else:
        column = after + 1
        for key, title in situation.hints:
            if column + cell_width(f"{key} {title}") + 1 > right:
                break
            column = canvas.put(column, key, strong, right)
            column = canvas.put(column + 1, title, faint, right) + 2
    canvas.put(right, saved, styled(palette.success, palette.panel))
    return canvas.strip()


@lru_cache(maxsize=4)
def card_strips(card: Card | None, palette: Palette, width: int, height: int) -> list[Strip]:
    """The current item in full, for the side panel."""
    base = styled(palette.foreground, palette.background)
    rows = [Canvas(width, base) for _ in range(height)]
    faint = styled(palette.faint, palette.background)
    if card is None:
        rows[0].put(1, "No span here.", faint)
        rows[1].put(1, "A digit makes the word under the", faint)
        rows[2].put(1, "cursor an entity, e an event.", faint)
        return [row.strip() for row in rows]
    _put_heading(rows[0], card, palette)
    rows[1].put(
        1, fitted(card.words, width - 2), styled(palette.foreground, palette.background, bold=True)
    )
    lines = iter(rows[2:])
    for role in card.roles:
        row = next(lines, None)
        if row is not None:
            _put_role(row, role, palette)
    for key, name, value in card.attributes:
        row = next(lines, None)
        if row is not None:
            row.put(1, pictured(key), faint)
            row.put(3, fitted(pictured(f"{name}: {value or '—'}"), width - 4), base)
    for line in (*card.problems, *card.used_in, card.description, card.source):
        row = next(lines, None)
        if row is not None:
            style = styled(palette.warning, palette.background) if line in card.problems else faint
            row.put(1, fitted(pictured(line), width - 2), style)
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
    if not card.roles:
        canvas.put(column, fitted(pictured(card.description), width - column - 1), faint)
    for role in card.roles:
        words = "; ".join(words for _, words in role.fillers) or "—"
        column = canvas.put(column, f"{role.key} ", faint)
        column = canvas.put(column, f"{pictured(role.role)} ", faint)
        column = canvas.put(column, fitted(words, 24), plain if role.fillers else faint) + 2
    return canvas.strip()


def label_strips(scheme: Scheme, keys: dict[str, str], palette: Palette, width: int) -> list[Strip]:
    """Entity labels and event types with their keys, in columns."""
    base = styled(palette.foreground, palette.background)
    faint = styled(palette.faint, palette.background)
    by_name = {name: key for key, name in keys.items()}
    title = Canvas(width, base)
    title.put(1, "LABELS", styled(palette.faint, palette.background, bold=True))
    entities = [(by_name.get(e.name, " "), e.name, palette.label(e.name)) for e in scheme.entities]
    events = [(f"e{e.key}", e.name, palette.event) for e in scheme.events]
    strips = [title.strip()]
    for cells, key_width in ((entities, 2), (events, 3)):
        columns = max(1, width // 13)
        for begin in range(0, len(cells), columns):
            row = Canvas(width, base)
            for position, (key, name, hue) in enumerate(cells[begin : begin + columns]):
                column = 1 + position * (width // columns)
                limit = column + width // columns - 1
                row.put(column, pictured(key), faint, limit)
                style = styled(hue, palette.background, bold=True)
                row.put(column + key_width, pictured(name), style, limit)
            strips.append(row.strip())
    below = Canvas(width, base)
    below.put(1, "SPANS", styled(palette.faint, palette.background, bold=True))
    return [*strips, Canvas(width, base).strip(), below.strip()]


def span_strip(mark: Mark, words: str, palette: Palette, width: int, *, current: bool) -> Strip:
    """One line of the list of spans."""
    background = palette.panel if current else palette.background
    canvas = Canvas(width, styled(palette.foreground, background))
    hue = palette.event if mark.is_trigger else palette.label(mark.label)
    rejected = mark.status is Status.REJECTED
    settled = mark.status is Status.ACCEPTED
    style = styled(hue, background, bold=settled, italic=not settled, strike=rejected)
    canvas.put(1, SHAPES[mark.status], styled(hue, background, bold=current))
    canvas.put(3, fitted(pictured(mark.tag), 11), style)
    canvas.put(15, fitted(words, width - 16), styled(palette.foreground, background, bold=current))
    return canvas.strip()


def blank_strips(count: int, palette: Palette, width: int) -> Sequence[Strip]:
    """Empty lines."""
    return [Canvas(width, styled(palette.foreground, palette.background)).strip()] * count


def _put_heading(canvas: Canvas, card: Card, palette: Palette, *, with_score: bool = True) -> int:
    mark = card.mark
    hue = palette.event if mark.is_trigger else palette.label(mark.label)
    column = canvas.put(1, f" {pictured(mark.tag)} ", palette.chip(hue))
    status = f" {SHAPES[mark.status]} {mark.status.value}"
    column = canvas.put(column, status, styled(hue, palette.background))
    if with_score:
        score = f"  {card.score:.2f}" if card.score is not None else ""
        column = canvas.put(column, score, styled(palette.faint, palette.background))
    return column


def _put_role(canvas: Canvas, role: RoleLine, palette: Palette) -> None:
    faint = styled(palette.faint, palette.background)
    canvas.put(1, role.key, faint)
    empty = not role.fillers
    missing = empty and role.is_required
    name_style = styled(palette.warning if missing else palette.event, palette.background)
    column = max(canvas.put(3, fitted(pictured(role.role), 11), name_style) + 1, 15)
    if empty:
        canvas.put(column, "missing" if missing else "—", name_style if missing else faint)
    for index, (label, words) in enumerate(role.fillers):
        style = styled(palette.label(label), palette.background)
        column = canvas.put(column, fitted(words, canvas.width - column - 1), style)
        if index + 1 < len(role.fillers):
            column = canvas.put(column, "; ", faint)
