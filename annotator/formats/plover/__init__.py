"""PLOVER's gold standard records: an array of JSON, a political event each, with its sentence."""

from annotator.formats.plover.format import (
    CARRIES,
    LOSES,
    NAME,
    SUFFIXES,
    read,
    recognises,
)

__all__ = [
    "CARRIES",
    "LOSES",
    "NAME",
    "SUFFIXES",
    "read",
    "recognises",
]
