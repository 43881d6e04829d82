"""A folder that Hugging Face `datasets` loads: `data/train.jsonl`, or Parquet, and a card.

`datasets.load_dataset(FOLDER)` gives a row for each annotator of each document, with the columns of
`annotator.formats.huggingface.row`. The card, `README.md`, declares their types, the names of the
tags among them, and says what there is. Where a document is not `done`, tags O mean nothing.

Parquet is written by pyarrow, which comes with `pip install 'annotator[parquet]'`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats.files.streams import Json, Target, write_objects, written
from annotator.formats.flattened import suggestion_losses
from annotator.formats.huggingface.card import DatasetCard
from annotator.formats.huggingface.parquet import write_rows
from annotator.formats.huggingface.row import CARRIES, LOSES, row
from annotator.formats.options import WriteOptions
from annotator.formats.record import Annotated, Loss
from annotator.model.annotations import AnnotationSet

__all__ = ["CARRIES", "LOSES", "NAME", "SUFFIXES", "write"]

NAME = "huggingface"
SUFFIXES = (".jsonl", ".parquet")


def write(
    items: Iterable[Annotated], target: Target, options: WriteOptions = WriteOptions()
) -> tuple[Loss, ...]:
    """The data and the card into the folder `target`; raises FormatError where it is none.

    The same items give the same bytes, in Parquet those that one version of pyarrow makes.
    """
    if not isinstance(target, Path):
        raise FormatError("A dataset is written to a folder.", "Name one.")
    losses: list[Loss] = []
    card = DatasetCard(options.scheme)
    rows = _rows(items, card, losses)
    data = "data/train.parquet" if options.parquet else "data/train.jsonl"
    if options.parquet:
        with written(target / data) as stream:
            write_rows(rows, stream)
    else:
        write_objects(rows, target / data)
    with written(target / "README.md") as stream:
        stream.write(card.text(data, losses).encode("utf-8"))
    return tuple(losses)


def _rows(items: Iterable[Annotated], card: DatasetCard, losses: list[Loss]) -> Iterator[Json]:
    for item in items:
        losses.extend(suggestion_losses(item))
        for one in item.annotations or (AnnotationSet(item.document.id, ""),):
            made = row(item.document, one, losses)
            card.count(made)
            yield made
