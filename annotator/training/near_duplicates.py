"""Texts that are nearly the same, such as wire copy that two papers printed with other headlines.

A text is the set of its runs of five words; how near two are is the Jaccard index of their sets.
Candidates come out of MinHash signatures (Broder 1997) cut into bands (Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, section 3.4), and every candidate is verified on the sets. All
hashes are BLAKE2b and fixed arithmetic, so every run on every machine finds the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Runs = NDArray[np.uint32]

RUN = 5
"""Words in a run."""
THRESHOLD = 0.5
"""Half of all runs in common: what is left of wire copy after cuts and some editing."""
_BANDS, _ROWS = 64, 3
"""A pair at the threshold shares no band once in five thousand times."""
_SLACK = 0.15
"""Four standard deviations of what a signature says of a pair at the threshold."""
_BLOCK = 4096
"""Runs that are put through all hash functions at a time."""
_WORD = re.compile(r"\w+")
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
"""Letters of scripts without blanks between words; each is taken for a word."""
_FACTOR = 0x9E3779B97F4A7C15
"""2^64 over the golden ratio, as in Knuth's multiplicative hashing."""


def near_duplicates(
    texts: Iterable[tuple[str, str]], threshold: float = THRESHOLD
) -> tuple[tuple[str, ...], ...]:
    """The groups of two or more ids whose texts are near one another, directly or through others.

    `texts` are pairs of id and text and may be a stream: some 2.5 kB are kept of an article. Ids
    in a group, and groups by their first ids, are in the order of `texts`.
    """
    nearness = NearDuplicates()
    for key, text in texts:
        nearness.add(key, text)
    groups: dict[str, list[str]] = {}
    for key, first in nearness.firsts(threshold).items():
        groups.setdefault(first, []).append(key)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


class NearDuplicates:
    """Texts taken in one by one, then put into groups."""

    def __init__(self) -> None:
        self.runs: dict[str, Runs] = {}
        """For each id the runs of its text, sorted, each once."""
        self._signatures: list[Runs] = []
        self._words = _Numbers()

    def add(self, key: str, text: str) -> None:
        """Take a text in; raises ValueError where its id came before."""
        if key in self.runs:
            raise ValueError(f"two texts have the id {key!r}")
        runs = self.runs[key] = _runs(_words(text), self._words)
        self._signatures.append(_signature(runs))

    def firsts(self, threshold: float = THRESHOLD) -> dict[str, str]:
        """For each id, in the order added, the one that was added first of its group."""
        import numpy as np

        keys, runs = list(self.runs), list(self.runs.values())
        first: Any = np.arange(len(keys))
        signatures: Any = np.array(self._signatures).reshape(-1, _BANDS * _ROWS)
        for one, other in _candidates(signatures, first, threshold - _SLACK):
            if first[one] != first[other] and jaccard(runs[one], runs[other]) >= threshold:
                low, high = sorted((first[one], first[other]))
                first[first == high] = low
        return {key: keys[number] for key, number in zip(keys, first, strict=True)}


def joined(firsts: Mapping[str, str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The groups of `Nearness.firsts` with the groups of each pair of ids made one."""
    found, order = dict(firsts), {key: number for number, key in enumerate(firsts)}
    for one, other in pairs:
        low, high = sorted((found[one], found[other]), key=order.__getitem__)
        found = {key: low if first == high else first for key, first in found.items()}
    return found


def jaccard(one: Runs, other: Runs) -> float:
    """The share of what is in both of what is in either; the arrays are sorted, without repeats."""
    import numpy as np

    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        plain = _UNPARTED.sub(r" \g<0> ", plain)
    return _WORD.findall(plain) or plain.split() or [""]


class _Numbers(dict[str, int]):
    """A number for each word."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self[word] = number = int.from_bytes(digest, "little")
        return number


def _runs(words: list[str], numbers: _Numbers) -> Runs:
    """A number for each run, each once; fewer words than a run has are a run together."""
    import numpy as np

    hashes = np.fromiter(map(numbers.__getitem__, words), dtype=np.uint64, count=len(words))
    length = min(RUN, len(words))
    found = np.zeros(len(words) - length + 1, dtype=np.uint64)
    for offset in range(length):
        found *= np.uint64(_FACTOR)
        found += hashes[offset : offset + len(found)]
        found ^= found >> np.uint64(29)
    return np.unique((found >> np.uint64(32)).astype(np.uint32))


def _signature(runs: Runs) -> Runs:
    """The least number that each hash function gives."""
    import numpy as np

    factors, addends = _functions()
    least = np.full(len(factors), np.iinfo(np.uint32).max, dtype=np.uint32)
    for begin in range(0, len(runs), _BLOCK):
        hashed = factors * runs[begin : begin + _BLOCK]
        hashed += addends
        np.minimum(least, hashed.min(axis=1), out=least)
    return least


@cache
def _functions() -> tuple[Runs, Runs]:
    """The factors, odd so that no two numbers become one, and addends of all hash functions."""
    import numpy as np

    digests = [hashlib.blake2b(b"%d" % n, digest_size=8).digest() for n in range(_BANDS * _ROWS)]
    pairs = np.frombuffer(b"".join(digests), dtype="<u4").astype(np.uint32).reshape(-1, 2)
    return pairs[:, :1] | np.uint32(1), pairs[:, 1:]


def _candidates(signatures: Any, first: Any, least: float) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - arrays
    """Pairs of texts that share a band and whose signatures agree in `least` of all places.

    `first` names the group of each text; it may change meanwhile, and pairs of one group are not
    given.
    """
    import numpy as np

    for band in range(_BANDS):
        bands = np.zeros(len(signatures), dtype=np.uint64)
        for row in range(band * _ROWS, (band + 1) * _ROWS):
            bands = bands * np.uint64(_FACTOR) + signatures[:, row]
        _, bucket, sizes = np.unique(bands, return_inverse=True, return_counts=True)
        order = np.argsort(bucket, kind="stable")
        ends = np.cumsum(sizes)
        for at in np.flatnonzero(sizes > 1):
            members = order[ends[at] - sizes[at] : ends[at]]
            yield from _within(members, signatures, first, least)


def _within(members: Any, signatures: Any, first: Any, least: float) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    for place, one in enumerate(members[:-1], 1):
        rest = members[place:]
        rest = rest[first[rest] != first[one]]
        if len(rest):
            agreeing = (signatures[rest] == signatures[one]).mean(axis=1) >= least
            yield from ((int(one), int(other)) for other in rest[agreeing])
