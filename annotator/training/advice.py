"""What is likely to go wrong when spaCy trains with a data set; spaCy itself says none of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.training.facts import Facts
from annotator.training.recipe import Component
from annotator.training.report import PartCounts
from annotator.training.split import Part

FEW_DOCUMENTS = 100
LONG_SPAN = 10
LONG_TEXT = 100_000


def advice(
    chosen: Sequence[Facts],
    parts: Mapping[Part, PartCounts],
    longest: Mapping[Component, int],
    standing_in: Sequence[str],
) -> Iterator[str]:
    """Sentences for whoever trains, the gravest first."""
    if not any(one.is_done for one in chosen):
        yield (
            "No document is finished, so nothing says what is no entity: "
            "a model trained with this finds entities everywhere. Finish ten documents or more."
        )
    train = parts[Part.TRAIN]
    for part, counts in parts.items():
        unseen = (counts.entities + counts.events).keys() - (train.entities + train.events).keys()
        if unseen:
            yield f"{', '.join(sorted(unseen))}: in {part} and never in train, so never learned."
    if standing_in:
        yield (
            f"{', '.join(standing_in)}: on another side than they will be when more documents "
            "are finished; until then a part would be empty without them."
        )
    if train.documents < FEW_DOCUMENTS:
        yield f"{train.documents} documents train; below {FEW_DOCUMENTS} expect unsteady scores."
    for component, length in longest.items():
        if length > LONG_SPAN:
            yield (
                f"The longest span for {component} has {length} tokens, and every shorter run of "
                "tokens is tried: training takes long. Are the long ones meant?"
            )
    for one in chosen:
        if one.length > LONG_TEXT:
            yield (
                f"{one.document_id} has {one.length:,} characters; "
                "training holds it in memory as a whole."
            )
