"""Which documents can train what, and which are left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotator.errors import NothingToDoError, UsageError
from annotator.formats.record import Loss
from annotator.formats.spacy.doc_spans import OVERLAPPING
from annotator.model.annotations import SKIPPED, AnnotationSet
from annotator.training.facts import Facts
from annotator.training.recipe import SPANS_KEYS, Component

Task = Literal["auto", "ner", "spancat", "both", "events", "all"]
"""What to train: `auto` is `ner`, with `spancat` where entities overlap and `triggers` where there
are events; `both` is `ner` and `spancat`; `events` is the triggers alone; `all` is whatever there
is data for."""

LEFT_OUT = "documents left out"

_WANTED: Mapping[Task, Sequence[Component]] = {
    "auto": tuple(Component),
    "all": tuple(Component),
    "ner": (Component.NER,),
    "spancat": (Component.SPANCAT,),
    "both": (Component.NER, Component.SPANCAT),
    "events": (Component.TRIGGERS,),
}
_UNFINISHED = "not finished: a span categorizer would take what is undecided for nothing"


@dataclass(frozen=True, slots=True)
class Selection:
    """What there is to train with."""

    chosen: tuple[Facts, ...]
    """In order of the documents' ids."""
    left_out: tuple[Facts, ...]
    components: tuple[Component, ...]

    @property
    def losses(self) -> tuple[Loss, ...]:
        """A loss for each document that was left out, then what the others lost."""
        out = (Loss(one.document_id, LEFT_OUT, one.reason) for one in self.left_out)
        return (*out, *(loss for one in self.chosen for loss in one.losses))


def unusable(annotations: AnnotationSet) -> str:
    """Why nothing can be learned from a document; empty where something can."""
    if annotations.is_done:
        return ""
    if SKIPPED in annotations.flags:
        return "it was skipped"
    return "" if annotations.entities or annotations.events else "not finished, and empty so far"


WHOSE = "What annotators differ in is left out: adjudicate it, or take one's with --annotator."
"""What to do where much was finished and little of it is gold."""


def select(facts: Iterable[Facts], task: Task) -> Selection:
    """The documents that can train `task`.

    Unfinished ones are left out where a span categorizer is trained, since it would take all that
    is still undecided for nothing; `ner` alone learns from them. Raises NothingToDoError where
    nothing is left, UsageError where there are several languages.
    """
    ordered = sorted(facts, key=lambda one: one.document_id)
    usable = [one for one in ordered if not one.reason]
    components = _components(usable, task)
    if set(components) & SPANS_KEYS.keys():
        ordered = [
            one if one.reason or one.is_done else replace(one, reason=_UNFINISHED)
            for one in ordered
        ]
    chosen = tuple(one for one in ordered if not one.reason)
    if not chosen:
        raise NothingToDoError(
            f"There is nothing to train {task} with: {len(ordered)} documents, none usable.",
            "Finish some documents first, or train ner, which learns from unfinished ones. "
            "Work that came in from elsewhere is finished by `annotator finish` or "
            f"`annotator import --finished`. {WHOSE}",
        )
    _check_languages(chosen)
    return Selection(chosen, tuple(one for one in ordered if one.reason), components)


def _components(usable: Sequence[Facts], task: Task) -> tuple[Component, ...]:
    found = tuple(
        name for name in _WANTED[task] if any(one.learned[name].longest for one in usable)
    )
    overlap = any(loss.what == OVERLAPPING for one in usable for loss in one.losses)
    if task == "auto" and not overlap:
        found = tuple(name for name in found if name is not Component.SPANCAT)
    return found


def _check_languages(chosen: Iterable[Facts]) -> None:
    languages = sorted({one.language for one in chosen})
    if len(languages) > 1:
        raise UsageError(
            f"The documents are in {', '.join(languages)}; one pipeline has one language.",
            "Export one language at a time.",
        )
