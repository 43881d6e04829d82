"""`annotator formats`, `schemes` and `keys`: what there is."""

from __future__ import annotations

from typing import Annotated

import typer

JsonFlag = Annotated[bool, typer.Option("--json", help="As JSON.")]


def formats(
    as_json: JsonFlag = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a line of jsonl instead.")
    ] = False,
) -> None:
    """List the formats, and what each cannot carry."""
    from annotator.cli.output import print_json, print_table
    from annotator.formats import registry
    from annotator.formats.jsonl import schema as jsonl_schema

    if schema:
        typer.echo(jsonl_schema.schema(), nl=False)
        return
    rows = [
        (f.name, " ".join(f.suffixes), f.directions, "; ".join(f.loses) or "nothing")
        for f in registry.formats()
    ]
    columns = ("format", "suffixes", "ways", "loses")
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows)


def schemes(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List the label schemes: the project's own, then the shipped ones."""
    from annotator.cli.output import print_json, print_table
    from annotator.paths import Layout
    from annotator.project.project import scheme_files
    from annotator.schemes import toml as scheme_toml

    rows: list[tuple[object, ...]] = []
    for path in scheme_files(Layout(context.obj)):
        scheme = scheme_toml.read(path)
        rows.append(
            (scheme.name, len(scheme.entities), len(scheme.events), scheme.description, str(path))
        )
    columns = ("scheme", "entities", "events", "description", "file")
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows, right=(1, 2))


def keys(context: typer.Context, as_json: JsonFlag = False) -> None:
    """List what each key does in the annotate screen, the project's own keys included."""
    from annotator import config
    from annotator.actions import ACTIONS, shown_key
    from annotator.cli.output import print_json, print_table
    from annotator.paths import Layout

    changed = config.read(Layout(context.obj).config).keymap
    rows = [
        (
            action.id,
            " ".join(shown_key(key) for key in changed.get(action.id, action.keys)),
            " ".join(mode.value for mode in action.modes),
            action.help,
        )
        for action in ACTIONS
    ]
    columns = ("action", "keys", "modes", "what it does")
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows)
