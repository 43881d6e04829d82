from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.training.near_duplicates import NearDuplicates, jaccard, joined, near_duplicates

ROOT = Path(__file__).parents[2]
DIGEST = "5eb6de06ca84c30d63a3e9fab0b20bde5316d674ecc9978c4d95ae47ebdba4de"
"""Was found once; other machines and later versions must find the same, or splits would move."""


def article(seed: int, length: int = 300) -> list[str]:
    """Words with the frequencies of real ones, roughly."""
    chance = random.Random(seed)
    return [f"w{int(chance.paretovariate(0.5)) % 5000}" for _ in range(length)]


def edited(words: list[str], seed: int) -> list[str]:
    """Wire copy as another paper prints it: a new headline, the end cut, words changed."""
    chance = random.Random(seed)
    kept = [f"new{seed}" if chance.random() < 0.02 else word for word in words[:250]]
    return ["A", "headline", "of", f"our{seed}", "own", *kept]


def test_edited_wire_copy_is_found_among_many_articles() -> None:
    texts = [(f"d{n}", " ".join(article(n))) for n in range(400)]
    copies = [(f"c{n}", " ".join(edited(article(n), n))) for n in range(0, 400, 10)]
    nearness = NearDuplicates()
    for key, text in [*texts, *copies]:
        nearness.add(key, text)
    expected = tuple(
        (f"d{n}", f"c{n}")
        for n in range(0, 400, 10)
        if jaccard(nearness.runs[f"d{n}"], nearness.runs[f"c{n}"]) >= 0.5
    )
    assert len(expected) > 35
    assert near_duplicates([*texts, *copies]) == expected


def test_groups_are_in_the_order_of_the_texts_and_grow_through_others() -> None:
    words = [f"w{n}" for n in range(100)]
    texts = {
        "x": "Something that has nothing to do with any of the others.",
        "end": " ".join(words[40:]),
        "start": " ".join(words[:60]),
        "middle": " ".join(words[15:85]),
    }
    assert near_duplicates(texts.items()) == (("end", "start", "middle"),)
    assert near_duplicates((key, texts[key]) for key in ("end", "start", "x")) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Mayor said.", "the\u00a0mayor   SAID"),
        ("北京市长说今天下雨所以学校放假了。", "北京市长说今天下雨所以学校放假了，据报道。"),
        ("", "  \n"),
        ("…", "…"),
    ],
)
def test_case_blanks_and_points_do_not_part_texts(one: str, other: str) -> None:
    assert near_duplicates([("a", one), ("b", other)]) == (("a", "b"),)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mayor", "Major"), ("…", "?"), ("", "a"), ("北京市长说今天下雨", "上海的学校明天开学了")],
)
def test_other_words_part_texts(one: str, other: str) -> None:
    assert near_duplicates([("a", one), ("b", other)]) == ()


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=14), max_size=14))
def test_groups_are_those_of_all_pairs_that_share_half_of_their_runs(
    texts: list[list[str]],
) -> None:
    nearness = NearDuplicates()
    for number, words in enumerate(texts):
        nearness.add(str(number), " ".join(words))
    expected = {key: key for key in nearness.runs}
    for one, runs in nearness.runs.items():
        for other, others in nearness.runs.items():
            if jaccard(runs, others) >= 0.5:
                expected = joined(expected, [(one, other)])
    assert nearness.firsts() == expected


def test_two_texts_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="'a'"):
        near_duplicates([("a", "x"), ("a", "y")])


def test_every_process_finds_the_same() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "import test_training_nearness as t;"
        "from annotator.training.near_duplicates import NearDuplicates;"
        "n = NearDuplicates(); [n.add(str(k), ' '.join(t.article(k % 7))) for k in range(20)];"
        "raw = b''.join(r.tobytes() for r in n.runs.values()) + repr(n.firsts()).encode();"
        "print(hashlib.sha256(raw).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert digests == {f"{DIGEST}\n"}
