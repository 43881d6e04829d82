"""The filter as people type it: words, and conditions such as `is:done` or `score:<0.5`."""

from __future__ import annotations

import re
from dataclasses import replace

from annotator.store.filter import Filter, Standing

_PART = re.compile(r'(?:(is|label|source|score):)?(?:"([^"]*)"|(\S+))')
_SCORE = re.compile(r"([<>])([01]?\.\d+|[01])")


def typed_filter(text: str) -> Filter:
    """The filter that a text stands for; what is no condition is a word to search for.

    A condition is `is:` new, begun, done, skipped or flagged, `label:` a label, `source:` the
    beginning of a source, `score:<` or `score:>` a number. Quotation marks hold blanks together.
    """
    found = Filter()
    for name, quoted, plain in _PART.findall(text):
        value = quoted or plain
        if value:
            found = _with_condition(found, name, value)
    return found


def filter_text(wanted: Filter) -> str:
    """A filter as it would be typed."""
    parts = [f"is:{wanted.standing}"] if wanted.standing else []
    parts += [f"label:{_quoted(wanted.label)}"] if wanted.label else []
    parts += [f"source:{_quoted(wanted.source)}"] if wanted.source else []
    parts += [f"score:>{wanted.least:g}"] if wanted.least > 0 else []
    parts += [f"score:<{wanted.most:g}"] if wanted.most < 1 else []
    return " ".join([*parts, *(_quoted(word) for word in wanted.words)])


def _with_condition(found: Filter, name: str, value: str) -> Filter:
    if name == "is" and value.casefold() in list(Standing):
        return replace(found, standing=Standing(value.casefold()))
    if name == "label":
        return replace(found, label=value)
    if name == "source":
        return replace(found, source=value)
    if name == "score" and (score := _SCORE.fullmatch(value)):
        limit = min(float(score[2]), 1.0)
        return replace(found, **{"most" if score[1] == "<" else "least": limit})
    word = f"{name}:{value}" if name else value
    return replace(found, words=(*found.words, word))


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"\s", value) else value
