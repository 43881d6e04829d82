"""A folder that spaCy can train with, out of one annotator's or the gold annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from annotator.errors import AlignmentError, NothingToDoError
from annotator.formats.doc import ENTITIES, EVENTS, REJECTED, self_contained, span_groups
from annotator.formats.doc_spans import DISCONTINUOUS, EQUAL, OFF_EDGES, OVERLAPPING
from annotator.formats.record import Annotated
from annotator.model.records import span_record
from annotator.model.scheme import Scheme
from annotator.paths import atomic_write
from annotator.text.alignment import Mode
from annotator.text.tokenizer import fingerprint
from annotator.training import recipe
from annotator.training.advice import advice
from annotator.training.folder import REPORT, check_replaceable, replaced_folder
from annotator.training.recipe import SPANS_KEYS, Component
from annotator.training.report import DatasetReport, PartCounts, page
from annotator.training.selection import Example, Selection, Task, select
from annotator.training.split import Part, Split, assigned

Parts = Mapping[Part, Sequence[Example]]


def write_dataset(
    items: Iterable[Annotated],
    out: Path,
    scheme: Scheme,
    *,
    split: Split = Split(),  # noqa: B008 - a frozen value
    seed: int = 0,
    align: Mode = "strict",
    task: Task = "auto",
) -> DatasetReport:
    """Write `train.spacy`, `dev.spacy` (and `test.spacy`), `config.cfg`, `events.jsonl` and pages.

    Each item holds one annotator's annotations. The folder is there whole or not at all; an earlier
    data set in its place is replaced. The same items give the same bytes. Raises NothingToDoError
    where there is too little to train with, UsageError where `out` holds what we did not write,
    AlignmentError where `align` is strict and a span has an edge inside a token.
    """
    check_replaceable(out)
    selection = select(items, task, align)
    if align == "strict":
        _refuse_off_edges(selection)
    parts = _parted(selection.examples, split, seed)
    components = _learnable(selection.components, parts[Part.TRAIN])
    seen = [one for part, its in parts.items() if part is not Part.TEST for one in its]
    longest = {
        name: max(one.longest(name) for one in seen) for name in components if name in SPANS_KEYS
    }
    settings: dict[str, Any] = {
        "scheme": {"name": scheme.name, "version": scheme.version},
        "split": str(split),
        "seed": seed,
        "align": align,
        "components": components,
        "longest": {name.value: length for name, length in longest.items()},
    }
    report = _report(out, selection, parts, settings)
    with replaced_folder(out) as folder:
        _write_corpora(folder, parts)
        _write_config(folder, report, selection.examples[0].item.document.language)
        if any(one.annotations.events for one in selection.examples):
            _write_bytes(folder / "events.jsonl", _event_lines(parts))
        record = orjson.dumps(report.record(), option=orjson.OPT_INDENT_2)
        _write_bytes(folder / REPORT, [record, b"\n"])
        _write_bytes(folder / "README.md", [page(report).encode("utf-8")])
    return report


def _refuse_off_edges(selection: Selection) -> None:
    found = [
        f"{loss.document_id}: {loss.detail}"
        for one in selection.examples
        for loss in one.losses
        if loss.what == OFF_EDGES
    ]
    if found:
        raise AlignmentError(
            f"{len(found)} spans have an edge inside a token, and spaCy would not see them.",
            "Mend them on the screen, or let --align expand or --align contract move them.",
            tuple(found),
        )


def _parted(examples: Sequence[Example], split: Split, seed: int) -> Parts:
    part_of = assigned((one.item.document for one in examples), split, seed)
    parts: dict[Part, list[Example]] = {part: [] for part in Part}
    for one in examples:
        parts[part_of[one.item.document.id]].append(one)
    if not (parts[Part.TRAIN] and parts[Part.DEV]):
        raise NothingToDoError(
            "All usable documents have the same text; training needs another to compare with.",
            "Finish a second document.",
        )
    return {part: its for part, its in parts.items() if its}


def _learnable(wanted: Iterable[Component], train: Sequence[Example]) -> list[Component]:
    """A component without a single span in train would make spaCy refuse the whole config."""
    components = [name for name in wanted if any(one.longest(name) for one in train)]
    if not components:
        raise NothingToDoError(
            "The documents that would train have no spans.", "Annotate more, or take another seed."
        )
    return components


def _report(
    out: Path, selection: Selection, parts: Parts, settings: Mapping[str, Any]
) -> DatasetReport:
    from spacy.about import __version__ as spacy_version

    language = selection.examples[0].item.document.language
    counts = {part: _counted(its) for part, its in parts.items()}
    items = [one.item for one in selection.examples]
    left_out = selection.left_out
    losses = [loss for one in selection.examples for loss in one.losses]
    report = DatasetReport(
        out,
        counts,
        {
            **settings,
            "language": language,
            "spacy": spacy_version,
            "tokenizer": fingerprint(language),
        },
        {"documents": len(items) + len(left_out), "spans": _spans_in([*items, *left_out])},
        {"documents": len(left_out), "spans": _spans_in(left_out)},
        (*selection.losses, *losses),
        tuple(advice(selection.examples, counts, settings["longest"])),
    )
    _check_balance(report, selection.examples)
    return report


def _counted(examples: Sequence[Example]) -> PartCounts:
    counts = PartCounts(len(examples))
    for one in examples:
        groups, annotations = span_groups(one.doc), one.annotations
        counts.unfinished += not annotations.is_done
        counts.tokens += len(one.doc)
        counts.rejected += len(groups.get(REJECTED, ()))
        counts.entities.update(span.label_ for span in groups[ENTITIES])
        counts.events.update(span.label_ for span in groups[EVENTS])
        counts.roles.update(
            a.role for event in annotations.events.values() for a in event.arguments
        )
    return counts


def _spans_in(items: Iterable[Annotated]) -> int:
    return sum(len(one.entities) + len(one.events) for item in items for one in item.annotations)


def _check_balance(report: DatasetReport, examples: Sequence[Example]) -> None:
    """What came in is what was written, left out or lost; else this program is wrong."""
    lost = report.lost()
    gone = lost[DISCONTINUOUS] + lost[OFF_EDGES] + lost[EQUAL]
    written, left_out = report.counts, report.left_out
    ents = sum(len(one.doc.ents) + _lost_in(one, OVERLAPPING) for one in examples)
    balances = (
        written["documents"] + left_out["documents"] == report.given["documents"]
        and written["spans"] + left_out["spans"] + gone == report.given["spans"]
        and ents == sum(part.entities.total() for part in report.parts.values())
    )
    if not balances:
        raise RuntimeError(f"the data set does not add up: {report.record()}")


def _lost_in(example: Example, what: str) -> int:
    return sum(loss.what == what for loss in example.losses)


def _write_corpora(folder: Path, parts: Parts) -> None:
    from spacy.tokens import DocBin

    for part, examples in parts.items():
        docs = DocBin(store_user_data=True, docs=[one.doc for one in examples])
        _write_bytes(folder / f"{part}.spacy", [docs.to_bytes()])


def _write_config(folder: Path, report: DatasetReport, language: str) -> None:
    settings = report.settings
    negatives = any(part.rejected for part in report.parts.values())
    made = recipe.config(language, settings["components"], settings["longest"], negatives=negatives)
    _write_bytes(folder / "config.cfg", [made.to_str(interpolate=False).encode("utf-8"), b"\n"])


def _event_lines(parts: Parts) -> Iterator[bytes]:
    for part, examples in parts.items():
        for one in examples:
            document, annotations = one.item.document, one.annotations
            record = {
                "id": document.id,
                "part": part,
                "text": document.text,
                "entities": [span_record(span) for span in annotations.entities.values()],
                "events": [self_contained(e, annotations, {}) for e in annotations.events.values()],
            }
            yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _write_bytes(path: Path, pieces: Iterable[bytes]) -> None:
    with atomic_write(path) as file:
        file.writelines(pieces)
