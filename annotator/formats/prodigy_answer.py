"""One row of Prodigy's JSON lines, read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from annotator.formats.record import Annotated, text_id
from annotator.model.annotations import DONE, FLAGGED, SKIPPED, AnnotationSet, Relation
from annotator.model.document import Document
from annotator.model.identity import suggestion_id
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Outcome, Suggestion

Row = Mapping[str, Any]

_BINARY_VIEWS = {"ner", "classification"}
_ANSWERS = {"accept", "reject", "ignore", None}
_OUTCOMES = {"accept": Outcome.ACCEPTED, "reject": Outcome.REJECTED}


@dataclass(frozen=True, slots=True)
class _Asked:
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
    """The document of a row with its answer; raises ValueError where the row makes no sense."""
    answer = row.get("answer")
    if answer not in _ANSWERS:
        raise ValueError(f"answer is {answer!r}; expected accept, reject or ignore")
    binary = _is_binary(row)
    document = _document(row, language, binary=binary)
    asked = [_asked(span, row, document) for span in _rows(row, "spans")]
    if binary:
        return _binary(document, asked, row)
    if answer in ("accept", None):
        return _manual(document, asked, row)
    flag = SKIPPED if answer == "ignore" else FLAGGED
    annotations = AnnotationSet(document.id, _annotator(row), flags=frozenset({flag}))
    return Annotated(document, (annotations,), _suggestions(asked))


def _manual(document: Document, asked: Sequence[_Asked], row: Row) -> Annotated:
    entities = {one.span.id: one.span for one in asked}
    relations: dict[str, Relation] = {}
    for relation in _rows(row, "relations"):
        made = _relation(relation, asked, document, relations)
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
    return Annotated(document, () if annotations.is_empty else (annotations,))


def _binary(document: Document, asked: Sequence[_Asked], row: Row) -> Annotated:
    """A span's own answer outweighs the row's: merged rows keep the answer to each question."""
    outcomes: dict[str, Outcome] = {}
    for one in asked:
        outcome = _OUTCOMES.get(str(one.row.get("answer") or row.get("answer")))
        if outcome is not None:
            outcomes[one.span.id] = outcome
    annotator = _annotator(row)
    accepted = {
        one.span.id: one.span for one in asked if outcomes.get(one.span.id) is Outcome.ACCEPTED
    }
    annotations = AnnotationSet(document.id, annotator, accepted)
    decisions = tuple(Decision(key, outcome) for key, outcome in outcomes.items())
    return Annotated(
        document,
        (annotations,) if accepted else (),
        _suggestions(asked),
        {annotator: decisions} if decisions else {},
    )


def _is_binary(row: Row) -> bool:
    """Older rows name no view; there a score on each span tells a question from an annotation."""
    view = row.get("_view_id")
    if isinstance(view, str):
        return view in _BINARY_VIEWS
    if isinstance(row.get("_is_binary"), bool):
        return bool(row["_is_binary"])
    spans = _rows(row, "spans")
    return bool(spans) and "tokens" not in row and all("score" in span for span in spans)


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


def _asked(span: Row, row: Row, document: Document) -> _Asked:
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
    return _Asked(Span.of(key, start, end, label), span)


def _relation(
    relation: Row, asked: Sequence[_Asked], document: Document, others: Collection[str]
) -> Relation:
    """A relation that a row has twice is two relations, with two ids."""
    label = relation.get("label")
    if not isinstance(label, str):
        raise ValueError("a relation has no label")
    head = _end_of(relation, "head", asked)
    child = _end_of(relation, "child", asked)
    kind = f"relation {head.id} {child.id}"
    ranges = [*head.ranges, *child.ranges]
    key = suggestion_id(document.id, "prodigy", kind, ranges, label)
    while key in others:
        key = suggestion_id(document.id, "prodigy", key, ranges, label)
    return Relation(key, label, head.id, child.id)


def _end_of(relation: Row, end: str, asked: Sequence[_Asked]) -> Span:
    """The span that a relation means: by offsets and label where given, else by its last token."""
    named = relation.get(f"{end}_span")
    if isinstance(named, dict):
        wanted = cast("Row", named)
        place = (_whole(wanted, "start"), _whole(wanted, "end"), wanted.get("label"))
        found = [o.span for o in asked if (o.span.start, o.span.end, o.span.label) == place]
    else:
        token = _whole(relation, end)
        found = [o.span for o in asked if o.last_token == token]
    if not found:
        raise ValueError(f"a relation {relation['label']} has a {end} that is no span of the row")
    if len({span.id for span in found}) > 1:
        raise ValueError(f"a relation {relation['label']} has a {end} that several spans end at")
    return found[0]


def _suggestions(asked: Sequence[_Asked]) -> tuple[Suggestion, ...]:
    return tuple({one.span.id: one.suggestion() for one in asked}.values())


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
