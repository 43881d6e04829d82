"""CoNLL files: a token a line, its tag in the last column, a blank line after each sentence."""

from annotator.formats.conll.format import (
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
