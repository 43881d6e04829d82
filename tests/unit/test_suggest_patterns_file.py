"""The patterns file: what it may say, and how an error names its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.errors import PatternError
from annotator.suggest.patterns.file import Pattern, parse, read


def test_the_plain_form_of_spacy_and_prodigy_is_read() -> None:
    found = parse(
        b'{"label": "GPE", "pattern": "New York"}\n'
        b'{"label": "Attack", "pattern": [{"lower": {"in": ["storm", "stormed"]}}], "id": "a"}\n',
        "f",
    )
    assert found == (
        Pattern("GPE", 1, phrases=("New York",)),
        Pattern("Attack", 2, tokens=({"LOWER": {"IN": ["storm", "stormed"]}},), id="a"),
    )


def test_keys_of_tokens_are_read_in_any_case() -> None:
    lines = (
        b'{"label": "X", "pattern": [{"Lower": {"Not_In": ["a"]}, "op": "?"}, {"IS_TITLE": true}]}'
    )
    (pattern,) = parse(lines, "f")
    assert pattern.tokens == ({"LOWER": {"NOT_IN": ["a"]}, "OP": "?"}, {"IS_TITLE": True})


def test_comments_blank_lines_crlf_and_a_byte_order_mark_are_no_patterns() -> None:
    data = b'\xef\xbb\xbf// a\r\n# b\r\n\r\n   \r\n{"label": "X", "pattern": "y"}\r\n'
    assert parse(data, "f") == (Pattern("X", 5, phrases=("y",)),)


def test_the_fields_beyond_the_plain_form_are_read() -> None:
    line = (
        b'{"label": "X", "before": [{"lower": "mr"}], "pattern": [{"is_title": true}],'
        b' "after": [{"orth": ","}], "score": 0.25, "yields": ["Y"]}\n'
        b'{"label": "X", "phrases": ["a b", "c"]}'
    )
    first, second = parse(line, "f")
    assert (first.before, first.after) == (({"LOWER": "mr"},), ({"ORTH": ","},))
    assert (first.score, first.yields) == (0.25, ("Y",))
    assert second.phrases == ("a b", "c")


def test_a_named_list_stands_for_its_words() -> None:
    data = (
        b'{"list": "days", "words": ["Monday", "Friday"]}\n'
        b'{"label": "DATE", "pattern": [{"orth": {"in": "days"}}]}'
    )
    (pattern,) = parse(data, "f")
    assert pattern.tokens == ({"ORTH": {"IN": ["Monday", "Friday"]}},)


WRONG = {
    '{"label": "A"}': "give either pattern or phrases",
    '{"label": "A", "pattern": "x", "phrases": ["y"]}': "give either pattern or phrases",
    '{"pattern": "x"}': "label: is missing",
    '{"label": "", "pattern": "x"}': "label: is empty",
    '{"label": "A", "pattern": ""}': "pattern: is empty",
    '{"label": "A", "pattern": " "}': "pattern: has nothing but blanks in it",
    '{"label": "A", "phrases": []}': "phrases: ",
    '{"label": "A", "phrases": [""]}': "phrases: is empty",
    '{"label": "A", "pattern": 3}': "pattern: expected a string or a list of token objects",
    '{"label": "A", "pattern": ["x"]}': "pattern: expected a string or a list of token objects",
    '{"label": "A", "pattern": "x", "scor": 1}': "scor: unknown field",
    '{"label": "A", "pattern": "x", "score": 2}': "score: ",
    '{"label": "A", "pattern": "x", "score": NaN}': "score: ",
    '{"label": "A", "pattern": "x", "score": "1"}': "score: ",
    '{"label": "A", "pattern": "x", "after": [{}]}': "before and after go with a token pattern",
    '{"label": "A", "pattern": []}': "at least one token",
    '{"label": "A", "pattern": [{"colour": "red"}]}': "unknown token attribute 'COLOUR'",
    '{"label": "A", "pattern": [{"lemma": "go"}]}': "LEMMA needs a trained pipeline",
    '{"label": "A", "pattern": [{"pos": "NOUN"}]}': "POS needs a trained pipeline",
    '{"label": "A", "pattern": [{"lower": ""}]}': "LOWER is an empty string",
    '{"label": "A", "pattern": [{"lower": 3}]}': "LOWER is 3; expected a string",
    '{"label": "A", "pattern": [{"lower": {}}]}': "LOWER is {}",
    '{"label": "A", "pattern": [{"lower": {"in": []}}]}': "LOWER IN needs a list",
    '{"label": "A", "pattern": [{"lower": {"in": "days"}}]}': "no line above has a list",
    '{"label": "A", "pattern": [{"lower": {"near": "x"}}]}': "LOWER NEAR: no such operator",
    '{"label": "A", "pattern": [{"lower": {"regex": "("}}]}': "bad regular expression '('",
    '{"label": "A", "pattern": [{"lower": "x", "LOWER": "y"}]}': "'LOWER' stands twice",
    '{"label": "A", "pattern": [{"is_title": 1}]}': "IS_TITLE is 1; expected true or false",
    '{"label": "A", "pattern": [{"length": {">=": "2"}}]}': "LENGTH >= is '2'",
    '{"label": "A", "pattern": [{"op": "**"}]}': "OP is '**'",
    '{"list": "a", "words": []}': "words: ",
    '{"list": "there", "words": ["x"]}': "the list 'there' is there already",
    "[1]": "expected an object in braces",
    '{"label": ': "not JSON",
}


@pytest.mark.parametrize(("line", "what"), WRONG.items())
def test_a_wrong_line_is_named_with_file_line_and_what_is_wrong(line: str, what: str) -> None:
    good = '{"list": "there", "words": ["x"]}\n{"label": "A", "pattern": "x"}\n'
    with pytest.raises(PatternError) as caught:
        parse((good + line + "\n").encode(), "labels/p.jsonl")
    assert caught.value.message.startswith("labels/p.jsonl:3: ")
    assert what in caught.value.message
    assert caught.value.hint


def test_bytes_that_are_not_utf8_are_named_with_their_line() -> None:
    with pytest.raises(PatternError, match="f:2: not UTF-8"):
        parse(b"# x\n\xff\n", "f")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"none\.jsonl: cannot be read"):
        read(tmp_path / "none.jsonl")
