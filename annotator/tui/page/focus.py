"""Where the annotator is on a page: the cursor, the current item, a selection, hints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.span import Range


@dataclass(frozen=True, slots=True)
class Focus:
    """Everything about a page that changes without a change of annotations."""

    cursor: Range = (0, 0)
    """The word under the cursor."""
    current: str = ""
    """The id of the span or event that keys act on; empty where there is none."""
    event: str = ""
    """The id of the event whose arguments are drawn."""
    selection: Range | None = None
    hints: Mapping[str, str] = field(default_factory=dict[str, str])
    """Item id to the letters that choose it."""
    word_hints: Mapping[int, str] = field(default_factory=dict[int, str])
    """Where a word begins to the letters that lead there."""
    occurrences: Mapping[Range, bool] = field(default_factory=dict[Range, bool])
    """Further places of the same words, and whether each would be marked."""
    hits: tuple[Range, ...] = ()
    """Where the words stand that are looked for, in order."""
    hit: Range | None = None
    """The one of them at which the search is."""
