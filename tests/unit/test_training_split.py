from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UsageError
from annotator.model.document import Document
from annotator.training.split import Part, Split, assigned, parse_split

TEXTS = st.lists(st.text("abc", min_size=1, max_size=6), unique=True, max_size=60)


def documents(texts: list[str]) -> list[Document]:
    return [Document(f"d{number}", text) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "split"),
    [("80/10/10", Split(80, 10, 10)), ("80/20", Split(80, 20, 0)), ("90/10/0", Split(90, 10, 0))],
)
def test_a_split_is_read_as_it_is_written(text: str, split: Split) -> None:
    assert parse_split(text) == split
    assert parse_split(str(split)) == split


@pytest.mark.parametrize(
    "text",
    ["", "80", "80/10", "80/30", "80/10/5/5", "0/50/50", "100/0", "80/0/20", "-10/110", "a/b",
     "80.5/19.5", "80:20", "８０/２０x"],
)  # fmt: skip
def test_a_split_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_split(text)


def test_a_thousand_documents_are_split_about_as_asked() -> None:
    parts = list(assigned(documents([f"text {n}" for n in range(1000)]), Split()).values())
    assert 750 < parts.count(Part.TRAIN) < 850
    assert 60 < parts.count(Part.DEV) < 140
    assert 60 < parts.count(Part.TEST) < 140


def test_another_seed_gives_another_split() -> None:
    found = documents([f"text {n}" for n in range(100)])
    assert assigned(found, Split(), 0) == assigned(found, Split(), 0)
    assert assigned(found, Split(), 0) != assigned(found, Split(), 1)


FILLERS = [f"filler {number}" for number in range(200)]
"""So many that no part has to be filled."""


@given(texts=TEXTS, more=TEXTS)
def test_documents_that_come_later_move_nothing(texts: list[str], more: list[str]) -> None:
    before = assigned(documents([*FILLERS, *texts]), Split())
    after = assigned(documents([*FILLERS, *texts, *more]), Split())
    assert before.items() <= after.items()


@given(texts=TEXTS)
def test_a_small_set_moves_one_text_for_each_part_that_would_be_empty(texts: list[str]) -> None:
    found = documents(texts)
    fillers = [Document(text, text) for text in FILLERS]
    settled = assigned([*found, *fillers], Split())
    moved = {key: part for key, part in assigned(found, Split()).items() if part != settled[key]}
    assert len(moved) == len(set(moved.values()))


@given(texts=TEXTS)
def test_no_part_is_empty_as_far_as_there_are_texts(texts: list[str]) -> None:
    parts = set(assigned(documents(texts), Split()).values())
    assert len(parts) == min(len(texts), 3)


@given(text=st.text(min_size=1, max_size=20))
def test_the_same_words_are_on_the_same_side(text: str) -> None:
    others = [Document(f"o{n}", f"other {n}") for n in range(20)]
    twins = [Document("a", text), Document("b", f" {text}\n"), Document("c", f"\u00a0{text}  ")]
    parts = assigned([*others, *twins], Split())
    assert parts["a"] == parts["b"] == parts["c"]


def test_case_and_blanks_do_not_make_another_text() -> None:
    for seed in range(20):
        same = [Document("a", "The\u00a0Mayor  said"), Document("b", "the mayor\nsaid ")]
        parts = assigned([*same, Document("c", "x"), Document("d", "y")], Split(), seed)
        assert parts["a"] == parts["b"]
