"""CSV and TSV: in, a table with a text in each row; out, a folder of tables for spreadsheets."""

from annotator.formats.csv.format import (
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
