"""Where sentences and paragraphs begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.sentences import paragraphs, sentences

texts = st.text(st.sampled_from('aB .!?"”)\n\r\t。U.S1…é'), max_size=60) | st.text(max_size=40)


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_end_at_punctuation_and_closing_quotes_belong_to_them():
    text = 'He left. "Why?" she asked. They (all of them!) went.'
    assert cut(text) == ["He left.", '"Why?" she asked.', "They (all of them!) went."]


@pytest.mark.parametrize(
    "text", ["“Stop!” he cried.", "They waited... and left.", "Yahoo! said so."]
)
def test_nothing_ends_before_a_lower_case_letter(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Lee met Dr. Stone on Jan. 5.",
        "The U.S. Senate voted.",
        "It rose 3.5 percent.",
        "J. Smith and E. E. Cummings spoke.",
        "The firm Acme Inc. sued.",
        "At 5 p.m. the guns fell silent.",
    ],
)
def test_a_full_stop_of_an_abbreviation_initial_or_number_ends_nothing(text):
    assert cut(text) == [text]


def test_a_sentence_never_runs_over_the_end_of_its_paragraph():
    assert cut("No full stop here\nNext one. And more") == [
        "No full stop here",
        "Next one.",
        "And more",
    ]


def test_chinese_sentences_end_without_a_blank():
    assert cut("他走了。她也走了！好") == ["他走了。", "她也走了！", "好"]


def test_paragraphs_are_lines_that_have_more_than_white_space():
    assert paragraphs("a\n\n \t\nbc\n") == ((0, 1), (6, 8))
    assert paragraphs("") == ()


@given(texts)
def test_every_visible_code_point_lies_in_exactly_one_sentence(text):
    found = sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    covered = {point for start, end in found for point in range(start, end)}
    assert {i for i, char in enumerate(text) if not char.isspace()} <= covered


@given(texts)
def test_every_sentence_lies_within_one_paragraph(text):
    homes = paragraphs(text)
    assert all(any(p <= s and e <= q for p, q in homes) for s, e in sentences(text))


@pytest.mark.parametrize(("run", "end"), [(".", "x"), (".)", "x"), ("。", "")])
def test_a_long_run_of_punctuation_is_one_sentence(run, end):
    """So long that whoever goes over it again and again would need hours."""
    text = run * 2_000_000 + end
    assert sentences(text) == ((0, len(text)),)
