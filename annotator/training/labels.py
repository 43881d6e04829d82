"""The labels that the components learn, as `spacy init labels` would write them.

With them spaCy starts to train without reading all the data for its labels first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.training.facts import Facts
from annotator.training.recipe import Component

_MISSING, _BEGIN, _IN, _LAST, _UNIT, _OUT = map(str, range(6))
"""The moves of spaCy's `ner`, `spacy.pipeline._parser_internals.ner`."""


def label_data(component: Component, train: Iterable[Facts]) -> Any:  # noqa: ANN401 - JSON
    """For `ner` the labels of each move with how often it is made; else the labels alone.

    Those of a span categorizer are in the order in which the data has them.
    """
    tokens: Counter[str] = Counter()
    for one in train:
        tokens.update(one.learned[component].labels)
    if component is not Component.NER:
        return list(tokens)
    return {
        _MISSING: {},
        **{move: _sorted(tokens) for move in (_BEGIN, _IN, _LAST)},
        _UNIT: _sorted({**tokens, "": 1}),
        _OUT: {"": 1},
    }


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (pair[1], pair[0]), reverse=True))
