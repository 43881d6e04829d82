"""The card of a dataset: its columns for `datasets` in YAML, and for people what there is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.formats.files.streams import Json
from annotator.formats.huggingface.row import COLUMNS, Type, names_of_tags
from annotator.formats.record import Loss
from annotator.model.scheme import Scheme

_INTRODUCTION = """\
One row is one annotator's work on one document. Offsets (`start`, `end`, `ranges`) are half-open
code points of `text`, as in Python; `token_starts` says where each token begins. Spans may nest,
cross and be in several pieces (`ranges`). `ner_tags` (IOB2) holds the entities that a row of tags
can say. Arguments and relations name spans and events by their ids. `meta` is JSON.

Where `done` is false the annotator had not finished, and a tag O means nothing."""


class DatasetCard:
    """Counts rows as they are written, and tells of them in the end."""

    def __init__(self, scheme: Scheme | None) -> None:
        self._in_scheme = [label.name for label in scheme.entities] if scheme else []
        self._languages: Counter[str] = Counter()
        self._annotators: Counter[str] = Counter()
        self._documents = 0
        self._last = ""
        self._done = 0
        self._labels: Counter[str] = Counter()
        self._types: Counter[str] = Counter()

    def count(self, row: Json) -> None:
        """Count a row; those of one document follow one another."""
        self._documents += row["id"] != self._last
        self._last = row["id"]
        self._languages[row["language"]] += 1
        self._annotators[row["annotator"]] += 1
        self._done += row["done"]
        self._labels.update(span["label"] for span in row["spans"])
        self._types.update(event["type"] for event in row["events"])

    def text(self, data_file: str, losses: Sequence[Loss]) -> str:
        """The whole card."""
        blocks = [
            "\n".join(["---", *self._yaml(data_file), "---"]),
            "# Annotations",
            _INTRODUCTION,
            f"{self._annotators.total()} rows of {self._documents} documents, {self._done} done.",
            *_table("Annotator", self._annotators),
            *_table("Entity", self._labels),
            *_table("Event", self._types),
            *_table("Not in the data", Counter(loss.what for loss in losses)),
        ]
        return "\n\n".join(blocks) + "\n"

    def _yaml(self, data_file: str) -> Iterator[str]:
        known = sorted(self._languages.keys() - {"xx"})
        yield from ["language:", *(f"- {_quoted(name)}" for name in known)] if known else []
        yield from ["task_categories:", "- token-classification", "configs:"]
        yield from ["- config_name: default", "  data_files:", "  - split: train"]
        yield from [f"    path: {data_file}", "dataset_info:", "  features:"]
        labels = [*self._in_scheme, *sorted(self._labels.keys() - {*self._in_scheme})]
        yield from _features(COLUMNS, [*names_of_tags(labels)], "  ")


def _features(columns: Mapping[str, Type], tags: Sequence[str], indent: str) -> Iterator[str]:
    for name, kind in columns.items():
        yield f"{indent}- name: {name}"
        yield from _feature(kind, tags, indent + "  ")


def _feature(kind: Type, tags: Sequence[str], indent: str) -> Iterator[str]:
    if isinstance(kind, str):
        yield f"{indent}dtype: {kind}"
    elif isinstance(kind, dict):
        raise AssertionError("a record stands in a list only")
    elif isinstance(kind[0], dict):
        yield f"{indent}list:"
        yield from _features(kind[0], tags, indent)
    elif kind[0] == "tag":
        yield from [f"{indent}sequence:", f"{indent}  class_label:", f"{indent}    names:"]
        yield from (f"{indent}      '{n}': {_quoted(tag)}" for n, tag in enumerate(tags))
    elif isinstance(kind[0], str):
        yield f"{indent}sequence: {kind[0]}"
    else:
        yield f"{indent}sequence:"
        yield from _feature(kind[0], tags, indent + "  ")


def _quoted(word: str) -> str:
    """A word as YAML, whatever is in it."""
    plain = re.sub(r"[^ !#-\[\]-~]", _escaped, word)
    return f'"{plain}"'


def _escaped(match: re.Match[str]) -> str:
    return f"\\U{ord(match[0]):08X}"


def _table(head: str, counts: Mapping[str, int]) -> Iterable[str]:
    """A Markdown table, none where there is nothing to tell."""
    if counts:
        rows = (f"| {_cell(name)} | {number} |" for name, number in sorted(counts.items()))
        yield "\n".join([f"| {head} | Number |", "| --- | ---: |", *rows])


def _cell(text: str) -> str:
    """A label as the words that it is, whatever it would be in Markdown."""
    return re.sub(r"([\\`*_\[\]<>|&~])", r"\\\1", " ".join(text.split())) or "-"
