"""Tokens as units: what labels each token has, and the agreement on that.

Token measures suit long spans, where one token off should not be a total miss. They do not see
where one span ends and the next with the same label begins, and long spans weigh more than short.
A mark that touches no token (white space only) is not seen by them at all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from annotator.agreement.coefficients.f1 import Score
from annotator.agreement.spans import Mark, Range, canonical_marks

Labels = frozenset[str]
"""The category of a token: every label over it, so that nested marks need no choice."""
UNMARKED: Labels = frozenset()
TokenLabels = Mapping[int, Labels]
"""The category of each token that has a label, by its index; the others are unmarked."""

_START, _END = itemgetter(0), itemgetter(1)


def token_labels(marks: Iterable[Mark], tokens: Sequence[Range]) -> TokenLabels:
    """The labels over each token that some mark shares a code point with.

    `tokens` are half-open code point ranges in order, none overlapping another. Where marks of one
    annotator nest or cross, the token's category is the set of their labels: {ORG} and {ORG, GPE}
    are two categories, and nothing is left out or preferred.
    """
    found: dict[int, set[str]] = {}
    for ranges, label in canonical_marks(marks):
        for start, end in ranges:
            for token in range(
                bisect_right(tokens, start, key=_END), bisect_left(tokens, end, key=_START)
            ):
                found.setdefault(token, set()).add(label)
    return {token: frozenset(labels) for token, labels in found.items()}


def token_f1(a: Iterable[Mark], b: Iterable[Mark], tokens: Sequence[Range]) -> Score:
    """The F1 of `(token, label)` pairs of one document.

    A token under two marks of one label counts once. F1 is None where neither annotator has a
    label on any token.
    """
    pairs_a, pairs_b = _token_label_pairs(a, tokens), _token_label_pairs(b, tokens)
    both = len(pairs_a & pairs_b)
    return Score(both, len(pairs_a) - both, len(pairs_b) - both)


def token_columns(
    labelled: Sequence[TokenLabels | None], count: int
) -> Counter[tuple[Labels | None, ...]]:
    """How often each combination of the annotators' categories occurs over `count` tokens.

    None stands for an annotator who has not finished the document.
    """
    marked = list({token for labels in labelled if labels is not None for token in labels})
    rows = [
        [None] * len(marked)
        if labels is None
        else [labels.get(token, UNMARKED) for token in marked]
        for labels in labelled
    ]
    columns: Counter[tuple[Labels | None, ...]] = Counter(zip(*rows, strict=True))
    if count > len(marked):
        rest = tuple(None if labels is None else UNMARKED for labels in labelled)
        columns[rest] += count - len(marked)
    return columns


def _token_label_pairs(marks: Iterable[Mark], tokens: Sequence[Range]) -> set[tuple[int, str]]:
    labelled = token_labels(marks, tokens)
    return {(token, label) for token, labels in labelled.items() for label in labels}
