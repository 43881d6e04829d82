"""`annotator export`: annotations and training data out."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.errors import AlignmentError, UsageError

if TYPE_CHECKING:
    from annotator.formats.record import Loss
    from annotator.project.project import Project

_MOST = 3
"""Losses of one kind that are told one by one."""


class Align(StrEnum):
    """What becomes of a span whose edge is inside a token."""

    STRICT = "strict"
    CONTRACT = "contract"
    EXPAND = "expand"


class TaskName(StrEnum):
    """What the data is to train."""

    AUTO = "auto"
    NER = "ner"
    SPANCAT = "spancat"
    BOTH = "both"
    EVENTS = "events"
    ALL = "all"


def export(
    context: typer.Context,
    format_: Annotated[
        str, typer.Argument(metavar="FORMAT", help="spacy, jsonl, ... (see `formats`).")
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="The file or folder; - is stdout.", show_default="in exports/"),
    ] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Whose work, or gold.", show_default="all; for spacy gold")
    ] = None,
    split: Annotated[str, typer.Option(help="spacy: train/dev or train/dev/test.")] = "80/10/10",
    seed: Annotated[int, typer.Option(help="spacy: another seed is another split.")] = 0,
    align: Annotated[
        Align, typer.Option(help="spacy: spans that do not fit tokens.")
    ] = Align.STRICT,
    task: Annotated[TaskName, typer.Option(help="spacy: what to train.")] = TaskName.AUTO,
    nearness: Annotated[
        float,
        typer.Option(
            min=0.1, max=1, help="spacy: articles that share so much are on one side of the split."
        ),
    ] = 0.5,
    check: Annotated[
        bool, typer.Option("--check", help="spacy: only look whether the sides of a folder mix.")
    ] = False,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="huggingface: as Parquet (needs pyarrow).")
    ] = False,
) -> None:
    """Export annotations, or a folder that spaCy trains with; list every loss."""
    from annotator.project.project import Project
    from annotator.training.split import parse_split

    parsed = parse_split(split)
    with Project.open(context.obj) as project:
        if format_ == "spacy" and (out is None or out.suffix != ".spacy"):
            folder = out or project.layout.exports / "spacy"
            if check:
                _check(folder, nearness)
                return
            _dataset(project, folder, annotator, {
                "split": parsed, "seed": seed, "align": align.value, "task": task.value,
                "nearness": nearness,
            })  # fmt: skip
        elif check:
            raise UsageError("--check is for a folder of training data.", "Leave it out.")
        else:
            _file(project, format_, out, annotator, parquet=parquet)


def _dataset(
    project: Project, out: Path, annotator: str | None, settings: dict[str, object]
) -> None:
    from annotator.cli.output import counted, progress_bar, say
    from annotator.project.exporting import export_dataset

    if str(out) == "-":
        raise UsageError("Training data is a folder.", "Name one with --out.")
    with progress_bar("Exporting") as progress, _listing_misaligned():
        report = export_dataset(project, out, annotator, progress=progress, **settings)  # type: ignore[arg-type]  # checked by Typer
    for part, counts in report.parts.items():
        entities = counted(counts.entities.total(), "entity", "entities")
        say(
            f"{part}: {counted(counts.documents, 'document')}, {entities}, "
            f"{counted(counts.events.total(), 'event')}."
        )
    _tell_losses(report.losses)
    for line in report.warnings:
        say(line)
    say(f"Train with: cd {out} && python -m spacy train config.cfg --output ../spacy-model")


def _check(folder: Path, nearness: float) -> None:
    from annotator.cli.output import counted, say
    from annotator.training.leakage import leaks_in

    found = leaks_in(folder, nearness)
    for leak in found:
        say(str(leak))
    if found:
        say(f"{counted(len(found), 'pair')} on two sides.")
        raise typer.Exit(1)
    say("No document is nearly one on another side.")


@contextmanager
def _listing_misaligned() -> Generator[None]:
    """Tells the spans one by one before their error ends the command."""
    from annotator.cli.output import say

    try:
        yield
    except AlignmentError as error:
        for line in error.details:
            say(line)
        raise


def _file(
    project: Project, name: str, out: Path | None, annotator: str | None, *, parquet: bool
) -> None:
    from annotator.cli.output import progress_bar, say
    from annotator.project.exporting import default_name, export

    if out is not None and str(out) == "-":
        _tell_losses(export(project, name, sys.stdout.buffer, annotator))
        return
    target = out or project.layout.exports / default_name(name)
    with progress_bar("Exporting") as progress:
        losses = export(project, name, target, annotator, parquet=parquet, progress=progress)
    _tell_losses(losses)
    say(f"Written to {target}.")


def _tell_losses(losses: Iterable[Loss]) -> None:
    """How often each kind of thing was lost, and the first few of each."""
    from annotator.cli.output import say

    by_kind: dict[str, list[Loss]] = {}
    for loss in losses:
        by_kind.setdefault(loss.what, []).append(loss)
    for what, found in sorted(by_kind.items(), key=lambda kind: len(kind[1])):
        say(f"Lost: {what} ({len(found):,}).")
        for loss in found[:_MOST]:
            say(f"  {loss.document_id}: {loss.detail}")
        if len(found) > _MOST:
            say(f"  ... and {len(found) - _MOST:,} more.")
