"""Draws one row of a page: the text, the brackets under it, and the roles of an event.

Shape says what colour says: an accepted span has a solid bracket and a bold label, a suggested
one a dashed bracket and an italic label, a rejected one is struck through, the current one is
heavy and filled.
"""

from __future__ import annotations

from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.model.span import Range
from annotator.tui.canvas import Canvas
from annotator.tui.focus import Focus
from annotator.tui.lanes import Piece, Stretch
from annotator.tui.marks import Mark, Status
from annotator.tui.page import Page
from annotator.tui.rows import Row
from annotator.tui.theme import Palette, blended, styled

GUTTER = 4
"""Cells left of the text: the mark of the current row, and the rail of an event."""

_MARGIN = 12
"""Cells right of the text into which a tag may run."""


class Painter:
    """Paints rows of one page with one palette."""

    def __init__(self, page: Page, palette: Palette, title: Range) -> None:
        self._page = page
        self._palette = palette
        self._title = title

    def strips(self, index: int, focus: Focus, width: int) -> list[Strip]:
        """The lines of a row, each `width` cells wide."""
        palette = self._palette
        base = styled(palette.foreground, palette.background)
        height = self._page.height(index)
        lanes = [Canvas(self._page.width + _MARGIN, base) for _ in range(height - 1)]
        roles = self._roles(focus)
        for piece in self._page.pieces(index):
            self._draw_piece(lanes[piece.lane], piece, focus, roles)
        frame = self._page.frame(focus.event) if focus.event else ()
        if focus.event in roles and index in frame and self._page.has_role_line(index):
            self._draw_roles(lanes, index, roles, rail=len(frame) > 1)
        body = [self._text(self._page.rows[index], index, focus, roles)]
        body += [lane.strip() for lane in lanes]
        gutters = self._gutters(index, focus, frame, height)
        return [
            Strip.join([gutter, strip]).adjust_cell_length(width, base).simplify()
            for gutter, strip in zip(gutters, body, strict=True)
        ]

    def _roles(self, focus: Focus) -> dict[str, str]:
        """Item id to role, for the event in focus itself (no role) and its fillers."""
        event = self._page.marks.get(focus.event)
        if event is None or not event.arguments:
            return {}
        roles: dict[str, str] = {event.id: ""}
        for role, target in event.arguments:
            roles[target] = f"{roles[target]}+{role}" if roles.get(target) else role
        return roles

    # -- the text ---------------------------------------------------------------------------

    def _text(self, row: Row, index: int, focus: Focus, roles: dict[str, str]) -> Strip:
        marks = self._page.visible_marks(index)
        marks.sort(key=lambda mark: mark.start - mark.end)
        edges = {row.start, row.end, *focus.cursor, *self._title, *(focus.selection or ())}
        for mark in marks:
            for start, end in mark.ranges:
                edges.update((start, end))
        points = sorted(point for point in edges if row.start <= point <= row.end)
        segments: list[Segment] = []
        for start, end in pairwise(points):
            shown = row.text(start, end)
            if shown:
                segments.append(Segment(shown, self._text_style(start, marks, focus, roles)))
        return Strip(segments, row.width)

    def _text_style(
        self, offset: int, marks: list[Mark], focus: Focus, roles: dict[str, str]
    ) -> Style:
        palette = self._palette
        background, colour, bold = palette.background, palette.foreground, False
        for mark in marks:
            if not any(start <= offset < end for start, end in mark.ranges):
                continue
            hue = (
                palette.event if mark.is_trigger or mark.id in roles else palette.label(mark.label)
            )
            background = blended(background, hue, self._tint(mark, focus, roles))
            if mark.is_trigger and mark.status is not Status.REJECTED:
                colour, bold = blended(palette.foreground, palette.event, 0.6), True
        if focus.selection and focus.selection[0] <= offset < focus.selection[1]:
            background = blended(palette.background, palette.primary, 0.5)
        if self._title[0] <= offset < self._title[1]:
            bold = True
        if focus.cursor[0] <= offset < focus.cursor[1]:
            return styled(palette.background, palette.foreground, bold=bold)
        return styled(colour, background, bold=bold)

    def _tint(self, mark: Mark, focus: Focus, roles: dict[str, str]) -> float:
        if mark.id == focus.current:
            return 0.4
        if mark.id in roles:
            return 0.32
        return {Status.ACCEPTED: 0.22, Status.SUGGESTED: 0.08, Status.REJECTED: 0.0}[mark.status]

    # -- the brackets -----------------------------------------------------------------------

    def _draw_piece(
        self, canvas: Canvas, piece: Piece, focus: Focus, roles: dict[str, str]
    ) -> None:
        mark = piece.mark
        palette = self._palette
        hue = palette.event if mark.is_trigger else palette.label(mark.label)
        if roles and mark.id not in roles and mark.id != focus.current:
            hue = blended(palette.background, hue, 0.55)
        accepted = mark.status is Status.ACCEPTED
        current = mark.id == focus.current
        line = ("━" if accepted else "╍") if current else ("─" if accepted else "╌")
        stroke = styled(hue, palette.background, bold=current)
        for before, after in pairwise(piece.stretches):
            canvas.fill(before.right, after.left, "┄", stroke)
        for stretch in piece.stretches:
            _draw_stretch(canvas, stretch, line, stroke, current=current)
        tag, style = self._tag(mark, focus, roles, hue)
        room = piece.stretches[0].right - piece.left
        inset = 1 if room >= len(tag) + 2 and not current else 0
        canvas.put(piece.left + inset, tag, style)

    def _tag(self, mark: Mark, focus: Focus, roles: dict[str, str], hue: str) -> tuple[str, Style]:
        palette = self._palette
        if mark.id in focus.hints:
            style = styled(palette.background, palette.primary, bold=True)
            return f" {focus.hints[mark.id]} ", style
        tag = mark.tag
        role_in_tag = roles.get(mark.id, "") if not self._page.density.is_roomy else ""
        if role_in_tag:
            tag, hue = role_in_tag, palette.event
        if mark.id == focus.current:
            return f" {tag} ", styled(palette.background, hue, bold=True)
        if mark.status is Status.REJECTED:
            return tag, styled(palette.faint, palette.background, strike=True)
        accepted = mark.status is Status.ACCEPTED
        return tag, styled(hue, palette.background, bold=accepted, italic=not accepted)

    # -- the roles of the event in focus ------------------------------------------------------

    def _draw_roles(
        self, lanes: list[Canvas], index: int, roles: dict[str, str], *, rail: bool
    ) -> None:
        stroke = styled(self._palette.event, self._palette.background)
        strong = styled(self._palette.event, self._palette.background, bold=True)
        members = [p for p in self._page.pieces(index) if p.begins and p.mark.id in roles]
        members.sort(key=lambda piece: (piece.left, -piece.lane))
        columns: list[int] = []
        for piece in members:
            columns.append(max(piece.left, columns[-1] + 1 if columns else 0))
        bus = lanes[-1]
        bus.fill(0 if rail else columns[0], columns[-1], "─", stroke)
        for position, (piece, column) in enumerate(zip(members, columns, strict=True)):
            for lane in lanes[piece.lane + 1 : -1]:
                if lane.is_free(column):
                    lane.put(column, "│", stroke)
            role = roles[piece.mark.id]
            if not role:
                bus.put(column, "◆", strong)
                continue
            last = position + 1 == len(columns)
            limit = None if last else columns[position + 1] - 1
            bus.put(column, "▲", stroke)
            bus.put(column + 1, role, strong, limit)

    def _gutters(
        self, index: int, focus: Focus, frame: tuple[int, ...], height: int
    ) -> list[Strip]:
        palette = self._palette
        here = index == self._page.row_of(focus.cursor[0])
        mark = styled(palette.primary, palette.background)
        stroke = styled(palette.event, palette.background)
        rails = _rails(index, frame, height) if self._page.density.is_roomy else [" "] * height
        return [
            Strip(
                [
                    Segment("▌ " if here else "  ", mark),
                    Segment(rail + ("─" if rail in "╭├╰" else " "), stroke),
                ],
                GUTTER,
            )
            for rail in rails
        ]


def _draw_stretch(
    canvas: Canvas, stretch: Stretch, line: str, stroke: Style, *, current: bool
) -> None:
    canvas.fill(stretch.left, stretch.right, line, stroke)
    if stretch.begins and not current:
        canvas.put(stretch.left, "╰", stroke)
    if stretch.ends and stretch.right - stretch.left > 1:
        canvas.put(stretch.right - 1, "┛" if current else "╯", stroke)


def _rails(index: int, frame: tuple[int, ...], height: int) -> list[str]:
    """The rail in the gutter of each line of a row, joining the rows of an event's frame."""
    if len(frame) < 2 or not frame[0] <= index <= frame[-1]:
        return [" "] * height
    above = " " if index == frame[0] else "│"
    if index not in frame:
        return ["│"] * height
    corner = "╭" if index == frame[0] else "╰" if index == frame[-1] else "├"
    return [above] * (height - 1) + [corner]
