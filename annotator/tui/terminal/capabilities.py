"""What the terminal can show, by what its environment says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_POOR = ("linux", "vt", "dumb", "ansi", "cons")
"""How the names of terminals begin whose fonts have few glyphs."""


class Colours(StrEnum):
    """How many colours there are."""

    MANY = "many"
    SIXTEEN = "16"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Colours and glyphs of a terminal."""

    colours: Colours = Colours.MANY
    has_glyphs: bool = True
    """Whether lines, arrows and shapes beyond ASCII can be shown."""
    encoding: str = "utf-8"
    """What the text of articles is sent in."""


def terminal_of(environment: Mapping[str, str], encoding: str = "utf-8") -> Terminal:
    """The terminal that an environment speaks of; where it says nothing, a modern one."""
    name = environment.get("TERM", "").lower()
    is_unicode = _is_utf8(_locale_encoding(environment)) and _is_utf8(encoding)
    return Terminal(
        _colours(environment, name),
        has_glyphs=is_unicode and not name.startswith(_POOR),
        encoding="utf-8" if is_unicode else "ascii",
    )


def _colours(environment: Mapping[str, str], name: str) -> Colours:
    """As the library counts them that writes the colours, so that none is guessed by it."""
    if environment.get("NO_COLOR"):
        return Colours.NONE
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return Colours.MANY
    if name in ("dumb", "unknown"):
        return Colours.NONE
    kind = name.rpartition("-")[2]
    return Colours.MANY if not name or kind in ("256color", "kitty") else Colours.SIXTEEN


def _locale_encoding(environment: Mapping[str, str]) -> str:
    """The encoding of the first locale that is set, as the C library looks for it."""
    names = (environment.get(each) for each in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    if not locale:
        return "utf-8"  # containers set none, and their terminals are as modern as any
    _, dot, codeset = locale.partition(".")
    return codeset.partition("@")[0] if dot else locale


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"
