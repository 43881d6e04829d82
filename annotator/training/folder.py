"""A folder that is there whole or not at all, and that takes no other's place."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

from annotator.errors import UsageError
from annotator.paths import sync_folder

REPORT = "report.json"
FORMAT = "annotator dataset"
"""What `format` in `report.json` says, by which a folder of ours is known."""


@contextlib.contextmanager
def replaced_folder(out: Path) -> Generator[Path]:
    """A new folder that takes the place of `out` when the block ends without an error.

    Raises UsageError where `out` is something else than a data set of ours or an empty folder.
    """
    check_replaceable(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    try:
        made = work / "new"
        made.mkdir()
        yield made
        if out.exists():
            out.rename(work / "old")
        made.rename(out)
        sync_folder(out.parent)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def check_replaceable(out: Path) -> None:
    """Raise UsageError where `out` holds what we did not write."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(f"{out} is no folder.", "Name a new folder.")
    if out.is_dir() and any(out.iterdir()) and not _is_ours(out):
        raise UsageError(f"{out} holds other files; they are left alone.", "Name a new folder.")


def _is_ours(folder: Path) -> bool:
    try:
        report = json.loads((folder / REPORT).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(report, dict) and report.get("format") == FORMAT
