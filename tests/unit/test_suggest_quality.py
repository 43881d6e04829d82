"""How well the shipped patterns do on articles marked by hand; the bar is for the seed article.

The patterns were written with the seed article in sight, so its bar guards against breakage and
says nothing of other text. The held-out articles are shown by benchmarks/suggestions.py.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from annotator.schemes import toml as scheme_toml

ROOT = Path(__file__).parents[2]


def load_benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "suggestions_benchmark", ROOT / "benchmarks" / "suggestions.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


benchmark = load_benchmark()
needs_articles = pytest.mark.skipif(
    not benchmark.CORPORA.is_dir(), reason="the articles of ../shared/corpora are not here"
)


@needs_articles
@pytest.mark.parametrize(("layer", "bar"), [("entities", 0.75), ("triggers", 0.85)])
def test_suggestions_on_the_seed_article_reach_their_bar(layer: str, bar: float) -> None:
    score = benchmark.score(*benchmark.marks("seed", layer))
    assert score.f1 >= bar


@needs_articles
@pytest.mark.parametrize("layer", ["entities", "triggers"])
def test_suggestions_on_held_out_articles_are_mostly_right(layer: str) -> None:
    score = benchmark.score(*benchmark.marks("held_out", layer))
    assert score.precision >= 0.75
    assert score.recall >= 0.65


@pytest.mark.parametrize("name", ["seed", "held_out"])
def test_gold_holds_offsets_of_labels_of_the_scheme_and_no_text(name: str) -> None:
    scheme = scheme_toml.read(ROOT / "labels" / "news-events.toml")
    known = {
        "entities": {label.name for label in scheme.entities},
        "triggers": {event.name for event in scheme.events},
    }
    for gold in json.loads((benchmark.GOLD / f"{name}.json").read_text("utf-8")).values():
        assert set(gold) == {"sha256", "entities", "triggers"}
        for layer, labels in known.items():
            assert all(0 <= start < end for start, end, _ in gold[layer])
            assert {label for _, _, label in gold[layer]} <= labels


def test_a_score_counts_only_marks_that_are_the_same_in_all_parts() -> None:
    gold = {("a", 0, 4, "GPE"), ("a", 9, 12, "ORG")}
    suggested = {("a", 0, 4, "GPE"), ("a", 9, 12, "GPE"), ("a", 9, 13, "ORG")}
    score = benchmark.score(suggested, gold)
    assert (score.right, score.suggested, score.gold) == (1, 3, 2)
    assert (score.precision, score.recall, score.f1) == (1 / 3, 1 / 2, 2 / 5)
