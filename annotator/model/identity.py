"""Canonical JSON, tagged hashes, and ids that come out the same every time."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from json.encoder import encode_basestring as _text
from typing import Any

from annotator.model.span import Range

HASH_TAG = "b2:"
"""Says which digest and canonical form a stored hash was made with."""


def canonical_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """`value` as JSON with sorted keys and no blanks; raises ValueError on NaN."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def content_hash(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """The tagged BLAKE2b hash of a JSON value in its canonical form."""
    return HASH_TAG + _digest(canonical_json(value), 20)


def suggestion_id(
    document_id: str, suggester: str, kind: str, ranges: Sequence[Range], label: str
) -> str:
    """The id of a suggestion: the same proposal by the same suggester has the same id.

    `kind` is `entity` or `event`. A later version of the suggester proposes under the same ids,
    so that decisions outlive it.
    """
    places = ",".join([f"[{start},{end}]" for start, end in ranges])
    names = (_text(document_id), _text(suggester), _text(kind))
    return "s" + _digest(f"[{','.join(names)},[{places}],{_text(label)}]", 8)


def new_id(prefix: str) -> str:
    """A random id for something made by hand: `prefix` and 12 hex digits."""
    return prefix + uuid.uuid4().hex[:12]


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=size).hexdigest()
