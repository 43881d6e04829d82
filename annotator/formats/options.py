"""What a user may say about files that do not say it themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotator.model.scheme import Scheme
from annotator.text.alignment import Mode


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read; a format takes no notice of what does not concern it."""

    language: str = "en"
    """Given to documents that name none."""
    by_line: bool = False
    """Whether each line of a plain text file is a document of its own."""
    column: str = ""
    """The column or key that holds the text; empty: the one that the format expects."""
    several_labels: Literal["refuse", "split"] = "refuse"
    """What to do with a cell that holds several labels for one token: refuse the document, or
    make an annotation of each label."""


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How files are written; a format takes no notice of what does not concern it."""

    align: Mode = "strict"
    """What to do with spans that are off token edges, where a format knows tokens only."""
    scheme: Scheme | None = None
    """The label scheme, for formats that write it beside the annotations."""
    annotators: tuple[str, ...] = ()
    """Whose work is written, for formats that keep several annotators apart by folders."""
    parquet: bool = False
    """Whether a dataset is written as Parquet, which takes pyarrow, and not as JSON lines."""
