"""Label Studio's JSON: an array of tasks, or its flattened form (JSON_MIN), or a task a line.

An annotation is that of the user who completed it; ground truth is that of `gold`. With regions it
is `done`, or `skipped` where it was cancelled; a draft is neither. An empty one is so too if there
is a region anywhere in the file, for only then spans were asked for; a stream that cannot be read
twice has to show one before. A prediction's regions are suggestions of its model version. A region
with several labels is one entity for each of them, and relations are those of the first. What is
said of a region (choices, ratings, texts) are the attributes of an event, since entities have none:
such a region is an event, and so is one labelled with a tag whose name begins with `event` or
`trigger`. Texts on the whole document are comments; choices, ratings and the like are answers to
other tasks: they finish nothing, are kept in the `answers` of the meta, and told. The text is the
value of `text`, or of the only string among the data; regions in HTML are taken in only where their
`globalOffsets` fit the text. The number of a task is metadata: the document gets its id from its
text. What JSON_MIN gives no place for is metadata as well; it has no relations.

Written are tasks that Label Studio imports: tags `entity` and `event` (`Labels`), one tag of
`Choices` for each attribute, `comment` (`TextArea`) and `Relations`, all of an object `text`.
Label Studio gives an annotation to whoever imports it unless the annotator's name is an e-mail
address; `annotator` and `flags` of an annotation are ours, and not kept by it. Offsets are code
points, as its editor counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from annotator.formats.files.json_items import first_item, read_items, write_array
from annotator.formats.files.streams import Json, Source, Target
from annotator.formats.kinds import EVERYTHING, Kind
from annotator.formats.labelstudio import row as labelstudio_row
from annotator.formats.labelstudio import task as labelstudio_task
from annotator.formats.labelstudio.asked import SpanTask
from annotator.formats.options import ReadOptions
from annotator.formats.record import Annotated, Loss, Rejected

NAME = "label-studio"
SUFFIXES = (".json", ".jsonl")
CARRIES = EVERYTHING - {Kind.DISCONTINUOUS, Kind.DECISIONS}
LOSES = labelstudio_row.LOSES


def recognises(path: Path) -> bool:
    """Whether the first object is a task."""
    first = first_item(path)
    return isinstance(first, dict) and labelstudio_task.is_task(cast("Json", first))


def read(source: Source, options: ReadOptions = ReadOptions()) -> Iterator[Annotated | Rejected]:
    """One document a task; `options.column` names the key of `data` that holds the text."""
    spans = SpanTask(source)

    def parse(value: object) -> Annotated:
        return labelstudio_task.annotated(value, options, spans)

    return read_items(source, parse)


def write(items: Iterable[Annotated], target: Target) -> tuple[Loss, ...]:
    """One array of tasks, a task a line; the same items give the same bytes."""
    losses: list[Loss] = []
    tasks = (labelstudio_row.task(n, item, losses) for n, item in enumerate(items, 1))
    write_array(tasks, target)
    return tuple(losses)
