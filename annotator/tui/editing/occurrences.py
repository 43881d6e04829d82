"""Marking the same words elsewhere alike: every place is shown first, and can be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.model.span import Range, Span
from annotator.session.occurrences import Occurrence, Spread, marking, occurrences
from annotator.text.safe_text import shortened

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor

_LONG = 30


class Occurrences:
    """The state of the mode: the places found, where one is among them, which were refused."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._entity: Span | None = None
        self._found: tuple[Occurrence, ...] = ()
        self._refused: set[Range] = set()
        self._index = 0

    @property
    def places(self) -> dict[Range, bool]:
        """Each place, and whether it would be marked."""
        return {each.place: each.place not in self._refused for each in self._found}

    @property
    def taken(self) -> tuple[Occurrence, ...]:
        """What would be marked."""
        return tuple(each for each in self._found if each.place not in self._refused)

    @property
    def position(self) -> tuple[int, int]:
        """At which place the cursor is, from 1, and of how many."""
        return self._index + bool(self._found), len(self._found)

    @property
    def sought(self) -> tuple[str, str]:
        """The words and the label."""
        entity = self._entity
        if entity is None:
            return "", ""
        return entity.surface(self._editor.state.document.text), entity.label

    def do_occurrences(self) -> None:
        """Show where else the current entity's words stand."""
        editor = self._editor
        item = editor.item
        if not isinstance(item, Span) or item.is_discontinuous:
            editor.message = "Go to an entity in one piece: its words are looked for elsewhere."
            return
        self._entity = item
        self._found = occurrences(editor.state, editor.session.tokens, item)
        self._refused = {each.place for each in self._found if each.is_labelled}
        editor.mode = Mode.OCCURRENCES
        after = [i for i, each in enumerate(self._found) if each.place > item.ranges[0]]
        self._go(after[0] if after else 0)

    def do_occurrences_next(self) -> None:
        """Go to the next place."""
        self._go(self._index + 1)

    def do_occurrences_previous(self) -> None:
        """Go to the place before."""
        self._go(self._index - 1)

    def do_occurrences_refuse(self) -> None:
        """Leave this place out, or take it in again, and go on."""
        if self._found:
            self._refused ^= {self._found[self._index].place}
            self._go(self._index + 1)

    def do_occurrences_take(self) -> None:
        """Mark every place that was not refused, as one change."""
        editor, entity, taken = self._editor, self._entity, self.taken
        self._leave()
        if entity is None or not taken:
            editor.message = "None was marked."
        elif editor.run(marking(editor.state, entity, taken)):
            editor.message = f"{len(taken)} more marked as {entity.label}: u takes all back."

    def do_occurrences_none(self) -> None:
        """Mark nothing."""
        self._leave()

    def end(self) -> None:
        """Forget the places."""
        self._entity, self._found, self._refused, self._index = None, (), set(), 0

    def tell(self, spread: Spread) -> None:
        """Say how much was suggested in other documents."""
        count = spread.documents
        where = f"{count} other document{'s' if count > 1 else ''}"
        self._editor.message = (
            f"{spread.suggestions} suggested in {where}." if count else "Nothing new elsewhere."
        )

    def _leave(self) -> None:
        editor, entity = self._editor, self._entity
        editor.leave()
        if entity is not None:
            editor.point_at(entity.id)

    def _go(self, index: int) -> None:
        if not self._found:
            words = shortened(self.sought[0], _LONG)
            self._editor.message = f"“{words}” is nowhere else in this document without a mark."
            return
        self._index = index % len(self._found)
        self._editor.place = self._found[self._index].place[0]
