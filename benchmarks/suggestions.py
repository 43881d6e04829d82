"""How well the patterns suggest: precision, recall and F1 against gold marked by hand.

Run from the project's folder: `python benchmarks/suggestions.py`. The articles lie outside the
project, in `../shared/corpora`; tests/suggest_gold holds offsets only. The patterns were written
with the seed article in sight. The held-out articles were marked after the patterns were done,
and the patterns were not changed for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.model.document import Document
from annotator.model.event import Event
from annotator.schemes import toml as scheme_toml
from annotator.suggest.patterns.suggester import PatternSuggester

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "suggest_gold"
CORPORA = ROOT.parent / "shared" / "corpora"
LAYERS = ("entities", "triggers")

Mark = tuple[str, int, int, str]
"""Article, start, end and label."""


@dataclass(frozen=True, slots=True)
class Score:
    """Strict counts: a mark is right where start, end and label are."""

    right: int
    suggested: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.suggested + self.gold
        return 2 * self.right / both if both else 0.0


def gold_articles(name: str) -> Iterator[tuple[Document, dict]]:
    """The articles of `seed` or `held_out`, each with its gold; ValueError where a text differs."""
    for file, gold in json.loads((GOLD / f"{name}.json").read_text("utf-8")).items():
        text = (CORPORA / file).read_bytes().decode("utf-8")
        document = Document(file, text)
        if document.sha256 != gold["sha256"]:
            raise ValueError(f"{file} is not the text that the gold was marked in")
        yield document, gold


def marks(name: str, layer: str) -> tuple[set[Mark], set[Mark]]:
    """The suggested and the gold marks of a set of articles."""
    scheme = scheme_toml.read(ROOT / "labels" / "news-events.toml")
    suggester = PatternSuggester.load(ROOT / "labels" / scheme.patterns_file, scheme)
    articles = list(gold_articles(name))
    suggested = {
        (document.id, s.span.start, s.span.end, s.label)
        for document, suggestions in suggester.suggest(document for document, _ in articles)
        for s in suggestions
        if isinstance(s.item, Event) == (layer == "triggers")
    }
    gold = {(document.id, *mark) for document, marked in articles for mark in marked[layer]}
    return suggested, gold


def score(suggested: set[Mark], gold: set[Mark]) -> Score:
    """The counts of two sets of marks."""
    return Score(len(suggested & gold), len(suggested), len(gold))


def rows(name: str, layer: str) -> Iterator[tuple[str, Score]]:
    """A score for each label, then one for all."""
    suggested, gold = marks(name, layer)
    for label in sorted({mark[3] for mark in suggested | gold}):
        yield label, score(_only(suggested, label), _only(gold, label))
    yield "all", score(suggested, gold)


def _only(found: Iterable[Mark], label: str) -> set[Mark]:
    return {mark for mark in found if mark[3] == label}


def main() -> None:
    for name in ("seed", "held_out"):
        words = [len(document.text.split()) for document, _ in gold_articles(name)]
        print(f"\n{name}: {len(words)} articles, {sum(words)} words")
        for layer in LAYERS:
            print(
                f"\n{layer:<12} {'P':>6} {'R':>6} {'F1':>6} {'right':>6} {'sugg.':>6} {'gold':>6}"
            )
            for label, s in rows(name, layer):
                print(
                    f"{label:<12} {s.precision:6.2f} {s.recall:6.2f} {s.f1:6.2f} "
                    f"{s.right:6} {s.suggested:6} {s.gold:6}"
                )


if __name__ == "__main__":
    main()
