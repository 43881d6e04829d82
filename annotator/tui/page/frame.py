"""Draws the frame of the event in focus: a line with its roles, and a rail that joins rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.page.lanes import Piece
from annotator.tui.page.marks import Mark
from annotator.tui.theme import Palette, styled


def roles_in(event: Mark | None) -> dict[str, str]:
    """Item id to role for the fillers of an event, and for the event itself an empty one."""
    if event is None or not event.arguments:
        return {}
    roles: dict[str, str] = {event.id: ""}
    for role, target in event.arguments:
        roles[target] = f"{roles[target]}+{role}" if roles.get(target) else role
    return roles


def draw_roles(
    lanes: Sequence[Canvas],
    members: Sequence[Piece],
    roles: Mapping[str, str],
    palette: Palette,
    *,
    rail: bool,
) -> None:
    """Draw the roles of a row's members in its last lane, and a line up to each of them.

    No role covers another: one that has too little room is cut with an ellipsis.
    """
    stroke = styled(palette.event, palette.background)
    strong = styled(palette.event, palette.background, bold=True)
    members = sorted(members, key=lambda piece: (piece.left, -piece.lane))
    columns: list[int] = []
    for piece in members:
        columns.append(max(piece.left, columns[-1] + 1 if columns else 0))
    bus = lanes[-1]
    bus.fill(0 if rail else columns[0], columns[-1], "─", stroke)
    taken = columns[0]
    for position, (piece, column) in enumerate(zip(members, columns, strict=True)):
        for lane in lanes[piece.lane + 1 : -1]:
            if lane.is_free(column):
                lane.put(column, "│", stroke)
        role = roles[piece.mark.id]
        bus.put(column, "▲" if role else "◆", stroke if role else strong)
        is_last = position + 1 == len(columns)
        room = (bus.width if is_last else columns[position + 1] - 1) - column - 1
        before = column - taken - 1
        if is_last and cell_width(role) > room and before > room:
            words = fitted(role, before)
            bus.put(column - cell_width(words), words, strong)
        else:
            taken = bus.put(column + 1, fitted(role, room), strong)


def rails(index: int, frame: Sequence[int], height: int) -> list[str]:
    """The rail in the gutter of each line of a row, joining the rows of an event's frame."""
    if len(frame) < 2 or not frame[0] <= index <= frame[-1]:
        return [" "] * height
    above = " " if index == frame[0] else "│"
    if index not in frame:
        return ["│"] * height
    corner = "╭" if index == frame[0] else "╰" if index == frame[-1] else "├"
    return [above] * (height - 1) + [corner]
