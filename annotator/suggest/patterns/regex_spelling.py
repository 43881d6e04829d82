r"""A regular expression spelled for the module `regex`, to mean there what it means to Python.

`regex` has a time limit, which Python's `re` has not. But it also knows fuzzy counts such as
`{e<=1}`, classes such as `[[:alpha:]]`, other letters for `\w` and another case of the dotless i.
So an expression is read by Python's own parser, and written out in words that both read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotator.suggest.patterns.regex_cost import PARSER

_CLASSES: Mapping[str, str] = {"DIGIT": r"\d", "SPACE": r"\s\x1c-\x1f", "WORD": r"\p{L}\p{N}_"}
_ASCII_CLASSES: Mapping[str, str] = {
    "DIGIT": "0-9",
    "SPACE": r"\x20\t\n\r\f\v",
    "WORD": "A-Za-z0-9_",
}
_ONE_LETTER = "iI\u0130\u0131"
"""The Turkish letters that are one letter to Python where case does not matter."""

_Flags = int
_Parts = Iterable[tuple[Any, Any]]
"""Parsed parts of an expression: what each is, and its value."""


def spelled(parts: _Parts, flags: _Flags) -> str:
    """A parsed expression, with its flags, for `regex`; ValueError where it has no spelling."""
    return "".join(_WRITERS[operation.name](value, flags) for operation, value in parts)


def _literal(code: int, flags: _Flags) -> str:
    return _set([(PARSER.LITERAL, code)], flags) if flags & re.IGNORECASE else _escaped(code)


def _not_literal(code: int, flags: _Flags) -> str:
    return _set([(PARSER.NEGATE, None), (PARSER.LITERAL, code)], flags)


def _set(items: list[tuple[Any, Any]], flags: _Flags) -> str:
    """A set of characters: those written one by one, and whole classes that are not meant."""
    negated = items[0][0].name == "NEGATE"
    members = [(item.name, value) for item, value in items if item.name != "NEGATE"]
    listed = "".join(_listed(name, value, flags) for name, value in members)
    if flags & re.IGNORECASE and any(_covers(name, value) for name, value in members):
        listed += _ONE_LETTER
    parts = [f"[{listed}]"] if listed else []
    parts += [f"[^{_class(value, flags)}]" for name, value in members if _is_opposite(name, value)]
    if len(parts) == 1 and not negated:
        written = parts[0]
    elif parts == [f"[{listed}]"]:
        written = f"[^{listed}]"
    else:
        written = f"(?:(?!{'|'.join(parts)})(?s:.))" if negated else f"(?:{'|'.join(parts)})"
    return _in_any_case(written, flags)


def _listed(name: str, value: Any, flags: _Flags) -> str:  # noqa: ANN401 - a parsed value
    """A member of a set as it stands between brackets; nothing for a class that is not meant."""
    if name == "LITERAL":
        return _escaped(value)
    if name == "RANGE":
        return f"{_escaped(value[0])}-{_escaped(value[1])}"
    return "" if _is_opposite(name, value) else _class(value, flags)


def _is_opposite(name: str, value: Any) -> bool:  # noqa: ANN401 - a parsed value
    return name == "CATEGORY" and "_NOT_" in value.name


def _class(category: Any, flags: _Flags) -> str:  # noqa: ANN401 - a parsed value
    classes = _ASCII_CLASSES if flags & re.ASCII else _CLASSES
    return classes[category.name.rpartition("_")[2]]


def _covers(name: str, value: Any) -> bool:  # noqa: ANN401 - a parsed value
    """Whether a member of a set has one of the Turkish letters."""
    first, last = value if name == "RANGE" else (value, value)
    return name != "CATEGORY" and any(first <= ord(letter) <= last for letter in _ONE_LETTER)


def _any(_: None, flags: _Flags) -> str:
    return "(?s:.)" if flags & re.DOTALL else "."


def _place(place: Any, flags: _Flags) -> str:  # noqa: ANN401 - a parsed value
    word = f"[{(_ASCII_CLASSES if flags & re.ASCII else _CLASSES)['WORD']}]"
    written = {
        "AT_BEGINNING": "^",
        "AT_BEGINNING_STRING": r"\A",
        "AT_END": "$",
        "AT_END_STRING": r"\Z",
        "AT_BOUNDARY": f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))",
        "AT_NON_BOUNDARY": f"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))",
    }[place.name]
    return f"(?m:{written})" if flags & re.MULTILINE and written in "^$" else written


def _branch(value: tuple[None, list[Any]], flags: _Flags) -> str:
    return f"(?:{'|'.join(spelled(branch, flags) for branch in value[1])})"


def _group(value: tuple[int | None, int, int, Any], flags: _Flags) -> str:
    number, added, dropped, parts = value
    if added & (re.ASCII | re.UNICODE):
        flags &= ~(re.ASCII | re.UNICODE)
    written = spelled(parts, (flags | added) & ~dropped)
    return f"(?:{written})" if number is None else f"({written})"


def _look(signs: str) -> Callable[[tuple[int, Any], _Flags], str]:
    def write(value: tuple[int, Any], flags: _Flags) -> str:
        direction, parts = value
        return f"(?{'<' if direction < 0 else ''}{signs}{spelled(parts, flags)})"

    return write


def _repeat(sign: str) -> Callable[[tuple[int, int, Any], _Flags], str]:
    def write(value: tuple[int, int, Any], flags: _Flags) -> str:
        least, most, parts = value
        upper = "" if most == PARSER.MAXREPEAT else most
        return f"(?:{spelled(parts, flags)}){{{least},{upper}}}{sign}"

    return write


def _reference(number: int, flags: _Flags) -> str:
    return _in_any_case(rf"(?:\g<{number}>)", flags)


def _condition(value: tuple[int, Any, Any], flags: _Flags) -> str:
    number, then, otherwise = value
    written = "" if otherwise is None else f"|{spelled(otherwise, flags)}"
    return f"(?({number}){spelled(then, flags)}{written})"


def _in_any_case(written: str, flags: _Flags) -> str:
    if not flags & re.IGNORECASE:
        return written
    if flags & re.ASCII:
        raise ValueError("the flags a and i together are not known here")
    return f"(?i:{written})"


def _escaped(code: int) -> str:
    character = chr(code)
    return character if character.isascii() and character.isalnum() else f"\\U{code:08x}"


_WRITERS: Mapping[str, Callable[[Any, _Flags], str]] = {
    "ANY": _any,
    "ASSERT": _look("="),
    "ASSERT_NOT": _look("!"),
    "AT": _place,
    "ATOMIC_GROUP": lambda parts, flags: f"(?>{spelled(parts, flags)})",
    "BRANCH": _branch,
    "FAILURE": lambda _value, _flags: "(?!)",
    "GROUPREF": _reference,
    "GROUPREF_EXISTS": _condition,
    "IN": _set,
    "LITERAL": _literal,
    "MAX_REPEAT": _repeat(""),
    "MIN_REPEAT": _repeat("?"),
    "NOT_LITERAL": _not_literal,
    "POSSESSIVE_REPEAT": _repeat("+"),
    "SUBPATTERN": _group,
}
