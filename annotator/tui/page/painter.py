"""Paints one row of a page: the text, the brackets under it, and the frame of an event."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.model.span import Range
from annotator.tui.page.brackets import Brackets
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.focus import Focus
from annotator.tui.page.frame import draw_roles, rails, roles_in
from annotator.tui.page.page import Density, Page
from annotator.tui.page.text_styles import TextStyles
from annotator.tui.theme import Palette, styled

GUTTER = 4
"""Cells left of the text: the mark of the current row, and the rail of an event."""

_MARGIN = 12
"""Cells right of the text into which a role may run."""


class Painter:
    """Paints rows of one page with one palette."""

    def __init__(self, page: Page, palette: Palette, title: Range) -> None:
        self._page = page
        self._palette = palette
        self._title = title

    def strips(self, index: int, focus: Focus, width: int) -> list[Strip]:
        """The lines of a row, each `width` cells wide."""
        page, palette = self._page, self._palette
        base = styled(palette.foreground, palette.background)
        height = page.height(index)
        roles = roles_in(page.marks.get(focus.event))
        frame = page.frame(focus.event) if focus.event else ()
        lanes = self._lanes(index, focus, roles, frame, width)
        lettering = TextStyles(
            palette, focus, roles, self._title, tells_status=page.density is Density.TEXT
        )
        row = page.rows[index]
        letters = lettering.segments(row, page.visible_marks(index))
        # a hint may run over the end of a row
        body = [(letters, Strip(letters).cell_length if focus.word_hints else row.width)]
        body += [(lane.segments(), lane.width) for lane in lanes]
        gutters = self._gutters(index, focus, frame, height)
        return [
            _line([*gutter, *segments], GUTTER + used, width, base)
            for gutter, (segments, used) in zip(gutters, body, strict=False)
        ]

    def _lanes(
        self, index: int, focus: Focus, roles: dict[str, str], frame: tuple[int, ...], width: int
    ) -> list[Canvas]:
        """What is drawn under the text of a row, line by line."""
        page, palette = self._page, self._palette
        base = styled(palette.foreground, palette.background)
        size = max(min(page.width + _MARGIN, width - GUTTER), 1)
        lanes = [Canvas(size, base) for _ in range(page.height(index) - 1)]
        brackets = Brackets(palette, focus, {} if page.density.is_roomy else roles)
        framed = bool(frame) and frame[0] <= index <= frame[-1]
        pieces = page.pieces(index)
        for piece in pieces:
            outside = framed and piece.mark.id not in roles and piece.mark.id != focus.current
            brackets.draw(lanes[piece.lane], piece, faded=outside)
        if focus.event in roles and index in frame and page.has_role_line(index):
            members = [piece for piece in pieces if piece.begins and piece.mark.id in roles]
            draw_roles(lanes, members, roles, palette, rail=len(frame) > 1)
        return lanes

    def _gutters(
        self, index: int, focus: Focus, frame: tuple[int, ...], height: int
    ) -> list[list[Segment]]:
        palette = self._palette
        here = index == self._page.row_of(focus.cursor[0])
        mark = styled(palette.primary, palette.background)
        stroke = styled(palette.event, palette.background)
        roomy = self._page.density.is_roomy
        return [
            [
                Segment("▌ " if here else "  ", mark),
                Segment(rail + ("─" if rail in "╭├╰" else " "), stroke),
            ]
            for rail in (rails(index, frame, height) if roomy else [" "] * height)
        ]


def _line(segments: list[Segment], used: int, width: int, base: Style) -> Strip:
    """Segments as a strip of a width, of which so many cells are used."""
    if used > width:
        return Strip(segments, used).crop(0, width)
    return Strip([*segments, Segment(" " * (width - used), base)], width)
