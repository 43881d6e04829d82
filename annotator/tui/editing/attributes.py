"""Attributes of the current event, turned from value to value by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.event import Event
from annotator.model.scheme import Attribute
from annotator.session.commands import SetAttribute

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor


class Attributes:
    """Gives attributes their values."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def press(self, char: str) -> bool:
        """Turn the attribute that has this key; False where there is none."""
        event = self._editor.item
        if not isinstance(event, Event):
            return False
        for attribute in self._editor.scheme.attributes_of(event.type):
            if attribute.key == char:
                self._turn(event, attribute)
                return True
        return False

    def _turn(self, event: Event, attribute: Attribute) -> None:
        """Give an attribute its next value; where there is no default, unset is one of them."""
        values = attribute.values if attribute.default else ("", *attribute.values)
        value = event.attributes.get(attribute.name, attribute.default)
        place = values.index(value) if value in values else -1
        chosen = values[(place + 1) % len(values)]
        stored = "" if chosen == attribute.default else chosen
        if self._editor.run(SetAttribute(event.id, attribute.name, stored)):
            self._editor.message = f"{attribute.name}: {chosen or '—'}"
