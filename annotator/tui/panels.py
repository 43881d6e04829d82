"""The lines around the document: header, status, and those of the list of spans.

Each function turns plain values into strips of a given width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual.strip import Strip

from annotator.text.pictures import pictured
from annotator.tui.canvas import Canvas
from annotator.tui.cells import cell_width, fitted
from annotator.tui.marks import Mark, Status
from annotator.tui.theme import Palette, styled

_HINTS_ROOM = 64
"""Cells kept for the keys on the status line."""
_GAP = 2
_FILTER = 24
"""Cells for the filter of the queue."""
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
    is_skipped: bool = False
    filter: str = ""
    """Through which documents the queue goes, as it would be typed; empty for all."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the status line says."""

    mode: str
    hints: tuple[tuple[str, str], ...]
    """Keys and what they do here."""
    saved: str
    message: str = ""
    facts: tuple[str, ...] = ()
    """What else is told beside `saved` where there is room, the most important first."""


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
    state += " skipped" if progress.is_skipped else ""
    state += " ⚑" if progress.is_flagged else ""
    state += f" [{fitted(pictured(progress.filter), _FILTER)}]" if progress.filter else ""
    right = width - cell_width(counts)
    bar = min(20, max(right - 40, 0) // 3)
    canvas.put(0, "▌", styled(palette.primary, palette.panel))
    room = right - bar - len(number) - cell_width(state) - 6
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
    chip = palette.chip(palette.primary)
    after = canvas.put(0, f" {situation.mode.upper()} ", chip)
    message = pictured(situation.message)
    saved = f" {situation.saved} "
    right = width - cell_width(saved)
    facts = _fitting(situation, right - after - max(cell_width(message) + 2, _HINTS_ROOM))
    right -= cell_width(facts)
    if message:
        canvas.put(after + 1, fitted(message, right - after - 2), strong)
    else:
        column = after + 1
        for key, title in situation.hints:
            if column + cell_width(f"{key} {title}") + 1 > right:
                break
            column = canvas.put(column, key, strong, right)
            column = canvas.put(column + 1, title, faint, right) + 2
    canvas.put(right, facts, faint)
    canvas.put(width - cell_width(saved), saved, styled(palette.success, palette.panel))
    return canvas.strip()


def _fitting(situation: Situation, room: int) -> str:
    """The facts that have room, in their order."""
    kept = ""
    for fact in situation.facts if situation.saved else ():
        if cell_width(kept) + cell_width(fact) + _GAP <= room:
            kept += " " * _GAP + fact
    return kept + " " if kept else ""


def span_strip(mark: Mark, words: str, palette: Palette, width: int, *, current: bool) -> Strip:
    """One line of the list of spans."""
    background = palette.panel if current else palette.background
    inverse = current and palette.is_flat
    canvas = Canvas(width, styled(palette.foreground, background))
    hue = palette.event if mark.is_trigger else palette.label(mark.label)
    rejected = mark.status is Status.REJECTED
    settled = mark.status is Status.ACCEPTED
    style = styled(
        hue, background, bold=settled, italic=not settled and not rejected, strike=rejected
    )
    plain = styled(palette.foreground, background, bold=current, reverse=inverse)
    canvas.put(1, SHAPES[mark.status], styled(hue, background, bold=current))
    canvas.put(3, fitted(pictured(mark.tag), 11), style)
    canvas.put(15, fitted(words, width - 16), plain)
    return canvas.strip()


def blank_strips(count: int, palette: Palette, width: int) -> Sequence[Strip]:
    """Empty lines."""
    return [Canvas(width, styled(palette.foreground, palette.background)).strip()] * count
