"""The counts of every pair and document, kept, so that a change is counted and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from annotator.agreement.document_annotations import LAYERS, DocumentAnnotations, Layer, finished
from annotator.agreement.tallies.bootstrap_counts import BootstrapCounts, Counts, Draws, Key
from annotator.agreement.tallies.events import event_counts
from annotator.agreement.tallies.spans import SpanTally
from annotator.agreement.tallies.tokens import Column, TokenPlaces, group_counts, pair_counts
from annotator.agreement.tallies.units import Meeting, meetings, own_counts, unit_counts, units
from annotator.agreement.tokens import TokenLabels, token_columns

GOLD = "gold"
"""Whose annotations are the adjudicated ones; each annotator is compared with them."""

Pair = tuple[str, str]


class Statistics:
    """What the agreement of some annotators is made of.

    `draws` is how often documents are drawn again for the intervals; 0 leaves them out. Raises
    ValueError where an annotator has two works on a document, or annotators had different texts.
    """

    def __init__(
        self, works: Iterable[DocumentAnnotations], *, draws: int = 1000, seed: int = 0
    ) -> None:
        found = list(works)
        self.names = tuple(sorted({one.annotator for one in found}))
        """Everybody who has work, finished or not, sorted; gold too where there is one."""
        self.draws, self.seed = draws, seed
        self.spans: dict[tuple[Pair, Layer], BootstrapCounts] = {}
        self.events: dict[Pair, BootstrapCounts] = {}
        for pair in self.all_pairs:
            self.events[pair] = BootstrapCounts()
            self.spans.update({(pair, layer): BootstrapCounts() for layer in LAYERS})
        self.groups: dict[Layer, BootstrapCounts] = {layer: BootstrapCounts() for layer in LAYERS}
        """All annotators but gold."""
        self.columns: dict[Layer, BootstrapCounts] = {layer: BootstrapCounts() for layer in LAYERS}
        """How often each combination of categories occurs; not drawn."""
        self._works: dict[str, dict[str, DocumentAnnotations]] = {}
        self._compared: tuple[str, ...] = ()
        self.update(found)

    @property
    def annotators(self) -> tuple[str, ...]:
        """Everybody but gold."""
        return tuple(name for name in self.names if name != GOLD)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every two annotators."""
        return tuple(combinations(self.annotators, 2))

    @property
    def gold_pairs(self) -> tuple[Pair, ...]:
        """Gold with each annotator, where there is gold."""
        return tuple((GOLD, name) for name in self.annotators) if GOLD in self.names else ()

    @property
    def all_pairs(self) -> tuple[Pair, ...]:
        """Every two annotators, then gold with each."""
        return self.pairs + self.gold_pairs

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that two have finished, gold among them, sorted."""
        return self._compared

    def finished(self, a: str, b: str) -> Iterator[tuple[DocumentAnnotations, DocumentAnnotations]]:
        """The works of the documents that both finished, in order of the documents."""
        for document_id in self._compared:
            by = self._works[document_id]
            if a in by and b in by:
                yield by[a], by[b]

    def update(self, works: Iterable[DocumentAnnotations]) -> None:
        """Take new work of documents in the place of what these annotators had on them.

        Only those documents are counted. Raises ValueError for an annotator who was not there at
        first.
        """
        found = list(works)
        if unknown := {one.annotator for one in found} - set(self.names):
            raise ValueError(f"{', '.join(sorted(unknown))} had no work at first")
        for document_id, changed in _by_document(found).items():
            kept = self._works.get(document_id, {})
            now = [one for name, one in kept.items() if name not in {w.annotator for w in changed}]
            done = finished([*now, *changed]).get(document_id, {})
            if done:
                self._works[document_id] = done
            else:
                self._works.pop(document_id, None)
            self._count(document_id, done)
        compared = tuple(sorted(d for d, by in self._works.items() if len(by) > 1))
        if compared != self._compared:
            self._compared = compared
            self._redraw()

    def _redraw(self) -> None:
        draws = Draws(self._compared, self.draws, self.seed)
        for sums in (*self.spans.values(), *self.events.values(), *self.groups.values()):
            sums.redraw(draws)
        for sums in self.columns.values():
            sums.redraw(Draws(self._compared, 0))

    def _count(self, document_id: str, done: Mapping[str, DocumentAnnotations]) -> None:
        """Count one document of which `done` has the finished work."""
        several = len(done) > 1
        tokens = next(iter(done.values())).tokens if several else None
        places = None if tokens is None else TokenPlaces(tokens)
        here = {layer: _Here(done, layer, places) for layer in LAYERS} if several else {}
        for a, b in self.all_pairs:
            both = several and a in done and b in done
            for layer in LAYERS:
                _set(self.spans[(a, b), layer], document_id, here[layer].pair(a, b) if both else {})
            events = event_counts(done[a], done[b]) if both else {}
            _set(self.events[a, b], document_id, events, known=both)
        names = [name for name in self.annotators if name in done]
        for layer in LAYERS:
            columns = here[layer].columns(self.annotators) if len(names) > 1 else {}
            counts = here[layer].group(names, columns) if len(names) > 1 else {}
            _set(self.groups[layer], document_id, counts)
            if len(self.annotators) > 2:
                named: dict[Key, float] = {("column", *column): n for column, n in columns.items()}
                _set(self.columns[layer], document_id, named, known=len(names) > 1)


class _Here:
    """What is finished of one layer of a document, made ready to be counted."""

    __slots__ = ("_items", "_meetings", "_own", "_tokens", "_units", "_work")

    def __init__(
        self, done: Mapping[str, DocumentAnnotations], layer: Layer, places: TokenPlaces | None
    ) -> None:
        self._work = next(iter(done.values()))
        self._items = {name: work.items(layer) for name, work in done.items()}
        self._tokens: dict[str, TokenLabels] = {}
        if places is not None:
            self._tokens = {name: places.labels(items) for name, items in self._items.items()}
        self._units = {name: units(items) for name, items in self._items.items()}
        self._own: dict[str, dict[Key, float]] = {
            name: own_counts(self._work.length, found)
            for name, found in self._units.items()
            if found is not None
        }
        self._meetings: dict[Pair, list[Meeting]] = {}

    def pair(self, a: str, b: str) -> dict[Key, float]:
        """The counts of two annotators."""
        counts: dict[Key, float] = SpanTally(self._items[a], self._items[b]).counts
        if self._work.tokens is None:
            counts["no_tokens",] = 1
        else:
            tokens = len(self._work.tokens)
            counts.update(pair_counts(self._tokens[a], self._tokens[b], tokens))
        counts.update(self._unit_counts((a, b)))
        return counts

    def columns(self, names: Sequence[str]) -> dict[Column, int]:
        """How often each combination of categories occurs, None for who has not finished."""
        if self._work.tokens is None:
            return {}
        return token_columns([self._tokens.get(name) for name in names], len(self._work.tokens))

    def group(self, names: Sequence[str], columns: Mapping[Column, int]) -> dict[Key, float]:
        """The counts of several annotators at once."""
        counts = self._unit_counts(names)
        counts["finished", len(names)] = 1
        counts.update({("finished_by", name): 1 for name in names})
        if self._work.tokens is None:
            counts["no_tokens",] = 1
        counts.update(group_counts(columns))
        return counts

    def _unit_counts(self, names: Sequence[str]) -> dict[Key, float]:
        overlapping: dict[Key, float] = {
            ("overlapping", name): 1.0 for name in names if name not in self._own
        }
        if overlapping:
            return overlapping
        met = {(i, j): self._met(names[i], names[j]) for i, j in combinations(range(len(names)), 2)}
        return unit_counts(
            [self._own[n] for n in names], [self._units[n] or [] for n in names], met
        )

    def _met(self, a: str, b: str) -> list[Meeting]:
        if (a, b) not in self._meetings:
            self._meetings[a, b] = meetings(self._units[a] or [], self._units[b] or [])
        return self._meetings[a, b]


def _set(
    sums: BootstrapCounts, document_id: str, counts: Counts, *, known: bool | None = None
) -> None:
    """Put the counts of a document, or take it out where it is not `known` to have any."""
    if bool(counts) if known is None else known:
        sums.put(document_id, counts)
    else:
        sums.drop(document_id)


def _by_document(works: Iterable[DocumentAnnotations]) -> dict[str, list[DocumentAnnotations]]:
    found: dict[str, list[DocumentAnnotations]] = {}
    for one in works:
        found.setdefault(one.document_id, []).append(one)
    return dict(sorted(found.items()))
