"""One task of Label Studio, read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from annotator.formats.files.json_fields import an_object, name_of, objects
from annotator.formats.files.streams import Json
from annotator.formats.given_ids import free_id
from annotator.formats.labelstudio.asked import SpanTask
from annotator.formats.labelstudio.regions import score_of
from annotator.formats.labelstudio.result import OF_A_PLACE, result
from annotator.formats.options import ReadOptions
from annotator.formats.other_tasks import PREDICTED, described, kept
from annotator.formats.record import Annotated, LeftOut, text_id
from annotator.model.annotations import DONE, SKIPPED, AnnotationSet
from annotator.model.answers import Answer
from annotator.model.dangling import ARGUMENTS
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

GOLD = "gold"
"""Whose the annotations are that are marked as ground truth."""
UNNAMED_MODEL = "label-studio"
OURS = ("document_id", "language", "meta")
_UNSAID = "annotation"
"""The task of an annotation that is empty, where no annotation of its file is of spans."""
_OF_JSON_MIN = {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"}

_Said = tuple[AnnotationSet | None, tuple[Answer, ...]]
"""What one annotator said of spans, and of the whole document."""


def is_task(row: Json) -> bool:
    """Whether an object is a task, in full or flattened (JSON_MIN)."""
    data = row.get("data")
    if isinstance(data, dict):
        return any(isinstance(value, str) for value in cast("Json", data).values())
    return {"annotation_id", "lead_time"} <= {*row} or any(map(_are_regions, row.values()))


def annotated(value: object, options: ReadOptions, spans: SpanTask) -> Annotated:
    """The document of a task with what was said of it; raises ValueError where it is no task.

    `spans` says whether its file is one of a span task.
    """
    task = an_object(value, "a task")
    spans.look(task)
    if "data" not in task:
        task = _from_json_min(task)
    document = _document(task, options)
    rows = [*objects(task, "annotations"), *objects(task, "completions")]
    said = [_submitted(row, document, spans) for row in rows] + [*_drafts(task, document)]
    suggestions: dict[str, Suggestion] = {}
    left_out: list[LeftOut] = []
    for row in objects(task, "predictions"):
        for suggestion in _suggestions(row, document, suggestions, left_out):
            suggestions[suggestion.id] = suggestion
    sets = tuple(annotations for annotations, _ in said if annotations is not None)
    item = Annotated(document, sets, tuple(suggestions.values()), left_out=tuple(left_out))
    return kept(item, [answer for _, answers in said for answer in answers])


def _document(task: Json, options: ReadOptions) -> Document:
    data = an_object(task.get("data"), "data")
    key = _text_key(data, options)
    text = cast("str", data[key])
    meta: dict[str, Any] = {}
    own = task.get("id")
    if "document_id" not in data and own is not None:
        meta["id"] = own
    given = task.get("meta")
    meta.update(cast("Mapping[str, Any]", given) if isinstance(given, dict) else {})
    nested = data.get("meta")
    known = {key, "document_id", "language", *(("meta",) if isinstance(nested, dict) else ())}
    meta.update({name: value for name, value in data.items() if name not in known})
    meta.update(cast("Mapping[str, Any]", nested) if isinstance(nested, dict) else {})
    language = data.get("language")
    return Document(
        name_of(data.get("document_id")) or text_id(text),
        text,
        meta,
        language if isinstance(language, str) and language else options.language,
    )


def _text_key(data: Json, options: ReadOptions) -> str:
    """The key that holds the text: the one that was named, else `text`, else the only string."""
    named = options.column or "text"
    if isinstance(data.get(named), str):
        return named
    strings = [key for key, value in data.items() if isinstance(value, str) and key not in OURS]
    if options.column or not strings:
        raise ValueError(f"data has no text {named!r}")
    if len(strings) > 1:
        raise ValueError(
            f"data has several strings ({', '.join(sorted(strings))}); name the text's"
        )
    return strings[0]


def _submitted(row: Json, document: Document, spans: SpanTask) -> _Said:
    """What was submitted, or skipped. Its flags say how far it is, where they are ours."""
    found, by = result(objects(row, "result"), document), _annotator(row)
    is_skipped = row.get("was_cancelled") is True
    how = "ignore" if is_skipped else "accept"
    answers = found.answers_by(by, how)
    flags = row.get("flags")
    if isinstance(flags, list):
        raised = frozenset(map(str, cast("list[object]", flags)))
        return found.annotations(document, by, raised), answers
    if found.has_spans or (not answers and spans.were_asked()):
        raised = frozenset({SKIPPED if is_skipped else DONE})
        return found.annotations(document, by, raised), answers
    made = found.annotations(document, by, frozenset())
    unsaid: Answer = {"by": by, "task": _UNSAID, "answer": how}
    return None if made.is_empty else made, answers or (unsaid,)


def _annotator(row: Json) -> str:
    own = row.get("annotator")
    if isinstance(own, str):
        return own
    return GOLD if row.get("ground_truth") is True else _user(row.get("completed_by"))


def _user(value: object) -> str:
    """The name of a user: the e-mail address of an object, else its number."""
    if not isinstance(value, dict):
        return name_of(value)
    user = cast("Json", value)
    names = (name_of(user.get(key)) for key in ("email", "username", "id"))
    return next(filter(None, names), "")


def _drafts(task: Json, document: Document) -> Iterator[_Said]:
    """Unfinished annotations; what was changed in a submitted one and not saved is left out."""
    for row in objects(task, "drafts"):
        if row.get("annotation") is None:
            found, by = result(objects(row, "result"), document), _user(row.get("user"))
            made = found.annotations(document, by, frozenset())
            yield None if made.is_empty else made, found.answers_by(by, "")


def _suggestions(
    row: Json, document: Document, others: Mapping[str, Suggestion], left_out: list[LeftOut]
) -> Iterator[Suggestion]:
    """The regions of one prediction; relations between spans, and comments, are no suggestions.

    What it says of the whole document is added to `left_out`.
    """
    found = result(objects(row, "result"), document)
    source = name_of(row.get("model_version")) or UNNAMED_MODEL
    left_out += [
        LeftOut(PREDICTED, f"{document.id}: {described(answer)}")
        for answer in found.answers_by(source, "")
    ]
    whole = score_of(row)
    default = 1.0 if whole is None else whole
    for key, span in found.entities.items():
        if key in others:  # two models may number their regions alike
            own = free_id(document, f"{source} {key}", span.ranges, span.label, others)
            span = Span(own, span.ranges, span.label)
        yield Suggestion(span, source, found.scores.get(key, default))
    known = found.entities.keys() | found.events.keys()
    for key, event in found.events.items():
        if key not in others:
            kept = tuple(a for a in event.arguments if a.target in known)
            left_out += [
                LeftOut(ARGUMENTS, f"{document.id}: {a.role} of {key} points to {a.target}")
                for a in event.arguments
                if a not in kept
            ]
            score = found.scores.get(key, default)
            yield Suggestion(replace(event, arguments=kept), source, score)


def _from_json_min(row: Json) -> Json:
    """A flattened task as a full one: a list of regions under the name of each tag.

    Several choices are told from metadata by their shape, a single one is not.
    """
    results = [
        {"from_name": name, "type": _kind(value), "value": value}
        for name, values in row.items()
        for value in _results(values)
    ]
    data = {
        name: value
        for name, value in row.items()
        if name not in _OF_JSON_MIN and not _results(value)
    }
    annotation = {"completed_by": row.get("annotator"), "result": results}
    said = bool(results) or "annotator" in row
    return {"id": row.get("id"), "data": data, "annotations": [annotation] if said else []}


def _results(value: object) -> list[Json]:
    """What a value of a flattened task says of its text; nothing where it is metadata."""
    if _are_regions(value):
        return cast("list[Json]", value)
    is_choices = isinstance(value, dict) and {*cast("Json", value)} == {"choices"}
    return [cast("Json", value)] if is_choices else []


def _are_regions(value: object) -> bool:
    if not isinstance(value, list) or not value:
        return False
    items = cast("list[object]", value)
    return all(isinstance(item, dict) and "start" in item and "end" in item for item in items)


def _kind(value: Json) -> str:
    return next((key for key in value if key not in OF_A_PLACE), "textarea")
