"""WebAnno TSV 3, as INCEpTION and WebAnno write it: one document of one annotator a file."""

from annotator.formats.webanno.format import (
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
