"""A folder that spaCy can train with, out of one annotator's or the gold annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import orjson

from annotator.errors import NothingToDoError, UsageError
from annotator.formats.doc import ENTITIES, EVENTS, REJECTED, self_contained, to_doc
from annotator.formats.doc_spans import DISCONTINUOUS, EQUAL, OFF_EDGES, OVERLAPPING
from annotator.formats.record import Annotated, Loss
from annotator.model.annotations import SKIPPED, AnnotationSet
from annotator.model.records import span_record
from annotator.model.scheme import Scheme
from annotator.paths import atomic_write
from annotator.text.alignment import Mode
from annotator.text.tokenizer import fingerprint
from annotator.training import recipe
from annotator.training.advice import advice
from annotator.training.folder import REPORT, check_replaceable, replaced_folder
from annotator.training.recipe import COMPONENTS, SPANS_KEYS, Component
from annotator.training.report import DatasetReport, PartCounts, page
from annotator.training.split import PARTS, Part, Split, assigned

if TYPE_CHECKING:
    from spacy.tokens import Doc

Task = Literal["auto", "ner", "spancat", "events", "all"]
"""What to train: `auto` is `ner`, with `spancat` where entities overlap and `triggers` where there
are events; `events` is the triggers alone; `all` is whatever there is data for."""

LEFT_OUT = "documents left out"
_WANTED: Mapping[Task, Sequence[Component]] = {
    "auto": COMPONENTS,
    "all": COMPONENTS,
    "ner": ("ner",),
    "spancat": ("spancat",),
    "events": ("triggers",),
}


@dataclass(frozen=True, slots=True)
class _Made:
    """One document with its `Doc`."""

    item: Annotated
    doc: Doc
    losses: tuple[Loss, ...]

    @property
    def annotations(self) -> AnnotationSet:
        return self.item.annotations[0]

    def length(self, component: Component) -> int:
        """The longest span that the component learns here, in tokens; 0 where there is none."""
        spans: Iterable[Any] = (
            self.doc.spans[SPANS_KEYS[component]] if component in SPANS_KEYS else self.doc.ents
        )
        return max((len(span) for span in spans), default=0)
