"""What brat says that no value of ours holds, as comments, and back.

- An attribute of a span or relation: `[attribute] Mention Name`, or `[attribute] Individual` where
  it has no value.
- A link to other data: `[normalization] Reference Wikipedia:64488 Carlos Salinas de Gortari`.
- The names of a relation's arguments, unless they are `Arg1` and `Arg2`: `[arguments] Whole Part`.
- A note that is none of an annotator: `[note Error] Two words missing`.

Any other comment is an annotator's note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.formats.brat.row import BratRow
from annotator.formats.brat.text import LINE_BREAK

NOTE = "AnnotatorNotes"
ARGUMENTS = ("Arg1", "Arg2")

_ATTRIBUTE = re.compile(r"\[attribute\] (\S+)(?: (\S(?:.*\S)?))?")
_LINK = re.compile(r"\[normalization\] (\S+) (\S+?:\S+)(?: (\S(?:.*\S)?))?")
_OTHER_NOTE = re.compile(r"\[note (\S+)\] (.*)")
_ARGUMENTS = re.compile(r"\[arguments\] ([^\s:]+) ([^\s:]+)")
_BREAKS = re.compile(f"{LINE_BREAK}+")


@dataclass(frozen=True, slots=True)
class Remark:
    """A line about something: `ID<tab>TYPE TARGET[ VALUE]<tab>TAIL`."""

    kind: str
    """`A`, `N` or `#`."""
    type: str
    value: str = ""
    tail: str = ""

    def line(self, item_id: str, target: str) -> str:
        """The line about `target`."""
        value = f" {self.value}" if self.value else ""
        tail = f"\t{self.tail}" if self.tail or self.kind == "N" else ""
        return f"{item_id}\t{self.type} {target}{value}{tail}"


def target_of(row: BratRow) -> str:
    """The id that an attribute, a link or a note is about; raises ValueError where it has none."""
    return row.words(2)[1]


def attribute_of(row: BratRow) -> tuple[str, str]:
    """Name and value of an attribute; the value is empty where it has none."""
    name, _, *value = row.data.strip().split(None, 2)
    return name, value[0] if value else ""


def comment_text(row: BratRow) -> str:
    """What an attribute, a link or a note says, as the text of a comment; raises ValueError."""
    words = row.words(2)
    if row.kind == "A":
        return " ".join(("[attribute]", *attribute_of(row))).rstrip()
    if row.kind == "N":
        reference = row.words(3)[2]
        text = f"[normalization] {words[0]} {reference} {row.tail.strip()}".rstrip()
        if not _LINK.fullmatch(text):
            raise ValueError(f"{row.id} has {reference!r} where DATABASE:ID should stand")
        return text
    return row.tail if words[0] == NOTE else f"[note {words[0]}] {row.tail}"


def arguments_text(names: tuple[str, str]) -> str:
    """The comment of a relation whose arguments have other names than is usual."""
    return f"[arguments] {' '.join(names)}"


def argument_names(text: str) -> tuple[str, str] | None:
    """The names of a relation's arguments that a comment holds, None where it is another one."""
    match = _ARGUMENTS.fullmatch(text)
    return (match[1], match[2]) if match and match[1] != match[2] else None


def remark(text: str, *, of_event: bool) -> Remark:
    """The line that a comment becomes; attributes of events are no comments."""
    text = one_line(text)
    if (match := _ATTRIBUTE.fullmatch(text)) and not of_event:
        return Remark("A", match[1], match[2] or "")
    if match := _LINK.fullmatch(text):
        return Remark("N", match[1], match[2], match[3] or "")
    if match := _OTHER_NOTE.fullmatch(text):
        return Remark("#", match[1], "", match[2])
    return Remark("#", NOTE, "", text)


def one_line(text: str) -> str:
    """The text with a space for the line breaks in it."""
    return _BREAKS.sub(" ", text)
