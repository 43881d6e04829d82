"""What a WebAnno TSV file says, as values.

An annotation of a layer with slots is an event, its other features are attributes; any other one is
an entity, and what it has beside its label is a comment on it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import pairwise

from annotator.formats.record import Annotated, text_id
from annotator.formats.webanno.cell import StackedPiece, pieces
from annotator.formats.webanno.header import WebannoLayer
from annotator.formats.webanno.mentions import Mention, Mentions
from annotator.formats.webanno.sheet import Unit, WebannoSheet
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.identity import suggestion_id
from annotator.model.span import Range, Span

_WORDS = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"


class Values:
    """The annotations of one file; `problems` are the lines and reasons of what was left out."""

    def __init__(self, sheet: WebannoSheet) -> None:
        self.problems: list[tuple[int, str]] = []
        self._sheet = sheet
        self._seed = text_id(sheet.text)
        self._mentions = Mentions(sheet)
        self._ids: dict[Mention, str] = {}
        self._name_all()

    def annotated(self, document: Document, annotator: str) -> Annotated:
        """The document with the annotations."""
        entities: dict[str, Span] = {}
        events: dict[str, Event] = {}
        comments: dict[str, Comment] = {}
        for mention, key in self._ids.items():
            if mention.layer.has_slots:
                events[key] = self._event(mention, key)
            else:
                entities[key] = Span.of(key, mention.start, mention.end, mention.label)
                comments |= {one.id: one for one in _comments(mention, key)}
        relations: dict[str, Relation] = {}
        for label, source, target in [*self._chained(), *self._related()]:
            ranges = [(source.start, source.end), (target.start, target.end)]
            ends = (self._ids[source], self._ids[target])
            key = self._key(f"relation {ends}", ranges, label, relations)
            relations[key] = Relation(key, label, *ends)
        found = AnnotationSet(document.id, annotator, entities, events, relations, comments)
        return Annotated.of(document, (found,))

    def _name_all(self) -> None:
        taken: set[str] = set()
        for mention in self._mentions.all:
            if mention.start == mention.end:
                reason = f"{mention.label} at {mention.unit} is empty and was left out"
                self.problems.append((mention.line, reason))
                continue
            kind = "event" if mention.layer.has_slots else "entity"
            place = [(mention.start, mention.end)]
            self._ids[mention] = self._key(kind, place, mention.label, taken)
            taken.add(self._ids[mention])

    def _key(self, kind: str, ranges: list[Range], label: str, taken: Container[str]) -> str:
        """An id that comes out the same every time; of equal things each has its own."""
        key = suggestion_id(self._seed, "webanno", kind, ranges, label)
        while key in taken:
            key = suggestion_id(self._seed, "webanno", key, ranges, label)
        return key

    def _event(self, mention: Mention, key: str) -> Event:
        arguments: dict[Argument, None] = {}
        for role, piece, layer in mention.slots:
            filler = self._found(mention.line, piece.raw, piece.id, layer)
            if filler is not None:
                arguments[Argument(role, self._ids[filler])] = None
        trigger = Span.of("t" + key, mention.start, mention.end, mention.label)
        return Event(key, trigger, tuple(arguments), _other_features(mention))

    def _chained(self) -> Iterator[tuple[str, Mention, Mention]]:
        links = [mention for mention in self._ids if mention.layer.kind == "CH"]
        links.sort(key=lambda mention: (mention.layer.type, mention.link))
        for one, other in pairwise(links):
            if (one.layer.type, one.link[0]) == (other.layer.type, other.link[0]):
                yield one.link_label, one, other

    def _related(self) -> Iterator[tuple[str, Mention, Mention]]:
        layers = [one for one in self._sheet.layers if one.kind == "RL" and not one.is_grammar]
        for unit in self._sheet.units:
            for layer in layers:
                for column in layer.having("source"):
                    if column.target != _WORDS:
                        yield from self._arcs(layer, unit, unit.cell(column.index), column.target)

    def _arcs(
        self, layer: WebannoLayer, unit: Unit, cell: str, base: str
    ) -> Iterator[tuple[str, Mention, Mention]]:
        for depth, piece in enumerate(pieces(cell)):
            source = self._found(unit.line, piece.raw, piece.id, base)
            target = self._found(unit.line, unit.id, piece.second_id, base)
            if source is not None and target is not None:
                yield _label(layer, unit, depth), source, target

    def _found(self, line: int, unit: str, id_: int, layer: str) -> Mention | None:
        try:
            mention = self._mentions.found(unit, id_, layer)
        except ValueError as error:
            self.problems.append((line, f"{error}, and was left out"))
            return None
        if mention not in self._ids:
            self.problems.append((line, f"a reference to what is empty at {unit} was left out"))
            return None
        return mention


def _label(layer: WebannoLayer, unit: Unit, depth: int) -> str:
    for column in layer.having("value"):
        if column.name == layer.label_feature:
            stack = pieces(unit.cell(column.index))
            return (stack[depth] if depth < len(stack) else StackedPiece("*")).value or layer.name
    return layer.name


def _other_features(mention: Mention) -> Mapping[str, str]:
    label = mention.layer.label_feature
    return {name: value for name, value in mention.values.items() if name != label}


def _comments(mention: Mention, key: str) -> Iterator[Comment]:
    for name, value in _other_features(mention).items():
        yield Comment(f"c{key}-{name}", key, f"{name}: {value}")
