"""Names that a document makes known in one place, found in its other places.

Token patterns see one stretch of text at a time. These rules see the document: once "Nursultan
Nazarbayev" is known as a person, so is "Nazarbayev"; once "Collective Security Treaty
Organization (CSTO)" is known as an organization, so is "CSTO"; once "the town of Senaki" told of
a place, "Senaki" is one. They know the labels PERSON, ORG and GPE by name; a scheme without them
is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.model.span import Range

PERSON = "PERSON"
ORG = "ORG"
GPE = "GPE"

Name = tuple[int, int, str]
"""Start, end and label."""

_ACRONYM = re.compile(r"\s?\(\s?([A-Z][A-Z&.-]{0,6}[A-Z])\)")
_PARTICLES = ("al-", "Al-", "el-", "El-", "bin ", "bin-", "ben ", "de ", "da ", "van ", "von ")


def propagated(text: str, names: Iterable[Name], spans: Iterable[Range]) -> tuple[Name, ...]:
    """The other places of the known names that overlap none of `spans`, in text order.

    `text` has plain spaces.
    """
    known = sorted({*_known(text, names)}, key=lambda item: (-len(item[0]), item))
    taken = {at for start, end in spans for at in range(start, end)}
    found: list[Name] = []
    for words, label in known:
        for start, end in _places(text, words):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append((start, end, label))
    return tuple(sorted(found))


def _known(text: str, names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """What else the names of a document go by, with their labels."""
    for start, end, label in names:
        words = text[start:end]
        if label in (PERSON, ORG, GPE):
            yield words, label
        if label == PERSON:
            yield from ((short, PERSON) for short in _surnames(words))
        acronym = _ACRONYM.match(text, end) if label == ORG else None
        if acronym:
            yield acronym[1], ORG


def _surnames(name: str) -> Iterator[str]:
    """The last part of a name of several words, with its particle and without."""
    first, blank, last = name.rpartition(" ")
    if not blank or len(last) < 3 or not last[0].isalpha():
        return
    for particle in _PARTICLES:
        if last.startswith(particle) or f" {first}".endswith(f" {particle.strip()}"):
            yield f"{particle}{last.removeprefix(particle)}"
    bare = re.sub(r"^(al|el)-", "", last, flags=re.IGNORECASE)
    if bare[:1].isupper():
        yield bare
    yield last


def _places(text: str, words: str) -> Iterator[Range]:
    """Where `words` stand whole in the text."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if not (before.isalnum() or before == "-" or after.isalnum()):
            yield start, end
        start = text.find(words, end)
