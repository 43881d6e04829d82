"""The chance-corrected agreement on tokens that the report shows beside span F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotator.agreement.alpha import alpha_of_columns, observed_of_columns
from annotator.agreement.kappa import cohen_kappa, contingency
from annotator.agreement.tokens import Labels, token_columns, token_labels
from annotator.agreement.work import Layer, Work

Columns = Counter[tuple[Labels | None, ...]]

NO_DOCUMENT = "no document was finished by two annotators"
NO_TOKENS = "the tokens are not known"
ONE_CATEGORY = "all tokens are of one category"


@dataclass(frozen=True, slots=True)
class TokenAgreement:
    """A kappa or alpha over all tokens; most are unmarked, so never read it without span F1.

    The category of a token is the set of the labels over it (see `token_labels`).
    """

    value: float | None
    observed: float | None
    """The agreement without the correction for chance."""
    tokens: int
    undefined: str = ""
    """Why there is no value; empty where there is one."""

    def as_json(self) -> dict[str, Any]:
        """`{"value", "observed", "tokens", "undefined"}`."""
        return {
            "value": self.value,
            "observed": self.observed,
            "tokens": self.tokens,
            "undefined": self.undefined,
        }


def token_kappa(works: Sequence[tuple[Work, Work]], layer: Layer) -> TokenAgreement:
    """Cohen's kappa of two annotators over the tokens of the documents that both finished."""
    columns = _columns(works, layer)
    if columns is None:
        return TokenAgreement(None, None, 0, NO_TOKENS)
    table = contingency({(column[0], column[1]): times for column, times in columns.items()})
    return _agreement(cohen_kappa(table), columns, works)


def token_alpha(works: Sequence[Sequence[Work | None]], layer: Layer) -> TokenAgreement:
    """Krippendorff's alpha over the tokens of documents that at least two annotators finished.

    `works` has a row a document and a place an annotator, None where that one has not finished.
    """
    columns = _columns(works, layer)
    if columns is None:
        return TokenAgreement(None, None, 0, NO_TOKENS)
    return _agreement(alpha_of_columns(columns.items()), columns, works)


def _agreement(value: float | None, columns: Columns, works: Sequence[object]) -> TokenAgreement:
    reason = ""
    if value is None:
        reason = ONE_CATEGORY if works else NO_DOCUMENT
    return TokenAgreement(value, observed_of_columns(columns.items()), columns.total(), reason)


def _columns(works: Sequence[Sequence[Work | None]], layer: Layer) -> Columns | None:
    """The counted categories of all tokens; None where a document's tokens are not known."""
    columns: Columns = Counter()
    for row in works:
        tokens = next(work.tokens for work in row if work is not None)
        if tokens is None:
            return None
        labelled = [
            None if work is None else token_labels(work.marks(layer), tokens) for work in row
        ]
        columns.update(token_columns(labelled, len(tokens)))
    return columns
