"""`annotator import`: documents in, with their annotations."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotator.project.extending import Extension
    from annotator.project.import_report import Findings, ImportReport
    from annotator.project.importing import ImportOptions
    from annotator.project.project import Project

_MOST = 20
"""Problems of one kind that are listed one by one."""


class As(StrEnum):
    """What annotations in a file become."""

    ANNOTATIONS = "annotations"
    SUGGESTIONS = "suggestions"


def import_(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files or folders, packed as .gz or .zip or not."),
    ],
    format_: Annotated[
        str | None, typer.Option("--format", help="What they are.", show_default="detected")
    ] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Whose annotations they are, where the file does not say.")
    ] = None,
    as_: Annotated[As, typer.Option("--as", help="What annotations become.")] = As.ANNOTATIONS,
    map_: Annotated[
        Path | None,
        typer.Option("--map", help='A file of lines OLD = "NEW" that renames labels; "" drops.'),
    ] = None,
    finished: Annotated[
        bool, typer.Option("--finished", help="All annotations in the files are finished.")
    ] = False,
    extend_scheme: Annotated[
        bool, typer.Option("--extend-scheme", help="Add labels that the scheme lacks to its file.")
    ] = False,
    by_line: Annotated[
        bool, typer.Option("--by-line", help="Each line of a text file is a document.")
    ] = False,
    column: Annotated[
        str, typer.Option(help="The column or key that holds the text.", show_default="detected")
    ] = "",
    split_labels: Annotated[
        bool, typer.Option("--split-labels", help="Take several labels in one cell one by one.")
    ] = False,
    language: Annotated[
        str, typer.Option(help="Of documents that name none.", show_default="the scheme's")
    ] = "",
    suggest: Annotated[
        bool, typer.Option("--suggest/--no-suggest", help="Suggest for new documents too.")
    ] = True,
    compare: Annotated[
        bool,
        typer.Option("--compare/--no-compare", help="Name new articles that are nearly others."),
    ] = True,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Import nothing where anything cannot be, or is unknown."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, change nothing.")
    ] = False,
) -> None:
    """Import documents; exit 1 where something could not be taken."""
    from annotator.formats import label_map
    from annotator.formats.options import ReadOptions
    from annotator.project.importing import ImportOptions
    from annotator.project.project import Project

    options = ImportOptions(
        format_name=format_,
        annotator=annotator,
        role="suggestions" if as_ is As.SUGGESTIONS else "annotations",
        read=ReadOptions(language, by_line, column, "split" if split_labels else "refuse"),
        names=label_map.LabelMap() if map_ is None else label_map.read(map_),
        strict=strict,
        extend=extend_scheme,
        finished=finished,
    )
    is_whole = True
    with Project.open(context.obj) as project:
        if dry_run:
            with closing(project.trial_copy()) as trial:
                report = _imported(trial, paths, options, compare=compare, dry_run=True)
        else:
            report = _imported(project, paths, options, compare=compare)
            if suggest and report.added:
                is_whole = _suggest(project)
    if not (report.is_clean and is_whole):
        raise typer.Exit(1)


def _imported(
    project: Project,
    paths: list[Path],
    options: ImportOptions,
    *,
    compare: bool,
    dry_run: bool = False,
) -> ImportReport:
    from annotator.cli.output import progress_bar
    from annotator.project.importing import import_paths

    known = project.document_count
    with progress_bar("Importing") as progress:
        report = import_paths(project, paths, options, progress)
    _tell(report, dry_run=dry_run)
    if compare and report.added:
        _compare(project, known)
    return report


def _compare(project: Project, known: int) -> None:
    from annotator.cli.output import progress_bar, say
    from annotator.project import near_duplicates as likeness

    with progress_bar("Comparing") as progress:
        found = likeness.near_duplicates(project, known, progress)
    if found is None:
        say(f"There are more than {likeness.MOST:,} documents; none were compared with others.")
    else:
        _tell_some(found, "are nearly the same as others")


def _suggest(project: Project) -> bool:
    """Suggest for what is new; whether nothing had to be left out."""
    from annotator.cli.output import counted, progress_bar, say
    from annotator.cli.suggest import say_left_out
    from annotator.project import suggesting

    with progress_bar("Suggesting") as progress:
        made = suggesting.suggest(project, progress=progress)
    for run in made:
        say(f"{counted(run.suggestions, 'suggestion')} by {run.source}.")
    return not say_left_out(made)


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    from annotator.cli.output import counted, say

    begin = "Would import" if dry_run else "Imported"
    say(f"{begin} {counted(report.added, 'document')}; {report.same:,} were there already.")
    for name, number in sorted(report.annotated.items()):
        say(f"{counted(number, 'annotation')} by {name}.")
    for name, number in sorted((+report.finished).items()):
        say(f"{counted(number, 'document')} of {name}: finished.")
    if report.suggestions:
        say(f"{counted(report.suggestions, 'suggestion')}.")
    _tell_some(report.rejected, "could not be read")
    for what, findings in report.parts.items():
        say(f"Left out: {what} ({findings.count:,}).")
        _tell_some(findings, "were left out")
    _tell_some(report.conflicts, "have the id of a document with another text")
    _tell_some(report.duplicates, "have the text of another document")
    if report.differing:
        say(f"{counted(report.differing, 'annotation')} differ from what is there; left as it is.")
    if report.left_out:
        say(f"Left out: {_listed(report.left_out)}.")
    _tell_of_scheme(report.unknown, report.extension, dry_run=dry_run)


def _tell_of_scheme(
    unknown: Mapping[str, int], extension: Extension | None, *, dry_run: bool
) -> None:
    from annotator.cli.output import say

    if extension is None:
        if unknown:
            say(f"Not in the scheme: {_listed(unknown)}.")
            say("--extend-scheme adds them, --map renames them.")
        return
    if extension.added:
        begin = "Would add to" if dry_run else "Added to"
        say(f"{begin} {extension.path}: {', '.join(extension.added)}.")
    for reason in extension.refused:
        say(f"Not added to the scheme: {reason}")


def _listed(numbers: Mapping[str, int]) -> str:
    most = sorted(numbers.items(), key=lambda pair: -pair[1])
    more = [f"{len(most) - _MOST:,} more"] if len(most) > _MOST else []
    return ", ".join([*(f"{name} ({number:,})" for name, number in most[:_MOST]), *more])


def _tell_some(findings: Findings, what: str) -> None:
    from annotator.cli.output import say

    for line in findings.first[:_MOST]:
        say(line)
    if findings.count > _MOST:
        say(f"... and {findings.count - _MOST:,} more that {what}.")
