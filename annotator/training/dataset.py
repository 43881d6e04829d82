"""A folder that spaCy can train with, out of one annotator's or the gold annotations."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from annotator.errors import AlignmentError, NothingToDoError
from annotator.formats.record import Annotated
from annotator.formats.spacy.doc_spans import DISCONTINUOUS, EQUAL, OFF_EDGES, OVERLAPPING
from annotator.model.identity import content_hash
from annotator.model.scheme import Scheme
from annotator.paths import atomic_write
from annotator.text.alignment import Mode
from annotator.text.tokenizer import fingerprint
from annotator.training import recipe
from annotator.training.advice import advice
from annotator.training.card import card, model_folder
from annotator.training.collection import Collection
from annotator.training.facts import Facts
from annotator.training.folder import REPORT, check_replaceable, replaced_folder
from annotator.training.labels import label_data
from annotator.training.leakage import leaks
from annotator.training.near_duplicates import THRESHOLD, joined
from annotator.training.recipe import LABELS, SPANS_KEYS, Component
from annotator.training.report import Background, DatasetReport, PartCounts
from annotator.training.selection import WHOSE, Selection, Task, select
from annotator.training.split import Part, Split, assigned
from annotator.training.workflow import PROJECT, workflow

Parts = Mapping[Part, Sequence[Facts]]


@dataclass(frozen=True, slots=True)
class _Wishes:
    """How the data set is to be."""

    split: Split
    seed: int
    align: Mode
    task: Task
    nearness: float


def write_dataset(  # noqa: PLR0913 - each is a choice of its own
    items: Iterable[Annotated],
    out: Path,
    scheme: Scheme,
    *,
    split: Split = Split(),  # noqa: B008 - a frozen value
    seed: int = 0,
    align: Mode = "strict",
    task: Task = "auto",
    nearness: float = THRESHOLD,
    background: Background = Background(),  # noqa: B008 - a frozen value
) -> DatasetReport:
    """Write the parts as DocBins, `config.cfg`, `labels/`, `project.yml`, the card and the report.

    `items` may be a stream; what is kept of a document takes less room than the document. They
    are in the order in which the documents came, on which the split hangs where there are
    near-duplicates, that is documents that share `nearness` of their runs of words. Where an item
    has several annotators' work, `gold.settled` says what is taken.

    The folder is there whole or not at all; an earlier data set in its place is replaced. The same
    items give the same bytes. Raises NothingToDoError where there is too little to train with,
    UsageError where `out` holds what we did not write, AlignmentError where `align` is strict and
    a span has an edge inside a token.
    """
    check_replaceable(out)
    wishes = _Wishes(split, seed, align, task, nearness)
    with Collection(align, seed, scheme) as collection:
        for item in items:
            collection.take(item)
        return _written(collection, out, scheme, wishes, background)


def _written(
    collection: Collection, out: Path, scheme: Scheme, made: _Wishes, background: Background
) -> DatasetReport:
    selection = select(collection.facts, made.task)
    if made.align == "strict":
        _refuse_off_edges(selection)
    parts, near, standing_in = _parted(collection, selection, made)
    components = _learnable(selection.components, parts[Part.TRAIN])
    seen = [one for part, its in parts.items() if part is not Part.TEST for one in its]
    longest = {
        name: max(one.learned[name].longest for one in seen)
        for name in components
        if name in SPANS_KEYS
    }
    counts = {part: PartCounts.of(its) for part, its in parts.items()}
    report = DatasetReport(
        out,
        counts,
        _settings(scheme, made, components, longest, selection.chosen[0].language),
        _totals([*selection.chosen, *selection.left_out]),
        _totals(selection.left_out),
        selection.losses,
        tuple(advice(selection.chosen, counts, longest, standing_in)),
        tuple(remark for one in selection.chosen for remark in one.remarks),
        near,
        Counter(" = ".join(one.by) or "somebody unnamed" for one in selection.chosen),
        sum((one.origins for one in selection.chosen), Counter[str]()),
        background,
        has_events=any(one.has_events for one in selection.chosen),
    )
    _check_balance(report, selection.chosen)
    with replaced_folder(out) as folder:
        _write_folder(folder, collection, parts, report)
    return report


def _refuse_off_edges(selection: Selection) -> None:
    found = [
        f"{loss.document_id}: {loss.detail}"
        for one in selection.chosen
        for loss in one.losses
        if loss.what == OFF_EDGES
    ]
    if found:
        raise AlignmentError(
            f"{len(found)} spans have an edge inside a token, and spaCy would not see them.",
            "Mend them on the screen, or let --align expand or --align contract move them.",
            tuple(found),
        )


def _parted(
    collection: Collection, selection: Selection, made: _Wishes
) -> tuple[Parts, tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The documents of each part, the groups of near-duplicates, and who stands in for others."""
    ids = [one.document_id for one in selection.chosen]
    firsts = collection.nearness.firsts(made.nearness)
    while True:
        found = assigned(collection.numbers, firsts, made.split, ids)
        sides = {key: found.parts[key] for key in ids}
        crossing = leaks(sides, collection.nearness.runs, made.nearness)
        if not crossing:
            break
        firsts = joined(firsts, ((leak.one, leak.other) for leak in crossing))
    parts = {
        part: [one for one in selection.chosen if found.parts[one.document_id] is part]
        for part in Part
    }
    if not (parts[Part.TRAIN] and parts[Part.DEV]):
        if len(selection.chosen) == 1:
            raise NothingToDoError(
                "Only one document is usable; training needs another to compare with.",
                f"Finish another one. {WHOSE}",
            )
        raise NothingToDoError(
            "All usable documents are near-duplicates; training needs another to compare with.",
            "Finish a document that is different, or let --nearness 1 part all but equal ones.",
        )
    groups: dict[str, list[str]] = {}
    for key in ids:
        groups.setdefault(firsts[key], []).append(key)
    near = tuple(tuple(group) for group in groups.values() if len(group) > 1)
    return {part: its for part, its in parts.items() if its}, near, found.standing_in


