"""Tables as TOML text: what tomllib reads but does not write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, Union

Value: TypeAlias = Union[str, bool, Sequence[str], "Fields"]
Fields: TypeAlias = Mapping[str, Value]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def block(table: Sequence[str], fields: Fields) -> str:
    """A table under its header, none for the top of a file; empty texts are left out."""
    header = [f"[{'.'.join(_key(part) for part in table)}]"] if table else []
    return "\n".join([*header, *_pairs(fields), ""])


def quoted(text: str) -> str:
    """A text as a TOML string."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _pairs(fields: Fields) -> Iterator[str]:
    for name, value in fields.items():
        if value != "":
            yield f"{_key(name)} = {_value(value)}"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_pairs(value))} }}"
    return f"[{', '.join(quoted(item) for item in value)}]"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else quoted(name)


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
