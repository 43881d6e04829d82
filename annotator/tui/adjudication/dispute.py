"""What is drawn of a document in adjudication: the gold set, and the versions of what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.model.scheme import Scheme
from annotator.session.adjudication.disagreements import About, DocumentComparison, Marked, Point
from annotator.session.state import State
from annotator.tui.page.focus import Focus
from annotator.tui.page.marks import Mark, Status, mark_of

Voices = Callable[[Sequence[str]], str]
"""The letters of some annotators."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A document with its open stops, at one of its stops."""

    state: State
    """Of the gold set."""
    scheme: Scheme
    comparison: DocumentComparison
    open: tuple[Point, ...]
    current: Point | None
    voices: Voices

    def marks(self) -> dict[str, Mark]:
        """Everything that is drawn, by id."""
        found = {
            mark.id: mark for mark in map(self._gold_mark, self._gold_ids()) if mark is not None
        }
        for point in self.open:
            found.update((mark.id, mark) for mark in self._versions(point))
        current = self.current
        if current is None:
            return found
        if current.about in (About.ENTITY, About.EVENT):
            found.update((mark.id, mark) for mark in self._versions(current))
            return found
        for thing in self._concerned(current):
            if not self._ids_of(thing, found):
                point = self._existence(thing)
                found.update((mark.id, mark) for mark in self._versions(point))
        event = found.get(next(iter(self._ids_of(current.thing, found)), ""))
        if event is not None and current.about is not About.RELATION:
            arguments = tuple(self._arguments(current, found))
            found[event.id] = replace(event, status=Status.DISAGREEING, arguments=arguments)
        return found

    def focus(self, marks: dict[str, Mark]) -> Focus:
        """Where the view looks, and what stands out in it."""
        current = self.current
        if current is None:
            return Focus()
        place = self.comparison.things[current.thing].place[0]
        cursor = (place, place)
        if current.about in (About.ENTITY, About.EVENT):
            versions = [mark for mark in self._versions(current) if mark.id in marks]
            return Focus(cursor, hints={mark.id: mark.tag for mark in versions})
        event = next(iter(self._ids_of(current.thing, marks)), "")
        return Focus(cursor, event, event if current.about is not About.RELATION else "")

    def _gold_ids(self) -> Iterator[str]:
        yield from self.state.annotations.entities
        yield from self.state.annotations.events

    def _gold_mark(self, item_id: str) -> Mark | None:
        mark = mark_of(self.state, self.scheme, item_id)
        return mark if mark is None else replace(mark, has_problem=False)

    def _existence(self, thing: str) -> Point:
        about = (About.ENTITY, About.EVENT)
        points = self.comparison.points
        return next(p for p in points if p.thing == thing and p.about in about)

    def _versions(self, point: Point) -> Iterator[Mark]:
        """The versions of an entity or trigger that are there, each with who has it so."""
        for number, version in enumerate(point.versions):
            if isinstance(version.content, Marked):
                yield Mark(
                    _version_id(point, number),
                    version.content.ranges,
                    version.content.label,
                    Status.DISAGREEING,
                    is_trigger=point.about is About.EVENT,
                    voices=self.voices(version.annotators),
                )

    def _concerned(self, point: Point) -> Iterator[str]:
        """The event or ends, and whatever fills the roles."""
        yield from filter(None, (point.thing, point.target))
        for version in point.versions:
            if isinstance(version.content, tuple):
                yield from (target for _, target in version.content)

    def _ids_of(self, thing: str, marks: Iterable[str]) -> list[str]:
        """The marks of a thing: as the gold set has it, else as the annotators have it."""
        if self.state.annotations.holds(thing) and thing in marks:
            return [thing]
        point = self._existence(thing)
        ids = [_version_id(point, number) for number in point.present()]
        return [mark_id for mark_id in ids if mark_id in marks]

    def _arguments(self, current: Point, marks: dict[str, Mark]) -> Iterator[tuple[str, str]]:
        """Roles with who fills them so, where annotators differ; what all agree on as it is."""
        for point in self.comparison.by_thing().get(current.thing, ()):
            if not point.is_agreed and point is not current:
                continue
            for version in point.versions:
                who = "" if point.is_agreed else f"{self.voices(version.annotators)} "
                for role, target in version.content if isinstance(version.content, tuple) else ():
                    for mark_id in self._ids_of(target, marks)[:1]:
                        yield f"{who}{role}", mark_id


def _version_id(point: Point, number: int) -> str:
    return f"{point.id}:{number}"
