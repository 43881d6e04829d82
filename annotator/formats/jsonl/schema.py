"""The JSON Schema of our own JSON lines, which `schema.json` holds and `formats` prints.

The reader is stricter still: see `annotator.formats.validation` and
`annotator.model`.
"""

from __future__ import annotations

from pathlib import Path


def schema() -> str:
    """The schema of the version that is written, as JSON."""
    return Path(__file__).with_name("schema.json").read_text(encoding="utf-8")
