"""Prodigy's JSON lines: a row is one answer of one annotator on one text.

A row of a manual view (`ner_manual`, `spans_manual`, `relations`) that was accepted holds the whole
annotation of its text; without an answer it holds an unfinished one; ignored or rejected, its spans
are suggestions and the document is flagged `skipped` or `flagged`. A row of a binary view (`ner`,
`spans`, `classification`) asks about its spans one by one: they become suggestions with a decision,
and the accepted ones annotations as well. A review is read as what it reviews. Where the view does
not say it (`blocks`, unknown, none), a row with `spans`, or with `tokens` and nothing of another
task, is that of a manual view.

A row of another view (`choice`, `text_input`, `dep`) says nothing of spans, so it finishes nothing;
those that it shows are suggestions. What it answers is kept in the `answers` of the meta, and told,
and so is what a row of spans answers besides. Several rows on one text give the same document id.

On writing, an event is its trigger's span and a relation from it for each argument. They are read
back as such; `annotator.formats.triggers` makes events of them again. Offsets are code points;
`token_end` counts the last token in, and a relation names the last tokens of its spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.formats.files.streams import (
    Json,
    Source,
    Target,
    first_object,
    read_objects,
    write_objects,
)
from annotator.formats.kinds import Kind
from annotator.formats.options import ReadOptions
from annotator.formats.prodigy import answer as prodigy_answer
from annotator.formats.prodigy import row as prodigy_row
from annotator.formats.record import Annotated, Loss, Rejected

NAME = "prodigy"
SUFFIXES = (".jsonl",)
CARRIES = frozenset(
    {Kind.ENTITIES, Kind.OVERLAPS, Kind.EVENTS, Kind.ARGUMENTS, Kind.RELATIONS, Kind.ANNOTATORS}
)
LOSES = prodigy_row.LOSES

_MARKS = {"_input_hash", "_task_hash", "_view_id", "answer", "tokens", "spans"}


def recognises(path: Path) -> bool:
    """Whether the first line has a text and something that only Prodigy's rows have."""
    first = first_object(path)
    return (
        first is not None and "text" in first and "format" not in first and bool(_MARKS & {*first})
    )


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a row; those that name no language get that of `options`."""

    def parse(row: Json) -> Annotated:
        return prodigy_answer.annotated(row, options.language)

    return read_objects(source, parse)


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """One row for each annotator of each document; the same items give the same bytes."""
    losses: list[Loss] = []

    def rows() -> Iterator[Json]:
        for item in items:
            yield from prodigy_row.rows(item, losses)

    write_objects(rows(), target)
    return tuple(losses)
