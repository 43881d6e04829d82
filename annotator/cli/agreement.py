"""`annotator agreement`: how far annotators agree."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.agreement.document_annotations import DocumentAnnotations
    from annotator.agreement.report.report import Report
    from annotator.agreement.report.rows import ReportRow

LAYERS = {"entities": ("entities",), "events": ("triggers", "events")}
"""What belongs to a layer, as the report calls it."""
ALIASES = {"kappa": "token_kappa", "alpha": "token_alpha"}
SCOPES = ("pooled", "everyone", "pair")
"""Where `--fail-under` looks for a measure; of pairs every one has to hold."""


class LayerName(StrEnum):
    """What is compared."""

    ENTITIES = "entities"
    EVENTS = "events"


def agreement(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or brat folders, one an annotator.", show_default="the project"),
    ] = None,
    annotators: Annotated[
        str | None, typer.Option(help="Two or more names, with commas.", show_default="all")
    ] = None,
    layer: Annotated[
        LayerName | None, typer.Option(help="Only this layer.", show_default="both")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Every number, as JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Every number, a row each.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write a page with plots and differences.", show_default=False
        ),
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE=X",
            help="Exit 1 below, or where it is undefined: span_f1=0.8, kappa=0.6.",
            show_default=False,
        ),
    ] = None,
    pygamma: Annotated[
        Path | None,
        typer.Option(help="Write the spans for pygamma-agreement here.", show_default=False),
    ] = None,
    on_screen: Annotated[
        bool, typer.Option("--screen", help="On the screen, to go to the spans behind a number.")
    ] = False,
) -> None:
    """Show span F1, alpha and kappa, events and how suggestions are used, with intervals."""
    from annotator.cli.output import print_json
    from annotator.paths import refuse_own

    if on_screen:
        if any((files, annotators, layer, as_json, as_csv, html, fail_under, pygamma)):
            raise UsageError("--screen goes with no other option.", "Choose on the screen.")
        _show(context.obj)
        return
    for path in filter(None, (html, pygamma)):
        refuse_own(path)
    thresholds = [_threshold(text) for text in fail_under or ()]
    if as_json and as_csv:
        raise UsageError("--json and --csv do not go together.", "Ask for one of them.")
    names = [name.strip() for name in annotators.split(",")] if annotators else []
    works, report = _compared(context.obj, files or (), names)
    wanted = LAYERS[layer] if layer else ("entities", "triggers", "events")
    if html is not None:
        _write_page(html, context.obj, files or (), works, report, wanted)
    if pygamma is not None:
        _write_continuum(pygamma, works, "triggers" if layer is LayerName.EVENTS else "entities")
    if as_json:
        print_json(_only(report, wanted))
    elif as_csv:
        _print_csv(report, wanted)
    else:
        from annotator.cli.agreement_tables import print_report

        print_report(report, wanted)
    if not files and not report.documents:
        _tell_unfinished(context.obj)
    _hold(report, thresholds, wanted)


def _tell_unfinished(root: Path) -> None:
    """Whose work would count if it were finished, where no document was by two."""
    from annotator.cli.output import counted, say
    from annotator.project import finishing
    from annotator.project.project import Project

    with Project.open(root) as project:
        begun = finishing.unfinished(project)
    told = ", ".join(f"{counted(n, 'document')} of {name}" for name, n in begun.items())
    say(f"No document was finished by two annotators. Begun and not finished: {told or 'none'}.")
    if begun:
        say(finishing.HOW)


def _show(root: Path) -> None:
    """The agreement screen over the annotate screen, to which it leads."""
    from annotator.cli.screen import show
    from annotator.cli.start import Start

    show(Start(root, opens_agreement=True))


def _compared(
    root: Path, files: Sequence[Path], names: list[str]
) -> tuple[list[DocumentAnnotations], Report]:
    """What annotators did, in files or in the project, and the report of it."""
    from annotator.agreement.report.report import report
    from annotator.project import agreeing
    from annotator.project.agreeing_files import works_of_files
    from annotator.project.project import Project, scheme_in

    left_out: Counter[str] = Counter()
    if files:
        works = list(works_of_files(files, names, scheme_in(root), left_out))
        _tell_left_out(left_out, "")
        return works, report(works)
    with Project.open(root) as project:
        chosen = agreeing.chosen_annotators(project, names)
        works = list(agreeing.works(project, chosen, left_out))
        _tell_left_out(left_out, "; `annotator verify` names them")
        practice = agreeing.practice(project, chosen)
    return works, report(works, practice=practice)


def _tell_left_out(left_out: Counter[str], where: str) -> None:
    from annotator.cli.output import say

    for what, count in left_out.items():
        say(f"Left out: {what} ({count:,}){where}.")


def _only(report: Report, wanted: Iterable[str]) -> dict[str, object]:
    """The report as JSON without the layers that are not wanted."""
    value = report.as_json()
    value["layers"] = {name: one for name, one in value["layers"].items() if name in wanted}
    if "events" not in wanted:
        value["events"] = None
    return value


def _print_csv(report: Report, wanted: Iterable[str]) -> None:
    from annotator.agreement.report.rows import COLUMNS, rows

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    kept = {*wanted, "suggestions"}
    writer.writerows(row.cells() for row in rows(report) if row.layer in kept)


def _write_page(
    path: Path,
    root: Path,
    files: Sequence[Path],
    works: list[DocumentAnnotations],
    report: Report,
    wanted: Sequence[str],
) -> None:
    from annotator.cli.output import say
    from annotator.project import agreement_page
    from annotator.project.project import Project

    if files:
        text = agreement_page.page_of_files(files, report, works, wanted)
    else:
        with Project.open(root) as project:
            text = agreement_page.page_of_project(project, report, works, wanted)
    _write(path, text)
    say(f"Written to {path}; open it in a browser.")


def _write_continuum(path: Path, works: Iterable[DocumentAnnotations], layer: str) -> None:
    from annotator.agreement.continuum import continuum
    from annotator.cli.output import counted, say

    found = list(continuum(works, "triggers" if layer == "triggers" else "entities"))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(found)
    _write(path, text.getvalue())
    say(f"Written to {path}: {counted(len(found), 'unit')}.")


def _write(path: Path, text: str) -> None:
    from annotator.paths import atomic_write

    try:
        with atomic_write(path) as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error


def _threshold(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        least = float(number)
    except ValueError:
        least = float("nan")
    if not name or not -1 <= least <= 1:
        raise UsageError(
            f"--fail-under {text} is not understood.", "Write span_f1=0.8, or token_alpha=0.7."
        )
    return ALIASES.get(name, name), least


def _hold(report: Report, thresholds: Sequence[tuple[str, float]], wanted: Sequence[str]) -> None:
    """End with exit code 1 where a number is below its threshold, or undefined."""
    from annotator.agreement.report.rows import rows
    from annotator.cli.output import say

    failed = False
    found = [row for row in rows(report) if not row.label] if thresholds else []
    for name, least in thresholds:
        for row in _meant(found, name, wanted):
            value = row.estimate.value
            if value is None or value < least:
                told = f"undefined ({row.estimate.undefined})" if value is None else f"{value:.3f}"
                say(f"{name} of {' · '.join(row.annotators)} is {told}, below {least}.")
                failed = True
    if failed:
        raise typer.Exit(1)


def _meant(found: Sequence[ReportRow], name: str, wanted: Sequence[str]) -> list[ReportRow]:
    """The numbers of a measure: of the first layer that has it, pooled before pair by pair."""
    for layer in wanted:
        for scope in SCOPES:
            rows = [r for r in found if (r.layer, r.scope, r.measure) == (layer, scope, name)]
            if rows:
                return rows
    known = sorted({row.measure for row in found if row.scope in SCOPES})
    raise UsageError(f"There is no measure {name!r}.", f"There is: {', '.join(known)}.")
