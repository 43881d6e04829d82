"""brat's standoff: `NAME.txt` with the text, `NAME.ann` beside it with what was said of it."""

from annotator.formats.brat.format import (
    CARRIES,
    LOSES,
    NAME,
    SUFFIXES,
    files,
    read,
    recognises,
    write,
)

__all__ = [
    "CARRIES",
    "LOSES",
    "NAME",
    "SUFFIXES",
    "files",
    "read",
    "recognises",
    "write",
]
