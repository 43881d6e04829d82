"""Takes annotations out of a project: as a file of a format, or as spaCy training data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from annotator.agreement.report.report import LayerAgreement
from annotator.errors import NothingToDoError, UsageError
from annotator.formats import registry
from annotator.formats.options import WriteOptions
from annotator.formats.record import Annotated, LeftOut, Loss
from annotator.model.dangling import dangling, without_dangling
from annotator.model.document import Document
from annotator.paths import refuse_own
from annotator.project.agreeing import agreement
from annotator.project.project import Project
from annotator.project.suggesting import Progress, unseen
from annotator.session.state import state_of
from annotator.store import documents, entries, history, suggestions
from annotator.text.alignment import Mode
from annotator.training.dataset import write_dataset
from annotator.training.gold import GOLD
from annotator.training.near_duplicates import THRESHOLD
from annotator.training.report import Background, DatasetReport
from annotator.training.selection import Task
from annotator.training.split import Split


def export(
    project: Project,
    format_name: str,
    target: Path | IO[bytes],
    annotator: str | None = None,
    *,
    parquet: bool = False,
    progress: Progress = unseen,
) -> tuple[Loss, ...]:
    """Write a file of a format: one annotator's work, or everybody's where none is named.

    Gives what the format could not express. Raises UsageError for an unknown format or annotator.
    """
    if isinstance(target, Path):
        refuse_own(target)
    names = (known(project, annotator),) if annotator is not None else project.annotators()
    items = _watched(project, _annotated(project, names), progress)
    options = WriteOptions(scheme=project.scheme, annotators=names, parquet=parquet)
    return registry.write(items, target, format_name, options)


def export_dataset(  # noqa: PLR0913 - each is a choice of its own
    project: Project,
    out: Path,
    annotator: str | None = None,
    *,
    split: Split,
    seed: int = 0,
    align: Mode = "strict",
    task: Task = "auto",
    nearness: float = THRESHOLD,
    progress: Progress = unseen,
) -> DatasetReport:
    """Write a folder that spaCy trains with, out of one annotator's work or of the gold.

    `gold` stands for everybody's work as `training.gold` settles it. Without a name it is the gold
    where something is adjudicated, else the one annotator that there is. Raises UsageError where
    several could be meant, NothingToDoError where there is nothing to train with.
    """
    refuse_own(out)
    names = _chosen(project, annotator)
    items = _watched(project, _annotated(project, names), progress)
    return write_dataset(
        items,
        out,
        project.scheme,
        split=split,
        seed=seed,
        align=align,
        task=task,
        nearness=nearness,
        background=_background(project, names),
    )


def default_name(format_name: str) -> str:
    """The name of a format's export when none is given: a file, or a folder."""
    for known_format in registry.formats():
        if known_format.name == format_name and not known_format.is_folder:
            return format_name + "".join(known_format.suffixes[:1])
    return format_name


def known(project: Project, annotator: str) -> str:
    """The name of somebody who has annotated; raises UsageError for anybody else."""
    names = project.annotators()
    if annotator not in names:
        listed = ", ".join(names) or "nobody"
        raise UsageError(f"{annotator!r} has annotated nothing.", f"There is: {listed}.")
    return annotator


def _chosen(project: Project, annotator: str | None) -> tuple[str, ...]:
    """The annotators whose work is looked at; several where the gold is meant."""
    names = project.annotators()
    if not names:
        raise NothingToDoError("Nobody has annotated anything.", "Annotate first.")
    if annotator == GOLD or (annotator is None and GOLD in names):
        return names
    if annotator is not None:
        return (known(project, annotator),)
    if len(names) > 1:
        raise UsageError(
            "Training data comes from one annotator.",
            f"Name one with --annotator: {', '.join(names)}; "
            "or gold, for what is adjudicated or not in dispute.",
        )
    return names


def _background(project: Project, names: tuple[str, ...]) -> Background:
    return Background(
        history.dates(project.database, names),
        tuple(suggestions.sources(project.database)),
        _agreement(project),
    )


def _agreement(project: Project) -> dict[str, Any] | None:
    """The numbers of `annotator agreement` in short; None where there are not two annotators."""
    names = [name for name in project.annotators() if name != GOLD]
    if len(names) < 2:
        return None
    report = agreement(project, names)
    return {name: _in_short(layer) for name, layer in report.layers.items()}


def _in_short(layer: LayerAgreement) -> dict[str, Any]:
    numbers = layer.pooled.numbers
    return {
        "span_f1": numbers["span_f1"].as_json(),
        "relaxed_f1": numbers["relaxed_f1"].as_json(),
        "token_alpha": layer.everyone["token_alpha"].as_json(),
        "pairs": [
            {
                "annotators": list(pair.annotators),
                "documents": len(pair.documents),
                "span_f1": pair.numbers["span_f1"].value,
                "token_kappa": pair.numbers["token_kappa"].value,
            }
            for pair in layer.pairs
        ],
    }


def _annotated(project: Project, annotators: tuple[str, ...]) -> Iterator[Annotated]:
    for document in documents.every(project.database):
        yield _item(project, document, annotators)


def _item(project: Project, document: Document, annotators: tuple[str, ...]) -> Annotated:
    database = project.database
    states = [
        state_of(document, name, (), entries.load(database, name, document.id))
        for name in annotators
    ]
    suggested = {
        suggestion.id: suggestion
        for name in annotators or ("",)
        for suggestion in suggestions.of(database, document.id, name)
    }
    said = [state.annotations for state in states if not state.annotations.is_empty]
    return Annotated(
        document,
        tuple(map(without_dangling, said)),
        tuple(suggested.values()),
        {
            state.annotations.annotator: tuple(state.decisions.values())
            for state in states
            if state.decisions
        },
        tuple(
            LeftOut(each.what, f"{each.message} ({one.annotator})")
            for one in said
            for each in dangling(one)
        ),
    )


def _watched(
    project: Project, items: Iterator[Annotated], progress: Progress
) -> Iterator[Annotated]:
    total = project.document_count
    for done, item in enumerate(items, 1):
        progress(done, total)
        yield item
