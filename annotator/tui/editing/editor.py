"""The editor: where an annotator is in a document, what the keys mean, and who does it.

Knows keys and modes but nothing of Textual, so that a whole afternoon of annotating can be
played without a screen. Every change goes through the session.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from annotator.actions import Mode, keymap
from annotator.errors import AnnotatorError, StaleStateError
from annotator.model.change import Change
from annotator.model.event import Event
from annotator.model.scheme import Scheme
from annotator.model.span import Range
from annotator.session.commands import Command
from annotator.session.navigation import Item, items_at
from annotator.session.session import Session
from annotator.session.state import State, span_of
from annotator.text.alignment import offsets, token_at
from annotator.tui.editing.attributes import Attributes
from annotator.tui.editing.deciding import Deciding
from annotator.tui.editing.edges import Edges
from annotator.tui.editing.finding import Finding
from annotator.tui.editing.jumping import Jumping
from annotator.tui.editing.linking import Linking
from annotator.tui.editing.making import Making
from annotator.tui.editing.moving import Moving
from annotator.tui.editing.occurrences import Occurrences
from annotator.tui.editing.queueing import Queueing
from annotator.tui.editing.shaping import Shaping
from annotator.tui.page.focus import Focus

_WORD = re.compile(r"\w+|[^\w\s]")


class Editor:
    """One annotator's hands on the session's document."""

    def __init__(self, session: Session, keys: dict[str, tuple[str, ...]] | None = None) -> None:
        self.session = session
        self.mode = Mode.NORMAL
        self.current = ""
        """The id of the item that keys act on; empty where there is none."""
        self.place = 0
        """The code point where the word under the cursor begins."""
        self.anchor: int | None = None
        """Where a selection began."""
        self.message = ""
        self.epoch = 0
        """Goes up whenever the whole document has to be shown anew."""
        self.visible: Callable[[], Sequence[str]] = lambda: [i.id for i in session.items]
        """The ids of the items on the screen, for hints."""
        self.visible_range: Callable[[], Range] = lambda: (0, len(self.state.document.text))
        """The text on the screen, for hints on words."""
        self.attributes = Attributes(self)
        self.deciding = Deciding(self)
        self.edges = Edges(self)
        self.finding = Finding(self)
        self.jumping = Jumping(self)
        self.linking = Linking(self)
        self.making = Making(self)
        self.moving = Moving(self)
        self.occurrences = Occurrences(self)
        self.queueing = Queueing(self)
        self.shaping = Shaping(self)
        self._parts = (
            self.deciding,
            self.edges,
            self.moving,
            self.making,
            self.linking,
            self.queueing,
            self.jumping,
            self.occurrences,
            self.shaping,
            self.finding,
        )
        self._label_keys = session.scheme.label_keys
        self._keymaps = {mode: keymap(mode, keys) for mode in Mode}
        self._changes: list[Change] = []
        self.enter()

    # -- what is seen -------------------------------------------------------------------------

    @property
    def scheme(self) -> Scheme:
        """The labels in force."""
        return self.session.scheme

    @property
    def state(self) -> State:
        """The document as it is now."""
        return self.session.state

    @property
    def item(self) -> Item | None:
        """The span or event that keys act on."""
        return self.state.item(self.current) if self.current else None

    @property
    def focus(self) -> Focus:
        """Where the annotator is, for the view."""
        return Focus(
            cursor=self.word,
            current=self.current,
            event=self.current if isinstance(self.item, Event) else "",
            selection=self.selection if self.anchor is not None else None,
            hints=self.linking.hints if self.mode is Mode.LINK else {},
            word_hints=self.jumping.hints,
            occurrences=self.occurrences.places,
            hits=self.finding.hits,
            hit=self.finding.hit,
        )

    @property
    def word(self) -> Range:
        """The word under the cursor; before the tokenizer is there, as letters and digits go."""
        if self.session.has_tokens:
            tokens = self.session.tokens
            return tokens[token_at(tokens, self.place)] if tokens else (0, 0)
        match = _WORD.search(self.state.document.text, self.place)
        return match.span() if match else (0, 0)

    @property
    def selection(self) -> Range:
        """The words from where the selection began to the cursor; the word alone without one."""
        tokens = self.session.tokens
        if not tokens:
            return 0, 0
        anchor = self.place if self.anchor is None else self.anchor
        first, last = sorted((token_at(tokens, anchor), token_at(tokens, self.place)))
        return offsets(tokens, first, last + 1)

    def taken_changes(self) -> tuple[Change, ...]:
        """The changes since the last call."""
        changes, self._changes = tuple(self._changes), []
        return changes

    def label_keys(self) -> dict[str, str]:
        """Key to entity label."""
        return self._label_keys

    # -- keys ---------------------------------------------------------------------------------

    def press(self, key: str, character: str | None = None) -> str | None:
        """Do what a key means here; gives the id of an action that the screen has to do itself."""
        self.message = ""
        if self._press_character(character or ""):
            return None
        return self.act(self._keymaps[self.mode].get(key, ""))

    def act(self, action_id: str) -> str | None:
        """Do an action; gives its id back where only the screen can do it."""
        name = "do_" + action_id.replace("-", "_")
        for part in self._parts:
            method = getattr(part, name, None)
            if method is not None:
                method()
                return None
        return action_id or None

    def _press_character(self, char: str) -> bool:
        """Keys that the scheme gives: labels, event types, attributes, and hints."""
        if not char:
            return False
        if self.mode is Mode.EVENT:
            return self.making.press(char)
        if self.mode is Mode.LINK:
            return self.linking.press(char)
        if self.mode is Mode.JUMP:
            return self.jumping.press(char)
        if self.mode is Mode.COPY:
            return self.shaping.press(char)
        if self.mode is Mode.OCCURRENCES:
            return False
        if self.mode is Mode.FIND:
            return self.finding.press(char)
        label = self.label_keys().get(char)
        if label is not None:
            self.deciding.label(label)
            return True
        return self.mode is Mode.NORMAL and self.attributes.press(char)

    # -- what the parts share -----------------------------------------------------------------

    def run(self, command: Command) -> bool:
        """Run a command; False and a message where it was refused."""
        try:
            self._changes += self.session.run(command)
        except AnnotatorError as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: AnnotatorError) -> None:
        """Tell why something was not done; what another session saved meanwhile is shown."""
        if isinstance(error, StaleStateError):
            self.session.reload()
            self.epoch += 1
        self.message = str(error)

    def note(self, changes: Sequence[Change]) -> None:
        """Take note of changes that came about without `run`."""
        self._changes += changes

    def enter(self) -> None:
        """Begin where the annotator left off, else at the first undecided item."""
        self.leave()
        self.epoch += 1
        self._changes = []
        self.place, self.current = 0, ""
        self.finding.enter()
        first = next(iter(self.state.undecided()), None)
        if self.session.place and self.state.item(self.session.place) is not None:
            self.point_at(self.session.place)
        elif first is not None:
            self.point_at(first.id)
        else:
            self.settle()
        if self.session.also_open_in:
            self.message = f"You have this document open elsewhere: {self.session.also_open_in}."

    def leave(self) -> None:
        """Go back to normal mode."""
        self.mode = Mode.NORMAL
        self.anchor = None
        self.linking.end()
        self.jumping.end()
        self.occurrences.end()

    def point_at(self, item_id: str) -> None:
        """Make an item the current one, unless it is gone or was rejected."""
        item = self.state.item(item_id)
        if item is not None and not self.state.is_rejected(item_id):
            self.current = item_id
            self.place = span_of(item).start

    def settle(self) -> None:
        """Make the item under the cursor the current one; the same one where it still is there."""
        here = [item.id for item in items_at(self.session.items, self.word)]
        if self.current not in here:
            self.current = here[0] if here else ""
