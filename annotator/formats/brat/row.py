"""The lines of an `.ann` file, taken apart at their tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.formats.files.streams import lines, shown
from annotator.formats.record import Rejected
from annotator.formats.validation import check_name
from annotator.model.span import Range

KINDS = "TER*AMN#"
"""With what the ids of spans, events, relations, equivalences, attributes (new and old), links to
other data and notes begin."""

_OFFSETS = re.compile(r"[0-9]{1,12}\s+[0-9]{1,12}(?:;[0-9]{1,12}\s+[0-9]{1,12})*")


@dataclass(frozen=True, slots=True)
class BratRow:
    """One line: `ID<tab>DATA<tab>TAIL`."""

    line: int
    id: str
    data: str
    tail: str

    @property
    def kind(self) -> str:
        """The first character of the id; `A` for the old `M`."""
        return self.id[0].replace("M", "A")

    def words(self, least: int) -> list[str]:
        """The words of the data; raises ValueError where there are too few."""
        found = self.data.split()
        if len(found) < least:
            raise ValueError(f"{self.id} breaks off: {self.data.strip()!r}")
        return found

    def span(self) -> tuple[str, tuple[Range, ...]]:
        """The label and the pieces of a `T`; raises ValueError where there are none."""
        label, _, offsets = self.data.strip().partition(" ")
        if not label or not _OFFSETS.fullmatch(offsets.strip()):
            raise ValueError(f"{self.id} has no label and offsets: {self.data.strip()!r}")
        pairs = (pair.split() for pair in offsets.split(";"))
        return label, tuple((int(start), int(end)) for start, end in pairs)

    def event(self) -> tuple[str, str]:
        """Type and trigger of an `E`; raises ValueError where there are none."""
        return self.pair(self.words(1)[0])

    def pair(self, word: str) -> tuple[str, str]:
        """Name and id of a word `NAME:ID`; raises ValueError where it is none."""
        name, _, item_id = word.rpartition(":")
        if not name or not item_id:
            raise ValueError(f"{self.id} has {word!r} where NAME:ID should stand")
        return name, item_id


def rows(path: Path) -> Iterator[BratRow | Rejected]:
    """The lines of an `.ann` that are not blank; raises FormatError where it cannot be read."""
    for line in lines(path):
        if isinstance(line, Rejected):
            yield line
            continue
        number, raw = line
        try:
            yield _row(number, raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            reason = f"byte 0x{error.object[error.start]:02X} is not UTF-8; save it so"
            yield Rejected(shown(path), number, reason)
        except ValueError as error:
            yield Rejected(shown(path), number, str(error))


def _row(number: int, text: str) -> BratRow:
    name, *rest = text.removesuffix("\n").removesuffix("\r").split("\t", 2)
    if not name or name[0] not in KINDS or name != name.strip():
        raise ValueError(f"no kind of annotation begins like this: {text[:30].strip()!r}")
    check_name(name, "an id")
    if not rest:
        raise ValueError(f"there is no tab after the id: {text[:30].strip()!r}")
    return BratRow(number, name, rest[0], rest[1] if len(rest) > 1 else "")