def _learnable(wanted: Iterable[Component], train: Sequence[Facts]) -> list[Component]:
    """A component without a single span in train would make spaCy refuse the whole config."""
    components = [name for name in wanted if any(one.learned[name].longest for one in train)]
    if not components:
        raise NothingToDoError(
            "The documents that would train have no spans.", "Annotate more, or take another seed."
        )
    return components


def _settings(
    scheme: Scheme,
    made: _Wishes,
    components: list[Component],
    longest: Mapping[Component, int],
    language: str,
) -> Mapping[str, Any]:
    from spacy.about import __version__ as spacy_version

    return {
        "scheme": {
            "name": scheme.name,
            "version": scheme.version,
            "hash": content_hash(dataclasses.asdict(scheme)),
        },
        "split": str(made.split),
        "seed": made.seed,
        "align": made.align,
        "nearness": made.nearness,
        "components": components,
        "longest": {name.value: length for name, length in longest.items()},
        "language": language,
        "spacy": spacy_version,
        "tokenizer": fingerprint(language),
    }


def _totals(facts: Sequence[Facts]) -> Mapping[str, int]:
    return {"documents": len(facts), "spans": sum(one.spans for one in facts)}


def _check_balance(report: DatasetReport, chosen: Sequence[Facts]) -> None:
    """What came in is what was written, left out or lost; else this program is wrong."""
    lost = report.lost()
    gone = lost[DISCONTINUOUS] + lost[OFF_EDGES] + lost[EQUAL]
    written, left_out = report.counts, report.left_out
    ents = sum(one.ents for one in chosen) + lost[OVERLAPPING]
    balances = (
        written["documents"] + left_out["documents"] == report.given["documents"]
        and written["spans"] + left_out["spans"] + gone == report.given["spans"]
        and ents == sum(part.entities.total() for part in report.parts.values())
    )
    if not balances:
        raise RuntimeError(f"the data set does not add up: {report.record()}")


def _write_folder(
    folder: Path, collection: Collection, parts: Parts, report: DatasetReport
) -> None:
    settings = report.settings
    for part, its in parts.items():
        with atomic_write(folder / f"{part}.spacy") as file:
            collection.write_docs(its, file)
    negatives = any(part.rejected for part in report.parts.values())
    config = recipe.config(
        settings["language"], settings["components"], settings["longest"], negatives=negatives
    )
    _write(folder / "config.cfg", [config.to_str(interpolate=False).encode("utf-8"), b"\n"])
    for name in settings["components"]:
        _write_json(folder / LABELS / f"{name}.json", label_data(name, parts[Part.TRAIN]))
    title = f"Training data: {settings['scheme']['name']}"
    project = workflow(title, model_folder(report), settings["components"], report.parts)
    _write(folder / PROJECT, [project.encode("utf-8")])
    if report.has_events:
        lines = (line for part, its in parts.items() for line in collection.lines(part, its))
        _write(folder / "events.jsonl", lines)
    _write_json(folder / REPORT, report.record())
    _write(folder / "README.md", [card(report).encode("utf-8")])


def _write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - any JSON value
    _write(path, [orjson.dumps(value, option=orjson.OPT_INDENT_2), b"\n"])


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with atomic_write(path) as file:
        file.writelines(pieces)
