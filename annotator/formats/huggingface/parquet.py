"""Rows of a dataset as Parquet, by pyarrow."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from annotator.errors import FormatError
from annotator.formats.files.streams import Json
from annotator.formats.huggingface.row import COLUMNS, Type

_BATCH = 1000
"""The rows that are held at once."""


def write_rows(rows: Iterable[Json], stream: IO[bytes]) -> None:
    """Write all rows; raises FormatError where pyarrow is not installed."""
    arrow = _library("pyarrow")
    schema = arrow.schema([(name, _type(arrow, kind)) for name, kind in COLUMNS.items()])
    with _library("pyarrow.parquet").ParquetWriter(stream, schema) as writer:
        for batch in _batches(rows):
            writer.write_table(arrow.Table.from_pylist(batch, schema))


def _batches(rows: Iterable[Json]) -> Iterator[list[Json]]:
    every = iter(rows)
    while batch := list(islice(every, _BATCH)):
        yield batch


def _type(arrow: Any, kind: Type) -> Any:  # noqa: ANN401 - pyarrow comes without types
    if isinstance(kind, list):
        return arrow.list_(_type(arrow, kind[0]))
    if isinstance(kind, dict):
        return arrow.struct([(name, _type(arrow, inner)) for name, inner in kind.items()])
    return {"string": arrow.string(), "tag": arrow.string(), "int32": arrow.int32(),
            "bool": arrow.bool_()}[kind]  # fmt: skip


def _library(name: str) -> Any:  # noqa: ANN401
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise FormatError(
            "Parquet is written by pyarrow, which is not installed.",
            "Install it: pip install 'annotator[parquet]'.",
        ) from error
