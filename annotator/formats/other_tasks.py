"""Answers to other tasks than marking spans: kept in the meta of the document, each one told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from annotator.formats.record import Annotated, LeftOut
from annotator.model.answers import Answer, with_answers
from annotator.model.identity import canonical_json

KEPT = "answers to other tasks, kept in the document's meta"
PREDICTED = "answers of models to other tasks"

_SAID_FIRST = ("accept", "label", "values", "user_input")
_NOT_SAID = {"by", "task", "name", "answer", "options"}
_MOST = 60
"""Characters of an answer that are told."""


def kept(item: Annotated, found: Sequence[Answer]) -> Annotated:
    """`item` with answers in the meta of its document, each told as left out."""
    if not found:
        return item
    document = item.document
    told = (LeftOut(KEPT, f"{document.id}: {described(answer)}") for answer in found)
    return replace(
        item,
        document=replace(document, meta=with_answers(document.meta, found)),
        left_out=(*item.left_out, *told),
    )


def described(answer: Answer) -> str:
    """An answer in words: `choice SPORT by anna`."""
    keys = [key for key in _SAID_FIRST if key in answer] or sorted({*answer} - _NOT_SAID)
    values = ", ".join(word for key in keys for word in _words(answer[key]))
    shown = values if len(values) <= _MOST else values[: _MOST - 1] + "…"
    how = answer.get("answer")
    words = [
        answer["task"] or "an unnamed task",
        answer.get("name", ""),
        shown,
        f"({how})" if how in ("reject", "ignore") else "",
        f"by {answer['by']}" if answer["by"] else "",
    ]
    return " ".join(filter(None, words))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in cast("dict[str, object]", value).values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _words(each)
    elif isinstance(value, str):
        yield value
    elif value is not None:
        yield canonical_json(value)
