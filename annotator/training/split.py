"""Which documents train, which are looked at meanwhile (dev), which are kept for the end (test).

A document's part follows from its words and the seed alone, so that documents that come later do
not move it, unless a set is so small that a part has to be filled. Documents with the same words,
but for case and blanks, are on the same side.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
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


def assigned(documents: Iterable[Document], split: Split, seed: int = 0) -> dict[str, Part]:
    """The part of every document by its id.

    Each text has a number between 0 and 1 out of its hash: those below the share of dev are dev,
    the next test, the rest train. Where a small set leaves a part empty, the text nearest to it
    moves over: the smallest number to dev, the largest to train, the smallest left to test, as far
    as there are texts enough. It moves back when others fill that part.
    """
    groups = {document.id: _number(document.text, seed) for document in documents}
    parts = {number: _part(number, split) for number in sorted(set(groups.values()))}
    _fill_empty(parts, split)
    return {document_id: parts[number] for document_id, number in groups.items()}


def _part(number: float, split: Split) -> Part:
    if number < split.dev / 100:
        return Part.DEV
    return Part.TEST if number < (split.dev + split.test) / 100 else Part.TRAIN


def _fill_empty(parts: dict[float, Part], split: Split) -> None:
    """`parts` is in order of the numbers."""
    numbers = list(parts)
    if len(numbers) >= 2:
        if Part.DEV not in parts.values():
            parts[numbers[0]] = Part.DEV
        if Part.TRAIN not in parts.values():
            parts[numbers[-1]] = Part.TRAIN
    if split.test and len(numbers) >= 3 and Part.TEST not in parts.values():
        _give_test(parts)


def _give_test(parts: dict[float, Part]) -> None:
    """Out of the training texts, or the dev texts where one alone trains."""
    train = _numbers_of(parts, Part.TRAIN)
    parts[train[0] if len(train) > 1 else _numbers_of(parts, Part.DEV)[-1]] = Part.TEST


def _numbers_of(parts: Mapping[float, Part], part: Part) -> list[float]:
    return [number for number, its_part in parts.items() if its_part == part]


def _number(text: str, seed: int) -> float:
    words = unicodedata.normalize("NFKC", " ".join(text.split())).casefold()
    digest = hashlib.blake2b(f"{seed}\n{words}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64
