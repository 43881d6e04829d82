"""Regular expressions of patterns mean what they mean to Python, and are given up in time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import regex
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher

from annotator.errors import PatternError
from annotator.model.document import Document
from annotator.model.scheme import EntityLabel, Scheme
from annotator.suggest.patterns.expressions import Expression, Expressions, Limits
from annotator.suggest.patterns.file import Pattern
from annotator.suggest.patterns.matchers import Matchers
from annotator.suggest.patterns.regex_cost import MOST, PARSER, size, ways
from annotator.suggest.patterns.regex_spelling import spelled
from annotator.suggest.patterns.suggester import PatternSuggester
from annotator.text.tokenizer import blank_pipeline

SCHEME = Scheme("small", entities=(EntityLabel("ORG"), EntityLabel("GPE")))
SOON = Limits(word=0.01)
"""What would not end in a year is given up after a hundredth of a second."""
ENDLESS = "^(a|aa)+$"
BAD_WORD = "a" * 60 + "b"

ATOMS = st.sampled_from(
    [
        "a", "b", "A", "i", "I", "ı", "İ", "é", "½", "-", "{", "}", "{e<=1}", "a{e}", ".", "^", "$",
        r"\A", r"\Z", r"\b", r"\B", r"\w", r"\W", r"\s", r"\S", r"\d", r"\D", r"\.", r"\x61",
        r"\N{DIGIT ONE}", "[ab]", "[^a]", "[a-k]", r"[\w-]", r"[^\W\d]", r"[\Wa]", r"[^\W_b]",
        r"[^\w]", "[[:alpha:]]", "[^[]", "[]a]", "[a^]", r"[\b]", "(?#a[)",
    ]
)  # fmt: skip
COUNTS = st.sampled_from(["", "", "", "*", "+", "?", "*?", "++", "{2}", "{,2}", "{1,}", "{0,2}?"])
OPENINGS = st.sampled_from(
    ["(", "(?:", "(?=", "(?!", "(?>", "(?i:", "(?s:", "(?m:", "(?a:", "(?x: ", "(?-i:"]
)
LOOKS_BACK = st.builds("{}{})".format, st.sampled_from(["(?<=", "(?<!"]), ATOMS)
RELATED = st.sampled_from([r"\1", "(?(1)a|b)", "(?(1)a)"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    grouped = st.builds("{}{}){}".format, OPENINGS, inner, COUNTS)
    branches = st.builds("(?:{}|{}){}".format, inner, inner, COUNTS)
    return grouped | branches | st.builds("{}{}".format, inner, inner)


SOURCES = st.builds(
    "{}{}".format,
    st.sampled_from(["", "", "(?i)", "(?m)", "(?a)", "(?x)"]),
    st.recursive(st.builds("{}{}".format, ATOMS | LOOKS_BACK | RELATED, COUNTS), _larger),
)
WORDS = st.text(
    st.sampled_from("abAB1-_.éeiIıİ½‿ \n\x1c\u0301{}e<=[]:lphSsſKkक्"), min_size=1, max_size=6
)


def compiled(source: str) -> re.Pattern[str]:
    """An expression as Python has it; examples that it refuses are no examples."""
    try:
        return re.compile(source)
    except re.error:
        assume(False)
        raise


@pytest.mark.filterwarnings("ignore:Possible:FutureWarning")
@settings(max_examples=400)
@given(source=SOURCES, word=WORDS)
@example("[[:alpha:]]", "b]")
@example(r"^\w+$", "e\u0301")
@example(r"^\w$", "½")
@example("a{e}", "b")
@example("(?i)^ISTANBUL$", "İstanbul")
@example("(?i)^[a-z]$", "ı")
@example("\\s", "\x1c")
def test_an_expression_is_spelled_to_mean_what_it_means_to_python(source: str, word: str) -> None:
    python = compiled(source)
    parts = PARSER.parse(source)
    assume(ways(parts, len(word)) < 100_000)
    try:
        spelling = spelled(parts, python.flags)
    except ValueError as error:
        assert "a and i together" in str(error)  # noqa: PT017 - nothing else may be refused
        return
    assert bool(regex.search(spelling, word)) == bool(python.search(word))


ATTRIBUTES = st.sampled_from(["ORTH", "TEXT", "LOWER", "NORM", "SHAPE"])
ASKED = st.sampled_from(
    [
        "^a",
        "b$",
        "^(a|b)+$",
        "(a+)+b",
        r"^\w+$",
        r"(\w)\1",
        "^[^a]",
        "x",
        "^X?x*$",
        "(?i)^AB",
        "(?!a)",
    ]
)
OPERATORS = st.fixed_dictionaries(
    {"REGEX": ASKED},
    optional={
        "NOT_IN": st.just(["ab", "b"]),
        "IN": st.just(["ab", "a", "Ab"]),
        "FUZZY": st.just("abc"),
        "FUZZY1": st.just("ab"),
    },
)
REPEATS = st.sampled_from(["!", "?", "*", "+", "{2}", "{1,2}", "{,2}", "{2,}"])


@st.composite
def asking_tokens(draw: st.DrawFn) -> dict[str, object]:
    """A token that asks by expression, of one attribute or two, and perhaps something else."""
    token: dict[str, object] = draw(st.dictionaries(ATTRIBUTES, OPERATORS, max_size=2))
    more = {"IS_ALPHA": st.booleans(), "LENGTH": st.just({">=": 2}), "OP": REPEATS}
    return {**token, **draw(st.fixed_dictionaries({}, optional=more))}


def found_by_spacy(pattern: Pattern, text: str) -> set[tuple[int, int]]:
    """The tokens of `pattern.tokens` where spaCy itself finds the pattern."""
    pipeline = blank_pipeline("en")
    matcher = Matcher(pipeline.vocab)
    whole = (*pattern.before, *pattern.tokens, *pattern.after)
    matcher.add("x", [[dict(token) for token in whole]])
    doc = pipeline.make_doc(text)
    own = range(len(pattern.before), len(pattern.before) + len(pattern.tokens))
    found: set[tuple[int, int]] = set()
    for _, start, _, alignment in matcher(doc, with_alignments=True):
        inside = [start + at for at, part in enumerate(alignment) if part in own]
        if inside:
            last = doc[inside[-1]]
            found.add((doc[inside[0]].idx, last.idx + len(last)))
    return found


@settings(max_examples=300)
@given(
    before=st.lists(asking_tokens(), max_size=1),
    tokens=st.lists(asking_tokens(), min_size=1, max_size=3),
    after=st.lists(asking_tokens(), max_size=1),
    words=st.lists(
        st.sampled_from(["a", "b", "ab", "Ab", "abc", "aab", "b" * 34, "5"]), max_size=9
    ),
)
def test_patterns_with_expressions_match_where_spacy_itself_finds_them(
    before: list[dict[str, object]],
    tokens: list[dict[str, object]],
    after: list[dict[str, object]],
    words: list[str],
) -> None:
    pattern = Pattern("X", 1, tokens=tuple(tokens), before=tuple(before), after=tuple(after))
    text = " ".join(words)
    found = {(match.start, match.end) for match in Matchers([pattern], "en").find(text)}
    assert found == found_by_spacy(pattern, text)


@pytest.mark.parametrize(
    ("source", "matching", "other"),
    [
        ("(a+)+$", "caaa", "aab"),
        ("^([a-z]+)*$", "storm", "storm1"),
        ("(a|aa)+$", "baa", "aab"),
        ("(.*a){3}$", "abaca", "aba"),
        ("(.*a){20}", "a" * 20, "a" * 19),
        (r"^((a+)\2*)+b$", "aab", "aac"),
        ("(x+x+)+y", "xxy", "xy"),
        (r"(\w+)-\1", "win-win", "win-lose"),
        ("^(?=.*[0-9])(?!.*z).+$", "a1", "a1z"),
        (r"(?<=\d)th$", "5th", "fifth"),
    ],
)
def test_what_may_backtrack_still_answers_where_it_ends(
    source: str, matching: str, other: str
) -> None:
    expression = Expression(source)
    assert expression.finds(matching)
    assert not expression.finds(other)
    assert not expression.is_given_up


@pytest.mark.parametrize("source", [ENDLESS, "^(a|a)*$", r"^((a+)\2*)+$", "^((a|aa)+|c)*$"])
def test_what_does_not_end_on_a_word_is_given_up(source: str) -> None:
    expression = Expression(source, limits=SOON)
    assert expression.finds("a" * 60)
    assert not expression.is_given_up
    assert not expression.finds(BAD_WORD)
    assert expression.is_given_up
    assert not expression.finds("aaaa")


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("(a+)+$", BAD_WORD),
        ("(.*a){20}", f"{'ba' * 19}{'b' * 40}"),
        (r"^(\w+\s?)*$", f"{'a' * 50}!"),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 50),
    ],
)
def test_what_is_famous_for_not_ending_ends(source: str, word: str) -> None:
    assert not Expression(source, limits=SOON).finds(word)


def test_what_is_slow_in_all_is_given_up() -> None:
    spent = Expression(ENDLESS, limits=Limits(run=-1.0, character=0.0))
    assert spent.finds("aaa")
    assert spent.is_given_up


def test_more_characters_may_take_more_time() -> None:
    allowed = Expression(ENDLESS, limits=Limits(run=-1.0, character=1.0))
    assert allowed.finds("aaa")
    assert not allowed.is_given_up


@pytest.mark.parametrize(
    "source", ["^X['’]?X?x", r"^\d[\d.,]*(?:bn|m|k|tn)?$", "^(?:de|la|[A-Z]\\.)$"]
)
def test_a_harmless_expression_has_few_ways(source: str) -> None:
    assert ways(PARSER.parse(source), 32) < 500


@pytest.mark.parametrize("source", [ENDLESS, "(a+)+$", "(.*a){20}", "^(a?){40}a{40}$", "(a*)*b"])
def test_an_expression_that_may_backtrack_has_many_ways(source: str) -> None:
    assert ways(PARSER.parse(source), 32) == MOST


@pytest.mark.parametrize(
    "source", ["((a{1000}){1000}){1000}", "(?:ab){9999999}", "(?:" * 60 + "a" + "+)" * 60]
)
def test_an_expression_that_would_fill_the_memory_is_refused_with_its_line(
    source: str, tmp_path: Path
) -> None:
    assert size(PARSER.parse(source)) > 1_000_000
    with pytest.raises(PatternError, match=r"p\.jsonl:2: the regular .* cannot be asked: .* large"):
        suggester(tmp_path, named("de"), asked(source))


def test_an_expression_that_is_nested_too_deeply_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"p\.jsonl:1: .*bad regular expression"):
        suggester(tmp_path, asked("(" * 9_000 + "a" + ")" * 9_000))


def asked(source: str, label: str = "ORG") -> dict[str, object]:
    """A line that asks a word by an expression."""
    return {"label": label, "pattern": [{"lower": {"regex": source}}]}


def named(word: str) -> dict[str, object]:
    """A line that asks for a word itself."""
    return {"label": "GPE", "pattern": [{"lower": word}]}


def suggester(folder: Path, *lines: dict[str, object]) -> PatternSuggester:
    path = folder / "p.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return PatternSuggester.load(path, SCHEME, SOON)


def found(suggester: PatternSuggester, *texts: str) -> list[list[str]]:
    """The words suggested in each text."""
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    return [
        [suggestion.span.surface(document.text) for suggestion in suggestions]
        for document, suggestions in suggester.suggest(documents)
    ]


def test_a_pattern_is_left_out_from_the_document_on_where_it_took_too_long(tmp_path: Path) -> None:
    patterns = suggester(tmp_path, asked(ENDLESS), named("rome"))
    assert found(patterns, "aaa Rome") == [["aaa", "Rome"]]
    assert patterns.left_out == ()
    assert found(patterns, f"aaa {BAD_WORD} Rome aa", "aaa Rome") == [["Rome"], ["Rome"]]
    assert patterns.left_out == (
        f"{tmp_path / 'p.jsonl'}:1: left out from document d0 on: "
        "the regular expression '^(a|aa)+$' takes too long",
    )


def test_every_line_with_the_expression_is_left_out_and_named_once(tmp_path: Path) -> None:
    patterns = suggester(
        tmp_path, asked(ENDLESS), asked("^aaa$"), {"label": "GPE", **asked(ENDLESS, "GPE")}
    )
    assert found(patterns, BAD_WORD, f"{BAD_WORD} aaa") == [[], ["aaa"]]
    lines = [message.partition(": ")[0].rpartition(":")[2] for message in patterns.left_out]
    assert lines == ["1", "3"]


def test_a_pattern_that_asks_for_the_opposite_is_left_out_too(tmp_path: Path) -> None:
    pattern = {
        "label": "ORG",
        "pattern": [{"lower": {"regex": ENDLESS}, "op": "!"}, {"lower": "said"}],
    }
    patterns = suggester(tmp_path, pattern)
    assert found(patterns, "x said") == [["x said"]]
    assert found(patterns, f"{BAD_WORD} said and x said", "x said") == [[], []]


def test_a_pattern_that_was_given_up_is_asked_again_after_loading(tmp_path: Path) -> None:
    assert found(suggester(tmp_path, asked(ENDLESS)), BAD_WORD, "aaa") == [[], []]
    assert found(suggester(tmp_path, asked(ENDLESS)), "aaa") == [["aaa"]]


@pytest.mark.parametrize(
    ("source", "is_harmless"),
    [("^X['’]?X?x", True), ("^[a-z]{2,5}$", True), ("^[a-z]+$", False), ("(?:a{50}){50}", False)],
)
def test_spacy_itself_asks_only_what_is_short_on_words_of_any_length(
    source: str, is_harmless: bool
) -> None:
    assert Expression(source).is_harmless == is_harmless


def test_an_expression_stands_once_however_many_patterns_have_it() -> None:
    expressions = Expressions()
    assert expressions.of("^a") is expressions.of("^a")
    assert expressions.of("^a") is not expressions.of("^b")


def test_a_long_expression_is_not_told_in_full() -> None:
    assert len(str(Expression("a" * 500))) < 100


def test_a_patterns_file_without_endless_expressions_does_not_load_regex(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps(asked("^[a-z]+$")), "utf-8")
    program = (
        "import sys; from pathlib import Path\n"
        "from annotator.model.document import Document\n"
        "from annotator.model.scheme import EntityLabel, Scheme\n"
        "from annotator.suggest.patterns.suggester import PatternSuggester\n"
        "scheme = Scheme('small', entities=(EntityLabel('ORG'),))\n"
        "suggester = PatternSuggester.load(Path(sys.argv[1]), scheme)\n"
        "((_, found),) = suggester.suggest([Document('d', 'rome')])\n"
        "print(len(found), 'regex' in sys.modules)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "p.jsonl")]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["1", "False"]
