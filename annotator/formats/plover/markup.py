"""The markup of PLOVER's records: a sentence with its pieces in `(SRC: ...)`, one in another.

The markup was made by hand and does not always repeat the sentence. Before the first difference and
after the last one a mark is where it says; between them its words have to stand in the sentence
just once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.model.span import Range

EVENT = "EVT"
SOURCE = "SRC"
TARGET = "TAR"
PLACE = "LOC"

LONGEST = 10_000
"""The longest sentence, in code points, that the words of a mark are looked for in."""

_ONE = f"(?:{EVENT}|{SOURCE}|{TARGET}|{PLACE})"
_BRACKET = re.compile(rf"\(({_ONE}(?:/{_ONE})*)\s*:\s*|[()]")


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A piece of a sentence, and as what it is marked."""

    names: tuple[str, ...]
    """Several where it is `(SRC/TAR: ...)`."""
    range: Range


def marks(markup: str, text: str) -> tuple[Bracketed, ...]:
    """The marks with their places in `text`, in the order in which they end.

    Raises ValueError where a mark is not closed or empty, or its words cannot be placed.
    """
    plain, found = _taken_off(markup)
    found = [_trimmed(plain, mark) for mark in found]
    first = _same(plain, text)
    last = len(plain) - _same(plain[::-1], text[::-1])
    moved = len(text) - len(plain)
    return tuple(
        Bracketed(mark.names, place)
        if (place := _same_place(mark.range, first, last, moved))
        else Bracketed(mark.names, _only_place(plain[slice(*mark.range)], text))
        for mark in found
    )


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _same_place(place: Range, first: int, last: int, moved: int) -> Range | None:
    """The place in the text, if no difference comes before or after."""
    start, end = place
    if end <= first:
        return place
    return (start + moved, end + moved) if start >= last else None


def _taken_off(markup: str) -> tuple[str, list[Bracketed]]:
    """The sentence without the marks, and the marks with their places in it."""
    parts: list[str] = []
    found: list[Bracketed] = []
    opened: list[tuple[str, int]] = []
    length = at = 0
    for bracket in _BRACKET.finditer(markup):
        parts.append(markup[at : bracket.start()])
        length += len(parts[-1])
        at = bracket.end()
        if bracket[0] == ")" and opened and opened[-1][0]:
            names, start = opened.pop()
            found.append(Bracketed(tuple(dict.fromkeys(names.split("/"))), (start, length)))
            continue
        if bracket[0] == ")":
            del opened[-1:]
        else:
            opened.append((bracket[1] or "", length))
        if not bracket[1]:
            parts.append(bracket[0])
            length += 1
    parts.append(markup[at:])
    plain = "".join(parts)
    for names, start in opened:
        if names:
            raise ValueError(f"({names}: {plain[start : start + 20]}... is not closed")
    return plain, found


def _trimmed(plain: str, mark: Bracketed) -> Bracketed:
    words = plain[slice(*mark.range)]
    start = mark.range[0] + len(words) - len(words.lstrip())
    if not words.strip():
        raise ValueError(f"a mark {'/'.join(mark.names)} holds no words")
    return Bracketed(mark.names, (start, start + len(words.strip())))


def _only_place(words: str, text: str) -> Range:
    if len(text) > LONGEST:
        raise ValueError(f"the markup is not the text, which is too long to look for {words!r}")
    before = r"\b" if words[0].isalnum() else ""
    after = r"\b" if words[-1].isalnum() else ""
    places = re.finditer(before + re.escape(words) + after, text)
    first, second = next(places, None), next(places, None)
    if first is None:
        raise ValueError(f"the markup is not the text, which lacks the marked {words!r}")
    if second is not None:
        raise ValueError(f"the markup is not the text, which has the marked {words!r} twice")
    return first.span()
