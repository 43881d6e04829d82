"""What holds for every format: what it says it carries, the same bytes twice, no crash on any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.test_formats_roundtrip import EVENT_TYPES, items

from annotator.errors import FormatError
from annotator.formats import registry
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions, WriteOptions
from annotator.formats.record import Annotated, Loss, Rejected
from annotator.formats.triggers import with_events
from annotator.model.annotations import DONE, AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

pytestmark = pytest.mark.xdist_group("spacy")

FORMATS = {found.name: found for found in registry.formats()}
READ = [name for name, found in FORMATS.items() if "in" in found.directions.split(", ")]
WRITTEN = [name for name, found in FORMATS.items() if "out" in found.directions.split(", ")]
BOTH = [name for name in WRITTEN if name in READ and name != "csv"]
"""Those that read what they write; of our tables one is read."""

TEXT = "Rebels attacked Aleppo in Syria on Monday."
DOCUMENT = Document("d1", TEXT)
REBELS, ALEPPO = Span.of("n1", 0, 6, "PER"), Span.of("n2", 16, 22, "ORG")
NESTED, CROSSING = Span.of("n3", 16, 31, "ORG"), Span.of("n4", 7, 22, "PER")
PIECES = Span("n5", ((0, 6), (26, 31)), "PER")
ATTACK = Event("v1", Span.of("t1", 7, 15, "Attack"))
SUGGESTIONS = (
    Suggestion(Span.of("s1", 35, 41, "ORG"), "model@1", 0.5),
    Suggestion(Span.of("s2", 26, 31, "ORG"), "model@1", 0.5),
)
DECISIONS = (Decision("s1", Outcome.REJECTED), Decision("s2", Outcome.ACCEPTED))
MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "put", "swap", "again"]),
        st.integers(0, 10**6),
        st.integers(1, 30),
        st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b"\t", b"\0", b"\xff", b"{", b"[0]"]),
    ),
    max_size=4,
)


def said(annotator: str, *spans: Span, event: Event | None = None) -> AnnotationSet:
    events = {event.id: event} if event else {}
    entities = {span.id: span for span in spans}
    return AnnotationSet("d1", annotator, entities, events, flags=frozenset({DONE}))


def by(*sets: AnnotationSet) -> Annotated:
    return Annotated(DOCUMENT, sets)


def sample(kind: Kind, annotators: Iterable[str]) -> Annotated:
    """The least that has a thing of a kind, by each annotator."""
    each: Mapping[Kind, Callable[[str], AnnotationSet]] = {
        Kind.ENTITIES: lambda name: said(name, REBELS),
        Kind.OVERLAPS: lambda name: said(name, ALEPPO, NESTED, CROSSING),
        Kind.DISCONTINUOUS: lambda name: said(name, PIECES),
        Kind.EVENTS: lambda name: said(name, event=ATTACK),
        Kind.ARGUMENTS: lambda name: said(
            name, REBELS, event=replace(ATTACK, arguments=(Argument("Agent", "n1"),))
        ),
        Kind.ATTRIBUTES: lambda name: said(
            name, event=replace(ATTACK, attributes={"Polarity": "negative"})
        ),
        Kind.RELATIONS: lambda name: said(name, REBELS, ALEPPO).with_relation(
            Relation("r1", "in", "n1", "n2")
        ),
        Kind.COMMENTS: lambda name: said(name, REBELS).with_comment(Comment("c1", "n1", "Why?")),
    }
    item = by(*(each.get(kind, each[Kind.ENTITIES])(name) for name in annotators))
    if kind in (Kind.ORIGIN, Kind.DECISIONS):
        item = replace(item, suggestions=SUGGESTIONS)
    if kind is Kind.DECISIONS:
        item = replace(item, decisions={"amy": DECISIONS})
    return item


def without(kind: Kind, item: Annotated) -> Annotated:
    """The same item without what is of the kind."""
    if kind is Kind.ANNOTATORS:
        return replace(item, annotations=item.annotations[:-1])
    if kind is Kind.DISCONTINUOUS:
        hull = Span.of("n5", PIECES.start, PIECES.end, "PER")
        return replace(item, annotations=tuple(said(s.annotator, hull) for s in item.annotations))
    if kind is Kind.ENTITIES:
        return replace(item, annotations=tuple(said(s.annotator) for s in item.annotations))
    if kind is Kind.OVERLAPS:
        return replace(item, annotations=tuple(said(s.annotator, ALEPPO) for s in item.annotations))
    if kind is Kind.DECISIONS:
        return replace(item, decisions={})
    if kind is Kind.ORIGIN:
        return replace(item, suggestions=())
    bare = tuple(
        replace(
            one,
            events={}
            if kind is Kind.EVENTS
            else {key: Event(key, event.trigger) for key, event in one.events.items()},
            relations={},
            comments={},
        )
        for one in item.annotations
    )
    return replace(item, annotations=bare)


def facts(kind: Kind, item: Annotated) -> object:
    """What an item says of a kind, whatever the ids are."""
    if kind is Kind.ORIGIN:
        return {(s.source, s.span.ranges, s.label) for s in item.suggestions}
    if kind is Kind.DECISIONS:
        return {name: len(decisions) for name, decisions in item.decisions.items()}
    if kind is Kind.ANNOTATORS:
        return {one.annotator for one in item.annotations}
    return [facts_of_set(kind, one) for one in item.annotations]


def facts_of_set(kind: Kind, one: AnnotationSet) -> object:
    def name(key: str) -> object:
        return (one.entities[key] if key in one.entities else one.events[key].trigger).ranges

    if kind in (Kind.ENTITIES, Kind.OVERLAPS, Kind.DISCONTINUOUS):
        return {(span.ranges, span.label) for span in one.entities.values()}
    if kind is Kind.EVENTS:
        return {(event.trigger.ranges, event.type) for event in one.events.values()}
    if kind is Kind.ARGUMENTS:
        return {(e.type, a.role, name(a.target)) for e in one.events.values() for a in e.arguments}
    if kind is Kind.ATTRIBUTES:
        return {(e.type, *pair) for e in one.events.values() for pair in e.attributes.items()}
    if kind is Kind.RELATIONS:
        return {(r.label, name(r.source), name(r.target)) for r in one.relations.values()}
    return {comment.text for comment in one.comments.values()}


def write(
    found: Iterable[Annotated], folder: Path, name: str
) -> tuple[tuple[Loss, ...], dict[str, bytes]]:
    """What is lost, and the files that were written by their names."""
    target = folder / f"out{'' if FORMATS[name].is_folder else FORMATS[name].suffixes[0]}"
    losses = registry.write(found, target, name, WriteOptions(align="expand"))
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return losses, {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def read(folder: Path, name: str) -> list[Annotated | Rejected]:
    """Everything below a folder."""
    return [
        with_events(item, EVENT_TYPES) if isinstance(item, Annotated) else item
        for path, _ in registry.files(folder, name)
        for item in registry.read(path, name)
    ]


def together(found: Iterable[Annotated | Rejected]) -> Annotated:
    """The pieces of one document, which formats of one annotator a record give apart."""
    whole = Annotated(DOCUMENT)
    for item in found:
        assert isinstance(item, Annotated), item
        whole = replace(
            item,
            annotations=whole.annotations + item.annotations,
            suggestions=whole.suggestions + item.suggestions,
            decisions={**whole.decisions, **item.decisions},
        )
    return whole


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", BOTH)
def test_what_a_format_carries_comes_back_and_nothing_else(
    tmp_path: Path, name: str, kind: Kind
) -> None:
    item = sample(kind, ("amy", "bob") if kind is Kind.ANNOTATORS else ("amy",))
    try:
        write([item], tmp_path, name)
    except FormatError:
        assert kind is Kind.ANNOTATORS
        assert kind not in FORMATS[name].carries
        return
    came_back = facts(kind, together(read(tmp_path, name))) == facts(kind, item)
    assert came_back == (kind in FORMATS[name].carries)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", [name for name in WRITTEN if name not in BOTH])
def test_what_a_format_carries_is_in_its_files_and_nothing_else(
    tmp_path: Path, name: str, kind: Kind
) -> None:
    item = sample(kind, ("amy", "bob", "cy"))
    with_it = write([item], tmp_path / "a", name)[1]
    without_it = write([without(kind, item)], tmp_path / "b", name)[1]
    data = [
        {k: v for k, v in files.items() if "README" not in k} for files in (with_it, without_it)
    ]
    assert (data[0] != data[1]) == (kind in FORMATS[name].carries)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_format_does_not_carry_is_told(tmp_path: Path, name: str, kind: Kind) -> None:
    item = sample(kind, ("amy", "bob") if kind is Kind.ANNOTATORS else ("amy",))
    try:
        losses, _ = write([item], tmp_path, name)
    except FormatError:
        return
    assert {loss.what for loss in losses} <= set(FORMATS[name].loses)
    if kind not in FORMATS[name].carries:
        assert losses


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=20)
@given(found=st.lists(items(), max_size=3))
def test_the_same_items_give_the_same_bytes(name: str, found: list[Annotated]) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        once = write(found, Path(first), name)
        assert once == write(found, Path(second), name)
        assert {loss.what for loss in once[0]} <= set(FORMATS[name].loses)


@pytest.mark.parametrize("name", READ)
@settings(max_examples=60)
@given(raw=st.binary(max_size=120))
def test_no_bytes_make_a_reader_fall(name: str, raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        survives(Path(folder), name, {f"x{FORMATS[name].suffixes[0]}": raw})


@pytest.mark.parametrize("name", READ)
@settings(max_examples=60)
@given(found=st.lists(items(), min_size=1, max_size=2), changes=MUTATIONS, which=st.integers(0, 9))
def test_no_change_of_a_file_makes_its_reader_fall(
    name: str, found: list[Annotated], changes: list[tuple[str, int, int, bytes]], which: int
) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        files = dict(ONLY_READ.get(name) or write(found, Path(folder), name)[1])
        damaged = sorted(files)[which % len(files)]
        files[damaged] = mutated(files[damaged], changes)
        survives(Path(other), name, files)


PAGE = (
    b"<html><head><meta charset=utf-8><title>Strike</title></head><body><article><p>"
    + (b"Dockworkers walked out on Monday. " * 9)
    + b"</p><table><tr><td>1</td></tr></table></article><!-- x --></body></html>"
)
RECORDS = (
    b'[{"id": "R-1", "event": "FIGHT", "eventText": "shot", "coder": "amy", "text": "He shot it.",'
    b' "textInfo": {"markup": "(SRC/TAR: He) (EVT: shot) (LOC: (TAR: it))."}, "mode": "deport"}]'
)
ONLY_READ = {"html": {"x.html": PAGE}, "plover": {"x.json": RECORDS}}


def survives(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Every file is read to its end, by itself and with the others, or refused in our words."""
    if name == "html":
        pytest.importorskip("trafilatura")
    for path, raw in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    for path in (folder, *(folder / path for path in files)):
        with suppress(FormatError):
            for file, known in registry.files(path, name):
                for item in registry.read(file, known, ReadOptions()):
                    assert isinstance(item, Annotated) or item.reason
            registry.detect(path)


def mutated(raw: bytes, changes: Iterable[tuple[str, int, int, bytes]]) -> bytes:
    for change, at, length, put in changes:
        start = at % (len(raw) + 1)
        end = start + length
        middle = {"cut": b"", "put": put + raw[start:end], "swap": put, "again": raw[start:end] * 2}
        raw = raw[:start] + middle[change] + raw[end:]
    return raw
