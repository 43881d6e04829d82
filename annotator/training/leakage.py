"""Whether a document on one side of a split is nearly one on another side: looked for exactly.

The split puts near-duplicates together by hashes that could miss one in thousands; here every
document is held against all documents of the other sides that have a run of words in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.errors import FormatError
from annotator.formats import spacy
from annotator.formats.record import Annotated
from annotator.training.near_duplicates import THRESHOLD, NearDuplicates
from annotator.training.split import Part

if TYPE_CHECKING:
    from annotator.training.near_duplicates import Runs


@dataclass(frozen=True, slots=True)
class Leak:
    """Two documents on two sides that are near-duplicates."""

    one: str
    other: str
    jaccard: float

    def __str__(self) -> str:
        return f"{self.one} and {self.other} share {self.jaccard:.0%} of their runs of words"


def leaks(
    parts: Mapping[str, Part], runs: Mapping[str, Runs], threshold: float = THRESHOLD
) -> tuple[Leak, ...]:
    """All pairs on two sides whose Jaccard index is `threshold` or more; proof, where none is.

    `runs` are those that `NearDuplicates` makes of the texts of all documents in `parts`.
    """
    if not parts:
        return ()
    found = sorted(
        _pairs(list(parts), parts, runs, threshold), key=lambda leak: (leak.one, leak.other)
    )
    return tuple(found)


def leaks_in(folder: Path, threshold: float = THRESHOLD) -> tuple[Leak, ...]:
    """The leaks of a data set as its files are; a document on two sides leaks into itself.

    Raises FormatError where the folder has no `train.spacy`.
    """
    if not (folder / f"{Part.TRAIN}.spacy").is_file():
        raise FormatError(f"{folder} is no data set.", "Name one with --out.")
    nearness, parts, twice = NearDuplicates(), dict[str, Part](), list[Leak]()
    for part in Part:
        path = folder / f"{part}.spacy"
        for item in spacy.read(path) if path.is_file() else ():
            if not isinstance(item, Annotated):
                raise FormatError(f"{path}: {item.reason}")
            key = item.document.id
            if key in parts:
                twice.append(Leak(key, key, 1.0))
                continue
            parts[key] = part
            nearness.add(key, item.document.text)
    return (*twice, *leaks(parts, nearness.runs, threshold))


def _pairs(
    ids: list[str], parts: Mapping[str, Part], runs: Mapping[str, Runs], threshold: float
) -> Iterator[Leak]:
    import numpy as np

    sizes: Any = np.array([len(runs[key]) for key in ids])
    sides: Any = np.array([list(Part).index(parts[key]) for key in ids])
    values: Any = np.concatenate([runs[key] for key in ids])
    owners: Any = np.repeat(np.arange(len(ids), dtype=np.int32), sizes)
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    largest = np.bincount(sides).argmax()
    for number in np.flatnonzero(sides != largest):
        own = runs[ids[number]]
        begins, ends = np.searchsorted(values, own), np.searchsorted(values, own, side="right")
        both = np.bincount(_gathered(owners, begins, ends), minlength=len(ids))
        near = both / (sizes + sizes[number] - both) >= threshold
        near &= sides != sides[number]
        for other in np.flatnonzero(near):
            if sides[other] == largest or other < number:
                share = both[other] / (sizes[other] + sizes[number] - both[other])
                one, two = sorted((ids[number], ids[other]))
                yield Leak(one, two, float(share))


def _gathered(owners: Any, begins: Any, ends: Any) -> Any:  # noqa: ANN401 - arrays
    """What stands between each begin and its end."""
    import numpy as np

    lengths = ends - begins
    shifts = np.repeat(begins - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    return owners[np.arange(lengths.sum()) + shifts]
