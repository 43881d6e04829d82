"""A trigger in its sentence: the signs by which rules guess who did what, without a parser."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.model.span import Range, Span

_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?:\s+\w+)?\s*\W?$", re.IGNORECASE)
_NO_OBJECT = re.compile(
    r"\W?(?:\s+(?:in|by|after|when|during|and|on|at|near|as|since|from)\b|[.,;:]|\s*$)"
)
_NOUN_SIGN = re.compile(
    r"\b(?i:the|a|an|this|that|these|any|no|its|their|his|her)(?:\s+[\w-]+)?\W?\s*$"
    r"|\b(?i:of|over|during|after|against|before)(?:\s+[a-z][\w-]*)?\W?\s*$"
    r"|\b(?i:in|for|at|with|by|into|from|on|as)\W?\s*$"
    r"|['’]s?\s+$"
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|we|you|I)\s+$", re.IGNORECASE)
_TO = re.compile(r"\bto\s+$")
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(
    r"(\w+)\W+(?:(?:the|a|an|its|their|his|her|some|about|nearly|more than|at least)\s+)*\W?$",
    re.IGNORECASE,
)
_LOOK_BACK = 40
"""How many code points before a word are read for signs."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity of the sentence, and how it stands to the trigger."""

    span: Span
    is_before: bool
    distance: float
    """In words; a comma, another trigger and being another's object count as more."""
    lead_in: str
    """The word before the span in lower case, articles and the like left out."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What a span's fitness for a role is reckoned from."""

    text: str
    within: Range
    """The sentence, or the part of it that is near the trigger."""
    trigger: Span
    others: tuple[Span, ...]
    """The other triggers of the sentence."""

    @property
    def word(self) -> str:
        """The trigger's words in lower case."""
        return self.text[self.trigger.start : self.trigger.end].lower()

    @property
    def is_passive(self) -> bool:
        """Whether a form of "be" stands right before: "was killed", "were also injured"."""
        return bool(_BE.search(self._before(self.trigger.start)))

    @property
    def has_no_object(self) -> bool:
        """Whether what follows cannot be an object: "died in", "landed.", "killed and"."""
        end = self.trigger.end
        followed = any(other.start == end + 1 for other in self.others)
        return followed or bool(_NO_OBJECT.match(self.text, end, self.within[1]))

    @property
    def is_noun(self) -> bool:
        """Whether the trigger looks like a noun: at the start, or after "the", "of", "'s"."""
        before = self._before(self.trigger.start)
        if not before.strip() and self.trigger.start == self.within[0]:
            return True
        return bool(_NOUN_SIGN.search(before)) and not _TO.search(before) and not self.is_passive

    @property
    def has_pronoun(self) -> bool:
        """Whether a pronoun stands right before, which says who did it and fills nothing."""
        return bool(_PRONOUN.search(self._before(self.trigger.start)))

    def candidate(self, span: Span) -> Candidate:
        """What rules need to know of a span that does not overlap the trigger."""
        return Candidate(span, self._precedes(span), self._distance(span), self._lead_in(span))

    def owns(self, span: Span) -> bool:
        """Whether a possessive joins the span to the trigger: "Israel's attack"."""
        return bool(re.fullmatch(r"['’]s?\s+(?:\w+\s+)?", self._between(span)))

    def touches(self, span: Span) -> bool:
        """Whether only blanks are between the span and the trigger."""
        return not self._between(span).strip()

    def _precedes(self, span: Span) -> bool:
        return span.end <= self.trigger.start

    def _distance(self, span: Span) -> float:
        between = self._between(span)
        start = min(span.end, self.trigger.end)
        end = max(span.start, self.trigger.start)
        crossed = sum(start <= other.start < end for other in self.others)
        stops = sum(between.count(mark) for mark in ",;:")
        taken = 8 if self._precedes(span) and self._is_object(span) else 0
        return len(_WORD.findall(between)) + 3 * stops + 4 * crossed + taken

    def _lead_in(self, span: Span) -> str:
        match = _LAST_WORD.search(self._before(span.start))
        return match[1].lower() if match else ""

    def _is_object(self, span: Span) -> bool:
        """Whether another trigger stands right before the span: "killing seven [soldiers]"."""
        for other in self.others:
            between = self.text[other.end : span.start]
            if other.end <= span.start and len(_WORD.findall(between)) <= 2 and "," not in between:
                return True
        return False

    def _between(self, span: Span) -> str:
        if self._precedes(span):
            return self.text[span.end : self.trigger.start]
        return self.text[self.trigger.end : span.start]

    def _before(self, end: int) -> str:
        return self.text[max(self.within[0], end - _LOOK_BACK) : end]
