"""The tags of CoNLL files, and what they say of a row of tokens.

Each prefix says by itself what its token is, so that IOB1, IOB2, BILOU and BIOES need not be told
apart: B begins an entity. I and M go on with one of the same label, and begin one where none goes
on. L and E do the same and end it. U, S and W are an entity of one token. O is none. An entity ends
where the next token does not go on with its label, and with its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

Tag = tuple[str, str]
"""Prefix and label."""
Run = tuple[int, int, str]
"""First token, the token after the last, and label."""

BARE = "ENTITY"
"""The label of tags that are a B or an I and nothing else."""

_TAG = re.compile(r"([BIMLEUSW])-(.+)|([BI])", re.DOTALL)
_GOES_ON = frozenset("IMLE")
_STAYS_OPEN = frozenset("BIM")


def parsed(tag: str) -> tuple[Tag, ...]:
    """The prefix and label of one tag, nothing for O; raises ValueError where it is no tag."""
    if tag == "O":
        return ()
    match = _TAG.fullmatch(tag)
    if match is None:
        raise ValueError(f"{tag!r} is no tag; expected O, or a prefix and a label as in B-ORG")
    return ((match[1], match[2]),) if match[1] else ((match[3], BARE),)


def parsed_cell(cell: str) -> tuple[Tag, ...]:
    """The tags of a cell, which may hold several with `,` or `|` between them."""
    parts = re.split(r"[,|]", cell)
    if len(parts) > 1 and all(is_tag(part) for part in parts):
        return tuple(dict.fromkeys(tag for part in parts for tag in parsed(part)))
    return parsed(cell)


def is_tag(tag: str) -> bool:
    """Whether it is one tag."""
    return tag == "O" or _TAG.fullmatch(tag) is not None


def runs(rows: Iterable[Sequence[Tag]]) -> list[Run]:
    """The entities of a sentence from the tags of its tokens, in order of where they begin."""
    found: list[Run] = []
    open_: dict[str, int] = {}
    for index, tags in enumerate(rows):
        still_open: dict[str, int] = {}
        for prefix, label in tags:
            at = open_.get(label) if prefix in _GOES_ON else None
            if at is None:
                at = len(found)
                found.append((index, index + 1, label))
            else:
                found[at] = (found[at][0], index + 1, label)
            if prefix in _STAYS_OPEN:
                still_open[label] = at
        open_ = still_open
    return found


def iob2(found: Iterable[Run], count: int) -> list[str]:
    """The tags of `count` tokens with entities that do not overlap."""
    tags = ["O"] * count
    for first, end, label in found:
        tags[first:end] = [f"{'I' if at else 'B'}-{label}" for at in range(end - first)]
    return tags


def biluo(found: Iterable[Run], count: int) -> list[str]:
    """The same in BILUO, as spaCy reads it."""
    tags = ["O"] * count
    for first, end, label in found:
        tags[first:end] = [f"{prefix}-{label}" for prefix in _biluo(end - first)]
    return tags


def _biluo(length: int) -> Iterator[str]:
    if length == 1:
        yield "U"
        return
    yield "B"
    yield from "I" * (length - 2)
    yield "L"
