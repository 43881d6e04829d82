"""Draws the list of differences: what each is, and both versions in their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.strip import Strip

from annotator.agreement.differences import Difference, RoleVersions, by_kind
from annotator.agreement.spans import Ranges
from annotator.model.document import Document
from annotator.text.safe_text import pictured, shortened
from annotator.tui.agreement.query import GROUPS
from annotator.tui.page.canvas import Canvas
from annotator.tui.page.cells import cell_width, fitted
from annotator.tui.theme import Palette, styled

_WORDS = 48
_AROUND = 60
_TITLE = 30
_NAME = 20


@dataclass(frozen=True, slots=True)
class Group:
    """What the differences of one kind are called, and these."""

    name: str
    found: tuple[Difference, ...]


Row = Group | Difference


def groups(found: Iterable[Difference]) -> tuple[Group, ...]:
    """The differences by kind, those kinds that there are."""
    kinds = by_kind(found)
    named = (
        Group(name, tuple(d for kind in of_group for d in kinds.get(kind, ())))
        for name, of_group in GROUPS
    )
    return tuple(group for group in named if group.found)


def rows(found: Sequence[Group]) -> list[Row]:
    """A line for the name of each group, then its differences."""
    return [row for group in found for row in (group, *group.found)]


def group_strip(group: Group, palette: Palette, width: int) -> Strip:
    """The name of a group and how many differences it has."""
    canvas = Canvas(width, styled(palette.foreground, palette.background))
    strong = styled(palette.foreground, palette.background, bold=True)
    column = canvas.put(1, group.name.capitalize(), strong)
    canvas.put(column + 1, f"{len(group.found):,}", styled(palette.faint, palette.background))
    return canvas.strip()


def difference_strip(
    difference: Difference, document: Document, palette: Palette, width: int, *, current: bool
) -> Strip:
    """One difference: both versions, then the document."""
    ground = palette.panel if current else palette.background
    canvas = Canvas(width, styled(palette.foreground, ground))
    faint = styled(palette.faint, ground)
    if current:
        canvas.put(0, "▌", styled(palette.primary, ground))
    title = min(_TITLE, width // 4)
    limit = width - title - 1
    column = 3
    for text, hue in _parts(difference, document.text, palette):
        style = styled(hue, ground, bold=True) if hue else styled(palette.foreground, ground)
        column = canvas.put(column, text, style, limit)
    canvas.put(limit + 1, fitted(shortened(document.title, 200), title), faint)
    return canvas.strip()


def detail_strips(
    difference: Difference, document: Document, palette: Palette, width: int
) -> list[Strip]:
    """The document, and what each of the two has, in the words around it."""
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    faint = styled(palette.faint, palette.panel)
    column = canvas.put(1, fitted(shortened(document.title, 200), width // 2), faint)
    canvas.put(column, f" · {fitted(pictured(document.id), width // 3)}", faint)
    sides = (
        (difference.annotators[0], difference.label_a, difference.ranges_a, difference.role_a,
         difference.value_a),
        (difference.annotators[1], difference.label_b, difference.ranges_b, difference.role_b,
         difference.value_b),
    )  # fmt: skip
    room = min(max(cell_width(fitted(pictured(side[0]), _NAME)) for side in sides) + 1, width // 3)
    strips = [canvas.strip()]
    for name, label, ranges, role, value in sides:
        said = _said(difference, label, role, value)
        meant = role.ranges if difference.kind == "role" and role and role.ranges else ranges
        if difference.kind == "role" and role is None:
            meant = ()
        strips.append(_side(name, said, meant, document.text, palette, width, room))
    return strips


def _side(
    name: str, said: str, ranges: Ranges, text: str, palette: Palette, width: int, room: int
) -> Strip:
    canvas = Canvas(width, styled(palette.foreground, palette.panel))
    plain = styled(palette.foreground, palette.panel)
    faint = styled(palette.faint, palette.panel)
    strong = styled(palette.foreground, palette.panel, bold=True, underline=True)
    canvas.put(1, fitted(pictured(name), room), styled(palette.primary, palette.panel, bold=True))
    column = canvas.put(room + 2, fitted(pictured(said), width // 3), plain) + 1
    if not ranges:
        return canvas.strip()
    start, end = ranges[0][0], ranges[-1][1]
    words = shortened(text[start:end], width // 2)
    around = max((width - column - cell_width(words) - 4) // 2, 0)
    before = _in_line(text[max(start - min(around, _AROUND), 0) : start])
    column = canvas.put(column, before, faint)
    column = canvas.put(column, words, strong)
    canvas.put(column, _in_line(text[end : end + _AROUND]), faint)
    return canvas.strip()


def _said(
    difference: Difference, label: str | None, role: RoleVersions | None, value: str | None
) -> str:
    if difference.kind == "role":
        return role.role if role else "no such argument"
    if difference.kind == "attribute":
        return f"{difference.attribute}: {value if value is not None else 'not set'}"
    return label if label is not None else "nothing"


def _parts(difference: Difference, text: str, palette: Palette) -> Iterable[tuple[str, str]]:
    """What the line says, each piece with its colour; empty for the plain one."""
    a, b = difference.annotators
    if difference.kind in ("missed_by_a", "missed_by_b"):
        first = difference.kind == "missed_by_b"
        label = difference.label_a if first else difference.label_b
        ranges = difference.ranges_a if first else difference.ranges_b
        yield from _marked(difference, label, ranges, text, palette)
        yield f"  only {pictured(a if first else b)}", palette.faint
        return
    yield from _marked(difference, difference.label_a, difference.ranges_a, text, palette)
    if difference.kind == "role":
        yield f": {_filler(difference.role_a, text)} ≠ {_filler(difference.role_b, text)}", ""
    elif difference.kind == "attribute":
        ours, theirs = (
            pictured(v) if v is not None else "not set"
            for v in (difference.value_a, difference.value_b)
        )
        yield f": {pictured(difference.attribute)} {ours} ≠ {theirs}", ""
    else:
        yield " ≠ ", ""
        yield from _marked(difference, difference.label_b, difference.ranges_b, text, palette)


def _marked(
    difference: Difference, label: str | None, ranges: Ranges, text: str, palette: Palette
) -> Iterable[tuple[str, str]]:
    is_event = difference.layer == "triggers"
    name = label or ""
    hue = palette.event if is_event else palette.label(name)
    yield f"{'◆' if is_event else ''}{pictured(name)}", hue
    yield f" “{_words(text, ranges)}”", ""


def _filler(role: RoleVersions | None, text: str) -> str:
    if role is None:
        return "none"
    return f"{pictured(role.role)} “{_words(text, role.ranges)}”" if role.ranges else role.role


def _in_line(text: str) -> str:
    """A piece of text on one safe line, with its blanks at either end."""
    return pictured(re.sub(r"\s+", " ", text))


def _words(text: str, ranges: Ranges) -> str:
    return shortened(" … ".join(text[start:end] for start, end in ranges), _WORDS)
