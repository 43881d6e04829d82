"""What a document must be like, and the SQL that is true of such documents.

Words are looked up in an index; those that it cannot split (Chinese, Japanese, Thai, emoji,
signs) are looked for in the texts letter for letter. What was typed is always bound or quoted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unicodedata import ucd_3_2_0 as old_unicode

from annotator.model.annotations import DONE, FLAGGED, SKIPPED
from annotator.model.identity import canonical_json

Condition = tuple[str, tuple[Any, ...]]
"""SQL on `documents AS d`, and what is bound to its question marks."""

INDEX = "SELECT rowid FROM documents_search WHERE documents_search MATCH ?"
"""The positions of the documents that the index finds for a question."""

_LETTERS = frozenset(("Ll", "Lu", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Mn", "Mc"))
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Scripts written without blanks between words."""

_MINE = "SELECT 1 FROM entries AS e WHERE e.annotator = ? AND e.document_id = d.id AND e.kind"
IS_FLAGGED_AS = f"EXISTS ({_MINE} = 'flag' AND e.id = ?)"
HAS_BEGUN = f"EXISTS ({_MINE} < 'flag' UNION ALL {_MINE} > 'flag')"


class Standing(StrEnum):
    """How far an annotator is with a document; a flagged one is any of the others too."""

    NEW = "new"
    BEGUN = "begun"
    DONE = "done"
    SKIPPED = "skipped"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a document must be like; what is empty asks for nothing."""

    words: tuple[str, ...] = ()
    """Each begins a word of the title or text, or stands there where it is no word."""
    standing: Standing | None = None
    label: str = ""
    """Of something suggested or annotated."""
    source: str = ""
    """How the source of a suggestion begins."""
    least: float = 0.0
    most: float = 1.0
    """Between which scores a suggestion lies; with `label` and `source`, that same one."""

    @property
    def is_empty(self) -> bool:
        """Whether every document matches."""
        return self == Filter()


def condition(annotator: str, wanted: Filter) -> Condition:
    """The SQL that is true of the documents that match."""
    parts = [*_word_conditions(wanted.words)]
    if wanted.standing is not None:
        parts.append(_standing_condition(annotator, wanted.standing))
    if wanted.label or wanted.source or (wanted.least, wanted.most) != (0.0, 1.0):
        parts.append(_suggestion_condition(annotator, wanted))
    sql = " AND ".join(f"({part})" for part, _ in parts) or "1"
    return sql, tuple(value for _, values in parts for value in values)


def split(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The question to the index, each word quoted so that none is syntax; then all other words."""
    beginnings: list[str] = []
    others: list[str] = []
    for word in words:
        pieces = _pieces(word)
        if pieces is None:
            others.append(word)
        else:
            beginnings += pieces
    match = " AND ".join(f'"{piece}" *' for piece in dict.fromkeys(beginnings))
    return match, tuple(others)


def _word_conditions(words: Sequence[str]) -> list[Condition]:
    match, others = split(words)
    found: list[Condition] = [(f"d.position IN ({INDEX})", (match,))] if match else []
    literally = "instr(d.title, ?) OR instr(d.text, ?)"
    return [*found, *((literally, (word, word)) for word in others)]


def _pieces(word: str) -> list[str] | None:
    """The parts of a word that the index knows as words; None where it cannot be split safely.

    SQLite's tables of characters are those of an older Unicode, so what Unicode 3.2 did not have
    is left to the texts themselves.
    """
    if _WITHOUT_BLANKS.search(word):
        return None
    pieces = [""]
    for char in word:
        if unicodedata.category(char) in _LETTERS:
            if old_unicode.category(char) not in _LETTERS:
                return None
            pieces[-1] += char
        elif pieces[-1]:
            pieces.append("")
    return [piece for piece in pieces if piece] or None


def _standing_condition(annotator: str, standing: Standing) -> Condition:
    done, skipped = (annotator, DONE), (annotator, SKIPPED)
    if standing is Standing.DONE:
        return IS_FLAGGED_AS, done
    if standing is Standing.SKIPPED:
        return f"{IS_FLAGGED_AS} AND NOT {IS_FLAGGED_AS}", (*skipped, *done)
    if standing is Standing.FLAGGED:
        return IS_FLAGGED_AS, (annotator, FLAGGED)
    begun = HAS_BEGUN if standing is Standing.BEGUN else f"NOT {HAS_BEGUN}"
    return f"NOT {IS_FLAGGED_AS} AND NOT {IS_FLAGGED_AS} AND {begun}", (
        *done,
        *skipped,
        annotator,
        annotator,
    )


def _suggestion_condition(annotator: str, wanted: Filter) -> Condition:
    of_suggestion, values = "", list[Any]()
    if wanted.label:
        has_label, values = _label_condition("s.kind", "s.item", wanted.label)
        of_suggestion += f" AND {has_label}"
    if wanted.source:
        of_suggestion += " AND substr(s.source, 1, length(?)) = ?"
        values += [wanted.source, wanted.source]
    if (wanted.least, wanted.most) != (0.0, 1.0):
        of_suggestion += " AND s.score BETWEEN ? AND ?"
        values += [wanted.least, wanted.most]
    sql = (
        "EXISTS (SELECT 1 FROM suggestions AS s WHERE s.document_id = d.id AND s.current = 1"
        f"{of_suggestion})"
    )
    if wanted == Filter(wanted.words, wanted.standing, wanted.label):
        has_label, more = _label_condition("e.kind", "e.record", wanted.label)
        sql += f" OR EXISTS ({_MINE} IN ('entity', 'event') AND {has_label})"
        values += [annotator, *more]
    return sql, tuple(values)


def _label_condition(kind: str, record: str, label: str) -> tuple[str, list[Any]]:
    """Looks at the letters before it reads the record, which is much slower."""
    name = canonical_json(label)
    return (
        f"(instr({record}, ?) AND CASE {kind} WHEN 'entity'"
        f" THEN json_extract({record}, '$.label') ELSE json_extract({record}, '$.type') END = ?)",
        [name, label],
    )
