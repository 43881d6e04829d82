"""CoNLL-U: ten columns a token, entities as BILUO tags under `NE=` in the last."""

from annotator.formats.conllu.format import (
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
