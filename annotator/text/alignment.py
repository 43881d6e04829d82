"""Between code point offsets and tokens: strict, contract or expand.

`tokens` is always what `tokenizer.tokens` gives: sorted, not overlapping, white space left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from annotator.model.span import Range

Mode = Literal["strict", "contract", "expand"]


def aligned(tokens: Sequence[Range], start: int, end: int, mode: Mode = "strict") -> Range | None:
    """The token indices `(first_token, end_token)` of a code point range, half-open.

    `strict` wants both edges on token edges, `contract` takes the whole tokens inside, `expand`
    every token touched. None where no token fits.
    """
    first, last = touched(tokens, start, end)
    if first >= last:
        return None
    if mode == "contract":
        first += tokens[first][0] < start
        last -= tokens[last - 1][1] > end
    elif mode == "strict" and (tokens[first][0] != start or tokens[last - 1][1] != end):
        return None
    return (first, last) if first < last else None


def touched(tokens: Sequence[Range], start: int, end: int) -> Range:
    """The half-open indices of the tokens that share a code point with `start`-`end`."""
    first = bisect_right(tokens, start, key=_end)
    last = bisect_left(tokens, end, key=_start)
    return first, max(first, last)


def offsets(tokens: Sequence[Range], first_token: int, end_token: int) -> Range:
    """The code point range of the tokens `first_token` to `end_token`, half-open."""
    return tokens[first_token][0], tokens[end_token - 1][1]


def snapped(tokens: Sequence[Range], start: int, end: int) -> Range:
    """The range widened to whole tokens; unchanged where it touches none."""
    found = aligned(tokens, start, end, "expand")
    return offsets(tokens, *found) if found else (start, end)


def token_at(tokens: Sequence[Range], offset: int) -> int:
    """The index of the token that holds `offset`, else of the next one, else of the last."""
    index = bisect_right(tokens, offset, key=_end)
    return min(index, len(tokens) - 1)


def moved_start(tokens: Sequence[Range], start: int, end: int, step: int) -> int:
    """The start moved by one token: -1 widens, +1 narrows, never past the last token inside."""
    first, last = touched(tokens, start, end)
    if first >= last:
        return start
    inside = tokens[first][0] < start
    target = first if step < 0 and inside else first + step
    if not 0 <= target < last:
        return start
    return tokens[target][0]


def moved_end(tokens: Sequence[Range], start: int, end: int, step: int) -> int:
    """The end moved by one token: +1 widens, -1 narrows, never past the first token inside."""
    first, last = touched(tokens, start, end)
    if first >= last:
        return end
    inside = tokens[last - 1][1] > end
    target = last - 1 if step > 0 and inside else last - 1 + step
    if not first <= target < len(tokens):
        return end
    return tokens[target][1]


def _start(token: Range) -> int:
    return token[0]


def _end(token: Range) -> int:
    return token[1]
