"""Cells that a spreadsheet takes for words, whatever they begin with."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would run, or that looks as if it had been defused."""


def is_formula(cell: str) -> bool:
    """Whether a cell has to be defused."""
    return _FORMULA.match(cell) is not None


def defused(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if is_formula(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before it was defused."""
    return cell[1:] if cell.startswith("'") and is_formula(cell) else cell
