"""What was said of a whole document in other tasks, such as choices, kept in its meta.

An answer is a JSON object. `by` is who gave it, empty where nobody knows; `task` is what was asked:
a view of Prodigy's (`choice`), or a kind of Label Studio's controls (`choices`) with its `name`.
`answer` says how it was given: `accept`, `reject` or `ignore`, nothing where it is unfinished. All
else is what was answered: `accept` out of `options`, a `label`, `values`, `user_input` and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from annotator.model.identity import canonical_json

ANSWERS = "answers"
"""The key of the meta."""

Answer = Mapping[str, Any]


def answers(meta: Mapping[str, Any]) -> tuple[Answer, ...]:
    """The answers that a document's meta holds; what else stands under their key is none."""
    return tuple(cast("Answer", each) for each in _listed(meta) if _is_answer(each))


def with_answers(meta: Mapping[str, Any], more: Iterable[Answer]) -> dict[str, Any]:
    """The meta with some more answers, none of them twice; it stays as it is where all are there.

    What else stands under their key stays before them.
    """
    there = _listed(meta)
    known = {canonical_json(each) for each in there}
    new = {key: each for each in more if (key := canonical_json(each)) not in known}
    return {**meta, ANSWERS: [*there, *new.values()]} if new else dict(meta)


def named(meta: Mapping[str, Any], by: str) -> dict[str, Any]:
    """The meta with `by` for whoever gave the answers of which nobody knows that."""
    given = [
        {**cast("Answer", each), "by": by} if _is_answer(each) and not each["by"] else each
        for each in _listed(meta)
    ]
    return {**meta, ANSWERS: given} if answers(meta) else dict(meta)


def _listed(meta: Mapping[str, Any]) -> list[Any]:
    there = meta.get(ANSWERS)
    if there is None:
        return []
    return cast("list[Any]", there) if isinstance(there, list) else [there]


def _is_answer(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    answer = cast("Answer", value)
    return isinstance(answer.get("by"), str) and isinstance(answer.get("task"), str)
