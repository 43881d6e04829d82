"""The lines around the document: header, status, and those of the list of spans.

Each function turns plain values into strips of a given width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.text.safe_text import pictured
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.page.marks import Mark, Status
from annotator.tui.theme import Palette, styled

_NARROW = 100
"""Below so many cells the status line says all in fewer words."""
_HINTS_ROOM, _NARROW_HINTS_ROOM = 66, 53
"""Cells kept for the keys on the status line."""
_GAP = 2
_FILTER = 24
"""Cells for the filter of the queue."""
SHAPES = {
    Status.ACCEPTED: "●",
    Status.SUGGESTED: "○",
    Status.REJECTED: "✗",
    Status.DISAGREEING: "≠",
}


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
class Hint:
    """A key, and what it does here."""

    key: str
    words: str
    short: str = ""
    """What is said in the place of the words where there is little room."""
    press: str = ""
    """The key that a click on it presses, none where several keys are meant."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the status line says."""

    mode: str
    hints: tuple[Hint, ...]
    """Keys and what they do here, the most important first."""
    saved: str
    message: str = ""
    facts: tuple[str, ...] = ()
    """What else is told beside `saved` where there is room, the most important first."""
    always: tuple[Hint, ...] = ()
    """Keys that have room whatever else there is."""
    sign: str = ""
    """What is not as it usually is, for as long as it lasts."""


@lru_cache(maxsize=4)
def header_strip(progress: Progress, palette: Palette, width: int) -> Strip:
    """Title, place in the queue, and how much is decided."""
    decided = progress.accepted + progress.rejected
    total = decided + progress.undecided
    counts = f"{decided}/{total}  ●{progress.accepted} ○{progress.undecided} ✗{progress.rejected} "
    right = width - cell_width(counts)
    bar = min(20, max(right - 40, 0) // 3)
    filled = round(bar * decided / total) if total else bar
    where = replace(progress, accepted=0, undecided=0, rejected=0)
    plain = styled(palette.foreground, palette.panel)
    return Strip(
        [
            *_place_strip(where, palette, max(right - bar - 1, 0)),
            Segment("━" * filled, styled(palette.success, palette.panel)),
            Segment("─" * (bar - filled) + " ", styled(palette.faint, palette.panel)),
            Segment(counts, plain),
        ]
    ).crop(0, width)


@lru_cache(maxsize=8)
def _place_strip(progress: Progress, palette: Palette, width: int) -> Strip:
    """Title and place in the queue."""
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    number = f"{progress.number}/{progress.documents}"
    state = " done" if progress.is_done else ""
    state += " skipped" if progress.is_skipped else ""
    state += " ⚑" if progress.is_flagged else ""
    state += f" [{fitted(pictured(progress.filter), _FILTER)}]" if progress.filter else ""
    canvas.put(0, "▌", styled(palette.primary, palette.panel))
    room = width - len(number) - cell_width(state) - 5
    strong = styled(palette.foreground, palette.panel, bold=True)
    after = canvas.put(2, fitted(pictured(progress.title), max(room, 8)), strong)
    after = canvas.put(after + 2, number, styled(palette.faint, palette.panel))
    canvas.put(after, state, styled(palette.success, palette.panel, bold=True))
    return canvas.strip()


@lru_cache(maxsize=4)
def status_strip(situation: Situation, palette: Palette, width: int) -> Strip:
    """Mode, the keys that matter here or a message, and whether all is saved."""
    plain = styled(palette.foreground, palette.panel)
    faint = styled(palette.faint, palette.panel)
    left = [Segment(f" {situation.mode.upper()} ", palette.chip(palette.primary))]
    if situation.sign:
        left.append(Segment(f" {situation.sign} ", palette.chip(palette.warning)))
    left.append(Segment(" ", plain))
    message, saved = pictured(situation.message), f" {situation.saved} "
    room = width - sum(cell_width(text) for text, _, _ in left) - cell_width(saved)
    kept = _NARROW_HINTS_ROOM if width < _NARROW else _HINTS_ROOM
    facts = _fitting(situation, room - max(cell_width(message) + 1, kept), _gap(width))
    room = max(room - cell_width(facts), 0)
    middle = (
        _message_strip(message, palette, room)
        if message
        else _hints_strip(situation.hints, situation.always, palette, room, narrow=width < _NARROW)
    )
    right = [Segment(facts, faint), Segment(saved, styled(palette.success, palette.panel))]
    return Strip([*left, *middle, *right]).crop(0, width)


def _message_strip(message: str, palette: Palette, width: int) -> Strip:
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    strong = styled(palette.foreground, palette.panel, bold=True)
    canvas.put(0, fitted(message, width - 1), strong)
    return canvas.strip()


def _gap(width: int) -> int:
    """Cells between two things on the status line."""
    return 1 if width < _NARROW else _GAP


def _fitting(situation: Situation, room: int, gap: int) -> str:
    """The facts that have room, in their order."""
    kept = ""
    for fact in situation.facts if situation.saved else ():
        if cell_width(kept) + cell_width(fact) + gap <= room:
            kept += " " * gap + fact
    return kept


@lru_cache(maxsize=64)
def _hints_strip(
    hints: tuple[Hint, ...], always: tuple[Hint, ...], palette: Palette, width: int, *, narrow: bool
) -> Strip:
    """The keys that have room beside those that always have."""
    gap = 1 if narrow else _GAP
    kept = sum(cell_width(_told(hint, narrow=narrow)) + gap for hint in always)
    shown: list[Hint] = []
    used: set[str] = set()
    for hint in hints:
        needed = cell_width(_told(hint, narrow=narrow)) + gap
        if kept + needed - gap <= width and hint.key not in used:
            shown.append(hint)
            used.add(hint.key)
            kept += needed
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    column = 0
    for hint in (*shown, *always):
        meant = Style(meta={"name": hint.press}) if hint.press else Style()
        key = styled(palette.foreground, palette.panel, bold=True) + meant
        words = styled(palette.faint, palette.panel) + meant
        after = canvas.put(column, _told(hint, narrow=narrow), words)
        canvas.put(column, hint.key, key)
        column = after + gap
    return canvas.strip()


def _told(hint: Hint, *, narrow: bool) -> str:
    words = (narrow and hint.short) or hint.words
    return f"{hint.key} {words}"


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
