"""The annotations of an `.ann` file; each line that makes none is told, and the others are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from annotator.formats.brat.remarks import (
    ARGUMENTS,
    arguments_text,
    attribute_of,
    comment_text,
    target_of,
)
from annotator.formats.brat.row import KINDS, BratRow, rows
from annotator.formats.brat.text import Counting, countings, document_text, joined
from annotator.formats.files.streams import shown
from annotator.formats.record import Rejected
from annotator.formats.validation import check_name
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.schemes.brat_roles import Roles, plain
from annotator.schemes.brat_terms import YES


def read_annotations(
    path: Path, raw: str, empty: AnnotationSet, roles: Roles
) -> tuple[AnnotationSet, tuple[Rejected, ...]]:
    """`empty` with what an `.ann` says of the text `raw`, and the lines that cannot be read.

    `roles` are those of each event type, where they are known. Raises FormatError where the file
    cannot be opened.
    """
    reading = _Reading(shown(path), raw, roles)
    by_kind: dict[str, list[BratRow]] = {kind: [] for kind in KINDS}
    for row in rows(path):
        if isinstance(row, Rejected):
            reading.rejected.append(row)
        elif row.kind != "*" and row.id in reading.ids:
            reading.reject(row, f"the id {row.id} is there twice")
        else:
            reading.ids.add(row.id)
            by_kind[row.kind].append(row)
    reading.take(by_kind)
    return reading.added_to(empty), tuple(sorted(reading.rejected, key=lambda one: one.line))


class _Reading:
    """One file: what was understood of it so far."""

    def __init__(self, file: str, raw: str, roles: Roles) -> None:
        self.rejected: list[Rejected] = []
        self.ids: set[str] = set()
        self._file = file
        self._raw = raw
        self._text = document_text(raw)
        self._roles = roles
        self._spans: dict[str, Span] = {}
        self._events: dict[str, Event] = {}
        self._relations: dict[str, Relation] = {}
        self._comments: dict[str, Comment] = {}
        self._homes: dict[str, str] = {}
        """For each id in the file the id of what it stands for here."""

    def reject(self, row: BratRow, reason: str) -> None:
        """Put a line, or a part of it, among those that cannot be read."""
        self.rejected.append(Rejected(self._file, row.line, reason))

    def take(self, by_kind: dict[str, list[BratRow]]) -> None:
        """Take all lines, those first that others point to."""
        counting = self._counting(by_kind["T"])
        self._each(by_kind["T"], lambda row: self._span(row, counting))
        self._each(by_kind["E"], self._event)
        seen = self._seen_roles(by_kind["E"])
        self._each(by_kind["E"], lambda row: self._arguments(row, seen))
        self._each(by_kind["R"], self._relation)
        for number, row in enumerate(by_kind["*"], 1):
            self._each([row], lambda row, number=number: self._equivalence(row, number))
        for kind in "AN#":
            self._each(by_kind[kind], self._remark)

    def added_to(self, empty: AnnotationSet) -> AnnotationSet:
        """`empty` with all that was understood."""
        triggers = {key for key, home in self._homes.items() if key != home}
        entities = {key: span for key, span in self._spans.items() if key not in triggers}
        return replace(
            empty,
            entities=entities,
            events=self._events,
            relations=self._relations,
            comments=self._comments,
        )

    def _each(self, found: list[BratRow], take: Callable[[BratRow], None]) -> None:
        for row in found:
            try:
                take(row)
            except ValueError as error:
                self.reject(row, str(error))

    def _counting(self, found: list[BratRow]) -> Counting:
        """The way to count that the words beside the offsets agree with best."""
        ways = countings(self._raw)
        if len(ways) == 1:
            return ways[0]
        return min(ways, key=lambda way: sum(not _agrees(row, way) for row in found))

    def _span(self, row: BratRow, counting: Counting) -> None:
        label, pieces = row.span()
        check_name(label, "a label")
        ranges = counting.ranges(pieces)
        if not _agrees(row, counting):
            words = counting.surface(pieces)
            raise ValueError(f"{row.id} says {row.tail!r} where the text has {words!r}")
        self._spans[row.id] = Span(row.id, joined(ranges, self._text), label)
        self._homes[row.id] = row.id

    def _event(self, row: BratRow) -> None:
        event_type, name = row.event()
        check_name(event_type, "an event type")
        if name not in self._spans:
            raise ValueError(f"the trigger {name} of {row.id} is not there")
        trigger = self._spans[name]
        if trigger.label == event_type:
            self._homes[name] = self._homes[name] if self._homes[name] != name else row.id
        else:
            trigger = replace(trigger, id=f"t{row.id}", label=event_type)
        self._events[row.id] = Event(row.id, trigger)
        self._homes[row.id] = row.id

    def _seen_roles(self, found: list[BratRow]) -> dict[str, set[str]]:
        """The roles of each event type as they stand in the file, numbers and all."""
        seen: dict[str, set[str]] = {}
        for row in found:
            if row.id in self._events:
                names = {role for role, _ in _arguments_of(row)}
                seen.setdefault(self._events[row.id].type, set()).update(names)
        return seen

    def _arguments(self, row: BratRow, seen: dict[str, set[str]]) -> None:
        if row.id not in self._events:
            return
        event = self._events[row.id]
        declared = self._roles.get(event.type, ())
        arguments: list[Argument] = []
        for word in row.words(1)[1:]:
            try:
                role, target = row.pair(word)
                check_name(role, "a role")
                name = plain(role, declared, seen[event.type])
                arguments.append(Argument(name, self._home(target, f"{role} of {row.id}")))
            except ValueError as error:
                self.reject(row, f"{error}; the argument is left out")
        self._events[row.id] = replace(event, arguments=tuple(dict.fromkeys(arguments)))

    def _relation(self, row: BratRow) -> None:
        label = row.words(1)[0]
        check_name(label, "a relation's label")
        pairs = [row.pair(word) for word in row.words(3)[1:]]
        if len(pairs) != len(ARGUMENTS):
            raise ValueError(f"{row.id} has {len(pairs)} arguments; a relation has two")
        (first, source), (second, target) = pairs
        source = self._home(source, f"{first} of {row.id}")
        target = self._home(target, f"{second} of {row.id}")
        self._relations[row.id] = Relation(row.id, label, source, target)
        self._homes[row.id] = row.id
        if (first, second) != ARGUMENTS:
            self._comment(f"{row.id}-arguments", row.id, arguments_text((first, second)))

    def _equivalence(self, row: BratRow, number: int) -> None:
        label, *members = row.words(3)
        check_name(label, "a relation's label")
        homes = [self._home(member, f"{label} ({row.id})") for member in members]
        for place, (source, target) in enumerate(pairwise(homes), 1):
            key = f"*{number}.{place}"
            self._relations[key] = Relation(key, label, source, target)

    def _remark(self, row: BratRow) -> None:
        target = self._home(target_of(row), row.id)
        if row.kind == "A" and target in self._events:
            self._homes[row.id] = target
            self._attribute(row, target)
        elif text := comment_text(row):
            self._homes[row.id] = row.id
            self._comment(row.id, target, text)

    def _attribute(self, row: BratRow, target: str) -> None:
        name, value = attribute_of(row)
        check_name(name, "an attribute")
        event = self._events[target]
        if name in event.attributes:
            raise ValueError(f"{target} has a {name} already: {event.attributes[name]}")
        attributes = {**event.attributes, name: value or YES}
        self._events[target] = replace(event, attributes=attributes)

    def _comment(self, key: str, target: str, text: str) -> None:
        self._comments[key] = Comment(key, target, text)

    def _home(self, name: str, what: str) -> str:
        if name not in self._homes:
            raise ValueError(f"{what} points to {name}, which is not there")
        return self._homes[name]


def _agrees(row: BratRow, counting: Counting) -> bool:
    """Whether the words that stand in a line are those at its offsets; white space aside."""
    try:
        words = counting.surface(row.span()[1])
    except ValueError:
        return True
    bare = "".join(row.tail.split())
    return not bare or bare == "".join(words.split()) or row.tail.startswith(words + "\t")


def _arguments_of(row: BratRow) -> Iterator[tuple[str, str]]:
    for word in row.words(1)[1:]:
        try:
            yield row.pair(word)
        except ValueError:
            continue
