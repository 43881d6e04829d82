"""One annotator's annotations as the lines of an `.ann` file."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterator, Mapping
from itertools import count
from typing import TypeVar

from annotator.formats.brat import remarks as remarks
from annotator.formats.brat.remarks import Remark
from annotator.formats.brat.text import joined, pieces
from annotator.formats.brat.vocabulary import Vocabulary
from annotator.formats.record import Loss
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.event import Event
from annotator.model.span import Range, Span
from annotator.schemes.brat_roles import numbered
from annotator.schemes.brat_terms import YES, term

BREAKS = "line breaks at the edges and in the gaps of spans"
BLANK = "spans of line breaks only, with what points to them"
NAMES = "names with blanks, colons and the like"
COMMENTS = "comments on the whole document"
COMMENT_BREAKS = "line breaks in comments"
FLAGS = "flags"

_EQUIVALENCE = re.compile(r"\*([0-9]+)\.([0-9]+)")
_Key = TypeVar("_Key", bound=Hashable)
_Span = tuple[str, tuple[Range, ...], str]
"""What tells one `T` from another: of a trigger its id, ranges and label; of an entity its id."""


def ann_lines(
    annotations: AnnotationSet, text: str, vocabulary: Vocabulary, shift: int = 0
) -> tuple[list[str], list[Loss]]:
    """The lines of an `.ann`, and what they cannot say; `shift` is added to all offsets.

    Labels, roles and values go to the vocabulary.
    """
    losses = [Loss(annotations.document_id, FLAGS, flag) for flag in sorted(annotations.flags)]
    triggers = {key: event.trigger for key, event in annotations.events.items()}
    for key, span in {**annotations.entities, **triggers}.items():
        if not pieces(span.ranges, text):
            annotations = annotations.without(key)
            place = f"{span.label} {span.start}-{span.end}"
            losses.append(Loss(annotations.document_id, BLANK, place))
    vocabulary.take(annotations)
    lines = _Lines(annotations, text, vocabulary, shift)
    return list(lines.all()), losses + lines.losses


class _Lines:
    """The lines of one `.ann`; each thing has its number before any is written."""

    def __init__(
        self, annotations: AnnotationSet, text: str, vocabulary: Vocabulary, shift: int
    ) -> None:
        self.losses: list[Loss] = []
        self._set = annotations
        self._text = text
        self._vocabulary = vocabulary
        self._shift = shift
        self._groups = equivalences(annotations)
        grouped = {relation.id for group in self._groups for relation in group}
        self._relations = {k: r for k, r in annotations.relations.items() if k not in grouped}
        self._names = dict(_argument_names(annotations, self._relations))
        entities = {("", (), key): key for key in annotations.entities}
        triggers = {_trigger(event): event.trigger.id for event in annotations.events.values()}
        self._spans = _numbers("T", {**entities, **triggers})
        self._homes = _numbers("E", {key: key for key in annotations.events})
        self._homes |= {key: self._spans["", (), key] for key in annotations.entities}
        self._relation_homes = _numbers("R", {key: key for key in self._relations})
        self._remark_homes: dict[str, str] = {}

    def all(self) -> Iterator[str]:
        """Every line, in the order in which brat's own documentation tells of them."""
        yield from self._textbounds()
        for event in self._set.events.values():
            yield self._event(event)
        for relation in self._relations.values():
            yield self._relation(relation)
        for group in self._groups:
            members = [group[0].source, *(relation.target for relation in group)]
            named = " ".join(self._homes[member] for member in members)
            yield f"*\t{self._term(group[0].label)} {named}"
        yield from self._remarks()

    def _textbounds(self) -> Iterator[str]:
        spans = {("", (), key): span for key, span in self._set.entities.items()}
        triggers = {_trigger(event): event.trigger for event in self._set.events.values()}
        found = {self._spans[key]: span for key, span in [*spans.items(), *triggers.items()]}
        for number, span in sorted(found.items(), key=lambda one: int(one[0][1:])):
            yield self._textbound(number, span)

    def _textbound(self, number: str, span: Span) -> str:
        found = pieces(span.ranges, self._text)
        if joined(found, self._text) != span.ranges:
            self._lose(BREAKS, f"{span.label} {span.start}-{span.end}")
        places = ";".join(f"{start + self._shift} {end + self._shift}" for start, end in found)
        words = " ".join(self._text[start:end] for start, end in found)
        return f"{number}\t{self._term(span.label)} {places}\t{words}"

    def _event(self, event: Event) -> str:
        declared = self._vocabulary.roles(event.type)
        pairs = [(self._term(a.role), self._homes[a.target]) for a in event.arguments]
        words = (f"{role}:{target}" for role, target in numbered(pairs, declared))
        trigger = f"{self._term(event.type)}:{self._spans[_trigger(event)]}"
        return f"{self._homes[event.id]}\t{' '.join((trigger, *words))}"

    def _relation(self, relation: Relation) -> str:
        source, target = self._homes[relation.source], self._homes[relation.target]
        first, second = self._names.get(relation.id, (None, remarks.ARGUMENTS))[1]
        words = f"{self._term(relation.label)} {first}:{source} {second}:{target}"
        return f"{self._relation_homes[relation.id]}\t{words}"

    def _remarks(self) -> Iterator[str]:
        named = {comment_id for comment_id, _ in self._names.values()}
        found: dict[str, dict[str, Remark]] = {kind: {} for kind in "AN#"}
        for key, comment in self._set.comments.items():
            if key not in named:
                remark = remarks.remark(comment.text, of_event=comment.target in self._set.events)
                found[remark.kind][key] = remark
        for kind, of_kind in found.items():
            numbers = _numbers(kind, {key: key for key in of_kind})
            self._remark_homes |= numbers
            for key, remark in of_kind.items():
                if target := self._target(self._set.comments[key]):
                    yield remark.line(numbers[key], target)
            if kind == "A":
                yield from self._attributes(set(numbers.values()))

    def _attributes(self, taken: set[str]) -> Iterator[str]:
        free = _free("A", taken)
        for event in self._set.events.values():
            written: set[str] = set()
            for name, value in event.attributes.items():
                label = self._term(name)
                if label not in written:
                    alone = value == YES and self._vocabulary.is_yes_or_no(name)
                    said = "" if alone else " " + self._term(value)
                    yield f"{next(free)}\t{label} {self._homes[event.id]}{said}"
                written.add(label)

    def _target(self, comment: Comment) -> str:
        """The id that a comment is about; empty where nothing has one."""
        if remarks.one_line(comment.text) != comment.text:
            self._lose(COMMENT_BREAKS, comment.text)
        for homes in (self._homes, self._relation_homes, self._remark_homes):
            if comment.target in homes:
                return homes[comment.target]
        self._lose(COMMENTS, comment.text)
        return ""

    def _term(self, name: str) -> str:
        found = term(name)
        if found != name:
            self._lose(NAMES, name)
        return found

    def _lose(self, what: str, detail: str) -> None:
        loss = Loss(self._set.document_id, what, detail)
        if loss not in self.losses:
            self.losses.append(loss)


