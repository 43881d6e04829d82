"""Matching around anchors finds what spaCy's own matcher finds in the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher

from annotator.suggest.patterns.anchors import Anchor, anchor_of, merged_windows
from annotator.suggest.patterns.file import Pattern, read
from annotator.suggest.patterns.matchers import Matchers
from annotator.text.spaces import plain_spaces, trimmed
from annotator.text.tokenizer import blank_pipeline

ROOT = Path(__file__).parents[2]
SHIPPED = [p for p in read(ROOT / "labels" / "news-events.patterns.jsonl") if p.tokens]
ARTICLES = sorted((ROOT / "corpus").glob("*.txt"))


def found_by_spacy(patterns: Sequence[Pattern], text: str) -> set[tuple[int, int, int]]:
    pipeline = blank_pipeline("en")
    doc = pipeline.make_doc(plain_spaces(text))
    found: set[tuple[int, int, int]] = set()
    for pattern in patterns:
        matcher = Matcher(pipeline.vocab)
        matcher.add("x", [[dict(t) for t in (*pattern.before, *pattern.tokens, *pattern.after)]])
        first, end = len(pattern.before), len(pattern.before) + len(pattern.tokens)
        for _, start, _, alignment in matcher(doc, with_alignments=True):
            own = [start + i for i, part in enumerate(alignment) if first <= part < end]
            if own:
                tokens = doc[own[0] : own[-1] + 1]
                start_char, end_char = trimmed(doc.text, tokens.start_char, tokens.end_char)
                found.add((pattern.line, start_char, end_char))
    return {match for match in found if match[1] < match[2]}


def found_around_anchors(patterns: Sequence[Pattern], text: str) -> set[tuple[int, int, int]]:
    matches = Matchers(patterns, "en").find(text)
    return {(m.pattern.line, m.start, m.end) for m in matches}


@pytest.mark.parametrize("article", ARTICLES[:4], ids=lambda path: path.name)
def test_the_shipped_patterns_match_in_articles_as_in_spacy(article: Path) -> None:
    text = article.read_text("utf-8").replace("U.S.-", "U.S. ")
    expected = found_by_spacy(SHIPPED, text)
    assert len(expected) > 50
    assert found_around_anchors(SHIPPED, text) == expected


TOKENS = st.fixed_dictionaries(
    {
        "LOWER": st.sampled_from(
            ["a", "b", {"IN": ["a", "c"]}, {"NOT_IN": ["a"]}, {"REGEX": "[bc]"}]
        )
    },
    optional={"OP": st.sampled_from(["!", "?", "*", "+", "{2}", "{1,2}", "{,2}", "{2,}"])},
)


@settings(max_examples=150)
@given(
    tokens=st.lists(TOKENS, min_size=1, max_size=4),
    words=st.lists(st.sampled_from("abcd"), max_size=12),
)
def test_any_pattern_matches_around_its_anchor_as_in_spacy(
    tokens: list[dict[str, object]], words: list[str]
) -> None:
    pattern = Pattern("X", 1, tokens=tuple(tokens))
    text = " ".join(words)
    assert found_around_anchors([pattern], text) == found_by_spacy([pattern], text)


def test_an_anchor_is_the_token_with_the_fewest_words() -> None:
    tokens = ({"LOWER": {"IN": ["x", "y"]}, "OP": "{0,3}"}, {"ORTH": {"IN": ["Go", "Went"]}}, {})
    assert anchor_of(tokens) == Anchor(frozenset({"go", "went"}), before=3, after=1)


def test_a_pattern_of_any_words_has_no_anchor() -> None:
    assert anchor_of(({"IS_DIGIT": True}, {"LOWER": "x", "OP": "?"})) is None


def test_windows_that_overlap_are_one() -> None:
    assert merged_windows([(0, 3), (2, 5), (5, 7)]) == [(0, 5), (5, 7)]
