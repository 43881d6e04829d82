"""Documents are found by what was typed, whatever it is, and in any order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.change import Change
from annotator.model.document import Document
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.store import documents, history, order, search, suggestions
from annotator.store.database import connect
from annotator.store.filter import Filter, Standing, split
from annotator.store.search import Column

TEXTS = {
    "attack": "Rebels attacked Kyiv; U.S. envoys said 'NEAR(' and \"AND\" twice.",
    "cafe": "A café in São Paulo, Zürich and Łódź.",
    "japan": "日本語のテスト 東京 タワー",
    "emoji": "Fire 🔥 and a family 👩‍👩‍👧 at 50%.",
    "arabic": "قال الرئيس في بيروت",
    "hindi": "दिल्ली में चुनाव",
    "hebrew": "שלום ירושלים",
}


@pytest.fixture
def full(db):
    """The texts above after `a` and `b`, so that `attack` is the third."""
    documents.add(
        db, (Document(name, text, {"title": f"T {name}"}) for name, text in TEXTS.items())
    )
    return db


def found(db, *words, **wanted):
    positions = search.matching(db, "ann", Filter(words=words, **wanted))
    return [line.id for line in search.listed(db, "ann", positions)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("kyiv",), ["attack"]),
        (("ATTACK", "ky"), ["attack"]),
        (("U.S.",), ["attack"]),
        (("kyiv", "zürich"), []),
        (("cafe",), ["cafe"]),
        (("CAFÉ",), ["cafe"]),
        (("sao", "paulo"), ["cafe"]),
        (("日本",), ["japan"]),
        (("タワー",), ["japan"]),
        (("🔥",), ["emoji"]),
        (("50%",), ["emoji"]),
        (("%",), ["emoji"]),
        (("بيروت",), ["arabic"]),
        (("चुनाव",), ["hindi"]),
        (("ירושלים",), ["hebrew"]),
        (("emoji",), ["emoji"]),
        (("par",), ["a"]),
    ],
)
def test_words_are_found_in_texts_and_titles(full, words, expected):
    assert found(full, *words) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "AND", "OR", "NOT", "NEAR(", "NEAR(a b)", '"', '""', '"unbalanced', "a*", "*", "^x",
        "title:", "text : x", "{title}", "-x", "+", "(", ")", "';--", "x' OR '1'='1", "\x00",
        "a\x00b",
        "%", "_", "\\", "٣", "a\u0301", "\u0301", "\u200d", "ﬁ", "\U0001f1eb\U0001f1f7",
    ],
)  # fmt: skip
def test_what_is_syntax_elsewhere_is_a_word_here(full, typed):
    before = full.value("SELECT count(*) FROM documents")
    every_word = found(full, typed)
    assert set(every_word) <= {"a", "b", *TEXTS}
    assert full.value("SELECT count(*) FROM documents") == before


def test_operators_find_the_words_themselves(full):
    assert found(full, "AND") == ["attack", "cafe", "emoji"]
    assert found(full, "NEAR(") == ["attack"]
    assert found(full, "NOT") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.text(min_size=1, max_size=6), max_size=3))
def test_no_words_at_all_make_a_search_fail(full, words):
    assert len(found(full, *words)) <= 9


def test_every_letter_that_goes_to_the_index_is_a_letter_there_too(db):
    """A word of the index is one word to SQLite, or it would refuse the question."""
    letters = [chr(c) for c in range(0x80, 0x3000, 3) if unicodedata.category(chr(c))[0] in "LMN"]
    asked = 0
    for letter in letters:
        match, _ = split((f"x{letter}y",))
        if match:
            asked += 1
            db.rows("SELECT rowid FROM documents_search WHERE documents_search MATCH ?", (match,))
    assert asked > 1000


def test_a_document_that_is_refused_is_not_found_and_one_added_later_is(full):
    documents.add(full, [Document("cafe", "another zebra")])
    assert found(full, "zebra") == []
    documents.add(full, [Document("later", "another zebra")])
    assert found(full, "zebra") == ["later"]


@pytest.fixture
def worked(db):
    """Documents `a` and `b`, and five more in every standing."""
    for day, name in enumerate(["done", "skip", "flag", "half", "none"]):
        documents.add(db, [Document(name, f"text {name}", {"date": f"2020-0{9 - day}-01"})])
    for name, label, score in (("half", "ORG", 0.2), ("half", "PER", 0.9), ("none", "PER", 0.4)):
        before = suggestions.of(db, name, "")
        new = Suggestion(Span.of(f"{name}-{label}", 0, 4, label), "p:x@1", score)
        suggestions.replace(db, "p:x@1", [(name, [*before, new])])
    changes = {
        "done": Change("flag", "done", None, {}),
        "skip": Change("flag", "skipped", None, {}),
        "flag": Change("flag", "flagged", None, {}),
        "half": Change(
            "decision", "half-ORG", None, {"suggestion": "half-ORG", "outcome": "rejected"}
        ),
    }
    for name, change in changes.items():
        history.append(db, history.NewHistoryRow(name, "ann", "s", {}, (change,)), None)
    history.append(db, history.NewHistoryRow("b", "zoe", "s", {}, (changes["done"],)), None)
    return db


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing.NEW, ["a", "b", "flag", "none"]),
        (Standing.BEGUN, ["half"]),
        (Standing.DONE, ["done"]),
        (Standing.SKIPPED, ["skip"]),
        (Standing.FLAGGED, ["flag"]),
    ],
)
def test_a_standing_is_what_the_line_says_too(worked, standing, expected):
    assert found(worked, standing=standing) == expected
    positions = search.matching(worked, "ann", Filter())
    lines = search.listed(worked, "ann", positions)
    if standing is Standing.FLAGGED:
        assert [line.id for line in lines if line.is_flagged] == expected
    else:
        assert [line.id for line in lines if line.standing is standing] == expected


def test_label_source_and_score_are_those_of_one_suggestion(worked):
    assert found(worked, label="PER") == ["half", "none"]
    assert found(worked, label="PER", least=0.5) == ["half"]
    assert found(worked, label="ORG", least=0.5) == []
    assert found(worked, source="p:") == ["half", "none"]
    assert found(worked, source="q") == []
    assert found(worked, most=0.3) == ["half"]
    assert found(worked, "text", label="PER", standing=Standing.NEW) == ["none"]


def test_a_label_that_was_given_by_hand_is_found_and_a_like_one_is_not(worked):
    record = {"id": "t1", "label": "LAW", "ranges": [[0, 4]]}
    change = Change("entity", "t1", None, record)
    history.append(worked, history.NewHistoryRow("none", "ann", "s", {}, (change,)), None)
    assert found(worked, label="LAW") == ["none"]
    assert found(worked, label="LA") == []
    assert search.matching(worked, "zoe", Filter(label="LAW")) == ()


def sorted_ids(db, column, *, falling=False):
    positions = search.matching(db, "ann", Filter(), column, falling=falling)
    return [line.id for line in search.listed(db, "ann", positions)]


def test_every_column_sorts_and_the_other_way_round(worked):
    assert sorted_ids(worked, Column.NUMBER)[:3] == ["a", "b", "done"]
    assert sorted_ids(worked, Column.NUMBER, falling=True)[:2] == ["none", "half"]
    assert sorted_ids(worked, Column.DATE, falling=True)[0] == "done"
    assert sorted_ids(worked, Column.STANDING)[-3:] == ["half", "skip", "done"]
    assert sorted_ids(worked, Column.LEFT, falling=True)[:2] == ["half", "none"]
    assert sorted_ids(worked, Column.LAST, falling=True)[0] == "b"
    assert sorted_ids(worked, Column.TITLE)[:2] == ["b", "done"]
    for column in Column:
        assert sorted(sorted_ids(worked, column)) == sorted(sorted_ids(worked, Column.NUMBER))


def test_a_line_tells_how_far_the_annotator_is_and_who_was_last(worked):
    (line,) = [x for x in search.listed(worked, "ann", range(1, 8)) if x.id == "half"]
    assert (line.suggested, line.left, line.last, line.date) == (2, 1, "ann", "2020-06-01")


def test_titles_are_found_by_all_their_words_and_signs_stand_for_themselves(full):
    assert [id_ for id_, _ in search.titled(full, ["t", "CAF"], 9)] == ["cafe"]
    assert search.titled(full, ["%"], 9) == ()
    assert search.titled(full, ["_"], 9) == ()
    assert len(search.titled(full, [], 3)) == 3


def test_the_queue_goes_through_what_matches_only(worked):
    wanted = Filter(label="PER")
    assert order.neighbour(worked, "a", 1, "ann", wanted) == "half"
    assert order.neighbour(worked, "half", 1, "ann", wanted) == "none"
    assert order.neighbour(worked, "half", -1, "ann", wanted) is None
    assert order.next_open(worked, "ann", "none", wanted=wanted) == "half"
    assert order.next_open(worked, "ann", "half", wanted=Filter(words=("rain",))) == "b"


def test_what_was_skipped_comes_after_all_others(worked):
    for name in ("a", "b", "flag", "half", "none"):
        assert order.next_open(worked, "ann", "done") != "skip"
        done = Change("flag", "done", None, {})
        history.append(worked, history.NewHistoryRow(name, "ann", "s", {}, (done,)), None)
    assert order.next_open(worked, "ann", "done") == "skip"


def test_a_copy_of_the_file_can_be_searched(full, path, tmp_path):
    from annotator.store.backup import backup

    backup(full, tmp_path / "copy.db")
    with connect(tmp_path / "copy.db") as copy:
        assert found(copy, "kyiv") == ["attack"]
