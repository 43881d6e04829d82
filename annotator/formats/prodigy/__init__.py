"""Prodigy's JSON lines: a row is one answer of one annotator on one text."""

from annotator.formats.prodigy.format import (
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
