"""What is imported when: the slow libraries only where they are used, and only then."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.document import Document
from annotator.project.project import Project
from annotator.store import documents

PACKAGE = Path(__file__).parents[2] / "annotator"
SLOW = {"spacy", "textual", "sqlite_utils", "numpy"}

HOMES = {
    "spacy": (
        "text/",
        "suggest/",
        "training/",
        "formats/spacy/",
    ),
    "textual": ("tui/",),
    "typer": ("cli/",),
    "sqlite_utils": ("store/",),
    "sqlite3": ("store/",),
}
"""Where a library may be imported at all."""

RUN_COMMAND = """
import runpy, sys
sys.argv = ["annotator", *sys.argv[1:]]
try:
    runpy.run_module("annotator", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
print("loaded:", *sys.modules)
"""
IMPORT_COMMANDS = "import annotator.cli.commands, sys; print('loaded:', *sys.modules)"
FIRST_FRAME = """
import sys
from pathlib import Path
import annotator.cli.main, annotator.cli.screen
from annotator.project.project import Project
project = Project.open(Path(sys.argv[1]))
session = project.session("mia")
session.open_last()
from annotator.tui.app import AnnotatorApp

class FirstFrame(AnnotatorApp):
    def _load_behind(self, screen):  # comes after the first frame
        self.loaded = list(sys.modules)
        self.exit()

app = FirstFrame(session, project.config)
app.run(headless=True)
print("loaded:", *app.loaded)
"""
"""What a start does, and what it has loaded when the first document is on the screen."""


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The modules that a fresh interpreter has when `program` ends."""
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    last = result.stdout.splitlines()[-1]
    assert last.startswith("loaded: ")
    return set(last.split()[1:])


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("import", "--help")])
def test_the_help_loads_no_slow_library(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(RUN_COMMAND, *arguments)
    assert "annotator.cli.main" in loaded
    assert loaded & SLOW == set()


def test_importing_the_commands_loads_no_slow_library() -> None:
    loaded = loaded_by(IMPORT_COMMANDS)
    assert "annotator.cli.commands" in loaded
    assert loaded & SLOW == set()


def test_the_first_frame_of_the_screen_waits_for_no_library_that_it_can_do_without(
    tmp_path: Path,
) -> None:
    with Project.create(tmp_path, sample=True) as project:
        documents.add(project.database, [Document("one", "Storms hit Rome.")])
    loaded = loaded_by(FIRST_FRAME, str(tmp_path))
    assert "annotator.tui.screens.annotate" in loaded
    assert loaded & {*SLOW - {"textual"}, "typer", "pydantic"} == set()


def test_spacy_is_imported_inside_functions_only() -> None:
    found = [where for where, name in imports(at_module_level=True) if name == "spacy"]
    assert found == []


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_in_its_home_only(library: str) -> None:
    users = {where for where, name in imports() if name == library}
    assert users, f"nothing imports {library}"
    assert {user for user in users if not user.startswith(HOMES[library])} == set()


def imports(*, at_module_level: bool = False) -> Iterator[tuple[str, str]]:
    """File and top-level package of every import; those for type checkers only are left out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in nodes(tree, functions=not at_module_level):
            if isinstance(node, ast.Import):
                yield from ((where, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield where, node.module.partition(".")[0]


def nodes(tree: ast.AST, *, functions: bool) -> Iterator[ast.AST]:
    """Every node below `tree`, bodies of functions only on request."""
    for child in ast.iter_child_nodes(tree):
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if (is_function and not functions) or is_for_type_checkers(child):
            continue
        yield child
        yield from nodes(child, functions=functions)


def is_for_type_checkers(node: ast.AST) -> bool:
    """Whether this is `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) in (
        "TYPE_CHECKING",
        "typing.TYPE_CHECKING",
    )
