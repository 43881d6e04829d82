"""What a WebAnno TSV file cannot express."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.formats.flattened import COMMENTS, DANGLING, DISCONTINUOUS, SUGGESTIONS
from annotator.formats.flattened import suggestion_losses as suggestions
from annotator.formats.record import Annotated, Loss

BLANKS = "white space at the edges of spans"
WHITE = "spans of nothing but white space"
ATTRIBUTES = "event attributes whose names are none of a feature"
START = "white space before the first word"
NAMES = "document ids that are no file names"
_FLAGS = "flags"
_META = "meta"
_LANGUAGE = "languages"
_ANNOTATOR = "names of annotators"
LOSES = (
    DISCONTINUOUS, BLANKS, WHITE, DANGLING, ATTRIBUTES, START, COMMENTS, _FLAGS, SUGGESTIONS, _META,
    _LANGUAGE, _ANNOTATOR, NAMES, "ids of annotations",
)  # fmt: skip

_FEATURE = re.compile(r"(?!ROLE_|BT_)[A-Za-z][A-Za-z0-9_]*")
_TAKEN = {"value", "arguments", "sofa", "begin", "end"}


def is_feature(name: str) -> bool:
    """Whether an attribute can be a feature of the layer of events under its name."""
    return _FEATURE.fullmatch(name) is not None and name not in _TAKEN


def losses(item: Annotated, *, named: bool) -> Iterator[Loss]:
    """What is lost of a document whatever its text; `named` where files name their annotators."""
    document = item.document
    for one in item.annotations:
        for event in one.events.values():
            for name, value in event.attributes.items():
                if not is_feature(name):
                    yield Loss(document.id, ATTRIBUTES, f"{event.type}: {name}={value}")
        for comment in one.comments.values():
            yield Loss(document.id, COMMENTS, comment.text)
        for flag in sorted(one.flags):
            yield Loss(document.id, _FLAGS, flag)
        if one.annotator and not named:
            yield Loss(document.id, _ANNOTATOR, one.annotator)
    yield from suggestions(item)
    if document.meta:
        yield Loss(document.id, _META, ", ".join(document.meta))
    if document.language != "en":
        yield Loss(document.id, _LANGUAGE, document.language)
