"""Regular expressions of token patterns, put to spaCy's matcher so that we answer.

spaCy asks Python's `re` itself, where nothing can stop it; that is left to it where an expression
is harmless. But it lets others compare strings for its operator `FUZZY`. So any other expression
goes in as a word with a number, to be compared under a `FUZZY` that the pattern does not use, and
where spaCy asks of that word the expression answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from annotator.suggest.patterns.expressions import Expression, Expressions
from annotator.suggest.patterns.tokens import FUZZY, TokenPattern


class Questions:
    """What the patterns of one language ask by regular expression."""

    def __init__(self, expressions: Expressions) -> None:
        from spacy.matcher.levenshtein import (
            levenshtein_compare,  # pyright: ignore[reportUnknownVariableType]  # no types there
        )

        self._expressions = expressions
        self._by_word: dict[str, Expression] = {}
        self._is_like: Any = levenshtein_compare

    def put(self, token: TokenPattern) -> dict[str, Any]:
        """A token of a pattern as spaCy is given it; ValueError where it asks what cannot be."""
        return {name: self._asked(value) for name, value in token.items()}

    def compare(self, word: str, other: str, edits: int) -> bool:
        """What spaCy calls for `FUZZY`: the answer of an expression, or what spaCy itself says."""
        expression = self._by_word.get(other)
        if expression is None:
            return self._is_like(word, other, edits)
        return expression.finds(word)

    def _asked(self, value: Any) -> Any:  # noqa: ANN401 - a JSON value
        if not isinstance(value, dict):
            return value
        operators = dict(cast("Mapping[str, Any]", value))
        if "REGEX" not in operators:
            return operators
        expression = self._expressions.of(operators["REGEX"])
        if expression.is_harmless:
            return operators
        del operators["REGEX"]
        unused = [name for name in FUZZY if name not in operators]
        if not unused:
            raise ValueError("REGEX does not go with all kinds of FUZZY at once")
        return {**operators, unused[-1]: self._word(expression)}

    def _word(self, expression: Expression) -> str:
        """The word that stands for an expression; no token is like it, for it has a line break."""
        word = f"\nexpression {expression.number}"
        self._by_word[word] = expression
        return word
