"""A result list of Label Studio as entities, events, relations, comments and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from annotator.formats.files.json_fields import a_list, an_object, name_of
from annotator.formats.files.streams import Json
from annotator.formats.given_ids import free_id
from annotator.formats.labelstudio.regions import Region, is_region, regions
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.answers import Answer
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.identity import canonical_json
from annotator.model.span import Span

COMMENT = "comment"
"""The name of the tag for remarks."""
_EVENT_TAGS = ("event", "trigger")
UNNAMED = "related"
"""The label of a relation that has none."""
OF_A_PLACE = {"start", "end", "text", "startOffset", "endOffset", "globalOffsets"}
"""What says where something is, and not what."""


@dataclass(slots=True)
class Result:
    """What a result list holds."""

    entities: dict[str, Span] = field(default_factory=dict[str, Span])
    events: dict[str, Event] = field(default_factory=dict[str, Event])
    relations: dict[str, Relation] = field(default_factory=dict[str, Relation])
    comments: dict[str, Comment] = field(default_factory=dict[str, Comment])
    scores: dict[str, float] = field(default_factory=dict[str, float])
    answers: list[tuple[str, str, tuple[str, ...]]] = field(
        default_factory=list[tuple[str, str, tuple[str, ...]]]
    )
    """Kind, name and values of what else is said of the whole document."""

    @property
    def has_spans(self) -> bool:
        """Whether there is a labelled region."""
        return bool(self.entities or self.events)

    def answers_by(self, by: str, how: str) -> tuple[Answer, ...]:
        """The same as one annotator's; `how` they were given is empty where they are unfinished."""
        given = {"answer": how} if how else {}
        return tuple(
            {"by": by, "task": kind, "name": name, **given, "values": [*values]}
            for kind, name, values in self.answers
        )

    def annotations(
        self, document: Document, annotator: str, flags: frozenset[str]
    ) -> AnnotationSet:
        """The same as one annotator's."""
        return AnnotationSet(
            document.id,
            annotator,
            self.entities,
            self.events,
            self.relations,
            self.comments,
            flags,
        )


@dataclass(frozen=True, slots=True)
class _Said:
    """Something that is said of a region, or of the whole document."""

    region: str
    """Its id, empty where the document is meant."""
    control: str
    kind: str
    texts: tuple[str, ...]

    @property
    def is_comment(self) -> bool:
        """Whether it is a remark, and no attribute or answer; all text on a document is."""
        return self.kind == "textarea" and (not self.region or self.control == COMMENT)


def result(rows: Sequence[Json], document: Document) -> Result:
    """What `rows` hold; raises ValueError where they make no sense.

    A region is an event if its tag's name begins with `event` or `trigger`, or if something other
    than a comment is said of it, since only events have attributes.
    """
    found = regions((row for row in rows if is_region(row)), document)
    said = list(_said(rows, found))
    made = Result()
    attributes = _attributes(one for one in said if one.region and not one.is_comment)
    links = list(_links(rows))
    for region in found:
        key = region.span.id
        if region.score is not None:
            made.scores[key] = region.score
        if key in attributes or region.control.casefold().startswith(_EVENT_TAGS):
            made.events[key] = _event(region.span, links, attributes.get(key, {}))
        else:
            made.entities[key] = region.span
    for source, target, label in links:
        if source not in made.events:
            ranges = made.entities[source].ranges if source in made.entities else ()
            key = free_id(document, f"relation {source} {target}", ranges, label, made.relations)
            made.relations[key] = Relation(key, label, source, target)
    for target, text in _comments(said):
        key = free_id(document, f"comment {target}", (), text, made.comments)
        made.comments[key] = Comment(key, target, text)
    others = (one for one in said if not one.region and not one.is_comment)
    made.answers.extend((one.kind, one.control, one.texts) for one in others)
    return made


def _event(
    span: Span, links: Iterable[tuple[str, str, str]], attributes: Mapping[str, str]
) -> Event:
    arguments = dict.fromkeys(
        Argument(label, end) for start, end, label in links if start == span.id
    )
    return Event(
        span.id, Span("t" + span.id, span.ranges, span.label), tuple(arguments), attributes
    )


def _links(rows: Iterable[Json]) -> Iterator[tuple[str, str, str]]:
    """Source, target and label of the relations; one in both directions is read as one.

    That their ends are there is for `soundness` to see.
    """
    for row in rows:
        if row.get("type") != "relation":
            continue
        source, target = name_of(row.get("from_id")), name_of(row.get("to_id"))
        if row.get("direction") == "left":
            source, target = target, source
        labels = [label for label in a_list(row, "labels") if isinstance(label, str) and label]
        yield from ((source, target, label) for label in labels or [UNNAMED])


def _said(rows: Iterable[Json], found: Sequence[Region]) -> Iterator[_Said]:
    keys = {region.span.id for region in found}
    places = {f"{r.span.start} {r.span.end}": r.span.id for r in reversed(found)}
    for row in rows:
        if is_region(row) or row.get("type") == "relation":
            continue
        value = an_object(row.get("value"), "the value of a result")
        kind, control = str(row.get("type")), name_of(row.get("from_name"))
        region = name_of(row.get("id"))
        if region not in keys:
            region = places.get(f"{value.get('start')} {value.get('end')}", "")
            if not region and "start" in value:
                raise ValueError(f"{control} is said of a region that has no label")
        texts = tuple(_texts(value.get("text" if kind == "textarea" else kind)))
        if not region and not texts:  # a control whose value is not called after it
            rest = {key: each for key, each in value.items() if key not in OF_A_PLACE}
            texts = tuple(_texts([*rest.values()]))
        if texts and (control or not region):
            yield _Said(region, control, kind, texts)


def _texts(value: object) -> Iterator[str]:
    """The strings and numbers of a value; the path to a leaf of a taxonomy is one string."""
    if isinstance(value, list):
        for one in cast("list[object]", value):
            path = list(_texts(one))
            if path:
                yield "/".join(path)
    elif isinstance(value, dict):
        yield canonical_json(value)
    elif isinstance(value, (str, int, float)) and value != "":
        yield str(value)


def _attributes(said: Iterable[_Said]) -> dict[str, dict[str, str]]:
    """By region; several values of one attribute are joined."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in said:
        found.setdefault(one.region, {}).setdefault(one.control, []).extend(one.texts)
    return {
        region: {name: "; ".join(texts) for name, texts in values.items()}
        for region, values in found.items()
    }


def _comments(said: Iterable[_Said]) -> Iterator[tuple[str, str]]:
    for one in said:
        if one.is_comment:
            named = "" if one.control in ("", COMMENT) else f"{one.control}: "
            yield from ((one.region, named + text) for text in one.texts)
