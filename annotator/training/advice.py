"""What is likely to go wrong when spaCy trains with a data set; spaCy itself says none of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.training.recipe import Component
from annotator.training.report import PartCounts
from annotator.training.selection import Example
from annotator.training.split import Part

FEW_DOCUMENTS = 100
LONG_SPAN = 10
LONG_TEXT = 100_000


def advice(
    examples: Sequence[Example], parts: Mapping[Part, PartCounts], longest: Mapping[Component, int]
) -> Iterator[str]:
    """Sentences for whoever trains, the gravest first."""
    if not any(one.annotations.is_done for one in examples):
        yield (
            "No document is finished, so nothing says what is no entity: "
            "a model trained with this finds entities everywhere. Finish ten documents or more."
        )
    train = parts[Part.TRAIN]
    for part, counts in parts.items():
        unseen = (counts.entities + counts.events).keys() - (train.entities + train.events).keys()
        if unseen:
            yield f"{', '.join(sorted(unseen))}: in {part} and never in train, so never learned."
    if train.documents < FEW_DOCUMENTS:
        yield f"{train.documents} documents train; below {FEW_DOCUMENTS} expect unsteady scores."
    for component, length in longest.items():
        if length > LONG_SPAN:
            yield (
                f"The longest span for {component} has {length} tokens, and every shorter run of "
                "tokens is tried: training takes long. Are the long ones meant?"
            )
    for one in examples:
        if len(one.item.document.text) > LONG_TEXT:
            yield (
                f"{one.item.document.id} has {len(one.item.document.text):,} characters; "
                "training holds it in memory as a whole."
            )
