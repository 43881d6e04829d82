"""What the terminal shows now, so that only the cells that differ are sent to it.

Textual sends a changed line from the first cell of each widget on it. Over a slow line that is
most of what a key costs, so its updates are compared with what was sent before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from annotator.tui.terminal.ansi_writer import RESET, AnsiWriter

Placed = tuple[int, int, Strip]
"""Column, line, and the strip that begins there."""
Run = tuple[int, list[Segment]]
"""A column and what is to be written from there on."""

_PLAIN = re.compile(
    "[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u052f"
    "\u2010-\u2026\u2190-\u21ff\u2400-\u2426\u2500-\u25ff]*"
)
"""Characters that take one cell in every terminal, as long as all do that stand with them."""


class ScreenDiff:
    """The lines that the terminal shows, each as strips by the column where they begin."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, Strip | None]] = {}

    def difference(self, update: CompositorUpdate) -> CompositorUpdate:
        """An update that sends what is not on the terminal yet, and nothing that it could obey."""
        if isinstance(update, ChopsUpdate):
            return _Difference(self, update)
        if isinstance(update, LayoutUpdate):
            return _Whole(self, update)
        return update

    def forget(self) -> None:
        """Take it that nobody knows what the terminal shows."""
        self._lines.clear()

    def update(self, placed: Iterable[Placed]) -> CompositorUpdate:
        """An update that sends what is not on the terminal yet of some strips."""
        return _Some(self, placed)

    def put(self, placed: Placed) -> Iterator[Run]:
        """What has to be sent of a strip, which counts as sent from then on."""
        x, y, strip = placed
        known = self._lines.setdefault(y, {})
        before, known[x] = known.get(x), strip
        for column, segments in _runs(before, strip) if strip is not before else ():
            yield x + column, segments

    def changed(self, y: int, chops: Mapping[int, Strip | None]) -> Iterator[Run]:
        """What has to be sent of a line, which counts as sent from then on."""
        known = self._lines.get(y)
        if known is None or known.keys() != chops.keys():  # the widgets lie in other places
            known = self._lines[y] = dict.fromkeys(chops)
        for x, strip in chops.items():
            if strip is not None:
                yield from self.put((x, y, strip))


class _Difference(CompositorUpdate):
    """Sends what differs. It is compared only when it is sent, since not all updates are."""

    def __init__(self, screenful: ScreenDiff, update: ChopsUpdate) -> None:
        self._screenful = screenful
        self._update = update

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        pen = _pen(console)
        spans: dict[int, list[tuple[int, int]]] = {}
        for y, left, right in self._update.spans:
            spans.setdefault(y, []).append((left, right))
        written = [
            pen.write(x, y, segments)
            for y in sorted(spans)
            for x, segments in self._screenful.changed(y, _within(self._update.chops[y], spans[y]))
        ]
        return "".join(written) + RESET


class _Some(CompositorUpdate):
    """Sends some strips, as far as they differ."""

    def __init__(self, screenful: ScreenDiff, placed: Iterable[Placed]) -> None:
        self._screenful = screenful
        self._placed = placed

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        pen = _pen(console)
        written = [
            pen.write(x, each[1], segments)
            for each in self._placed
            for x, segments in self._screenful.put(each)
        ]
        return "".join(written) + RESET


class _Whole(CompositorUpdate):
    """Sends every line, since nobody knows what the terminal shows before a new layout.

    It comes after a change of size, or when the terminal was lent to another program.
    """

    def __init__(self, screenful: ScreenDiff, update: LayoutUpdate) -> None:
        self._screenful = screenful
        self._update = update

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        self._screenful.forget()
        left, top = self._update.region.offset
        pen = _pen(console)
        written: list[str] = []
        for y, strips in enumerate(self._update.strips, top):
            x = left
            chops: dict[int, Strip | None] = {}
            for strip in strips:
                chops[x] = strip
                x += strip.cell_length
            changed = self._screenful.changed(y, chops)
            written += [pen.write(x, y, segments) for x, segments in changed]
        return "".join(written) + RESET


def _within(
    chops: Mapping[int, Strip | None], spans: Sequence[tuple[int, int]]
) -> dict[int, Strip | None]:
    """The strips that lie in the part that is painted anew.

    Beside it Textual has what lies behind, where it did not ask the widgets in front.
    """
    return {
        x: strip
        if strip is not None
        and any(x < right and left < x + strip.cell_length for left, right in spans)
        else None
        for x, strip in chops.items()
    }


def _pen(console: Console) -> AnsiWriter:
    name = console.color_system
    return AnsiWriter(COLOR_SYSTEMS[name] if name else ColorSystem.TRUECOLOR)


def _runs(before: Strip | None, after: Strip) -> list[Run]:
    """The stretches of a strip that differ from another one."""
    new = list(after)
    if before is None or before.cell_length != after.cell_length:
        return [(0, new)]
    if before == after:
        return []
    if _PLAIN.fullmatch(before.text) and _PLAIN.fullmatch(after.text):
        return _differing(list(before), new)
    return [(0, new)]  # a terminal may think otherwise of widths: it gets the whole line


def _differing(old: Sequence[Segment], new: Sequence[Segment]) -> list[Run]:
    """The stretches that differ, where each code point takes one cell."""
    runs: list[Run] = []
    column, is_open = 0, False
    rest = iter(old)
    there, style, _ = next(rest)
    for text, wanted, _ in new:
        begin = 0
        while begin < len(text):
            if not there:
                there, style, _ = next(rest)
            size = min(len(there), len(text) - begin)
            piece = text[begin : begin + size]
            if piece == there[:size] and _look_the_same(piece, wanted, style):
                is_open = False
            else:
                if not is_open:
                    runs.append((column, []))
                    is_open = True
                _append(runs[-1][1], piece, wanted)
            there = there[size:]
            begin += size
            column += size
    return runs


def _append(segments: list[Segment], piece: str, style: Style | None) -> None:
    """Put a piece behind others: with the last one where it has the same style."""
    if segments and segments[-1].style is style:
        segments[-1] = Segment(segments[-1].text + piece, style)
    else:
        segments.append(Segment(piece, style))


def _look_the_same(piece: str, one: Style | None, other: Style | None) -> bool:
    """Whether a piece looks the same in both styles: of white space only the ground shows."""
    if one is other:
        return True
    if one is None or other is None or one.bgcolor != other.bgcolor:
        return False
    lines = _lines(one)
    if lines != _lines(other):
        return False
    return _letters(one) == _letters(other) or (piece.isspace() and not any(lines))


@lru_cache(maxsize=1024)
def _lines(style: Style) -> tuple[bool | None, ...]:
    """What of a style shows on blanks too, beside the ground."""
    return style.underline, style.underline2, style.overline, style.strike, style.reverse


@lru_cache(maxsize=1024)
def _letters(style: Style) -> tuple[object, ...]:
    """What shows on letters only; what a click on them means does not show."""
    return style.color, style.bold, style.dim, style.italic, style.blink, style.conceal
