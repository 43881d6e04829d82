"""Ids for what a file gives none: the same thing gets the same id every time it is read."""

from __future__ import annotations

from collections.abc import Container, Sequence

from annotator.model.document import Document
from annotator.model.identity import suggestion_id
from annotator.model.span import Range


def free_id(
    document: Document, kind: str, ranges: Sequence[Range], label: str, taken: Container[str] = ()
) -> str:
    """An id that is not `taken`: what is there twice is two things, with two ids."""
    key = suggestion_id(document.id, "import", kind, ranges, label)
    while key in taken:
        key = suggestion_id(document.id, "import", key, ranges, label)
    return key
