"""Filling the roles of an event: a letter on each legal filler, a digit for a certain role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.actions import Mode
from annotator.model.event import Event
from annotator.session.commands import RemoveArgument, SetArgument
from annotator.session.navigation import items_at
from annotator.session.roles import legal_fillers, role_for, roles_of
from annotator.session.state import span_of
from annotator.tui.editing.hints import hints

if TYPE_CHECKING:
    from annotator.tui.editing.editor import Editor

_DIGITS = "123456789"
_MEANT_OTHERWISE = "t"
"""Ends the mode, so it is no hint."""


class Linking:
    """The state of link mode: which role was chosen, and which letters choose what."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._typed = ""
        self._hints: dict[str, str] = {}
        self.role: str | None = None
        """The role that the next filler takes; None for the one that fits best."""

    @property
    def hints(self) -> dict[str, str]:
        """Item id to the letters still to be typed."""
        return {
            item_id: hint[len(self._typed) :]
            for item_id, hint in self._hints.items()
            if hint.startswith(self._typed)
        }

    def begin(self, *, always: bool = False) -> None:
        """Show hints; without any legal filler on the screen only where `always` is set."""
        self.role = None
        self._offer()
        if self._hints:
            self._editor.mode = Mode.LINK
        elif always:
            self._editor.message = "Nothing on the screen fits a role of this event."

    def begin_with(self, role: str) -> None:
        """Show hints for a certain role of the current event."""
        self.role = role
        self._offer()
        if self._hints:
            self._editor.mode = Mode.LINK
        else:
            self.role = None
            self._editor.message = f"Nothing on the screen fits {role}."

    def end(self) -> None:
        """Forget role and hints."""
        self.role, self._typed, self._hints = None, "", {}

    def press(self, char: str) -> bool:
        """Take a digit or hint letter; False where the key means something else."""
        if char in _DIGITS:
            return self._choose_role(int(char))
        matching = [i for i, hint in self._hints.items() if hint.startswith(self._typed + char)]
        if not char or not matching:
            return False
        self._typed += char
        if self._hints[matching[0]] == self._typed:
            self._fill(matching[0])
        return True

    def choose(self, item_id: str) -> bool:
        """Let an item fill the role; False where it has no letter."""
        is_offered = self._editor.mode is Mode.LINK and item_id in self._hints
        if is_offered:
            self._fill(item_id)
        return is_offered

    def choose_at(self, offset: int) -> bool:
        """Let an item at an offset of the text fill the role; False where none has a letter."""
        here = items_at(self._editor.session.items, (offset, offset + 1))
        return any(self.choose(item.id) for item in here)

    def do_link(self) -> None:
        """Fill the roles of the current event."""
        if isinstance(self._editor.item, Event):
            self.begin(always=True)
        else:
            self._editor.message = "Go to an event first: its roles are filled from there."

    def do_link_done(self) -> None:
        """Leave the event as it is now."""
        self._editor.leave()

    def do_unlink(self) -> None:
        """Take the event's last argument out again; first one that points to nothing."""
        event, state = self._editor.item, self._editor.state
        if isinstance(event, Event) and event.arguments:
            gone = (a for a in event.arguments if state.item(a.target) is None)
            last = next(gone, event.arguments[-1])
            self._editor.run(RemoveArgument(event.id, last.role, last.target))
            self._offer()

    def _choose_role(self, number: int) -> bool:
        roles = roles_of(self._editor.state, self._editor.scheme, self._editor.current)
        if not 1 <= number <= len(roles):
            return False
        name = roles[number - 1].name
        self.role = None if self.role == name else name
        self._offer()
        if not self._hints:
            self._editor.message = f"Nothing on the screen fits {name}."
        return True

    def _fill(self, target: str) -> None:
        editor = self._editor
        role = self.role or role_for(editor.state, editor.scheme, editor.current, target)
        if role is not None:
            editor.run(SetArgument(editor.current, role, target))
        self.role = None
        self._offer()

    def _offer(self) -> None:
        editor = self._editor
        self._typed = ""
        legal = set(legal_fillers(editor.state, editor.scheme, editor.current, self.role))
        on_screen = [item_id for item_id in editor.visible() if item_id in legal]
        on_screen.sort(key=self._distance)
        self._hints = hints(on_screen, _MEANT_OTHERWISE)

    def _distance(self, item_id: str) -> int:
        """How far an item is from the event."""
        item = self._editor.state.item(item_id)
        return abs(span_of(item).start - self._editor.place) if item is not None else 0
