"""`annotator adjudicate`: settle what annotators differ in, on the screen or from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator.errors import UsageError

if TYPE_CHECKING:
    from annotator.project.adjudicating import Adjudicator
    from annotator.session.adjudication.disagreements import DocumentComparison, Point

_SHORT = 6
"""Digits of a stop's id that are shown; fewer will do where they are not ambiguous."""


def adjudicate(
    context: typer.Context,
    document: Annotated[
        str | None,
        typer.Argument(help="Which document.", show_default="the first with differences"),
    ] = None,
    annotators: Annotated[
        str | None, typer.Option(help="Whom to compare, with commas.", show_default="all")
    ] = None,
    label: Annotated[str | None, typer.Option(help="Only stops with this label or type.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="missed, boundary, label, trigger, type, role, attribute or relation.",
        ),
    ] = None,
    differs: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only where this annotator is alone.")
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Letters, no names.")] = False,
    auto: Annotated[
        str | None,
        typer.Option(metavar="RULE", help="No screen: take what majority or all-but-one say."),
    ] = None,
    settle: Annotated[
        list[str] | None,
        typer.Option(metavar="STOP=CHOICE", help="No screen: A, B, ..., both or neither."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="No screen: print the stops.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --list: as JSON.")] = False,
) -> None:
    """Settle what annotators differ in; the result is the gold set."""
    from annotator.project.adjudicating import Adjudicator, Wanted
    from annotator.project.project import Project

    names = [name.strip() for name in annotators.split(",")] if annotators else []
    with Project.open(context.obj) as project:
        wanted = Wanted(label or "", _kind(kind), differs or "")
        adjudicator = Adjudicator(project, names, wanted, anonymous=anonymous)
        adjudicator.require_queue()
        if auto is not None:
            _vote(adjudicator, auto)
        for words in settle or ():
            _settle(adjudicator, document, words)
        if list_ or as_json:
            _list(adjudicator, document, as_json=as_json)
        elif auto is None and not settle:
            from annotator.cli.screen import show_adjudication

            show_adjudication(adjudicator, project.config, document)
        _tell_left_out(adjudicator)


def _kind(word: str | None) -> Any:  # noqa: ANN401 - a kind, known once it is imported
    from annotator.session.adjudication.disagreements import DifferenceKind

    if word is None or word in tuple(DifferenceKind):
        return DifferenceKind(word) if word else None
    raise UsageError(f"{word!r} is not a kind.", f"There is: {', '.join(DifferenceKind)}.")


def _tell_left_out(adjudicator: Adjudicator) -> None:
    """What was not compared since it points to nothing, document by document."""
    from annotator.cli.output import say

    for document_id, found in adjudicator.left_out.items():
        for words, what in found.items():
            say(f"Left out, {what}: {document_id}: {words}.")


def _vote(adjudicator: Adjudicator, word: str) -> None:
    from annotator.cli.output import counted, say
    from annotator.session.adjudication.voting import Rule

    if word not in tuple(Rule):
        raise UsageError(f"{word!r} is not a rule.", f"There is: {' and '.join(Rule)}.")
    count = adjudicator.vote(Rule(word))
    left = sum(len(stops) for *_, stops in _open(adjudicator))
    say(f"Settled {counted(count, 'difference')} by {word}; {left} are left.")


def _settle(adjudicator: Adjudicator, document: str | None, words: str) -> None:
    from annotator.cli.output import say

    stop, _, choice = words.partition("=")
    found = [
        (document_id, point.id)
        for document_id, _, _, stops in adjudicator.all_stops()
        for point in stops
        if point.id.startswith(stop) and document in (None, document_id)
    ]
    if len(found) != 1 or not stop:
        what = "no stop" if not found else f"{len(found)} stops"
        raise UsageError(f"{what} begin with {stop!r}.", "List them with --list.")
    document_id, point_id = found[0]
    adjudicator.open(document_id)
    point = next(point for point in adjudicator.comparison.stops if point.id == point_id)
    say(f"Took {adjudicator.take(point, choice)}.")


def _open(adjudicator: Adjudicator) -> list[tuple[str, DocumentComparison, list[Point]]]:
    return [
        (document_id, comparison, [p for p in stops if p.id not in settled.choices])
        for document_id, comparison, settled, stops in adjudicator.all_stops()
    ]


def _list(adjudicator: Adjudicator, document: str | None, *, as_json: bool) -> None:
    from annotator.cli.output import print_json, print_table
    from annotator.session.adjudication.disagreement_text import content_words, point_words

    rows: list[dict[str, Any]] = []
    for document_id, comparison, settled, stops in adjudicator.all_stops():
        for point in stops if document in (None, document_id) else ():
            choice = settled.choices.get(point.id)
            rows.append({
                "document": document_id,
                "stop": point.id,
                "kinds": [kind.value for kind in point.kinds],
                "place": list(point.place),
                "about": point_words(comparison, point),
                "versions": [
                    {
                        "voices": adjudicator.voices(version.annotators, document_id),
                        "annotators": [] if adjudicator.anonymous else [*version.annotators],
                        "words": content_words(comparison, version.content),
                    }
                    for version in point.versions
                ],
                "settled": None if choice is None else list(choice.versions),
                "by": None if choice is None else choice.by or "person",
            })  # fmt: skip
    if as_json:
        print_json(rows)
        return
    columns = ("document", "stop", "difference", "about", "versions", "taken")
    print_table(columns, [_row(row) for row in rows])


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    versions = [f"{version['voices']}: {version['words']}" for version in row["versions"]]
    taken = ""
    if row["settled"] is not None:
        voices = [row["versions"][k]["voices"] for k in row["settled"]]
        taken = " + ".join(voices) or "neither"
        taken += "" if row["by"] == "person" else f" ({row['by']})"
    return (
        row["document"],
        row["stop"][:_SHORT],
        "+".join(row["kinds"]),
        row["about"],
        " | ".join(versions),
        taken,
    )