def equivalences(annotations: AnnotationSet) -> list[list[Relation]]:
    """The relations that were read from one `*` line each, as far as they still are a chain."""
    found: list[list[Relation]] = []
    by_id = ((_EQUIVALENCE.fullmatch(r.id), r) for r in annotations.relations.values())
    ordered = sorted((int(m[1]), int(m[2]), r.id, r) for m, r in by_id if m)
    previous: tuple[int, Relation] | None = None
    for number, _, _, relation in ordered:
        follows = (
            previous is not None
            and (previous[0], previous[1].label) == (number, relation.label)
            and previous[1].target == relation.source
        )
        if follows:
            found[-1].append(relation)
        else:
            found.append([relation])
        previous = (number, relation)
    return found


def _numbers(kind: str, wanted: Mapping[_Key, str]) -> dict[_Key, str]:
    """An id of the kind for each key: the one it has where that is such an id, else a free one."""
    found: dict[_Key, str] = {}
    shape = re.compile(rf"{kind}[1-9][0-9]{{0,8}}")
    taken: set[str] = set()
    for key, own in wanted.items():
        if shape.fullmatch(own) and own not in taken:
            found[key] = own
            taken.add(own)
    free = _free(kind, taken)
    return found | {key: next(free) for key in wanted if key not in found}


def _free(kind: str, taken: Collection[str]) -> Iterator[str]:
    return (item_id for number in count(1) if (item_id := f"{kind}{number}") not in taken)


def _trigger(event: Event) -> _Span:
    return event.trigger.id, event.trigger.ranges, event.type


def _argument_names(
    annotations: AnnotationSet, relations: Mapping[str, Relation]
) -> Iterator[tuple[str, tuple[str, tuple[str, str]]]]:
    """For relations whose arguments have other names: their ids, the comment's and the names."""
    seen: set[str] = set()
    for comment in annotations.comments.values():
        names = remarks.argument_names(comment.text)
        if names and comment.target in relations and comment.target not in seen:
            seen.add(comment.target)
            yield comment.target, (comment.id, names)
