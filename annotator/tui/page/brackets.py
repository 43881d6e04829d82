"""Draws what stands under a row of text: a bracket for each mark, with its label.

An accepted mark has a solid bracket and a bold label, a suggested one a dashed bracket and a
slanting label, a rejected one a dotted bracket and a cross, one on which annotators disagree a
doubled bracket and a ≠; the current one is heavy and filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from rich.style import Style

from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width
from annotator.tui.page.focus import Focus
from annotator.tui.page.lanes import Piece, Stretch
from annotator.tui.page.marks import Mark, Status
from annotator.tui.theme import Palette, styled

LINES = {
    Status.ACCEPTED: "─",
    Status.SUGGESTED: "╌",
    Status.REJECTED: "·",
    Status.DISAGREEING: "═",
}
HEAVY_LINES = {**LINES, Status.ACCEPTED: "━", Status.SUGGESTED: "╍"}
_SIGNS = {Status.REJECTED: "✗", Status.DISAGREEING: "≠"}
"""What stands before a label."""
_JOINT = "┈"
"""Joins the ranges of a discontinuous mark."""


class Brackets:
    """Draws pieces with one palette and one focus."""

    def __init__(self, palette: Palette, focus: Focus, roles: Mapping[str, str]) -> None:
        self._palette = palette
        self._focus = focus
        self._roles = roles
        """Item id to the role that stands in the place of its label."""

    def draw(self, canvas: Canvas, piece: Piece, *, faded: bool) -> None:
        """Draw the bracket and the label of a piece."""
        mark = piece.mark
        palette = self._palette
        hue = palette.event if mark.is_trigger else palette.label(mark.label)
        if faded:
            hue = palette.faded(hue)
        current = mark.id == self._focus.current
        stroke = styled(hue, palette.background, bold=current)
        self._join(canvas, piece, stroke)
        line = (HEAVY_LINES if current else LINES)[mark.status]
        corners = "╚╝" if mark.status is Status.DISAGREEING else "╰┛" if current else "╰╯"
        for stretch in piece.stretches:
            _draw_stretch(canvas, stretch, line, corners, stroke, heavy=current)
        self._tag(canvas, piece, hue, faded=faded)

    def _join(self, canvas: Canvas, piece: Piece, stroke: Style) -> None:
        for before, after in pairwise(piece.stretches):
            canvas.fill(before.right, after.left, _JOINT, stroke)
        if piece.joins_before:
            canvas.fill(0, piece.left, _JOINT, stroke)
        if piece.joins_after:
            canvas.fill(piece.right, canvas.width, _JOINT, stroke)

    def _tag(self, canvas: Canvas, piece: Piece, hue: str, *, faded: bool) -> None:
        mark, palette = piece.mark, self._palette
        hint = self._focus.hints.get(mark.id)
        if hint is not None:
            canvas.put(piece.left, f" {hint} ", palette.chip(palette.primary))
            return
        words = self._words(mark)
        hue = palette.event if mark.id in self._roles else hue
        if mark.id == self._focus.current:
            canvas.put(piece.tag, f" {words} ", palette.chip(hue))
            return
        rejected = mark.status is Status.REJECTED
        accepted = mark.status is Status.ACCEPTED
        disagreeing = mark.status is Status.DISAGREEING
        style = styled(
            hue,
            palette.background,
            bold=(accepted or disagreeing) and not faded,
            italic=not accepted and not rejected,
            strike=rejected,
        )
        ends_with_it = piece.tag < piece.left
        column = piece.stretches[0].right - 1 - cell_width(words) if ends_with_it else piece.tag + 1
        canvas.put(column, words, style)

    def _words(self, mark: Mark) -> str:
        if role := self._roles.get(mark.id):
            return role
        return f"{_SIGNS.get(mark.status, '')}{mark.tag}"


def _draw_stretch(
    canvas: Canvas, stretch: Stretch, line: str, corners: str, stroke: Style, *, heavy: bool
) -> None:
    canvas.fill(stretch.left, stretch.right, line, stroke)
    if stretch.begins and not heavy:
        canvas.put(stretch.left, corners[0], stroke)
    if stretch.ends and stretch.right - stretch.left > 1:
        canvas.put(stretch.right - 1, corners[1], stroke)
