"""What is written comes back: exactly from our own format, less what the others say they lose."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import jsonl, prodigy, registry, spacy
from annotator.formats.options import WriteOptions
from annotator.formats.record import Annotated
from annotator.formats.spacy.doc_spans import misaligned
from annotator.formats.triggers import with_events
from annotator.model.annotations import AnnotationSet, Comment, Relation
from annotator.model.document import Document
from annotator.model.event import Argument, Event
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion
from annotator.text.alignment import Mode

pytestmark = pytest.mark.xdist_group("spacy")

Place = tuple[int, int, str]
Losses = Counter[str]

ENTITY_LABELS = ("PER", "ORG", "lieu: été", "城市")
EVENT_TYPES = ("Attack", "Встреча")
ROLES = ("Agent", "Target", "Where-to")
PIECES = (
    "Mia", "Rome", "U.S.-backed", "e\u0301te\u0301", "👩‍👩‍👧", "🇫🇷", "北京市长", "שלום", "مرحبا",
    "\u202eabc\u202c", ".", ",", "don't", " ", " ", "  ", "\u00a0", "\u2028", "\r\n", "\n\n", "\r",
    "\u200b", "\u00ad", "\ufeff", "[b]", "\x1b[31m",
)  # fmt: skip
NAMES = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=8
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    anything = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
    pieces = draw(st.lists(st.one_of(st.sampled_from(PIECES), anything), min_size=1, max_size=14))
    return "Words " + "".join(pieces)


@st.composite
def spans(draw: st.DrawFn, key: str, length: int, labels: tuple[str, ...]) -> Span:
    """Nested, crossing, equal and discontinuous spans all come about by chance."""
    most = 3 if draw(st.integers(0, 4)) == 0 else 1
    edges = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=2 * most)))
    ranges = tuple(zip(edges[::2], edges[1::2], strict=False))
    return Span(key, ranges, draw(st.sampled_from(labels)))


@st.composite
def annotation_sets(
    draw: st.DrawFn, document: Document, annotator: str, flags: tuple[str, ...]
) -> AnnotationSet:
    length = len(document.text)
    entity_ids = [f"n{number}" for number in range(draw(st.integers(0, 5)))]
    event_ids = [f"v{number}" for number in range(draw(st.integers(0, 3)))]
    ids = entity_ids + event_ids
    target = st.sampled_from(ids or [""])
    arguments = st.lists(st.tuples(st.sampled_from(ROLES), target), max_size=3, unique=True)
    events: dict[str, Event] = {}
    for key in event_ids:
        trigger = draw(spans("t" + key, length, EVENT_TYPES))
        fillers = tuple(Argument(*pair) for pair in draw(arguments))
        attributes = draw(st.dictionaries(NAMES, NAMES, max_size=2))
        events[key] = Event(key, trigger, fillers, attributes)
    pairs = draw(st.lists(st.tuples(target, target), max_size=2 if ids else 0))
    relations = [Relation(f"r{n}", "with", *pair) for n, pair in enumerate(pairs)]
    comments = draw(st.lists(st.text(min_size=1, max_size=5), max_size=2))
    return AnnotationSet(
        document.id,
        annotator,
        {key: draw(spans(key, length, ENTITY_LABELS)) for key in entity_ids},
        events,
        {relation.id: relation for relation in relations},
        {f"c{n}": Comment(f"c{n}", "", text) for n, text in enumerate(comments)},
        frozenset(draw(st.sets(st.sampled_from(flags)))),
    )


@st.composite
def items(draw: st.DrawFn, annotators: int = 1, flags: tuple[str, ...] = ("done",)) -> Annotated:
    meta = draw(st.dictionaries(st.text(max_size=5), JSON, max_size=3))
    document = Document(draw(NAMES), draw(texts()), meta, draw(st.sampled_from(("en", "de", "xx"))))
    names = [f"amy{number}" for number in range(annotators)]
    sets = tuple(draw(annotation_sets(document, name, flags)) for name in names)
    suggested: list[Span | Event] = [Span.of("s0", 0, 5, "PER")]
    for one in sets:
        suggested += [*one.entities.values(), *one.events.values()]
    scores = st.floats(0, 1)
    suggestions = tuple(
        Suggestion(item, "model@1", draw(scores))
        for item in draw(st.lists(st.sampled_from(suggested), max_size=3))
    )
    decision = st.builds(Decision, NAMES, st.sampled_from(Outcome))
    decisions = draw(
        st.dictionaries(st.sampled_from(names), st.lists(decision, max_size=2).map(tuple))
    )
    return Annotated(document, sets, suggestions, decisions)


def through(
    module: type | object, item: Annotated, *options: WriteOptions
) -> tuple[Annotated, Losses]:
    stream = io.BytesIO()
    losses = module.write([item], stream, *options)  # type: ignore[attr-defined]
    stream.seek(0)
    [back] = module.read(stream)  # type: ignore[attr-defined]
    assert isinstance(back, Annotated), back
    assert {loss.what for loss in losses} <= set(module.LOSES)  # type: ignore[attr-defined]
    return back, Counter(loss.what for loss in losses)


def place(span: Span) -> Place:
    return span.start, span.end, span.label


def whole(found: Iterable[Span]) -> list[Span]:
    return [span for span in found if not span.is_discontinuous]


@given(st.lists(items(annotators=2, flags=("done", "skipped", "flagged")), max_size=3))
def test_our_own_format_loses_nothing(found: list[Annotated]) -> None:
    stream = io.BytesIO()
    assert jsonl.write(found, stream) == ()
    first = stream.getvalue()
    stream.seek(0)
    back = list(jsonl.read(stream))
    assert back == found
    stream = io.BytesIO()
    jsonl.write([item for item in back if isinstance(item, Annotated)], stream)
    assert stream.getvalue() == first


@given(items(flags=("done", "flagged")))
def test_prodigy_keeps_what_it_does_not_say_it_loses(item: Annotated) -> None:
    back, lost = through(prodigy, item)
    [before] = item.annotations
    assert back.document == item.document
    [after] = with_events(back, EVENT_TYPES).annotations or [AnnotationSet(item.document.id, "")]
    triggers = {key: event.trigger for key, event in before.events.items()}
    kept = {s_id: place(s) for s_id, s in {**before.entities, **triggers}.items()
            if not s.is_discontinuous}  # fmt: skip
    assert {place(span) for span in after.spans()} == set(kept.values())
    assert lost["discontinuous spans"] == len(before.entities) + len(triggers) - len(kept)
    assert lost["equal spans"] == len(kept) - len(set(kept.values()))
    assert links(after) == {
        (kept[source], kept[target], label)
        for source, target, label in raw_links(before)
        if source in kept and target in kept
    }
    assert after.flags == before.flags


@given(items(), st.sampled_from(("strict", "contract", "expand")))
def test_spacy_keeps_what_it_does_not_say_it_loses(item: Annotated, align: Mode) -> None:
    back, lost = through(spacy, item, WriteOptions(align=align))
    [before] = item.annotations
    assert back.document == item.document
    [after] = back.annotations or [AnnotationSet(item.document.id, before.annotator)]
    spans_before = list(before.spans())
    out = misaligned(item.document, whole(spans_before), align)
    assert lost["spans off token edges"] == len(out)
    assert lost["discontinuous spans"] == len(spans_before) - len(whole(spans_before))
    entities_out = len(misaligned(item.document, whole(before.entities.values()), align))
    assert len(after.entities) <= len(whole(before.entities.values())) - entities_out
    if align == "strict":
        expected = {place(s) for s in whole(before.entities.values()) if s not in out}
        assert {place(span) for span in after.entities.values()} == expected
        assert lost["edges moved to token edges"] == 0
    assert {key: (e.trigger, e.attributes) for key, e in after.events.items()} == {
        key: (e.trigger, e.attributes) for key, e in before.events.items()
    }
    assert after.flags == before.flags


@given(items())
def test_no_format_moves_a_character_of_the_text(item: Annotated) -> None:
    for module in (jsonl, prodigy, spacy):
        back, _ = through(module, item)
        assert back.document.text == item.document.text


@given(st.binary(max_size=80))
def test_no_bytes_make_a_reader_fall(raw: bytes) -> None:
    for name in ("jsonl", "prodigy", "text"):
        for line in (raw, b'{"text":"x","spans":[' + raw + b"]}"):
            list(registry.read(io.BytesIO(line), name))


def raw_links(annotations: AnnotationSet) -> list[tuple[str, str, str]]:
    arguments = [
        (event.id, argument.target, argument.role)
        for event in annotations.events.values()
        for argument in event.arguments
    ]
    return arguments + [(r.source, r.target, r.label) for r in annotations.relations.values()]


def links(annotations: AnnotationSet) -> set[tuple[Place, Place, str]]:
    places = {key: place(span) for key, span in annotations.entities.items()}
    places |= {key: place(event.trigger) for key, event in annotations.events.items()}
    return {(places[s], places[t], label) for s, t, label in raw_links(annotations)}
