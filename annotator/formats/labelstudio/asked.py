"""Whether the annotations of a file of Label Studio's are those of a span task.

An empty annotation says that there are no spans only where spans were asked for. It does not say
so itself: a region anywhere in the file does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any, cast

from annotator.formats.files.json_items import items
from annotator.formats.files.progress import ungauged
from annotator.formats.files.streams import Json, Source
from annotator.formats.labelstudio.regions import is_region
from annotator.formats.record import Rejected

_LISTS = ("annotations", "completions", "drafts", "predictions")


class SpanTask:
    """What is known of a file; it is read ahead only where nothing that was read decides."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._start = 0 if isinstance(source, Path) else _place(source)
        self._known: bool | None = None

    def look(self, value: object) -> None:
        """Take note of a task."""
        if not self._known and has_region(value):
            self._known = True

    def were_asked(self) -> bool:
        """Whether the file has a region; not so, so far, where a stream cannot be read ahead."""
        if self._known is None:
            with ungauged():
                self._known = any(has_region(value) for value in self._ahead())
        return self._known

    def _ahead(self) -> Iterator[Any]:
        """What the file holds, from its beginning; a stream stands then where it stood."""
        if isinstance(self._source, Path):
            yield from _values(self._source)
        elif self._start is not None:
            here = self._source.tell()
            self._source.seek(self._start)
            try:
                yield from _values(self._source)
            finally:
                self._source.seek(here)


def has_region(value: object) -> bool:
    """Whether a task has a labelled region, whoever marked it."""
    if not isinstance(value, dict):
        return False
    task = cast("Json", value)
    if "data" not in task:  # JSON_MIN
        return any(_is_place(row) for found in task.values() for row in _objects(found))
    results = (row.get("result") for key in _LISTS for row in _objects(task.get(key)))
    return any(
        is_region(row) and _is_place(row.get("value"))
        for found in results
        for row in _objects(found)
    )


def _values(source: Source) -> Iterator[Any]:
    with closing(cast("Any", items(source))) as found:
        for item in found:
            if isinstance(item, Rejected):
                continue
            try:
                yield item.value()
            except ValueError:
                continue


def _place(stream: IO[bytes]) -> int | None:
    """Where a stream stands, None where there is no way back to it."""
    return stream.tell() if stream.seekable() else None


def _is_place(value: object) -> bool:
    return isinstance(value, dict) and {"start", "end"} <= {*cast("Json", value)}


def _objects(value: object) -> Iterator[Json]:
    listed = cast("list[object]", value) if isinstance(value, list) else []
    return (cast("Json", each) for each in listed if isinstance(each, dict))
