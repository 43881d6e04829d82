"""The annotations of a WebAnno TSV file: put together from their units, and found by reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.formats.webanno.cell import NO_VALUE, NOTHING, StackedPiece, parts, pieces
from annotator.formats.webanno.header import WebannoLayer
from annotator.formats.webanno.sheet import Unit, WebannoSheet

_LINK = re.compile(r"(.*)->(\d{1,9})-(\d{1,9})", re.DOTALL)


@dataclass(slots=True, eq=False)
class Mention:
    """One annotation of a layer of spans or chains."""

    layer: WebannoLayer
    line: int
    """Where it begins in the file."""
    unit: str
    """The first of its units."""
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict[str, str])
    slots: list[tuple[str, StackedPiece, str]] = field(
        default_factory=list[tuple[str, StackedPiece, str]]
    )
    """Roles, what they refer to, and the layer that the header names for it."""
    link: tuple[int, int] = (0, 0)
    """The chain that it is in, and its place there."""
    link_label: str = ""
    """Of the link to the next in the chain."""

    @property
    def label(self) -> str:
        """The value of the layer's label feature, else the layer's name."""
        return self.values.get(self.layer.label_feature) or self.layer.name


class Mentions:
    """All annotations of a file, by their ids and by the units that they stand on."""

    def __init__(self, sheet: WebannoSheet) -> None:
        self.all: list[Mention] = []
        self._by_id: dict[tuple[str, object], Mention] = {}
        self._on_unit: dict[str, list[Mention]] = {}
        spans = [one for one in sheet.layers if one.kind == "SP" and not one.is_grammar]
        chains = [one for one in sheet.layers if one.kind == "CH" and not one.is_grammar]
        self._types = {layer.type for layer in [*spans, *chains]}
        for unit in sheet.units:
            sheet.line = unit.line
            for layer in spans:
                self._take_spans(layer, unit)
            for layer in chains:
                self._take_links(layer, unit)

    def found(self, unit: str, id_: int, layer: str) -> Mention:
        """What a reference means; raises ValueError where that is nothing, or may be several.

        Without an id it is the only annotation of `layer` on the unit, or the only one of any
        layer where the file has none such.
        """
        if id_:
            types = [layer, *sorted(self._types)]
            known = [m for name in types if (m := self._by_id.get((name, id_))) is not None]
            if not known:
                raise ValueError(f"nothing has the id {id_}, which a reference to {unit} names")
            return known[0]
        here = self._on_unit.get(unit, [])
        if layer in self._types:
            here = [mention for mention in here if mention.layer.type == layer]
        if len(here) != 1:
            raise ValueError(f"a reference to {unit} means {len(here)} annotations")
        return here[0]

    def _take_spans(self, layer: WebannoLayer, unit: Unit) -> None:
        columns = [(column, unit.cell(column.index)) for column in layer.columns]
        if all(cell == NOTHING for _, cell in columns):
            return
        stacks = {column.index: pieces(cell) for column, cell in columns}
        for depth in range(max(map(len, stacks.values()))):
            own = {i: stack[depth] for i, stack in stacks.items() if depth < len(stack)}
            named = layer.having("mark", "value", "roles")
            ids = (own[column.index].id for column in named if column.index in own)
            key = next(filter(None, ids), 0)
            mention, is_new = self._mention(layer, unit, key or None)
            if is_new:
                mention.values = dict(_values(layer, own))
                mention.slots = list(_slots(layer, own))

    def _take_links(self, layer: WebannoLayer, unit: Unit) -> None:
        elements = [p for c in layer.having("element") for p in pieces(unit.cell(c.index))]
        links = [p for c in layer.having("link") for p in pieces(unit.cell(c.index))]
        for depth, link in enumerate(links):
            match = _LINK.fullmatch(link.raw)
            if match is None:
                raise ValueError(f"{link.raw!r} is no link of a chain; expected coref->1-2")
            place = (int(match[2]), int(match[3]))
            mention, is_new = self._mention(layer, unit, place)
            if is_new:
                mention.link = place
                label = elements[depth].value if depth < len(elements) else None
                mention.values = {"referenceType": label} if label else {}
                mention.link_label = StackedPiece(match[1]).value or layer.name

    def _mention(self, layer: WebannoLayer, unit: Unit, key: object) -> tuple[Mention, bool]:
        """The annotation that a cell is a piece of, and whether it is seen for the first time."""
        mention = self._by_id.get((layer.type, key)) if key is not None else None
        is_new = mention is None
        if mention is None:
            mention = Mention(layer, unit.line, unit.id, unit.start, unit.end)
            self.all.append(mention)
            if key is not None:
                self._by_id[layer.type, key] = mention
        mention.start = min(mention.start, unit.start)
        mention.end = max(mention.end, unit.end)
        self._on_unit.setdefault(unit.id, []).append(mention)
        return mention, is_new


def _values(layer: WebannoLayer, own: dict[int, StackedPiece]) -> Iterator[tuple[str, str]]:
    for column in layer.having("value"):
        piece = own.get(column.index)
        if piece is not None and piece.value is not None:
            yield column.name, piece.value


def _slots(
    layer: WebannoLayer, own: dict[int, StackedPiece]
) -> Iterator[tuple[str, StackedPiece, str]]:
    """A role without a name has that of its feature."""
    for roles, targets in zip(layer.having("roles"), layer.having("targets"), strict=False):
        # The id behind the last target is the target's, so this cell is not cut at its suffix.
        refs = _references(own.get(targets.index))
        names: Sequence[StackedPiece] = parts(own[roles.index].raw) if roles.index in own else ()
        if not refs:
            continue
        if len(names) != len(refs):
            raise ValueError(f"{len(names)} roles have {len(refs)} targets")
        for name, ref in zip(names, refs, strict=True):
            yield name.value or roles.name, ref, targets.target


def _references(piece: StackedPiece | None) -> list[StackedPiece]:
    if piece is None or piece.raw in (NO_VALUE, NOTHING):
        return []
    suffix = f"[{piece.id}]" if piece.id else ""
    return parts(piece.raw + suffix)
