"""How often each annotator is right, by what the others say of the same tokens."""

from __future__ import annotations

from typing import cast

from annotator.agreement.coefficients.dawid_skene import FEWEST_ANNOTATORS, dawid_skene_of_columns
from annotator.agreement.coefficients.estimate import NOT_FROM_SUMS, Estimate
from annotator.agreement.document_annotations import Layer
from annotator.agreement.measures.spans import NO_DOCUMENT
from annotator.agreement.tallies.statistics import Statistics
from annotator.agreement.tallies.tokens import Column
from annotator.agreement.tokens import UNMARKED

TOO_FEW = f"the model needs {FEWEST_ANNOTATORS} annotators"
NOTHING_RATED = "the annotator finished no document with tokens that somebody marked"


def accuracies(statistics: Statistics, layer: Layer) -> dict[str, Estimate]:
    """How probable it is, by the model of Dawid and Skene, that each annotator says what is true.

    The units are the tokens that somebody marked, in documents that two have finished; the category
    of a token is the set of its labels. The model is fitted and not reckoned from sums, so there is
    no interval. Undefined with fewer than three annotators.
    """
    names = statistics.annotators
    sums = statistics.columns[layer]
    columns: dict[Column, int] = {}
    if len(names) >= FEWEST_ANNOTATORS:
        for found in sums.named("column"):
            column = cast("Column", found)
            if any(labels not in (None, UNMARKED) for labels in column):
                columns[column] = int(sums["column", *column][0])
    rated = {
        name: sum(n for column, n in columns.items() if column[place] is not None)
        for place, name in enumerate(names)
    }
    model = dawid_skene_of_columns(names, columns) if all(rated.values()) else None
    if model is None:
        reason = TOO_FEW if len(names) < FEWEST_ANNOTATORS else NOTHING_RATED
        reason = reason if statistics.documents else NO_DOCUMENT
        return {
            name: Estimate(None, None, len(sums), rated[name], "tokens", reason, reason)
            for name in names
        }
    return {
        name: Estimate(
            model.accuracy(name), None, len(sums), rated[name], "tokens", "", NOT_FROM_SUMS
        )
        for name in names
    }
