"""The suggesters of a scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from annotator.model.document import Document
from annotator.model.scheme import Scheme
from annotator.model.suggestion import Suggestion
from annotator.suggest.patterns.suggester import PatternSuggester


class Suggester(Protocol):
    """Whatever proposes spans and events for documents."""

    @property
    def name(self) -> str:
        """What it is called, the same in every version."""
        ...

    @property
    def source(self) -> str:
        """Name and version, which every suggestion of it carries."""
        ...

    @property
    def left_out(self) -> tuple[str, ...]:
        """What it has done without in the last document, and since when and why."""
        ...

    def suggest(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Suggestion, ...]]]:
        """Each document with what is proposed for it."""
        ...


def load(scheme: Scheme, labels_folder: Path) -> tuple[Suggester, ...]:
    """The suggesters of a scheme; none where it names no patterns file.

    Raises PatternError where the file is missing or wrong.
    """
    if not scheme.patterns_file:
        return ()
    return (PatternSuggester.load(labels_folder / scheme.patterns_file, scheme),)
