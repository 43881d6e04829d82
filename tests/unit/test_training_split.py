from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UsageError
from annotator.model.document import Document
from annotator.training.leakage import Leak, leaks
from annotator.training.near_duplicates import NearDuplicates
from annotator.training.split import Assignment, Part, Split, assigned, number_of, parse_split

TEXTS = st.lists(st.text("abc", min_size=1, max_size=6), unique=True, max_size=60)
WORDS = [f"w{number}" for number in range(12)]
ARTICLES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), max_size=12)
"""So few words and so short that near-duplicates and joined groups come about by chance."""


EIGHTY = Split()


def parted(
    texts: list[str], split: Split = EIGHTY, seed: int = 0, usable: set[str] | None = None
) -> Assignment:
    """The split of documents `d0`, `d1` ... with these texts, no two of which are near."""
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    numbers = {document.id: number_of(document, seed) for document in documents}
    return assigned(numbers, {key: key for key in numbers}, split, usable)


def grouped(texts: list[str]) -> tuple[dict[str, Part], dict[str, str], NearDuplicates]:
    """The split of documents with these texts, the first of each one's group, and their runs."""
    nearness = NearDuplicates()
    numbers: dict[str, float] = {}
    for number, text in enumerate(texts):
        nearness.add(f"d{number}", text)
        numbers[f"d{number}"] = number_of(Document(f"d{number}", text))
    firsts = nearness.firsts()
    return dict(assigned(numbers, firsts, Split()).parts), firsts, nearness


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
    parts = list(parted([f"text {n}" for n in range(1000)]).parts.values())
    assert 750 < parts.count(Part.TRAIN) < 850
    assert 60 < parts.count(Part.DEV) < 140
    assert 60 < parts.count(Part.TEST) < 140


def test_another_seed_gives_another_split() -> None:
    texts = [f"text {n}" for n in range(100)]
    assert parted(texts, seed=0) == parted(texts, seed=0)
    assert parted(texts, seed=0) != parted(texts, seed=1)


@given(texts=TEXTS, more=TEXTS)
def test_documents_that_come_later_move_nothing(texts: list[str], more: list[str]) -> None:
    for split in (Split(), Split(80, 20, 0)):
        before, after = parted(texts, split), parted([*texts, *more], split)
        assert before.parts.items() <= after.parts.items()
        assert before.standing_in == after.standing_in == ()


@given(texts=ARTICLES, more=ARTICLES)
def test_near_duplicates_that_come_later_move_only_groups_that_they_join(
    texts: list[list[str]], more: list[list[str]]
) -> None:
    before, old, _ = grouped([" ".join(words) for words in texts])
    after, new, _ = grouped([" ".join(words) for words in [*texts, *more]])
    joined = {key for key in old if old[key] != new[key]}
    moved = {key for key in old if before[key] is not after[key]}
    assert joined or not moved
    settled = list(dict.fromkeys(new.values()))[:3]
    assert all(key in joined or new[key] in settled for key in moved)


@given(texts=ARTICLES)
def test_near_duplicates_are_on_one_side_and_nothing_leaks(texts: list[list[str]]) -> None:
    parts, firsts, nearness = grouped([" ".join(words) for words in texts])
    assert all(parts[key] is parts[first] for key, first in firsts.items())
    assert leaks(parts, nearness.runs) == ()


def test_a_leak_is_found_and_named() -> None:
    nearness = NearDuplicates()
    words = [f"word{number}" for number in range(60)]
    nearness.add("a", " ".join(words))
    nearness.add("b", " ".join([*words[:50], "cut"]))
    nearness.add("c", "Something else altogether is what this article tells.")
    parts = {"a": Part.TRAIN, "b": Part.TEST, "c": Part.DEV}
    [leak] = leaks(parts, nearness.runs)
    assert (leak.one, leak.other) == ("a", "b")
    assert leak.jaccard == pytest.approx(46 / 57)
    assert "a and b share 81%" in str(leak)
    assert leaks({**parts, "b": Part.TRAIN}, nearness.runs) == ()
    assert leaks(parts, nearness.runs, 0.9) == ()
    assert leaks({}, {}) == ()


@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), max_size=10),
    sides=st.lists(st.sampled_from(Part), min_size=10, max_size=10),
)
def test_leaks_are_all_pairs_that_share_half_of_their_runs(
    texts: list[list[str]], sides: list[Part]
) -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        length = min(5, len(words))
        return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}

    nearness, parts = NearDuplicates(), {}
    for number, words in enumerate(texts):
        nearness.add(f"d{number}", " ".join(words))
        parts[f"d{number}"] = sides[number]
    expected = {
        (f"d{one}", f"d{other}")
        for other in range(len(texts))
        for one in range(other)
        if sides[one] is not sides[other]
        and 2 * len(runs(texts[one]) & runs(texts[other]))
        >= len(runs(texts[one]) | runs(texts[other]))
    }
    found: tuple[Leak, ...] = leaks(parts, nearness.runs)
    assert [(leak.one, leak.other) for leak in found] == sorted(expected)


@given(texts=TEXTS, usable=st.sets(st.integers(0, 59)))
def test_no_part_is_empty_as_far_as_there_are_texts(texts: list[str], usable: set[int]) -> None:
    ids = {f"d{number}" for number in usable if number < len(texts)}
    found = parted(texts, usable=ids)
    assert len({found.parts[key] for key in ids}) == min(len(ids), 3)
    assert set(found.standing_in) <= ids


@given(texts=TEXTS, usable=st.sets(st.integers(0, 59)))
def test_only_those_that_stand_in_move_when_more_is_annotated(
    texts: list[str], usable: set[int]
) -> None:
    ids = {f"d{number}" for number in usable if number < len(texts)}
    some, everything = parted(texts, usable=ids), parted(texts)
    moved = {key for key in ids if some.parts[key] is not everything.parts[key]}
    assert moved == set(some.standing_in)
    assert len(moved) <= 3


@given(text=st.text(min_size=1, max_size=20))
def test_case_and_blanks_do_not_make_another_number(text: str) -> None:
    numbers = {number_of(Document("d", t)) for t in (text, f" {text}\n", f"\u00a0{text}  ")}
    assert len(numbers) == 1
    assert number_of(Document("a", "The\u00a0Mayor  said")) == number_of(
        Document("b", "the mayor\nsaid ")
    )
