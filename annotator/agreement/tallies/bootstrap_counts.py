"""Counts of single documents, and their sums: over all documents, and over every draw of them.

All measures but Dawid and Skene's are functions of sums over documents. So the counts of each
document are kept in a matrix, and one product with how often each draw takes each document gives
the sums of all draws. A document that changed changes the product by one row.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Key = tuple[Hashable, ...]
"""What is counted: a name, and perhaps labels."""
Counts = Mapping[Key, float]


class Draws:
    """How often each of the documents is taken: once in row 0, with replacement in every other.

    Each draw takes as many documents as there are (Efron 1979). The same seed and documents give
    the same draws.
    """

    def __init__(self, documents: Sequence[str], draws: int = 1000, seed: int = 0) -> None:
        import numpy as np

        self.places = {document_id: place for place, document_id in enumerate(documents)}
        count = len(documents)
        self.times: Array = np.ones((1 + draws, count))
        if count and draws:
            taken = np.random.default_rng(seed).integers(0, count, size=(draws, count))
            taken += np.arange(draws)[:, None] * count
            counted = np.bincount(taken.ravel(), minlength=draws * count)
            self.times[1:] = counted.reshape(draws, count)


class BootstrapCounts:
    """The counts of some documents, by key, and their sums: of all of them, then of each draw."""

    def __init__(self) -> None:
        import numpy as np

        self._keys: dict[Key, int] = {}
        self._rows: dict[str, int] = {}
        self._counts: Array = np.zeros((0, 0))
        self._sums: Array | None = None
        self._known: NDArray[np.intp] | None = None
        self._draws = Draws((), 0)
        self._waiting = (array("q"), array("q"), array("d"))

    def put(self, document_id: str, counts: Counts) -> None:
        """Set the counts of a document; no other document is counted again."""
        if document_id in self._rows:
            self._change(document_id, counts)
            return
        row = self._rows[document_id] = len(self._rows)
        self._sums = self._known = None
        rows, columns, values = self._waiting
        keys = self._keys
        rows.extend([row] * len(counts))
        columns.extend([keys[k] if k in keys else keys.setdefault(k, len(keys)) for k in counts])
        values.extend(counts.values())

    def drop(self, document_id: str) -> None:
        """Take the counts of a document out."""
        import numpy as np

        if document_id in self._rows:
            self._flush()
            self._counts = np.delete(self._counts, self._rows.pop(document_id), axis=0)
            self._rows = {one: row for row, one in enumerate(self._rows)}
            self._sums = self._known = None

    def redraw(self, draws: Draws) -> None:
        """Sum by other draws, which know all the documents here."""
        self._draws, self._sums, self._known = draws, None, None

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._rows)

    def __getitem__(self, key: Key) -> Array:
        """The sum of all documents, followed by that of each draw."""
        import numpy as np

        place = self._keys.get(key)
        return np.zeros(len(self._draws.times)) if place is None else self._summed()[:, place]

    def named(self, name: str) -> tuple[tuple[Hashable, ...], ...]:
        """What follows `name` in the keys that begin with it and are not 0 everywhere."""
        sums = self._summed()
        return tuple(key[1:] for key, at in self._keys.items() if key[0] == name and sums[0, at])

    def table(self, groups: Sequence[Sequence[Key]]) -> tuple[NDArray[np.intp], Array]:
        """Which documents there are, by their places, and the sum of each group of keys in each."""
        import numpy as np

        self._flush()
        columns = [
            self._counts[:, [self._keys[key] for key in keys if key in self._keys]].sum(axis=1)
            for keys in groups
        ]
        shape = len(self._rows), len(groups)
        return self._places(), np.stack(columns, axis=1) if columns else np.zeros(shape)

    def documents(self, keys: Sequence[Key]) -> int:
        """How many documents have any of the counts."""
        return int(self.table([keys])[1].any(axis=1).sum())

    @property
    def all_documents(self) -> tuple[str, ...]:
        """The documents that the draws know, in order of their places."""
        return tuple(self._draws.places)

    def _flush(self) -> None:
        """Put what is waiting into the matrix."""
        import numpy as np

        rows, columns, values = self._waiting
        shape = len(self._rows), len(self._keys)
        if self._counts.shape != shape:
            missing = [(0, new - old) for new, old in zip(shape, self._counts.shape, strict=True)]
            self._counts = np.pad(self._counts, missing)
        if rows:
            self._counts[np.asarray(rows), np.asarray(columns)] = np.asarray(values)
            self._waiting = (array("q"), array("q"), array("d"))

    def _places(self) -> NDArray[np.intp]:
        """The place of each row among all documents."""
        import numpy as np

        if self._known is None:
            known = self._draws.places
            self._known = np.array([known[document_id] for document_id in self._rows], dtype=int)
        return self._known

    def _summed(self) -> Array:
        if self._sums is None:
            self._flush()
            times = self._draws.times
            places = self._places()
            if len(places) < times.shape[1] or (places[1:] < places[:-1]).any():
                times = times[:, places]
            self._sums = times @ self._counts
        return self._sums

    def _change(self, document_id: str, counts: Counts) -> None:
        import numpy as np

        for key in counts:
            self._keys.setdefault(key, len(self._keys))
        self._flush()
        after = np.zeros(len(self._keys))
        for key, value in counts.items():
            after[self._keys[key]] = value
        row = self._rows[document_id]
        if self._sums is not None:
            times = self._draws.times[:, self._draws.places[document_id]]
            new = len(self._keys) - self._sums.shape[1]
            self._sums = np.pad(self._sums, ((0, 0), (0, new)))
            self._sums += times[:, None] * (after - self._counts[row])
        self._counts[row] = after


class Pool:
    """Several `BootstrapCounts` by the same draws, added up."""

    def __init__(self, members: Sequence[BootstrapCounts], length: int) -> None:
        """Take the members, and how many sums each key has."""
        self.members = tuple(members)
        self._length = length

    def __getitem__(self, key: Key) -> Array:
        """The sum over all members: of all documents first, then of each draw."""
        import numpy as np

        return sum((member[key] for member in self.members), np.zeros(self._length))

    def named(self, name: str) -> tuple[tuple[Hashable, ...], ...]:
        """What follows `name` in the keys of any member that are not 0 everywhere."""
        return tuple(dict.fromkeys(rest for one in self.members for rest in one.named(name)))

    def table(self, groups: Sequence[Sequence[Key]]) -> tuple[NDArray[np.intp], Array]:
        """Which documents any member has, by their places, and the sum of each group in each."""
        import numpy as np

        if not self.members:
            return np.zeros(0, dtype=int), np.zeros((0, len(groups)))
        tables = [one.table(groups) for one in self.members]
        places = np.unique(np.concatenate([places for places, _ in tables]))
        total = np.zeros((len(places), len(groups)))
        for own, counts in tables:
            total[np.searchsorted(places, own)] += counts
        return places, total

    def documents(self, keys: Sequence[Key]) -> int:
        """How many documents have any of the counts in any member."""
        return int(self.table([keys])[1].any(axis=1).sum())

    @property
    def all_documents(self) -> tuple[str, ...]:
        """The documents that the draws know, in order of their places."""
        return self.members[0].all_documents if self.members else ()

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.table([])[0])
