"""Labels, roles and values as brat can write them, in `.ann` files and in `annotation.conf`."""

from __future__ import annotations

import re

YES = "yes"
"""The value of an attribute that has none in brat: it is there, or it is not."""

_SIGNS = re.compile(r"[\s:,|<>?*+{}]|^[!#\[\]-]+")
"""What stands between names there, or says something about them."""


def term(name: str) -> str:
    """`name` with an underscore for each sign that has another meaning in brat."""
    return _SIGNS.sub("_", name)
