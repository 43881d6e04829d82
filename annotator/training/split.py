"""Which documents train, which are looked at meanwhile (dev), which are kept for the end (test).

Near-duplicates (see `nearness`) are one group and on one side. The part of a group follows from
the words of its first document and the seed, so that documents that come later do not move it.
There are two exceptions, and a report names both: a document that is near to two groups makes
them one, which goes where its first document is; and where a set is so small that a part has no
document, one stands in for it until there are others.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.errors import UsageError
from annotator.model.document import Document


class Part(StrEnum):
    """One side of the split."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Split:
    """Percentages of documents, 100 together."""

    train: int = 80
    dev: int = 10
    test: int = 10

    def __str__(self) -> str:
        return f"{self.train}/{self.dev}/{self.test}" if self.test else f"{self.train}/{self.dev}"


@dataclass(frozen=True, slots=True)
class Assignment:
    """The part of every document by its id, and the documents that stand in for others."""

    parts: Mapping[str, Part]
    standing_in: tuple[str, ...]


def parse_split(text: str) -> Split:
    """`80/10/10` or `80/20`; raises UsageError where it is neither or does not make 100."""
    hint = "Write train/dev or train/dev/test in percent, such as 80/20 or 80/10/10."
    if not re.fullmatch(r"\d{1,3}/\d{1,3}(/\d{1,3})?", text.strip()):
        raise UsageError(f"{text!r} is no split.", hint)
    percentages = [int(part) for part in text.split("/")]
    if sum(percentages) != 100:
        raise UsageError(f"{text!r} makes {sum(percentages)} percent, not 100.", hint)
    if not (percentages[0] and percentages[1]):
        raise UsageError(f"{text!r} leaves nothing to train or nothing to compare with.", hint)
    return Split(*percentages) if len(percentages) == 3 else Split(*percentages, test=0)


def number_of(document: Document, seed: int = 0) -> float:
    """A number between 0 and 1 out of the hash of a text's words and the seed."""
    words = unicodedata.normalize("NFKC", " ".join(document.text.split())).casefold()
    raw = f"{seed}\n{words}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest()) / 2**64


def assigned(
    numbers: Mapping[str, float],
    firsts: Mapping[str, str],
    split: Split,
    usable: Collection[str] | None = None,
) -> Assignment:
    """The part of every document.

    `numbers` are those of all documents there are, in the order in which they came; `firsts` names
    the first document of each one's group. A number below the share of dev is dev, the next test,
    the rest train. The first three groups are one of each part, so that none is empty from then on.
    Where the documents that are `usable` leave one empty all the same, a group of theirs stands in.
    """
    parts = {first: _part(numbers[first], split) for first in dict.fromkeys(firsts.values())}
    _settle_first(parts, numbers, split)
    ids = set(numbers if usable is None else usable)
    wanted = {firsts[key] for key in ids}
    moved = _fill_empty(parts, sorted(wanted, key=lambda key: (numbers[key], key)), split)
    return Assignment(
        {key: parts[firsts[key]] for key in numbers},
        tuple(key for key in numbers if key in ids and firsts[key] in moved),
    )


def _part(number: float, split: Split) -> Part:
    if number < split.dev / 100:
        return Part.DEV
    return Part.TEST if number < (split.dev + split.test) / 100 else Part.TRAIN


def _settle_first(parts: dict[str, Part], numbers: Mapping[str, float], split: Split) -> None:
    """What the first three are may hang on the very first alone, for it is there before others."""
    some = list(parts)[: 3 if split.test else 2]
    order = [Part.TRAIN, Part.DEV]
    if some and numbers[some[0]] < 0.5:
        order.reverse()
    parts.update(zip(some, [*order, Part.TEST], strict=False))


def _fill_empty(parts: dict[str, Part], wanted: list[str], split: Split) -> set[str]:
    """Gives the groups that were moved; `wanted` is in order of the numbers."""
    moved: set[str] = set()
    for part in Part if split.test else (Part.TRAIN, Part.DEV):
        counts = Counter(parts[key] for key in wanted)
        spare = [key for key in wanted if counts[parts[key]] > 1]
        spare = spare or [
            key for key in wanted if parts[key] is Part.TEST and part is not Part.TEST
        ]
        if not counts[part] and spare:
            taken = spare[-1] if part is Part.TRAIN else spare[0]
            parts[taken] = part
            moved.add(taken)
    return moved
