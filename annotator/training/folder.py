"""A folder that is there whole or not at all, and that takes no other's place."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

from annotator.errors import UsageError
from annotator.paths import refuse_own, sync_folder
from annotator.training.recipe import LABELS, Component
from annotator.training.workflow import LOCK, PROJECT

REPORT = "report.json"
FILES = frozenset(
    {"train.spacy", "dev.spacy", "test.spacy", "config.cfg", "events.jsonl", "README.md", REPORT}
    | {LABELS, PROJECT, LOCK}
)
"""All that a data set has, and the lock that running its project leaves. Whatever else lies in the
folder is somebody's work."""
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
    """Raise UsageError where `out` holds what we did not write, such as a trained model."""
    refuse_own(out)
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(f"{out} is no folder.", "Name a new folder.")
    there = {path.name for path in out.iterdir()} if out.is_dir() else set[str]()
    others = sorted(there - FILES)
    if LABELS in there and (out / LABELS).is_dir():
        others += sorted(path.name for path in (out / LABELS).iterdir() if not _is_ours(path))
    if others:
        raise UsageError(
            f"{out} holds {others[0]!r}, which is left alone.", "Move it, or name a new folder."
        )
    if there and not _is_data_set(out):
        raise UsageError(f"{out} is no data set of Annotator's.", "Name a new folder.")


def _is_ours(path: Path) -> bool:
    return path.suffix == ".json" and path.stem in list(Component)


def _is_data_set(folder: Path) -> bool:
    try:
        report: Any = json.loads((folder / REPORT).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(report, dict) and cast("dict[str, Any]", report).get("format") == FORMAT
