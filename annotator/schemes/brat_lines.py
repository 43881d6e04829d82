"""The lines of an `annotation.conf`: sections, macros, kinds of kinds, arguments with counts.

- `[entities]` (or `[spans]`), `[relations]`, `[events]`, `[attributes]` begin a section.
- `<NAME>=TEXT` puts TEXT wherever `<NAME>` stands further down.
- `Type  Role:A|B, Other*:C` defines a type; one that is indented is a kind of the one above it, and
  `!Type` only has kinds. `Type|Alias` has other names, which only the screen of brat shows.
- A role alone takes one filler; `?` at most one, `*` any number, `+` at least one, `{2}` two,
  `{1-3}` one to three. `<INHERIT>` stands for the arguments of the type above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotator.model.scheme import ANY_ENTITY, ANY_EVENT

ANY = "<ANY>"
_SECTIONS = ("entities", "relations", "events", "attributes")
_RESERVED = {
    ANY_ENTITY, ANY_EVENT, ANY, "<RELATION>", "<NONE>", "<EMPTY>", "<REL-TYPE>", "<URL>",
    "<URLBASE>", "<UNICODE>", "<GLYPH-POS>", "<DEFAULT>", "<NORM>", "<OVERLAP>", "<OVL-TYPE>",
    "<INHERIT>",
}  # fmt: skip
_SECTION = re.compile(r"\s*\[(.*)\]\s*")
_MACRO = re.compile(r"(<[a-zA-Z_-]+>)=\s*(.*?)\s*")
_NAMED = re.compile(r"<[^<>]*>")
_TYPE = re.compile(r"(\s*)(\S+)(?:\s+(.*))?")
_TYPE_BEFORE_TAB = re.compile(r"(\s*)([^\t]+)(?:\t(.*))?")
_ARGUMENT = re.compile(r"([^\s:]+?)(\{[0-9]+(?:-[0-9]+)?\}|[?*+]|):(\S+)")


@dataclass(frozen=True, slots=True)
class ConfProblem:
    """Something that a line must not say."""

    line: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument: what may stand in it, and how many times."""

    name: str
    types: tuple[str, ...]
    least: int = 1
    most: int | None = 1
    """None for any number."""

    @property
    def is_counted(self) -> bool:
        """Whether another number is asked for than none, one or any."""
        return self.least > 1 or self.most not in (1, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """A type of a section."""

    line: int
    section: str
    name: str
    text: str
    """The line as it stands, without the white space around it."""
    slots: tuple[Slot, ...] = ()
    is_abstract: bool = False
    above: tuple[str, ...] = ()
    """The types that it is a kind of, the nearest last."""


class ConfLines:
    """One pass through a file: its types, and what is wrong with its lines."""

    def __init__(self, text: str) -> None:
        self.entries: list[Entry] = []
        self.problems: list[ConfProblem] = []
        self.unknown: list[tuple[int, str]] = []
        """Sections that brat has not, with their lines."""
        self._section = ""
        self._macros: dict[str, str] = {}
        self._above: list[tuple[int, Entry]] = []
        """The types that the next one may be a kind of, with their indents."""
        for number, line in enumerate(text.split("\n"), 1):
            try:
                self._take(number, line.rstrip("\r"))
            except ValueError as error:
                self.problems.append(ConfProblem(number, str(error)))

    def _take(self, number: int, line: str) -> None:
        bare = line.strip()
        if not bare or bare.startswith("#") or not bare.strip("-"):
            return
        if section := _SECTION.fullmatch(line):
            self._section = {"spans": "entities"}.get(section[1], section[1])
            self._above = []
            if self._section not in _SECTIONS:
                self.unknown.append((number, self._section))
        elif self._section not in _SECTIONS:
            return
        elif macro := _MACRO.fullmatch(line):
            self._macros[macro[1]] = self._expanded(macro[2])
        else:
            self._type(number, bare, self._expanded(line))

    def _expanded(self, line: str) -> str:
        for name, text in self._macros.items():
            line = line.replace(name, text)
        unknown = next((n for n in _NAMED.findall(line) if n not in _RESERVED), None)
        if unknown:
            raise ValueError(f"{unknown} is defined nowhere above")
        return line

    def _type(self, number: int, text: str, line: str) -> None:
        match = _TYPE.fullmatch(line)
        words = _words(match[3] if match else "")
        if any(" " in word for word in words) and "\t" in line.strip():
            match = _TYPE_BEFORE_TAB.fullmatch(line)
            words = _words(match[3] if match else "")
        if match is None:
            raise ValueError(f"{text!r} is no type with arguments")
        while self._above and self._above[-1][0] >= len(match[1]):
            self._above.pop()
        first = match[2].split("|")[0].strip()
        name = re.sub(r"\s+", "_", first.removeprefix("!"))
        if not name:
            raise ValueError(f"{text!r} has no name")
        above = self._above[-1][1] if self._above else None
        entry = Entry(number, self._section, name, text, is_abstract=first.startswith("!"))
        if above:
            entry = replace(entry, above=(*above.above, above.name))
        entry = replace(entry, slots=self._slots(words, above))
        self._above.append((len(match[1]), entry))
        self.entries.append(entry)

    def _slots(self, words: list[str], above: Entry | None) -> tuple[Slot, ...]:
        found: dict[str, Slot] = {}
        for word in words:
            new = above.slots if word == "<INHERIT>" and above else (_slot(word),)
            for slot in new:
                if slot.name in found:
                    raise ValueError(f"{slot.name} is there twice")
                found[slot.name] = slot
        return tuple(found.values())


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _slot(word: str) -> Slot:
    match = _ARGUMENT.fullmatch(word)
    if match is None:
        raise ValueError(f"{word!r} is not ROLE:TYPE")
    types = tuple(dict.fromkeys(match[3].split("|")))
    if "" in types:
        raise ValueError(f"{word!r} has an empty type")
    return Slot(match[1], types, *_count(match[2]))


def _count(sign: str) -> tuple[int, int | None]:
    known = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
    if sign in known:
        return known[sign]
    least, _, most = sign.strip("{}").partition("-")
    low, high = int(least), int(most or least)
    if high < max(low, 1):
        raise ValueError(f"{sign} is no number of fillers")
    return low, high
