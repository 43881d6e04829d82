"""spaCy's binary training format, a DocBin (`.spacy`). What is where is said in `formats.doc`."""

from annotator.formats.spacy.format import (
    CARRIES,
    LOSES,
    NAME,
    SUFFIXES,
    events,
    read,
    recognises,
    write,
)

__all__ = [
    "CARRIES",
    "LOSES",
    "NAME",
    "SUFFIXES",
    "events",
    "read",
    "recognises",
    "write",
]
