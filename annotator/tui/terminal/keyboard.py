"""From the bytes of a terminal to Textual's messages, whatever the bytes are."""

from __future__ import annotations

import codecs
import time
from collections.abc import Iterable, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from annotator.tui.terminal.sequences import Sequences

PASTE_TIMEOUT = 1.0
"""Seconds after which a paste whose end did not come is over."""
_TYPED = 8
"""So many characters at once may have been typed, also into a paste without an end."""


class Keyboard:
    """Reads what a terminal sends; no input makes it fail, or deaf for more than a second."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._sequences = Sequences()
        self._parser = _Parser()
        self._pasted_at = 0.0

    @property
    def is_waiting(self) -> bool:
        """Whether the rest of a sequence is expected at any moment."""
        return self._sequences.is_waiting

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that bytes stand for; no bytes mean that nothing came for a while."""
        text = self._decoder.decode(data)
        if len(text) > _TYPED:
            self._pasted_at = time.monotonic()
        pieces = [*self._sequences.feed(text)] if text else [self._sequences.expire()]
        if self._sequences.in_paste and time.monotonic() - self._pasted_at > PASTE_TIMEOUT:
            pieces.append(self._sequences.end_paste())
        for piece in pieces:
            if piece:
                yield from _writable(self._parsed(piece))

    def _parsed(self, piece: str) -> Iterator[Message]:
        try:
            yield from self._parser.feed(piece)
            if self._parser.is_stuck and len(piece) <= 2:  # Esc or a key with Alt, and no more
                yield from self._parser.give_up()
            elif self._parser.is_stuck:  # a sequence that Textual does not know
                self._parser = self._parser.anew()
        except (ValueError, OverflowError):
            self._parser = self._parser.anew()


class _Parser(XTermParser):
    """Textual's parser, which can tell that it waits for more."""

    @property
    def is_stuck(self) -> bool:
        return self._timeout_time is not None

    def give_up(self) -> Iterable[Message]:
        """What it makes of a sequence of which no more comes."""
        self._timeout_time = 0.0
        return self.tick()

    def anew(self) -> _Parser:
        """A parser at its beginning that knows what this one has learned of the terminal."""
        fresh = _Parser()
        fresh.last_x, fresh.last_y = self.last_x, self.last_y
        fresh.mouse_pixels = self.mouse_pixels
        fresh.terminal_size = self.terminal_size
        fresh.terminal_pixel_size = self.terminal_pixel_size
        return fresh


def _writable(messages: Iterable[Message]) -> Iterator[Message]:
    """Without halves of surrogate pairs, which no file can hold."""
    for message in messages:
        character = message.character if isinstance(message, events.Key) else None
        if character is None or not "\ud800" <= character <= "\udfff":
            yield message
