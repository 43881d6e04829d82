"""The gold annotations that follow from what was settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.model.annotations import Relation
from annotator.model.event import Argument, Event
from annotator.model.identity import content_hash
from annotator.model.span import Span
from annotator.session.adjudication.disagreements import About, Content, DocumentComparison, Marked
from annotator.session.adjudication.resolutions import Settled


@dataclass(frozen=True, slots=True)
class Gold:
    """Entities, events and relations by id."""

    entities: Mapping[str, Span] = field(default_factory=dict[str, Span])
    events: Mapping[str, Event] = field(default_factory=dict[str, Event])
    relations: Mapping[str, Relation] = field(default_factory=dict[str, Relation])


def gold_of(comparison: DocumentComparison, settled: Settled) -> Gold:
    """The annotations that follow from what was settled; open stops have no part in them."""
    return _Following(comparison, settled).gold()


class _Following:
    def __init__(self, comparison: DocumentComparison, settled: Settled) -> None:
        self._comparison = comparison
        self._settled = settled
        self._inner = comparison.by_thing()
        self._existence = {point.thing: point for point in comparison.points if point.is_existence}
        self._items = {thing_id: dict(self._chosen(thing_id)) for thing_id in self._existence}

    def gold(self) -> Gold:
        entities: dict[str, Span] = {}
        events: dict[str, Event] = {}
        for thing_id, items in self._items.items():
            for version, item_id in items.items():
                marked = self._existence[thing_id].versions[version].content
                if not isinstance(marked, Marked):
                    continue
                if self._comparison.things[thing_id].is_event:
                    trigger = Span(f"{item_id}-trigger", marked.ranges, marked.label)
                    events[item_id] = self._event(thing_id, version, item_id, trigger)
                else:
                    entities[item_id] = Span(item_id, marked.ranges, marked.label)
        return Gold(entities, events, dict(self._relations()))

    def _chosen(self, thing_id: str) -> Iterator[tuple[int, str]]:
        """The chosen versions that are there, each with the id of its item."""
        point = self._existence[thing_id]
        present = [
            version
            for version in self._settled.chosen(point) or ()
            if version < len(point.versions) and point.versions[version].content is not None
        ]
        for number, version in enumerate(present):
            yield version, thing_id if number == 0 else _further_id(thing_id, number)

    def _event(self, thing_id: str, version: int, item_id: str, trigger: Span) -> Event:
        points = self._inner.get(thing_id, [])
        if len(self._items[thing_id]) > 1:  # both stay: each as whoever has it puts it
            who = self._existence[thing_id].versions[version].annotators[0]
            picked = [(point, point.version_of(who)) for point in points]
            chosen = [(point, () if k is None else (k,)) for point, k in picked]
        else:
            chosen = [(point, self._settled.chosen(point) or ()) for point in points]
        arguments: dict[Argument, None] = {}
        attributes: dict[str, str] = {}
        for point, versions in chosen:
            for k in versions:
                content = point.versions[k].content if k < len(point.versions) else None
                if isinstance(content, tuple):
                    filled = self._filled(content, point.versions[k].annotators, item_id)
                    arguments.update(dict.fromkeys(filled))
                elif isinstance(content, str):
                    attributes[point.name] = content
        return Event(item_id, trigger, tuple(sorted(arguments)), attributes)

    def _filled(
        self, content: Content, annotators: Iterable[str], event_id: str
    ) -> Iterator[Argument]:
        """Arguments whose fillers are there."""
        for role, thing_id in content if isinstance(content, tuple) else ():
            target = self._item_of(thing_id, annotators)
            if target is not None and target != event_id:
                yield Argument(role, target)

    def _item_of(self, thing_id: str, annotators: Iterable[str]) -> str | None:
        """The item of a thing: of several that which one of the annotators means."""
        items = self._items[thing_id]
        point = self._existence[thing_id]
        meant = (point.version_of(name) for name in annotators)
        found = (items[k] for k in meant if k is not None and k in items)
        return next(found, next(iter(items.values()), None))

    def _relations(self) -> Iterator[tuple[str, Relation]]:
        for point in self._comparison.points:
            if point.about is not About.RELATION:
                continue
            for k in self._settled.chosen(point) or ():
                version = point.versions[k] if k < len(point.versions) else None
                if version is None or not version.content:
                    continue
                source = self._item_of(point.thing, version.annotators)
                target = self._item_of(point.target, version.annotators)
                if source is not None and target is not None:
                    relation_id = "r" + content_hash([point.name, point.thing, point.target])[-12:]
                    yield relation_id, Relation(relation_id, point.name, source, target)


def _further_id(thing_id: str, number: int) -> str:
    return f"{thing_id}-{number + 1}"
