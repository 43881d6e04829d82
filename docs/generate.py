"""Makes docs/keys.md, docs/commands.md and the table in docs/formats.md from the code.

`python docs/generate.py` writes them; with `--check` it writes nothing and exits 1 where they
are not what the code says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer.main

from annotator.actions import ACTIONS, LABEL_KEYS, PRESETS, Mode, shown_key
from annotator.cli.commands import app
from annotator.formats import registry
from annotator.formats.kinds import Kind
from annotator.model.scheme import ANY_EVENT, Scheme
from annotator.project.project import DEFAULT_SCHEME
from annotator.schemes import toml as scheme_toml

DOCS = Path(__file__).resolve().parent
MADE = "made by docs/generate.py"
BEGIN, END = f"<!-- table: {MADE} -->", "<!-- end of the table -->"


KEYS_INTRODUCTION = """\
What each key does on the screens. The id is what `[keys]` in `annotator.toml` names to
give an action other keys; see [the guide](guide.md#settings). `annotator keys` lists the keys in
force."""

COMMANDS_INTRODUCTION = """\
`annotator` alone opens the project in the current folder, or makes one there and opens it (see
[the guide](guide.md#first-start)). `annotator COMMAND --help` shows what stands here.

Data goes to stdout, talk and progress go to stderr. The exit code is 0 when it is done, 1 when the
answer is no (a check failed, there is nothing to do, a number is below its threshold), 2 for wrong
usage, 3 when the project or a file cannot be used, and 130 when it was interrupted."""


def pages() -> dict[Path, str]:
    """Every generated page, as the code has it now."""
    scheme = scheme_toml.read(DOCS.parent / "labels" / f"{DEFAULT_SCHEME}.toml")
    formats = DOCS / "formats.md"
    return {
        DOCS / "keys.md": keys_page(scheme),
        DOCS / "commands.md": commands_page(),
        formats: with_table(formats.read_text(encoding="utf-8"), formats_table()),
    }


# -- keys ---------------------------------------------------------------------------------------


def keys_page(scheme: Scheme) -> str:
    """The keys of the annotate screen, then those that the default scheme brings."""
    blocks = [
        f"# Keys\n\n<!-- {MADE} -->",
        KEYS_INTRODUCTION,
    ]
    for group, actions in groupby(ACTIONS, key=lambda action: action.group):
        rows = [
            (
                " ".join(_code(shown_key(key)) for key in action.keys),
                action.help,
                _where(action.modes),
                _code(action.id),
            )
            for action in actions
        ]
        blocks.append(f"## {group}\n\n{table(('Key', 'What it does', 'While', 'Id'), rows)}")
    blocks.append(_presets())
    blocks += list(_scheme_keys(scheme))
    return "\n\n".join(blocks) + "\n"


def _presets() -> str:
    names = [name for name, changed in PRESETS.items() if changed]
    rows = [
        (
            action.help,
            *(
                " ".join(_code(shown_key(key)) for key in PRESETS[name].get(action.id, action.keys))
                for name in names
            ),
            _code(action.id),
        )
        for action in ACTIONS
        if any(action.id in PRESETS[name] for name in names)
    ]
    headings = ("What it does", *(f"`{name}`" for name in names), "Id")
    return (
        "## Presets\n\n`preset` in `annotator.toml` chooses a whole set of keys. What the table"
        f" lacks has the keys above.\n\n{table(headings, rows)}"
    )


def _where(modes: Sequence[Mode]) -> str:
    words = {
        Mode.NORMAL: "annotating",
        Mode.SELECT: "selecting",
        Mode.EVENT: "choosing a type",
        Mode.LINK: "filling roles",
        Mode.COPY: "duplicating",
        Mode.JUMP: "jumping",
        Mode.OCCURRENCES: "at all occurrences",
        Mode.ADJUDICATE: "adjudicating",
        Mode.FIND: "finding",
    }
    return ", ".join(words[mode] for mode in modes)


def _scheme_keys(scheme: Scheme) -> Iterator[str]:
    spare = [key for key in LABEL_KEYS if key not in {label.key for label in scheme.entities}]
    yield (
        f"# Keys of the scheme {scheme.name}\n\n"
        "A scheme brings its own keys. Labels without one get the digits that are left over, and\n"
        "where none is left they are chosen by name with `r`."
    )
    labels: list[tuple[str, str, str]] = []
    for label in scheme.entities:
        key = label.key or (spare.pop(0) if spare else "")
        labels.append((_code(key) if key else "`r`, by name", label.name, label.description))
    yield f"## Entity labels\n\n{table(('Key', 'Label', 'Meaning'), labels)}"
    events = [
        (
            f"`e` {_code(event.key)}",
            event.name,
            event.description,
            ", ".join(f"{n} {role.name}" for n, role in enumerate(event.roles, 1)),
        )
        for event in scheme.events
    ]
    yield (
        "## Event types\n\n"
        "The digit of a role chooses it while roles are filled.\n\n"
        + table(("Keys", "Event", "Meaning", "Roles"), events)
    )
    attributes = [
        (
            _code(attribute.key),
            attribute.name,
            attribute.description,
            ", ".join(attribute.values),
            "every event"
            if attribute.applies_to == (ANY_EVENT,)
            else ", ".join(attribute.applies_to),
        )
        for attribute in scheme.attributes
    ]
    yield (
        "## Attributes\n\n"
        "On an event, the key of an attribute gives it its next value.\n\n"
        + table(("Key", "Attribute", "Meaning", "Values", "Of"), attributes)
    )


# -- commands -----------------------------------------------------------------------------------


def commands_page() -> str:
    """Every command with its arguments and options."""
    group: Any = typer.main.get_command(app)
    callback = app.registered_callback
    hints = get_type_hints(callback.callback) if callback else {}
    blocks = [
        f"# Commands\n\n<!-- {MADE} -->",
        COMMANDS_INTRODUCTION,
        f"## annotator\n\n`annotator [OPTIONS] [COMMAND]`\n\n{_parameters(group, hints)}",
    ]
    for info in app.registered_commands:
        command = group.commands[info.name]
        arguments = [_argument(p) for p in command.params if p.param_type_name == "argument"]
        usage = " ".join(["annotator", command.name, "[OPTIONS]", *arguments])
        parameters = _parameters(command, get_type_hints(info.callback))
        blocks.append(f"## {command.name}\n\n{command.help.strip()}\n\n`{usage}`\n\n{parameters}")
    return "\n\n".join(blocks) + "\n"


def _parameters(command: Any, hints: Mapping[str, Any]) -> str:  # noqa: ANN401 - Typer's own Click
    rows = [
        (
            _code(_argument(p) if p.param_type_name == "argument" else _option(p, hints[p.name])),
            p.help or "",
            _default(p),
        )
        for p in command.params
        if p.name in hints
    ]
    return table(("Option", "What it says", "Default"), rows) if rows else "It has no options."


def _argument(parameter: Any) -> str:  # noqa: ANN401
    name = parameter.metavar or parameter.name.upper()
    return name if parameter.required or name.startswith("[") else f"[{name}]"


def _option(parameter: Any, hint: Any) -> str:  # noqa: ANN401
    names = "/".join([*parameter.opts, *parameter.secondary_opts])
    return names if hint is bool else f"{names} {parameter.metavar or _value(hint)}"


def _value(hint: Any) -> str:  # noqa: ANN401
    """What is to be written for a value of a type, the last one of `list[X] | None`."""
    while inner := [part for part in get_args(hint) if part is not type(None)]:
        hint = inner[0]
    if issubclass(hint, Enum):
        return "|".join(str(member.value) for member in hint)
    return {Path: "PATH", int: "NUMBER", float: "NUMBER"}.get(hint, "TEXT")


def _default(parameter: Any) -> str:  # noqa: ANN401
    if isinstance(parameter.show_default, str):
        return parameter.show_default
    if parameter.required:
        return "needed"
    default = getattr(parameter.default, "value", parameter.default)
    if isinstance(default, bool):
        return "on" if default else "off"
    return _code(str(default)) if isinstance(default, str | int | float) and default != "" else ""


# -- formats ------------------------------------------------------------------------------------


def formats_table() -> str:
    """The formats with what they carry, then with their suffixes and losses."""
    formats = registry.formats()
    carried = [
        (
            _code(found.name),
            found.directions,
            *("yes" if kind in found.carries else "-" for kind in Kind),
        )
        for found in formats
    ]
    lost = [
        (
            _code(found.name),
            " ".join(_code(suffix) for suffix in found.suffixes),
            "; ".join(found.loses) or "nothing",
        )
        for found in formats
    ]
    kinds = (kind.value.capitalize() for kind in Kind)
    return "\n\n".join(
        (
            table(("Format", "Ways", *kinds), carried),
            table(("Format", "Files", "Cannot carry"), lost),
        )
    )


def with_table(page: str, made: str) -> str:
    """`page` with `made` between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


# -- Markdown -----------------------------------------------------------------------------------


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a vertical line in a cell is no column."""
    lines = [tuple(head), ("---",) * len(head), *(tuple(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(text: str) -> str:
    return f"`{text}`"


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` name those that differ; gives the exit code."""
    stale = [
        (path, text)
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        if "--check" in arguments:
            sys.stderr.write(f"docs/{path.name} is not what the code says.\n")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
