"""What a terminal sends, cut into whole sequences, so that a broken one costs only itself.

Textual takes sequences that it does not know, or that never end, for the keys they are made of,
and `9` out of the middle of one would label a span. Such sequences are dropped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WHOLE = re.compile(
    r"""
    \x1b \[ M ...                                   # an old terminal's mouse
  | \x1b \[ [0-?]* [ -/]* [@-Z\\^-~]                # a control sequence
  | \x1b [\]PX^_] [^\x07\x1b]* (?: \x07 | \x1b\\ )  # a string, such as a terminal's answer
  | \x1b \[\[ .                                     # a function key of the Linux console
  | \x1b O .                                        # a function key
  | \x1b [^\x1b\[\]PX^_O]                           # a key with Alt
  | [^\x1b]+
    """,
    re.VERBOSE | re.DOTALL,
)
_BEGUN = re.compile(
    r"\x1b (?: \[ (?: \[ | [0-?]*[ -/]* ) | [\]PX^_][^\x07\x1b]*\x1b? | O )?", re.VERBOSE
)
_LONGEST = 4096
_LONGEST_KEY = 32
"""Textual takes anything longer for typed text."""
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"


class Sequences:
    """Takes text as it comes in, gives whole sequences and runs of plain text."""

    def __init__(self) -> None:
        self._begun = ""
        self.in_paste = False
        """Whether a paste has begun and not yet ended."""

    @property
    def is_waiting(self) -> bool:
        """Whether the end of a sequence is still to come."""
        return bool(self._begun)

    def feed(self, text: str) -> Iterator[str]:
        """What is whole with `text` at its end."""
        text = self._begun + text
        self._begun = ""
        place = 0
        while place < len(text):
            whole = _WHOLE.match(text, place)
            if whole is None:
                begun = _BEGUN.match(text, place)
                end = begun.end() if begun else place + 1
                if end == len(text) and end - place < _LONGEST:
                    self._begun = text[place:]
                    return
                if end - place == 1 and not self.in_paste:
                    yield text[place]
                place = end  # what was broken off by something else is dropped
                continue
            place = whole.end()
            if self._is_wanted(whole[0]):
                yield whole[0]

    def expire(self) -> str:
        """What is known to be whole because nothing came after it: Esc, or a key with Alt.

        The beginning of anything longer is dropped.
        """
        begun, self._begun = self._begun, ""
        return begun if len(begun) <= 2 and not self.in_paste else ""

    def end_paste(self) -> str:
        """The end of a paste that the terminal never sent."""
        self.in_paste = False
        return _PASTED

    def _is_wanted(self, whole: str) -> bool:
        """Whether anybody can make sense of it; within a paste only text and the end count."""
        if whole in (_PASTE, _PASTED):
            self.in_paste = whole == _PASTE
            return True
        if whole[0] != "\x1b":
            return True
        is_string = whole[1] in "]PX^_"
        return not (self.in_paste or is_string or len(whole) > _LONGEST_KEY)
