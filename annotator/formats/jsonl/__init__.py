"""Our own JSON lines: one document a line with everything that was said of it, nothing lost."""

from annotator.formats.jsonl.format import (
    CARRIES,
    LOSES,
    NAME,
    SUFFIXES,
    VERSION,
    read,
    recognises,
    record_of,
    write,
)

__all__ = [
    "CARRIES",
    "LOSES",
    "NAME",
    "SUFFIXES",
    "VERSION",
    "read",
    "recognises",
    "record_of",
    "write",
]
