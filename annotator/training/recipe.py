"""The config that spaCy trains with: only components that the data has something for."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from annotator.formats.spacy.doc import ENTITIES, EVENTS, REJECTED

if TYPE_CHECKING:
    from confection import Config


class Component(StrEnum):
    """What learns: `ner` from `doc.ents`, `spancat` all entities, `triggers` those of events."""

    NER = "ner"
    SPANCAT = "spancat"
    TRIGGERS = "triggers"


LABELS = "labels"
"""The folder of the files that say which labels a component has."""
SPANS_KEYS: Mapping[Component, str] = {Component.SPANCAT: ENTITIES, Component.TRIGGERS: EVENTS}


_SPACYS_KEY = "sc"


def config(
    language: str,
    components: Collection[Component],
    longest: Mapping[Component, int],
    *,
    negatives: bool,
) -> Config:
    """spaCy's own config for a CPU, filled in, the components over one shared tok2vec.

    `longest` is the longest span in tokens that a span categorizer has to propose: spaCy's own
    limit of three makes longer ones unlearnable without a word. `negatives` has `ner` learn from
    rejected suggestions. Paths are those of the files beside the config; where a file of labels is
    taken away, spaCy looks for the labels in the data instead.
    """
    from spacy import util
    from spacy.cli.init_config import init_config

    pipeline = [name for name in Component if name in components]
    made: Any = init_config(
        lang=language, pipeline=["ner", "spancat"], optimize="efficiency", gpu=False
    )
    categorizer = made["components"].pop("spancat")
    if Component.NER not in pipeline:
        del made["components"]["ner"]
    elif negatives:
        made["components"]["ner"]["incorrect_spans_key"] = REJECTED
    for name in pipeline:
        if name in SPANS_KEYS:
            made["components"][name.value] = _categorizer(
                categorizer, SPANS_KEYS[name], longest[name]
            )
    made["nlp"]["pipeline"] = ["tok2vec", *(name.value for name in pipeline)]
    made["paths"]["train"], made["paths"]["dev"] = "train.spacy", "dev.spacy"
    made["training"]["score_weights"] = _weights(pipeline)
    made["initialize"]["components"] = {name.value: {"labels": _labels(name)} for name in pipeline}
    return util.load_model_from_config(made, auto_fill=True).config


def _weights(pipeline: list[Component]) -> dict[str, float | None]:
    """An equal share for each component.

    Every categorizer's factory brings the weights of spaCy's own key, which nulls take out.
    """
    unused = {f"spans_{_SPACYS_KEY}_{letter}": None for letter in "fpr"}
    return {**unused, **{f"{_score(name)}_f": round(1 / len(pipeline), 2) for name in pipeline}}


def _categorizer(template: Any, spans_key: str, longest: int) -> Any:  # noqa: ANN401 - a block of a config
    block = copy.deepcopy(template)
    block["spans_key"] = spans_key
    block["suggester"] = {
        "@misc": "spacy.ngram_range_suggester.v1",
        "min_size": 1,
        "max_size": max(longest, 1),
    }
    return block


def _labels(name: Component) -> Mapping[str, Any]:
    path = f"{LABELS}/{name}.json"
    return {"@readers": "spacy.read_labels.v1", "path": path, "require": False}


def _score(name: Component) -> str:
    return f"spans_{SPANS_KEYS[name]}" if name in SPANS_KEYS else "ents"
