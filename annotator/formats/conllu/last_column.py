"""The last column of CoNLL-U, MISC: an entity's tag, and the white space around a token."""

from __future__ import annotations

import re

from annotator.formats.conll.tags import Tag, is_tag, parsed

_ESCAPES = {" ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n", "|": "\\p", "\\": "\\\\"}
_UNESCAPES = {escape: char for char, escape in _ESCAPES.items()}
_NAMES = ("NE", "name")
"""What the tag's key is called in files that spaCy converts."""


def written(tag: str, before: str, after: str, *, at_end: bool) -> str:
    """The column for a token with white space around it; `at_end` of the document none is meant.

    `SpaceAfter=No` is CoNLL-U's own; `SpacesAfter` and `SpacesBefore` are UDPipe's, for any other
    white space than one blank.
    """
    fields = [] if tag == "O" else [f"NE={_escaped(tag).replace(_ESCAPES[' '], ' ')}"]
    if not after:
        fields.append("SpaceAfter=No")
    elif after != " " or at_end:
        fields.append(f"SpacesAfter={_escaped(after)}")
    if before:
        fields.append(f"SpacesBefore={_escaped(before)}")
    return "|".join(fields) or "_"


def fields(misc: str) -> dict[str, str]:
    """The keys and values of the column; a bare tag has the key NE."""
    found: dict[str, str] = {}
    for part in misc.split("|"):
        key, separator, value = part.partition("=")
        if separator:
            found.setdefault("NE" if key in _NAMES else key, _unescaped(value))
        elif part != "_" and is_tag(part):
            found.setdefault("NE", part)
    return found


def tags(found: dict[str, str]) -> tuple[Tag, ...]:
    """The tag of a word; raises ValueError where it is none."""
    return parsed(found.get("NE", "O"))


def after(found: dict[str, str]) -> str | None:
    """The white space after a token, None where the column does not say."""
    if found.get("SpaceAfter") == "No":
        return ""
    spaces = found.get("SpacesAfter", "")
    return spaces if spaces.isspace() else None


def before(found: dict[str, str]) -> str:
    """The white space before a token that belongs to no other."""
    spaces = found.get("SpacesBefore", "")
    return spaces if spaces.isspace() else ""


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\.", lambda match: _UNESCAPES.get(match[0], match[0]), text)
