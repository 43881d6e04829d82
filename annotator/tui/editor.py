"""What keys do to a document: cursor, current item, mode; every change goes through the session.

Knows keys and modes but nothing of Textual, so that a whole afternoon of annotating can be
played without a screen. `press` handles a key, or gives back the action that only a screen can do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from annotator.actions import LABEL_KEYS, Mode, keymap
from annotator.errors import AnnotatorError
from annotator.model.annotations import FLAGGED, Comment
from annotator.model.change import Change
from annotator.model.event import Event
from annotator.model.identity import new_id
from annotator.model.scheme import Attribute, Scheme
from annotator.model.span import Range, Span
from annotator.session.commands import (
    AcceptSuggestion,
    AddEvent,
    AddSpan,
    Batch,
    Command,
    RejectSuggestion,
    Relabel,
    Remove,
    Resize,
    SetAttribute,
    SetComment,
    SetFlag,
    accept_rest,
)
from annotator.session.navigation import Item, following, items_at, items_within, other_item
from annotator.session.session import Session, Step
from annotator.session.state import State, span_of
from annotator.text.alignment import moved_end, moved_start, offsets, token_at, touched
from annotator.tui.focus import Focus
from annotator.tui.linking import Linking

_WORD = re.compile(r"\w+|[^\w\s]")


class Editor:
    """One annotator's hands on the session's document."""

    def __init__(self, session: Session, keys: dict[str, tuple[str, ...]] | None = None) -> None:
        self.session = session
        self.mode = Mode.NORMAL
        self.current = ""
        self.message = ""
        self.visible: Callable[[], Sequence[str]] = lambda: [i.id for i in session.items]
        """The ids of the items on the screen, for hints."""
        self.linking = Linking(self)
        self._keymaps = {mode: keymap(mode, keys) for mode in Mode}
        self._place = 0
        self._anchor: int | None = None
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
        item = self.item
        return Focus(
            cursor=self._word(),
            current=self.current,
            event=self.current if isinstance(item, Event) else "",
            selection=self._selection() if self.mode is Mode.SELECT else None,
            hints=self.linking.hints if self.mode is Mode.LINK else {},
        )

    def taken_changes(self) -> tuple[Change, ...]:
        """The changes since the last call."""
        changes, self._changes = tuple(self._changes), []
        return changes

    def label_keys(self) -> dict[str, str]:
        """Key to entity label: the scheme's keys, and digits for labels without one."""
        mapped = {label.key: label.name for label in self.scheme.entities if label.key}
        spare = (key for key in LABEL_KEYS if key not in mapped)
        for label in self.scheme.entities:
            if not label.key and (key := next(spare, "")):
                mapped[key] = label.name
        return mapped

    # -- keys ---------------------------------------------------------------------------------

    def press(self, key: str, character: str | None = None) -> str | None:
        """Do what a key means here; gives the id of an action that the screen has to do itself."""
        self.message = ""
        char = character or ""
        if self.mode is Mode.EVENT and self._press_event_type(char):
            return None
        if self.mode is Mode.LINK and self.linking.press(char):
            return None
        if self.mode in (Mode.NORMAL, Mode.SELECT) and char in self.label_keys():
            self.label(self.label_keys()[char])
            return None
        if self.mode is Mode.NORMAL and self._press_attribute(char):
            return None
        return self.act(self._keymaps[self.mode].get(key, ""))

    def act(self, action_id: str) -> str | None:
        """Do an action; gives its id back where only the screen can do it."""
        method = getattr(self, "do_" + action_id.replace("-", "_"), None)
        if method is None:
            return action_id or None
        method()
        return None

    def _press_event_type(self, char: str) -> bool:
        for event_type in self.scheme.events:
            if char and event_type.key == char:
                self.event(event_type.name)
                return True
        return False

    def _press_attribute(self, char: str) -> bool:
        item = self.item
        if not isinstance(item, Event) or not char:
            return False
        for attribute in self.scheme.attributes_of(item.type):
            if attribute.key == char:
                self._turn(item, attribute)
                return True
        return False

    def _turn(self, event: Event, attribute: Attribute) -> None:
        """Give an attribute its next value; where there is no default, unset is one of them."""
        values = attribute.values if attribute.default else ("", *attribute.values)
        value = event.attributes.get(attribute.name, attribute.default)
        place = values.index(value) if value in values else -1
        chosen = values[(place + 1) % len(values)]
        stored = "" if chosen == attribute.default else chosen
        self.run(SetAttribute(event.id, attribute.name, stored))
        self.message = f"{attribute.name}: {chosen or '—'}"

    # -- decide -------------------------------------------------------------------------------

    def do_accept(self) -> None:
        """Accept the current suggestion and go on."""
        if self.state.is_undecided(self.current):
            self.run(AcceptSuggestion(self.current))
        self.do_next()

    def do_reject(self) -> None:
        """Reject the current suggestion and go on, or take out what was annotated."""
        undecided = self.state.is_undecided(self.current)
        if undecided or self.current in self.state.suggestions:
            self.run(RejectSuggestion(self.current))
        elif self.item is not None:
            self.run(Remove(self.current))
        else:
            self.message = "There is no span under the cursor."
            return
        if undecided:
            self.do_next()
        else:
            self._settle()

    def do_accept_sentence(self) -> None:
        """Accept everything undecided in the sentence of the cursor."""
        place = self._word()[0]
        here = next((s for s in self.session.sentences if s[0] <= place < s[1]), (place, place))
        waiting = [i for i in items_within(self.session.items, here)
                   if self.state.is_undecided(i.id)]  # fmt: skip
        if waiting:
            self.run(Batch(tuple(AcceptSuggestion(item.id) for item in waiting)))
        self.do_next()

    def label(self, name: str) -> None:
        """Give the current entity a label, or make an entity of the selection or word."""
        item = self.item
        if self.mode is Mode.SELECT or item is None:
            self._add_span(name)
        elif isinstance(item, Event):
            self.message = "This is an event: e changes its type, v begins a new span here."
        else:
            undecided = self.state.is_undecided(item.id)
            if undecided or item.label != name:
                self.run(Relabel(item.id, name))
            if undecided:
                self.do_next()

    def event(self, type_name: str) -> None:
        """Give the current event a type, or make an event of the selection, span or word."""
        item = self.item
        if isinstance(item, Event) and self._anchor is None:
            self.mode = Mode.NORMAL
            self.run(Relabel(item.id, type_name))
            return
        if not self.session.tokens:
            self.message = "There is no text."
            return
        if item is not None and self._anchor is None:
            ranges = span_of(item).ranges
        else:
            ranges = (self._selection(),)
        event_id = new_id("e")
        self._leave()
        if self.run(AddEvent(Event(event_id, Span(event_id + "t", ranges, type_name)))):
            self._point_at(event_id)
            self.linking.begin()

    def do_undo(self) -> None:
        """Take the last change back, in whichever document it was."""
        self._travel(self.session.undo, "Nothing to undo.")

    def do_redo(self) -> None:
        """Do again what was undone last."""
        self._travel(self.session.redo, "Nothing to redo.")

    # -- edges --------------------------------------------------------------------------------

    def do_start_left(self) -> None:
        """Move the left edge out by a token."""
        self._move_edge(-1, 0)

    def do_start_right(self) -> None:
        """Move the left edge in by a token."""
        self._move_edge(1, 0)

    def do_end_left(self) -> None:
        """Move the right edge in by a token."""
        self._move_edge(0, -1)

    def do_end_right(self) -> None:
        """Move the right edge out by a token."""
        self._move_edge(0, 1)

    # -- move ---------------------------------------------------------------------------------

    def do_next(self) -> None:
        """Go to the next undecided item."""
        self._step(1, self.state.is_undecided, "Nothing is left to decide: D finishes.")

    def do_previous(self) -> None:
        """Go to the undecided item before."""
        self._step(-1, self.state.is_undecided, "Nothing is left to decide: D finishes.")

    def do_next_item(self) -> None:
        """Go to the next item, decided or not."""
        self._step(1, lambda _: True, "There is no other span.")

    def do_previous_item(self) -> None:
        """Go to the item before."""
        self._step(-1, lambda _: True, "There is no other span.")

    def do_other_item(self) -> None:
        """Go to another item on the same word."""
        item = other_item(self.session.items, self._word(), self.current)
        if item is not None:
            self.current = item.id

    def do_left(self) -> None:
        """Move the cursor a word back."""
        self.move(-1)

    def do_right(self) -> None:
        """Move the cursor a word on."""
        self.move(1)

    def do_back(self) -> None:
        """Move the cursor five words back."""
        self.move(-5)

    def do_forward(self) -> None:
        """Move the cursor five words on."""
        self.move(5)

    def do_top(self) -> None:
        """Go to the first word."""
        self.move(-len(self.session.tokens))

    def do_bottom(self) -> None:
        """Go to the last word."""
        self.move(len(self.session.tokens))

    def move(self, words: int) -> None:
        """Move the cursor by words; while selecting, the selection grows or shrinks."""
        tokens = self.session.tokens
        if tokens:
            index = token_at(tokens, self._place) + words
            self._place = tokens[min(max(index, 0), len(tokens) - 1)][0]
        if self.mode is not Mode.SELECT:
            self._settle()

    def go_to(self, offset: int) -> None:
        """Move the cursor to the word at an offset."""
        self._place = offset
        self.move(0)

    def point_at(self, item_id: str) -> None:
        """Make an item the current one."""
        self._leave()
        self._point_at(item_id)

    # -- create -------------------------------------------------------------------------------

    def do_select(self) -> None:
        """Begin a new span at the cursor."""
        self._anchor = self._place
        self.mode = Mode.SELECT

    def do_extend_left(self) -> None:
        """Select the word to the left."""
        self._extend(-1)

    def do_extend_right(self) -> None:
        """Select the word to the right."""
        self._extend(1)

    def select(self, start: int, end: int) -> None:
        """Select the words from one offset to another."""
        tokens = self.session.tokens
        first, last = touched(tokens, start, end)
        if first < last:
            self._anchor, self._place = tokens[first][0], tokens[last - 1][0]
            self.mode = Mode.SELECT

    def do_cancel(self) -> None:
        """Leave it as it was."""
        self._leave()
        if not self.current:
            self._settle()

    def do_event(self) -> None:
        """Wait for the key of an event type."""
        self.mode = Mode.EVENT

    def do_link(self) -> None:
        """Fill the roles of the current event."""
        if isinstance(self.item, Event):
            self.linking.begin(always=True)
        else:
            self.message = "Go to an event first: its roles are filled from there."

    def do_unlink(self) -> None:
        """Take the event's last argument out again."""
        self.linking.take_back()

    def do_link_done(self) -> None:
        """Leave the event as it is now."""
        self._leave()

    # -- document -----------------------------------------------------------------------------

    def do_finish(self) -> None:
        """Accept the rest, mark the document as done, go to the next that is not."""
        if not self.run(accept_rest(self.state)):
            return
        following_id = self.session.next_open()
        if following_id is None:
            self.message = "Every document is done."
            self._settle()
        else:
            self.open(following_id)

    def do_next_document(self) -> None:
        """Go to the document after this one."""
        self._open_neighbour(1)

    def do_previous_document(self) -> None:
        """Go to the document before this one."""
        self._open_neighbour(-1)

    def do_flag(self) -> None:
        """Flag the document, or take the flag off."""
        on = FLAGGED not in self.state.annotations.flags
        self.run(SetFlag(FLAGGED, on))
        self.message = "Flagged." if on else "The flag is off."

    def comment(self, text: str) -> None:
        """Write a comment on the current item, or on the document where there is none."""
        comments = self.state.annotations.comments.values()
        old = next((c for c in comments if c.target == self.current), None)
        comment_id = old.id if old else new_id("c")
        self.run(SetComment(Comment(comment_id, self.current, text)))

    def open(self, document_id: str) -> None:
        """Go to another document."""
        try:
            self.session.open(document_id)
        except AnnotatorError as error:
            self.message = str(error)
        else:
            self.enter()

    def enter(self) -> None:
        """Begin where the annotator left off, else at the first undecided item."""
        self._leave()
        self._changes = []
        self._place, self.current = 0, ""
        place = self.session.place
        first = next(iter(self.state.undecided()), None)
        if place and self.state.item(place) is not None:
            self._point_at(place)
        elif first is not None:
            self._point_at(first.id)
        else:
            self._settle()

    # -- shared steps -------------------------------------------------------------------------

    def run(self, command: Command) -> bool:
        """Run a command; False and a message where it was refused."""
        try:
            self._changes += self.session.run(command)
        except AnnotatorError as error:
            self.message = str(error)
            return False
        return True

    def _travel(self, step: Callable[[], Step | None], nothing: str) -> None:
        document_id = self.state.document.id
        try:
            done = step()
        except AnnotatorError as error:
            self.message = str(error)
            return
        if done is None:
            self.message = nothing
            return
        self._leave()
        if done.document_id != document_id:
            self.enter()
        else:
            self._changes += done.changes
        if done.item_id and self.state.item(done.item_id) is not None:
            self._point_at(done.item_id)
        else:
            self._settle()
        self.message = done.text

    def _move_edge(self, at_start: int, at_end: int) -> None:
        item = self.item
        if item is None:
            self.message = "There is no span under the cursor."
            return
        ranges = span_of(item).ranges
        tokens = self.session.tokens
        (start, first_end), (last_start, end) = ranges[0], ranges[-1]
        if at_start:
            moved = (moved_start(tokens, start, first_end, at_start), first_end)
            changed = (moved, *ranges[1:])
        else:
            moved = (last_start, moved_end(tokens, last_start, end, at_end))
            changed = (*ranges[:-1], moved)
        if changed != ranges:
            self.run(Resize(item.id, changed))
            self._point_at(item.id)

    def _step(self, step: int, fits: Callable[[str], bool], nothing: str) -> None:
        place = self._word()[0]
        item = following(self.session.items, self.current, place, step, fits)
        if item is None:
            self.message = nothing
            self._settle()
        else:
            self._point_at(item.id)

    def _extend(self, words: int) -> None:
        if self.mode is not Mode.SELECT:
            self.do_select()
        self.move(words)

    def _open_neighbour(self, step: int) -> None:
        neighbour = self.session.neighbour(step)
        if neighbour is None:
            self.message = "There is no further document."
        else:
            self.open(neighbour)

    def _add_span(self, label: str) -> None:
        if not self.session.tokens:
            self.message = "There is no text."
            return
        span_id = new_id("t")
        span = Span(span_id, (self._selection(),), label)
        self._leave()
        if self.run(AddSpan(span)):
            self._point_at(span_id)

    def _leave(self) -> None:
        self.mode = Mode.NORMAL
        self._anchor = None
        self.linking.end()

    def _point_at(self, item_id: str) -> None:
        item = self.state.item(item_id)
        if item is not None and not self.state.is_rejected(item_id):
            self.current = item_id
            self._place = span_of(item).start

    def _settle(self) -> None:
        """Make the item under the cursor the current one; the same one where it still is there."""
        here = [item.id for item in items_at(self.session.items, self._word())]
        if self.current not in here:
            self.current = here[0] if here else ""

    def _word(self) -> Range:
        """The word under the cursor; before the tokenizer is there, as letters and digits go."""
        if self.session.has_tokens:
            tokens = self.session.tokens
            return tokens[token_at(tokens, self._place)] if tokens else (0, 0)
        text = self.state.document.text
        match = _WORD.search(text, self._place)
        return match.span() if match else (0, 0)

    def _selection(self) -> Range:
        tokens = self.session.tokens
        anchor = self._place if self._anchor is None else self._anchor
        first, last = sorted((token_at(tokens, anchor), token_at(tokens, self._place)))
        return offsets(tokens, first, last + 1)
