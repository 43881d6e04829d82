"""What a row of Prodigy's JSON lines asked, and what it was answered besides spans.

The view says it. Rows of `blocks`, of a view that is not known or of none may have asked several
things at once, so there it is what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, cast

from annotator.model.answers import Answer

Row = Mapping[str, Any]

_MANUAL = {"ner_manual", "spans_manual", "relations"}
_BINARY = {"ner", "spans", "pos", "classification"}
_OTHER = {
    "audio", "audio_manual", "choice", "compare", "dep", "diff", "html", "image", "image_manual",
    "llm_io", "text", "text_input", "video", "video_manual",
}  # fmt: skip
_WITH_TOKENS_ALWAYS = "pos_manual"

_FIELDS = {"accept": "choice", "options": "choice", "arcs": "dep", "label": "classification",
           "user_input": "text_input"}  # fmt: skip
"""What holds an answer, and the view that writes it."""
_NO_FIELDS = {
    "answer", "audio", "config", "document_id", "flagged", "html", "image", "language", "meta",
    "path", "relations", "sessions", "spans", "text", "tokens", "versions", "video", "view_id",
    "field_autofocus", "field_id", "field_label", "field_placeholder", "field_rows",
    "field_suggestions",
}  # fmt: skip
"""What is no answer to another task: what was shown, ours, or spans."""


class Asked(Enum):
    """What a row is the answer to."""

    ALL_SPANS = "all spans"
    """Which spans there are; none is an answer."""
    EACH_SPAN = "each span"
    """Whether its spans are right, one by one."""
    OTHER = "another task"
    """Nothing about spans; those that were shown are suggestions."""


def asked(row: Row) -> Asked:
    """What was asked: all spans only where the view marks spans, or the row itself has them."""
    view, spans = view_of(row), row.get("spans")
    if view in _MANUAL:
        return Asked.ALL_SPANS
    if view in _OTHER:
        return Asked.OTHER
    if view in _BINARY or (not view and _is_binary(row)):
        is_each = bool(spans) and (view in _BINARY - {"classification"} or not _is_of_text(row))
        return Asked.EACH_SPAN if is_each else Asked.OTHER
    return Asked.ALL_SPANS if spans or _says_none(row, view) else Asked.OTHER


def view_of(row: Row) -> str:
    """The view of a row, that of the reviewed rows where it is a review; empty where none is said.

    A review that does not say of what is of no view.
    """
    view = row.get("_view_id")
    if view == "review":
        view = row.get("view_id")
    return view if isinstance(view, str) else ""


def other_answer(row: Row, by: str) -> Answer | None:
    """What the row answers besides spans, None where that is nothing."""
    is_other = asked(row) is Asked.OTHER
    found, fields = dict(_known_fields(row)), dict(_other_fields(row))
    how = row.get("answer")
    if not (found.keys() - {"options"} or fields or (is_other and how)):
        return None
    return {
        "by": by,
        "task": _task(row, [*found]),
        **({"answer": how} if how else {}),
        **found,
        **({"fields": fields} if fields else {}),
    }


def shown_spans(row: Row) -> Iterator[Row]:
    """The spans of a row of another task that are stretches of its text with a label."""
    yield from (span for span in _listed_spans(row) if _is_shown(span))


def _says_none(row: Row, view: str) -> bool:
    """Whether a row without spans, whose view says nothing, was asked for them all the same."""
    if view == _WITH_TOKENS_ALWAYS:
        return False
    is_other = any(True for _ in _known_fields(row)) or any(True for _ in _other_fields(row))
    if isinstance(row.get("spans"), list):
        return bool(view) or not is_other or "tokens" in row
    return isinstance(row.get("tokens"), list) and not is_other


def _is_binary(row: Row) -> bool:
    """Older rows name no view; there a score on each span tells a question from an annotation."""
    if isinstance(row.get("_is_binary"), bool):
        return bool(row["_is_binary"])
    spans = _listed_spans(row)
    return bool(spans) and "tokens" not in row and all("score" in span for span in spans)


def _is_of_text(row: Row) -> bool:
    """Whether the label of a row is that of its text, and not of its spans."""
    label = row.get("label")
    return label is not None and not any(
        span.get("label") in (None, label) for span in _listed_spans(row)
    )


def _known_fields(row: Row) -> Iterator[tuple[str, Any]]:
    for key in _FIELDS:
        if row.get(key) is not None and (key != "label" or _is_of_text(row)):
            yield key, row[key]


def _other_fields(row: Row) -> Iterator[tuple[str, Any]]:
    """Answers under names of their own: where the view is none of spans, all that is not known."""
    view = view_of(row)
    own = row.get("field_id")
    for key, value in row.items():
        is_named = key == own or (bool(view) and view not in _MANUAL | _BINARY)
        is_known = key in _FIELDS or key in _NO_FIELDS or key.startswith("_")
        if value is not None and is_named and not is_known:
            yield key, value
    if view in _OTHER and (spans := [each for each in _listed_spans(row) if not _is_shown(each)]):
        yield "spans", spans


def _task(row: Row, found: list[str]) -> str:
    """The other task: the view, or where that is of spans or none, what writes such an answer."""
    view = view_of(row)
    if view and view not in _MANUAL | _BINARY:
        return view
    own = "text_input" if "field_id" in row else view
    return next((_FIELDS[key] for key in found), own)


def _listed_spans(row: Row) -> list[Row]:
    spans = row.get("spans")
    items = cast("list[Any]", spans) if isinstance(spans, list) else [spans]
    return [cast("Row", item) for item in items if isinstance(item, dict)]


def _is_shown(span: Row) -> bool:
    return "start" in span and isinstance(span.get("label"), str)
