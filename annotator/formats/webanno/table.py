"""One annotator's annotations of a document as the rows of a WebAnno TSV file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.formats.flattened import DANGLING, DISCONTINUOUS, described, links_of
from annotator.formats.offsets import Utf16Offsets
from annotator.formats.record import Loss
from annotator.formats.webanno.cell import NO_VALUE, NOTHING, escaped, escaped_text
from annotator.formats.webanno.header import ANY
from annotator.formats.webanno.losses import BLANKS, START, WHITE, is_feature
from annotator.formats.webanno.units import Units
from annotator.model.annotations import AnnotationSet
from annotator.model.document import Document
from annotator.model.event import Event
from annotator.model.span import Range, Span
from annotator.text.spaces import trimmed

_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_EVENT = "webanno.custom.Event"
_RELATION = "webanno.custom.Relation"
_SLOTS = f"ROLE_{_EVENT}:arguments_webanno.custom.EventArgumentsLink|{ANY}"


@dataclass(frozen=True, slots=True)
class _Mark:
    """An entity or a trigger with its rows; `id` is 0 where nothing has to be told apart."""

    label: str
    units: tuple[str, ...]
    event: Event | None
    id: int = 0

    @property
    def suffix(self) -> str:
        return f"[{self.id}]" if self.id else ""

    @property
    def reference(self) -> str:
        return self.units[0] + self.suffix


_Marks = Mapping[str, _Mark]
_Arc = tuple[str, _Mark, _Mark]


def table(document: Document, annotations: AnnotationSet, losses: list[Loss]) -> str:
    """The file; what it cannot say of spans and links is added to `losses`."""
    places = _places(document, annotations, losses)
    units = Units(document, places.values())
    marks = _marks(annotations, places, units)
    arcs = _arcs(annotations, marks, losses)
    head, columns = _columns(marks, arcs)
    lines = ["#FORMAT=WebAnno TSV 3.3", *head, "", "", *_body(document, units, columns)]
    lead = document.text[: units.sentences[0].start] if units.sentences else ""
    if lead.strip(" "):
        losses.append(Loss(document.id, START, f"{len(lead)} characters"))
    return "".join(f"{line}\n" for line in lines)


def _places(document: Document, annotations: AnnotationSet, losses: list[Loss]) -> dict[str, Range]:
    """Where the spans are, without white space at their edges."""
    triggers = {key: event.trigger for key, event in annotations.events.items()}
    found: dict[str, Range] = {}
    for key, span in {**annotations.entities, **triggers}.items():
        place = trimmed(document.text, span.start, span.end)
        lost = _lost(span, place)
        if lost:
            losses.append(Loss(document.id, lost, described(span)))
        if lost in ("", BLANKS):
            found[key] = place
    return found


def _lost(span: Span, place: Range) -> str:
    if span.is_discontinuous:
        return DISCONTINUOUS
    if place[0] == place[1]:
        return WHITE
    return BLANKS if place != (span.start, span.end) else ""


def _marks(annotations: AnnotationSet, places: Mapping[str, Range], units: Units) -> _Marks:
    """The spans in order of the text, with an id wherever a row or a link needs one."""
    marks: dict[str, _Mark] = {}
    for key, place in sorted(places.items(), key=lambda pair: (pair[1][0], -pair[1][1], pair[0])):
        event = annotations.events.get(key)
        label = annotations.entities[key].label if event is None else event.type
        marks[key] = _Mark(label, units.of(place), event)
    linked = {end for link in links_of(annotations) for end in link[:2]}
    counts: dict[tuple[bool, str], int] = {}
    for mark in marks.values():
        for unit in mark.units:
            counts[mark.event is None, unit] = counts.get((mark.event is None, unit), 0) + 1
    numbered: dict[str, _Mark] = {}
    number = 0
    for key, mark in marks.items():
        is_stacked = any(counts[mark.event is None, unit] > 1 for unit in mark.units)
        if is_stacked or len(mark.units) > 1 or key in linked:
            number += 1
            mark = replace(mark, id=number)
        numbered[key] = mark
    return numbered


def _arcs(annotations: AnnotationSet, marks: _Marks, losses: list[Loss]) -> list[_Arc]:
    """The relations whose ends are both there; those that are not, arguments too, are lost."""
    for source, target, label in links_of(annotations):
        if source not in marks or target not in marks:
            losses.append(Loss(annotations.document_id, DANGLING, label))
    found = [
        (relation.label, marks[relation.source], marks[relation.target])
        for relation in annotations.relations.values()
        if relation.source in marks and relation.target in marks
    ]
    return sorted(found, key=lambda arc: (arc[1].id, arc[2].id, arc[0]))


def _columns(marks: _Marks, arcs: Sequence[_Arc]) -> tuple[list[str], list[dict[str, str]]]:
    """The layers that there are, and the cells of each column by the ids of rows."""
    head: list[str] = []
    columns: list[dict[str, str]] = []
    entities = [mark for mark in marks.values() if mark.event is None]
    events = [mark for mark in marks.values() if mark.event is not None]
    if entities:
        head.append(f"#T_SP={_ENTITY}|value")
        columns.append(_stacked((m, escaped(m.label) + m.suffix) for m in entities))
    if events:
        names = sorted({n for m in events for n in _attributes(m) if is_feature(n)})
        head.append("|".join([f"#T_SP={_EVENT}", _SLOTS, "value", *names]))
        columns += [
            _stacked((m, _roles(m, marks) + m.suffix) for m in events),
            _stacked((m, _targets(m, marks)) for m in events),
            _stacked((m, escaped(m.label) + m.suffix) for m in events),
            *(_stacked((m, _attribute(m, name) + m.suffix) for m in events) for name in names),
        ]
    if arcs:
        is_any = any(mark.event for _, *ends in arcs for mark in ends)
        head.append(f"#T_RL={_RELATION}|value|BT_{ANY if is_any else _ENTITY}")
        ends = [(replace(target, units=target.units[:1]), s, label) for label, s, target in arcs]
        columns.append(_stacked((t, escaped(label)) for t, _, label in ends))
        columns.append(_stacked((t, f"{s.units[0]}[{s.id}_{t.id}]") for t, s, _ in ends))
    return head, columns


def _stacked(values: Iterable[tuple[_Mark, str]]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for mark, value in values:
        for unit in mark.units:
            cells[unit] = f"{cells[unit]}|{value}" if unit in cells else value
    return cells


def _attributes(mark: _Mark) -> Mapping[str, str]:
    return mark.event.attributes if mark.event else {}


def _attribute(mark: _Mark, name: str) -> str:
    value = _attributes(mark).get(name)
    return NO_VALUE if value is None else escaped(value)


def _roles(mark: _Mark, marks: _Marks) -> str:
    arguments = mark.event.arguments if mark.event else ()
    return ";".join(escaped(a.role) for a in arguments if a.target in marks) or NOTHING


def _targets(mark: _Mark, marks: _Marks) -> str:
    arguments = mark.event.arguments if mark.event else ()
    found = (marks[a.target].reference for a in arguments if a.target in marks)
    return ";".join(found) or NO_VALUE


def _body(document: Document, units: Units, columns: Sequence[Mapping[str, str]]) -> Iterator[str]:
    offsets = Utf16Offsets.of(document.text)
    for number, sentence in enumerate(units.sentences):
        if number:
            yield ""
        for line in document.text[sentence.start : sentence.end].split("\n"):
            yield f"#Text={escaped_text(line)}"
        for key, (start, end) in sentence.rows:
            place = f"{offsets.to_units(start)}-{offsets.to_units(end)}"
            cells = (column.get(key, NOTHING) for column in columns)
            yield "".join(f"{c}\t" for c in (key, place, document.text[start:end], *cells))
