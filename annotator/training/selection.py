"""Which documents can train what, and which are left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from annotator.errors import NothingToDoError, UsageError
from annotator.formats.doc import span_groups, to_doc
from annotator.formats.doc_spans import OVERLAPPING
from annotator.formats.record import Annotated, Loss
from annotator.model.annotations import SKIPPED, AnnotationSet
from annotator.text.alignment import Mode
from annotator.training.recipe import SPANS_KEYS, Component

if TYPE_CHECKING:
    from spacy.tokens import Doc

Task = Literal["auto", "ner", "spancat", "events", "all"]
"""What to train: `auto` is `ner`, with `spancat` where entities overlap and `triggers` where there
are events; `events` is the triggers alone; `all` is whatever there is data for."""

LEFT_OUT = "documents left out"

_WANTED: Mapping[Task, Sequence[Component]] = {
    "auto": tuple(Component),
    "all": tuple(Component),
    "ner": (Component.NER,),
    "spancat": (Component.SPANCAT,),
    "events": (Component.TRIGGERS,),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One document with its `Doc`."""

    item: Annotated
    doc: Doc
    losses: tuple[Loss, ...]

    @property
    def annotations(self) -> AnnotationSet:
        """The one set that there is."""
        return self.item.annotations[0]

    def longest(self, component: Component) -> int:
        """The longest span that the component learns here, in tokens; 0 where there is none."""
        key = SPANS_KEYS.get(component)
        spans = span_groups(self.doc)[key] if key else self.doc.ents
        return max((len(span) for span in spans), default=0)


@dataclass(frozen=True, slots=True)
class Selection:
    """What there is to train with."""

    examples: tuple[Example, ...]
    """In order of the documents' ids."""
    left_out: tuple[Annotated, ...]
    losses: tuple[Loss, ...]
    """A loss for each document that was left out."""
    components: tuple[Component, ...]


def select(items: Iterable[Annotated], task: Task, align: Mode) -> Selection:
    """The documents that can train `task`.

    Skipped, empty and unannotated ones are left out. So are unfinished ones where a span
    categorizer is trained, since it would take all that is still undecided for nothing; `ner` alone
    learns from them. Raises NothingToDoError where nothing is left.
    """
    examples: list[Example] = []
    left_out: list[tuple[Annotated, str]] = []
    for item in sorted(items, key=lambda item: item.document.id):
        doc, losses = to_doc(item, align)
        why_not = _unusable(item)
        if why_not:
            left_out.append((item, why_not))
        else:
            examples.append(Example(item, doc, losses))
    components = _components(examples, task)
    if set(components) & SPANS_KEYS.keys():
        reason = "not finished: a span categorizer would take what is undecided for nothing"
        left_out += [(one.item, reason) for one in examples if not one.annotations.is_done]
        examples = [one for one in examples if one.annotations.is_done]
    if not examples:
        raise NothingToDoError(
            f"There is nothing to train {task} with: {len(left_out)} documents, none usable.",
            "Finish some documents first, or train ner, which learns from unfinished ones.",
        )
    _check_languages(examples)
    return Selection(
        tuple(examples),
        tuple(item for item, _ in left_out),
        tuple(Loss(item.document.id, LEFT_OUT, reason) for item, reason in left_out),
        components,
    )


def _unusable(item: Annotated) -> str:
    if not item.annotations:
        return "nobody annotated it"
    annotations = item.annotations[0]
    if annotations.is_done:
        return ""
    if SKIPPED in annotations.flags:
        return "it was skipped"
    return "" if annotations.entities or annotations.events else "not finished, and empty so far"


def _components(examples: Sequence[Example], task: Task) -> tuple[Component, ...]:
    found = tuple(name for name in _WANTED[task] if any(one.longest(name) for one in examples))
    overlap = any(loss.what == OVERLAPPING for one in examples for loss in one.losses)
    if task == "auto" and not overlap:
        found = tuple(name for name in found if name is not Component.SPANCAT)
    return found


def _check_languages(examples: Sequence[Example]) -> None:
    languages = sorted({one.item.document.language for one in examples})
    if len(languages) > 1:
        raise UsageError(
            f"The documents are in {', '.join(languages)}; one pipeline has one language.",
            "Export one language at a time.",
        )
