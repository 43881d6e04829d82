"""A document: a text that never changes, and what is known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Offsets everywhere in the project count code points of `text`."""

    id: str
    text: str
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    """Title, date, source and whatever else came with it; JSON values only."""
    language: str = "en"

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a document needs an id, not ''")

    @property
    def title(self) -> str:
        """The title in `meta`, else the first line that has letters, else the id."""
        title = self.meta.get("title")
        if isinstance(title, str) and title.strip():
            return title.strip()
        return self.text.lstrip().partition("\n")[0].strip() or self.id

    @property
    def title_range(self) -> tuple[int, int]:
        """Where the title stands in the text, if it is how the text begins; else `(0, 0)`."""
        start = len(self.text) - len(self.text.lstrip())
        title = self.title
        return (start, start + len(title)) if self.text.startswith(title, start) else (0, 0)

    @property
    def sha256(self) -> str:
        """The hash of the text in UTF-8, by which a changed text is noticed."""
        return text_sha256(self.text)


def text_sha256(text: str) -> str:
    """The sha256 of `text` in UTF-8, as hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
