"""What lies at a cell of a page: a bracket, an end of one, or a character of the text."""

from __future__ import annotations

from annotator.tui.page.cells import cell_width
from annotator.tui.page.lanes import TAG_FRAME
from annotator.tui.page.marks import Mark
from annotator.tui.page.page import Page


def item_at(page: Page, line: int, column: int) -> str:
    """The id of the mark whose bracket or label is there; empty where none is."""
    row, sub = page.at_line(line)
    for piece in page.pieces(row):
        left = min(piece.left, piece.tag)
        right = max(piece.right, piece.tag + cell_width(piece.mark.tag) + TAG_FRAME)
        if piece.lane == sub - 1 and left <= column < right:
            return piece.mark.id
    return ""


def edge_at(page: Page, line: int, column: int) -> tuple[Mark, bool] | None:
    """The mark whose bracket has an end there, and whether it is where the mark begins."""
    row, sub = page.at_line(line)
    for piece in page.pieces(row):
        first, last = piece.stretches[0], piece.stretches[-1]
        if piece.lane != sub - 1:
            continue
        if column == last.right - 1 and last.ends and not piece.joins_after:
            return piece.mark, False
        if column == first.left and piece.begins:
            return piece.mark, True
    return None


def offset_at(page: Page, line: int, column: int) -> int | None:
    """The offset of the text there; None beside it and on its brackets."""
    row, sub = page.at_line(line)
    return page.rows[row].offset(column) if sub == 0 and line < page.lines else None


def nearest_offset(page: Page, line: int, column: int) -> int | None:
    """The offset of the text that is nearest in the row; None where the row has no text."""
    row = page.rows[page.at_line(min(max(line, 0), page.lines - 1))[0]]
    return row.offset(min(max(column, 0), max(row.width - 1, 0)))
