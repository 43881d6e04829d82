"""What a token pattern may say: the attributes and operators that a tokenizer alone can answer.

The syntax is spaCy's, with keys in any case. Attributes that need a tagger or parser (`LEMMA`,
`POS`, `DEP` ...) are refused here, because a blank pipeline never fills them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

TokenPattern = Mapping[str, Any]
"""One token of a pattern, keys in upper case: `{"LOWER": {"IN": ["storm", "stormed"]}}`."""

_STRINGS = frozenset({"ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "PREFIX", "SUFFIX"})
_FLAGS = frozenset(
    {
        "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT",
        "IS_SPACE", "IS_BRACKET", "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY",
        "IS_STOP", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL", "SPACY",
    }
)  # fmt: skip
_NUMBERS = frozenset({"LENGTH"})
_NEED_A_MODEL = frozenset(
    {
        "LEMMA", "POS", "TAG", "MORPH", "DEP", "ENT_TYPE", "ENT_IOB", "ENT_ID", "ENT_KB_ID",
        "IS_SENT_START", "SENT_START",
    }
)  # fmt: skip
_COMPARISONS = frozenset({"==", "!=", ">=", "<=", ">", "<"})
FUZZY = ("FUZZY", *(f"FUZZY{edits}" for edits in range(1, 10)))
"""Alike but for some edits; how many is told by a number or by spaCy."""
_REPEAT = re.compile(r"[!?+*]|\{\d+\}|\{\d+,\d*\}|\{,\d+\}")


Lists = Mapping[str, Sequence[str]]
"""Named lists of words, which may stand for a list after IN and NOT_IN."""


def checked_tokens(tokens: list[dict[str, Any]], lists: Lists) -> tuple[TokenPattern, ...]:
    """The tokens with their keys in upper case; ValueError says what cannot be meant."""
    if not tokens:
        raise ValueError("a token pattern needs at least one token, not []")
    return tuple(_checked_token(token, lists) for token in tokens)


def expressions_of(tokens: Iterable[TokenPattern]) -> tuple[str, ...]:
    """The regular expressions that checked tokens ask, in their order."""
    found: list[str] = []
    for token in tokens:
        for value in token.values():
            operators = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
            found += [operators["REGEX"]] if "REGEX" in operators else []
    return tuple(found)


def _checked_token(token: dict[str, Any], lists: Lists) -> TokenPattern:
    checked: dict[str, Any] = {}
    for key, value in token.items():
        name = key.upper()
        if name in checked:
            raise ValueError(f"{key!r} stands twice in one token")
        checked[name] = _checked_value(name, value, lists)
    return checked


def _checked_value(name: str, value: Any, lists: Lists) -> Any:  # noqa: ANN401 - a JSON value
    if name == "OP":
        return _repeat(value)
    if name in _NEED_A_MODEL:
        raise ValueError(f"{name} needs a trained pipeline, and patterns are matched without one")
    if name in _FLAGS:
        return _typed(name, value, bool)
    if name not in _STRINGS | _NUMBERS:
        raise ValueError(f"unknown token attribute {name!r}")
    kind = str if name in _STRINGS else int
    if not isinstance(value, dict):
        return _typed(name, value, kind)
    operators = cast("dict[str, Any]", value)
    if not operators:
        raise ValueError(f"{name} is {{}}; expected a value or an operator such as IN")
    return {
        key.upper(): _operand(f"{name} {key.upper()}", key.upper(), operand, kind, lists)
        for key, operand in operators.items()
    }


def _repeat(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if not isinstance(value, str) or not _REPEAT.fullmatch(value):
        raise ValueError(f"OP is {value!r}; expected !, ?, +, *, {{n}}, {{n,m}}, {{n,}} or {{,m}}")
    return value


def _operand(name: str, operator: str, value: Any, kind: type, lists: Lists) -> Any:  # noqa: ANN401
    if operator in ("IN", "NOT_IN"):
        return _listed(name, value, kind, lists)
    if operator == "REGEX" and kind is str:
        return _regex(name, value)
    if operator in FUZZY and kind is str:
        return _typed(name, value, kind)
    if operator in _COMPARISONS and kind is int:
        return _typed(name, value, kind)
    raise ValueError(f"{name}: no such operator")


def _listed(name: str, value: Any, kind: type, lists: Lists) -> list[Any]:  # noqa: ANN401
    if isinstance(value, str) and kind is str:
        if value not in lists:
            raise ValueError(f"{name}: no line above has a list named {value!r}")
        return list(lists[value])
    if not isinstance(value, list) or not value:
        raise ValueError(f"{name} needs a list with something in it, not {value!r}")
    return [_typed(name, item, kind) for item in cast("list[Any]", value)]


def _regex(name: str, value: Any) -> str:  # noqa: ANN401 - a JSON value
    expression = _typed(name, value, str)
    try:
        re.compile(expression)
    except (re.error, OverflowError, RecursionError) as error:
        shown = expression if len(expression) <= 80 else f"{expression[:80]}…"
        raise ValueError(f"bad regular expression {shown!r}: {error}") from error
    return expression


def _typed(name: str, value: Any, kind: type) -> Any:  # noqa: ANN401 - a JSON value
    if type(value) is not kind:
        raise ValueError(f"{name} is {value!r}; expected {_KIND_NAMES[kind]}")
    if value == "":
        raise ValueError(f"{name} is an empty string, which matches nothing")
    return value


_KIND_NAMES: Mapping[type, str] = {bool: "true or false", int: "a whole number", str: "a string"}
