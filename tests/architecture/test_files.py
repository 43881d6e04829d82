"""The shape of the package's files: small, named by a noun, and saying what they are."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "annotator"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core", "misc"}
WITH_CONTENT = {"__init__.py"}
"""The package, which has its version."""


def name_of(path: Path) -> str:
    """A file's path in the package."""
    return path.relative_to(PACKAGE).as_posix()


def lines_of(path: Path) -> int:
    """How many lines a file has."""
    return path.read_bytes().count(b"\n")


def test_no_file_is_longer_than_400_lines() -> None:
    assert len(MODULES) > 80
    assert {name_of(p): lines_of(p) for p in MODULES if lines_of(p) > LONGEST} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        name_of(path)
        for path in MODULES
        if not (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").strip()
    ]
    assert silent == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    vague = [
        name_of(path)
        for path in MODULES
        if VAGUE & {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts}
    ]
    assert vague == []


def test_a_package_holds_its_docstring_and_what_others_use_of_it() -> None:
    filled = [
        name_of(path)
        for path in MODULES
        if path.name == "__init__.py"
        and name_of(path) not in WITH_CONTENT
        and not all(is_of_a_face(node) for node in ast.parse(path.read_text(encoding="utf-8")).body)
    ]
    assert filled == []


def is_of_a_face(node: ast.stmt) -> bool:
    """Whether a statement is a docstring, an import or `__all__`."""
    is_all = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_all or is_docstring or isinstance(node, ast.ImportFrom)
