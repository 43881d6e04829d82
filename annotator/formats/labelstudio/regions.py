"""Labelled regions of a result list of Label Studio: which stretch of the text each of them is.

Label Studio counts code points (`charsToCodePoints` in its editor); before version 1.4 it counted
UTF-16 units. A file does not say which. Regions quote their text, so a list whose quotes fit in
code points is taken so, else one whose quotes fit in UTF-16 units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from annotator.formats.files.json_fields import a_list, an_object, name_of, whole
from annotator.formats.files.streams import Json
from annotator.formats.given_ids import free_id
from annotator.formats.offsets import Utf16Offsets
from annotator.model.document import Document
from annotator.model.span import Span

_Count = Callable[[int], int]
_BLANK = re.compile(r"\\[nrt]|\s+")


@dataclass(frozen=True, slots=True)
class Region:
    """One label of a labelled region; a region has one for each of its labels."""

    span: Span
    control: str
    """The name of the tag that it was labelled with, `from_name`."""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a region says that it is, not yet in code points."""

    start: int
    end: int
    quote: str | None
    row: Json

    def fits(self, text: str, count: _Count, plain: Callable[[str], str]) -> bool:
        """Whether the region lies in the text and what it quotes is there, counted in this way."""
        try:
            start, end = count(self.start), count(self.end)
        except ValueError:
            return False
        if not 0 <= start < end <= len(text):
            return False
        return self.quote is None or plain(text[start:end]) == plain(self.quote)


def is_region(row: Json) -> bool:
    """Whether a result is a labelled region, and not something that is said of one."""
    return str(row.get("type")).endswith("labels")


def regions(rows: Iterable[Json], document: Document) -> list[Region]:
    """The regions with their labels; raises ValueError where one is not of this text."""
    places = [_place(row) for row in rows]
    count = _way_to_count(places, document.text)
    found: dict[str, Region] = {}
    for place in places:
        span = _span(place, document, count)
        for label in _labels(place.row):
            region = _region(place.row, span, label, document)
            key = region.span.id
            if key in found and found[key].span != region.span:
                key = f"{key}:{label}"
                region = Region(Span(key, span, label), region.control, region.score)
            found.setdefault(key, region)
    return list(found.values())


def score_of(row: Json) -> float | None:
    """A score in 0 to 1, None where there is none."""
    score = row.get("score")
    if isinstance(score, bool) or not isinstance(score, (int, float)):
        return None
    return min(max(float(score), 0.0), 1.0)


def _place(row: Json) -> _Place:
    value = an_object(row.get("value"), "the value of a region")
    quote = value.get("text")
    start, end = value.get("start"), value.get("end")
    if isinstance(start, str) and not start.isdecimal():
        start, end = _in_html(value)
    what = f"the {{}} of a region {name_of(row.get('id'))}".strip()
    return _Place(
        _number(start, what.format("start")),
        _number(end, what.format("end")),
        quote if isinstance(quote, str) else None,
        row,
    )


def _number(value: object, what: str) -> int:
    if isinstance(value, str) and value.isdecimal() and value.isascii():
        return int(value)
    return whole(value, what)


def _in_html(value: Json) -> tuple[object, object]:
    """The offsets of a region whose start and end are paths; its quote has to bear them out."""
    if not isinstance(value.get("globalOffsets"), dict) or not isinstance(value.get("text"), str):
        raise ValueError(f"a region starts at {value.get('start')}, a place in HTML")
    offsets = an_object(value["globalOffsets"], "globalOffsets")
    return offsets.get("start"), offsets.get("end")


def _way_to_count(places: Sequence[_Place], text: str) -> _Count:
    offsets = Utf16Offsets.of(text)
    if offsets.astral:
        for plain, count in product((str, _without_blanks), (int, offsets.to_code_points)):
            if all(place.fits(text, count, plain) for place in places):
                return count
    return int


def _without_blanks(text: str) -> str:
    r"""Quotes have lost blanks, and line ends became the two characters `\n`."""
    return _BLANK.sub("", text)


def _span(place: _Place, document: Document, count: _Count) -> tuple[tuple[int, int]]:
    text, said = document.text, f"{' '.join(_labels(place.row))} {place.start}-{place.end}"
    if not place.fits(text, count, lambda _: ""):
        raise ValueError(f"{said} is no stretch of the text ({len(text)} characters)")
    start, end = count(place.start), count(place.end)
    if not place.fits(text, count, _without_blanks):
        raise ValueError(f"{said} says {place.quote!r}, the text has {text[start:end]!r}")
    return ((start, end),)


def _labels(row: Json) -> list[str]:
    value = an_object(row.get("value"), "the value of a region")
    labels = a_list(value, str(row.get("type")))
    found = [label for label in labels if isinstance(label, str) and label]
    if not found or len(found) != len(labels):
        raise ValueError(f"a region {name_of(row.get('id'))} has the labels {labels!r}")
    return found


def _region(row: Json, ranges: tuple[tuple[int, int]], label: str, document: Document) -> Region:
    key = name_of(row.get("id")) or free_id(document, "entity", ranges, label)
    return Region(Span(key, ranges, label), name_of(row.get("from_name")), score_of(row))
