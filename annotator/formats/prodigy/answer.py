"""One row of Prodigy's JSON lines, read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from annotator.formats.other_tasks import kept
from annotator.formats.prodigy.asked import Asked, Row, asked, other_answer, shown_spans
from annotator.formats.record import Annotated, LeftOut, text_id
from annotator.model.annotations import DONE, FLAGGED, SKIPPED, AnnotationSet, Relation
from annotator.model.dangling import RELATIONS
from annotator.model.document import Document
from annotator.model.identity import suggestion_id
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

_ANSWERS = ("accept", "reject", "ignore", None)
_OUTCOMES = {"accept": Outcome.ACCEPTED, "reject": Outcome.REJECTED}


@dataclass(frozen=True, slots=True)
class _Marked:
    """A span of a row, with what the row says of it."""

    span: Span
    row: Row

    @property
    def last_token(self) -> int | None:
        """The index of its last token, None where the row names none."""
        value = self.row.get("token_end")
        return value if _is_whole(value) else None

    def suggestion(self) -> Suggestion:
        """The span as a suggestion; what made it is the version, the score is kept in 0 to 1."""
        made_by = self.row.get("source")
        source = f"prodigy@{made_by}" if isinstance(made_by, str) and made_by else "prodigy"
        score = self.row.get("score")
        if not isinstance(score, (int, float)):
            return Suggestion(self.span, source)
        return Suggestion(self.span, source, min(max(float(score), 0.0), 1.0))


def annotated(row: Row, language: str) -> Annotated:
    """The document of a row with its answer; raises ValueError where the row makes no sense.

    What it answers besides spans is in the meta, and told.
    """
    answer = row.get("answer")
    if answer not in _ANSWERS:
        raise ValueError(f"answer is {answer!r}; expected accept, reject or ignore")
    other = other_answer(row, _annotator(row))
    return kept(_of_spans(row, language), () if other is None else (other,))


def _of_spans(row: Row, language: str) -> Annotated:
    task = asked(row)
    document = _document(row, language, binary=task is Asked.EACH_SPAN)
    spans = shown_spans(row) if task is Asked.OTHER else _rows(row, "spans")
    marked = [_marked(span, row, document) for span in spans]
    if task is Asked.EACH_SPAN:
        return _binary(document, marked, row)
    if task is Asked.OTHER:
        flags = {FLAGGED} if row.get("flagged") is True else set[str]()
        return _shown(document, marked, row, flags)
    if row.get("answer") in ("accept", None):
        return _manual(document, marked, row)
    return _shown(document, marked, row, {SKIPPED if row["answer"] == "ignore" else FLAGGED})


def _shown(
    document: Document, marked: Sequence[_Marked], row: Row, flags: Iterable[str]
) -> Annotated:
    """Spans that nobody accepted are suggestions."""
    annotations = AnnotationSet(document.id, _annotator(row), flags=frozenset(flags))
    return Annotated(document, () if annotations.is_empty else (annotations,), _suggestions(marked))


def _manual(document: Document, marked: Sequence[_Marked], row: Row) -> Annotated:
    entities = {one.span.id: one.span for one in marked}
    relations: dict[str, Relation] = {}
    left_out: list[LeftOut] = []
    for relation in _rows(row, "relations"):
        try:
            made = _relation(relation, marked, document, relations)
        except LookupError as error:
            left_out.append(LeftOut(RELATIONS, f"{document.id}: {error.args[0]}"))
        else:
            relations[made.id] = made
    flags = {DONE} if row.get("answer") == "accept" else set[str]()
    if row.get("flagged") is True:
        flags.add(FLAGGED)
    annotations = AnnotationSet(
        document.id,
        _annotator(row),
        entities,
        relations=relations,
        flags=frozenset(flags),
    )
    return replace(Annotated.of(document, (annotations,)), left_out=tuple(left_out))


def _binary(document: Document, marked: Sequence[_Marked], row: Row) -> Annotated:
    """A span's own answer outweighs the row's: merged rows keep the answer to each question."""
    outcomes: dict[str, Outcome] = {}
    for one in marked:
        outcome = _OUTCOMES.get(str(one.row.get("answer") or row.get("answer")))
        if outcome is not None:
            outcomes[one.span.id] = outcome
    annotator = _annotator(row)
    accepted = {
        one.span.id: one.span for one in marked if outcomes.get(one.span.id) is Outcome.ACCEPTED
    }
    annotations = AnnotationSet(document.id, annotator, accepted)
    decisions = tuple(Decision(key, outcome) for key, outcome in outcomes.items())
    return Annotated(
        document,
        (annotations,) if accepted else (),
        _suggestions(marked),
        {annotator: decisions} if decisions else {},
    )


def _document(row: Row, language: str, *, binary: bool) -> Document:
    text = row.get("text")
    if not isinstance(text, str):
        raise ValueError("text is missing" if text is None else "text is not a string")
    given = row.get("meta")
    meta = dict(cast("Row", given)) if isinstance(given, dict) else dict[str, Any]()
    if binary:  # its score and pattern belong to the question
        meta = {key: value for key, value in meta.items() if key not in ("score", "pattern")}
    named = row.get("document_id")
    own = row.get("language")
    return Document(
        named if isinstance(named, str) and named else text_id(text),
        text,
        meta,
        own if isinstance(own, str) and own else language,
    )


def _marked(span: Row, row: Row, document: Document) -> _Marked:
    start, end = _whole(span, "start"), _whole(span, "end")
    label = span.get("label") or row.get("label")
    if not isinstance(label, str):
        raise ValueError(f"the span {start}-{end} has no label")
    if not 0 <= start < end <= len(document.text):
        raise ValueError(
            f"{label} {start}-{end} is no stretch of the text ({len(document.text)} characters)"
        )
    here, said = document.text[start:end], span.get("text")
    if isinstance(said, str) and said != here:
        raise ValueError(f"{label} {start}-{end} says {said!r}, the text has {here!r}")
    key = suggestion_id(document.id, "prodigy", "entity", [(start, end)], label)
    return _Marked(Span.of(key, start, end, label), span)


def _relation(
    relation: Row, marked: Sequence[_Marked], document: Document, others: Collection[str]
) -> Relation:
    """A relation that a row has twice is two relations, with two ids."""
    label = relation.get("label")
    if not isinstance(label, str):
        raise ValueError("a relation has no label")
    head = _end_of(relation, "head", marked)
    child = _end_of(relation, "child", marked)
    kind = f"relation {head.id} {child.id}"
    ranges = [*head.ranges, *child.ranges]
    key = suggestion_id(document.id, "prodigy", kind, ranges, label)
    while key in others:
        key = suggestion_id(document.id, "prodigy", key, ranges, label)
    return Relation(key, label, head.id, child.id)


def _end_of(relation: Row, end: str, marked: Sequence[_Marked]) -> Span:
    """The span that a relation means: by offsets and label where given, else by its last token.

    Raises LookupError where that is none, ValueError where it is no certain one.
    """
    named = relation.get(f"{end}_span")
    if isinstance(named, dict):
        wanted = cast("Row", named)
        place = (_whole(wanted, "start"), _whole(wanted, "end"), wanted.get("label"))
        found = [o.span for o in marked if (o.span.start, o.span.end, o.span.label) == place]
    else:
        token = _whole(relation, end)
        found = [o.span for o in marked if o.last_token == token]
    if not found:
        raise LookupError(f"a relation {relation['label']} has a {end} that is no span of the row")
    if len({span.id for span in found}) > 1:
        raise ValueError(f"a relation {relation['label']} has a {end} that several spans end at")
    return found[0]


def _suggestions(marked: Sequence[_Marked]) -> tuple[Suggestion, ...]:
    return tuple({one.span.id: one.suggestion() for one in marked}.values())


def _annotator(row: Row) -> str:
    name = row.get("_annotator_id") or row.get("_session_id")
    return name if isinstance(name, str) else ""


def _rows(row: Row, key: str) -> list[Row]:
    value = row.get(key)
    if value is None:
        return []
    items = cast("list[Any]", value) if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in items):
        raise ValueError(f"{key} is not a list of objects")
    return items


def _whole(row: Row, key: str) -> int:
    value = row.get(key)
    if not _is_whole(value):
        raise ValueError(f"{key} is {value!r}; expected a whole number")
    return cast("int", value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
