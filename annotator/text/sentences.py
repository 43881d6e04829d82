"""Where sentences and paragraphs begin and end, as half-open code point ranges."""

from __future__ import annotations

import re

from annotator.model.span import Range

# Possessive, and from the first stop of a run only: else a long run of dots takes minutes.
_SENTENCE_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"'’”»)\]]*+(?=\s|$)|[。！？]")
_NEXT = re.compile(r"\s*(\S?)")
_ABBREVIATIONS = re.compile(
    r"(mr|mrs|ms|dr|prof|gen|col|lt|sgt|capt|adm|rev|hon|st|gov|sen|rep|pres|nos?|vs|etc|al|inc|ltd"
    r"|co|corp|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|fig|approx|dept)",
    re.IGNORECASE,
)


def paragraphs(text: str) -> tuple[Range, ...]:
    """Stretches between line feeds that have more than white space in them."""
    found: list[Range] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def sentences(text: str) -> tuple[Range, ...]:
    """Sentences, by punctuation; one never runs over the end of its paragraph.

    Nothing ends before a lower-case letter, nor at a full stop after an abbreviation, an initial
    or within a number.
    """
    found: list[Range] = []
    for start, end in paragraphs(text):
        begin = start
        for match in _SENTENCE_END.finditer(text, start, end):
            if _goes_on(text, match.start(), match.end(), end):
                continue
            found.append((begin, match.end()))
            begin = match.end()
            while begin < end and text[begin].isspace():
                begin += 1
        if begin < end:
            found.append((begin, end))
    return tuple(found)


def _goes_on(text: str, stop: int, after: int, paragraph_end: int) -> bool:
    following = _NEXT.match(text, after, paragraph_end)
    char = following[1] if following else ""
    if char.islower():
        return True
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return False
    if char.isdigit() and after == stop + 1:
        return True
    word = re.split(r"[\s(“\"‘']", text[max(0, stop - 20) : stop])[-1]
    if len(word) == 1 and word.isupper():
        return True
    return bool(_ABBREVIATIONS.fullmatch(word)) or ("." in word and bool(char))
