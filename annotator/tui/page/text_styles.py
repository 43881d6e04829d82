"""Draws the text of a row: tints of the marks, the selection, the cursor, letters to jump by.

Where colours cannot be mixed, or nothing stands under the text, the letters themselves say how
far a mark is decided: underlined is accepted, slanting is suggested, struck through is rejected,
both underlined and slanting is what annotators disagree on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.model.span import Range
from annotator.tui.page.focus import Focus
from annotator.tui.page.marks import Mark, Status
from annotator.tui.page.rows import TextRow
from annotator.tui.theme import Palette, styled

_UNDERLINED = Style(underline=True)
_start_of, _end_of = itemgetter(0), itemgetter(1)
_SHARES = {
    Status.ACCEPTED: 0.24,
    Status.SUGGESTED: 0.09,
    Status.REJECTED: 0.0,
    Status.DISAGREEING: 0.24,
}
_CURRENT, _FILLER, _SELECTED, _HIT = 0.42, 0.34, 0.5, 0.45


class TextStyles:
    """Draws text with one palette and one focus."""

    def __init__(
        self,
        palette: Palette,
        focus: Focus,
        roles: Mapping[str, str],
        title: Range,
        *,
        tells_status: bool,
    ) -> None:
        self._palette = palette
        self._focus = focus
        self._roles = roles
        self._title = title
        self._tells_status = tells_status or palette.is_flat

    def segments(self, row: TextRow, marks: Sequence[Mark]) -> list[Segment]:
        """The text of a row that the marks touch."""
        focus = self._focus
        marks = sorted(marks, key=lambda mark: mark.start - mark.end)
        shown_end = row.words_end
        edges = {
            row.start,
            shown_end,
            row.end,
            *focus.cursor,
            *self._title,
            *(focus.selection or ()),
        }
        hits = focus.hits[slice(*_indices(focus.hits, row.start, row.end))]
        for ranges in (*(mark.ranges for mark in marks), tuple(focus.occurrences), hits):
            for start, end in ranges:
                edges.update((start, end))
        points = sorted(point for point in edges if row.start <= point <= row.end)
        segments = [
            Segment(shown, self._style(start, marks if start < shown_end else ()))
            for start, end in pairwise(points)
            if (shown := row.text(start, end))
        ]
        if self._focus.word_hints:
            return list(self._with_hints(Strip(segments, row.width), row))
        return segments

    def _style(self, offset: int, marks: Sequence[Mark]) -> Style:
        palette, focus = self._palette, self._focus
        first, last = _indices(focus.hits, offset, offset + 1)
        if first < last:
            return self._hit_style(is_here=_holds(focus.hit, offset))
        here = [mark for mark in marks if any(s <= offset < e for s, e in mark.ranges)]
        taken = self._occurrence(offset)
        background = self._ground(here)
        selected = _holds(focus.selection, offset)
        if selected or taken:
            background = palette.tint(palette.background, palette.primary, _SELECTED)
        trigger = any(mark.is_trigger and mark.status is not Status.REJECTED for mark in here)
        innermost = here[-1] if here else None
        statuses = {mark.status for mark in here} if self._tells_status else set[Status]()
        under_cursor = _holds(focus.cursor, offset)
        inverse = under_cursor or (palette.is_flat and bool(selected or taken))
        colour = self._colour(innermost, background, trigger=trigger)
        if under_cursor and not palette.is_flat:
            colour, background, inverse = palette.background, palette.foreground, False
        return styled(
            colour,
            background,
            bold=trigger or bool(taken) or _holds(self._title, offset) or self._is_bold(here),
            italic=Status.DISAGREEING in statuses
            or (Status.SUGGESTED in statuses and Status.ACCEPTED not in statuses),
            underline=not statuses.isdisjoint((Status.ACCEPTED, Status.DISAGREEING)),
            strike=taken is False or statuses == {Status.REJECTED},
            reverse=inverse,
        )

    def _hit_style(self, *, is_here: bool) -> Style:
        """What is looked for stands out from everything else."""
        palette = self._palette
        if is_here:
            return palette.chip(palette.warning)
        ground = palette.tint(palette.background, palette.warning, _HIT)
        return styled(palette.foreground, ground, reverse=palette.is_flat)

    def _ground(self, marks: Sequence[Mark]) -> str:
        """The background with the tints of the marks in it, the longest first."""
        palette = self._palette
        ground = palette.background
        for mark in marks:
            in_event = mark.is_trigger or mark.id in self._roles
            hue = palette.event if in_event else palette.label(mark.label)
            ground = palette.tint(ground, hue, self._share(mark))
        return ground

    def _share(self, mark: Mark) -> float:
        if mark.id == self._focus.current:
            return _CURRENT
        return _FILLER if mark.id in self._roles else _SHARES[mark.status]

    def _colour(self, mark: Mark | None, ground: str, *, trigger: bool) -> str:
        palette = self._palette
        if trigger:
            return palette.on(ground, palette.event)
        if mark is None or not palette.is_flat or mark.status is Status.REJECTED:
            return palette.foreground
        return palette.label(mark.label)

    def _is_bold(self, marks: Sequence[Mark]) -> bool:
        """Whether the letters alone have to say that this is the current item, or fills a role."""
        focus = self._focus
        return self._tells_status and any(
            mark.id == focus.current or mark.id in self._roles for mark in marks
        )

    def _occurrence(self, offset: int) -> bool | None:
        """Whether a further place of the same words here would be marked; None where none is."""
        places = self._focus.occurrences.items()
        return next((taken for place, taken in places if _holds(place, offset)), None)

    def _with_hints(self, text: Strip, row: TextRow) -> Strip:
        """The text with a hint on the first cells of each word that has one.

        Of hints that touch each other every other one looks different.
        """
        palette = self._palette
        chips = palette.chip(palette.primary), palette.chip(palette.warning) + _UNDERLINED
        strips: list[Strip] = []
        drawn, is_other = 0, False
        for offset, hint in sorted(self._focus.word_hints.items()):
            if row.start <= offset < row.end:
                column = max(row.column(offset), drawn)
                is_other = column == drawn and bool(strips) and not is_other
                shown = Strip([Segment(hint, chips[is_other])], len(hint))
                strips += [text.crop(drawn, column), shown]
                drawn = column + len(hint)
        if drawn < text.cell_length:
            strips.append(text.crop(drawn))
        return Strip.join(strips)


def _indices(hits: Sequence[Range], start: int, end: int) -> tuple[int, int]:
    """Which of some ordered ranges, none over another, share a code point with a stretch."""
    return bisect_right(hits, start, key=_end_of), bisect_left(hits, end, key=_start_of)


def _holds(place: Range | None, offset: int) -> bool:
    return place is not None and place[0] <= offset < place[1]
