"""Label Studio's JSON: an array of tasks, or its flattened form (JSON_MIN), or a task a line."""

from annotator.formats.labelstudio.format import (
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
