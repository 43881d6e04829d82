"""Ids that come out the same every time, on every machine."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.identity import canonical_json, suggestion_id

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
RANGES = st.lists(st.tuples(st.integers(0), st.integers(0)))


@given(TEXT, TEXT, TEXT, RANGES, TEXT)
def test_a_suggestions_id_is_the_hash_of_its_canonical_json(
    document_id: str, suggester: str, kind: str, ranges: list[tuple[int, int]], label: str
) -> None:
    value = [document_id, suggester, kind, [list(r) for r in ranges], label]
    digest = hashlib.blake2b(canonical_json(value).encode(), digest_size=8).hexdigest()
    assert suggestion_id(document_id, suggester, kind, ranges, label) == f"s{digest}"


def test_a_suggestions_id_never_changes() -> None:
    assert suggestion_id("d", "patterns:x", "entity", [(0, 3)], "PER") == "sa5d1bb7ca0f5688b"
