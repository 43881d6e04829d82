"""doccano's JSON lines, or one JSON array of the same objects; offsets are code points."""

from annotator.formats.doccano.format import (
    CARRIES,
    LOSES,
    NAME,
    SUFFIXES,
    read,
    recognises,
    write,
)

__all__ = [
    "CARRIES",
    "LOSES",
    "NAME",
    "SUFFIXES",
    "read",
    "recognises",
    "write",
]
