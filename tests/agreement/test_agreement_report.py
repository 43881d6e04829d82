"""The report: who agrees with whom, on what, over which documents."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Score, Work, cohen_kappa, krippendorff_alpha, report
from annotator.agreement.token_agreement import NO_DOCUMENT, NO_TOKENS, ONE_CATEGORY

TOKENS = tuple((start, start + 4) for start in range(0, 50, 5))


def work(annotator, document_id, entities=(), triggers=(), *, done=True, tokens=TOKENS):
    return Work(annotator, document_id, 50, tokens, tuple(entities), tuple(triggers), done)


def entities(works):
    return report(works, draws=0).layers["entities"]


def pair(works, a, b):
    return next(p for p in entities(works).pairs if p.annotators == (a, b))


@st.composite
def projects(draw):
    """Three annotators, some of whom have some of the documents."""
    mark = st.builds(
        lambda start, length, label: (start, start + length, label),
        st.integers(0, 40),
        st.integers(1, 9),
        st.sampled_from("XY"),
    )
    marks = st.lists(mark, max_size=4)
    return [
        work(name, document, draw(marks), draw(marks), done=draw(st.booleans()))
        for document in ("d1", "d2", "d3")
        for name in draw(st.sets(st.sampled_from("abc")))
    ]


def test_done_with_nothing_marked_counts_and_not_done_does_not():
    marked = [(0, 4, "X"), (5, 9, "X")]
    works = [
        work("ann", "d1", marked),
        work("ben", "d1", []),
        work("ann", "d2", marked),
        work("ben", "d2", marked, done=False),
        work("ann", "d3", marked),
    ]
    found = pair(works, "ann", "ben")
    assert list(found.documents) == ["d1"]
    assert found.spans == (2, 0)
    assert found.scores.strict == Score(0, 2, 0)


def test_a_document_that_both_left_empty_is_counted_and_undefined():
    found = pair([work("a", "d"), work("b", "d")], "a", "b")
    assert list(found.documents) == ["d"]
    assert found.scores.strict.f1 is None
    assert (found.kappa.value, found.kappa.undefined) == (None, ONE_CATEGORY)
    assert found.kappa.observed == 1


def test_existence_boundary_and_label_are_told_apart():
    works = [
        work("a", "d", [(0, 4, "X"), (10, 14, "X"), (20, 24, "X")]),
        work("b", "d", [(0, 4, "X"), (10, 14, "Y"), (20, 29, "X")]),
    ]
    scores = pair(works, "a", "b").scores
    assert scores.strict == Score(1, 2, 2)
    assert scores.relaxed == Score(2, 1, 1)
    assert scores.unlabelled == Score(2, 1, 1)


def test_labels_and_documents_are_listed_and_add_up():
    works = [
        work("a", "d2", [(0, 4, "X"), (5, 9, "Y")]),
        work("b", "d2", [(0, 4, "X"), (5, 9, "Z")]),
        work("a", "d1", [(0, 4, "X")]),
        work("b", "d1", [(0, 4, "X")]),
    ]
    found = pair(works, "a", "b")
    assert found.labels == {"X": Score(2, 0, 0), "Y": Score(0, 1, 0), "Z": Score(0, 0, 1)}
    assert {name: s.strict for name, s in found.documents.items()} == {
        "d1": Score(1, 0, 0),
        "d2": Score(1, 1, 1),
    }
    assert list(found.documents) == ["d1", "d2"]


def test_the_pool_adds_up_pairs_and_the_mean_does_not_weigh_them():
    works = [
        *(work("a", f"d{i}", [(0, 4, "X")]) for i in range(3)),
        *(work("b", f"d{i}", [(0, 4, "X")]) for i in range(3)),
        work("c", "d0", [(5, 9, "X")]),
    ]
    layer = entities(works)
    assert layer.scores.strict == Score(3, 2, 2)
    assert layer.scores.strict.f1 == pytest.approx(6 / 10)
    assert layer.mean_strict_f1 == pytest.approx((1 + 0 + 0) / 3)
    assert layer.labels == {"X": Score(3, 2, 2)}


def test_a_pair_without_a_shared_document_is_listed_as_undefined():
    found = pair([work("a", "d1", [(0, 4, "X")]), work("b", "d2", [(0, 4, "X")])], "a", "b")
    assert (found.documents, found.spans, found.labels) == ({}, (0, 0), {})
    assert found.scores.strict.f1 is None
    assert (found.kappa.value, found.kappa.observed) == (None, None)
    assert found.kappa.undefined == NO_DOCUMENT
    assert found.is_small


def test_one_annotator_alone_has_no_pairs():
    layer = entities([work("a", "d", [(0, 4, "X")])])
    assert layer.pairs == ()
    assert (layer.scores.strict.f1, layer.mean_strict_f1) == (None, None)
    assert (layer.alpha.value, layer.alpha.undefined) == (None, NO_DOCUMENT)


def test_an_annotator_who_finished_nothing_is_still_named():
    found = report([work("a", "d"), work("b", "d", done=False)], draws=0)
    assert found.annotators == ("a", "b")
    assert found.layers["entities"].pairs[0].documents == {}


def test_entities_and_triggers_are_apart():
    works = [
        work("a", "d", [(0, 4, "ORG")], [(5, 9, "Attack")]),
        work("b", "d", [(0, 4, "ORG")], [(5, 9, "Protest")]),
    ]
    layers = report(works, draws=0).layers
    assert layers["entities"].scores.strict.f1 == 1
    assert layers["triggers"].scores.strict.f1 == 0
    assert layers["triggers"].scores.unlabelled.f1 == 1


def test_token_kappa_is_cohens_kappa_over_all_tokens():
    works = [
        work("a", "d", [(0, 9, "X"), (20, 24, "Y")]),
        work("b", "d", [(0, 4, "X"), (20, 24, "Y")]),
    ]
    kappa = pair(works, "a", "b").kappa
    assert kappa.value == pytest.approx(cohen_kappa([[1, 0, 1], [0, 1, 0], [0, 0, 7]]))
    assert (kappa.observed, kappa.tokens, kappa.undefined) == (pytest.approx(0.9), 10, "")


def test_a_token_under_nested_marks_is_of_a_category_of_its_own():
    nested = [(0, 9, "ORG"), (0, 4, "GPE")]
    same = pair([work("a", "d", nested), work("b", "d", nested)], "a", "b")
    outer_only = pair([work("a", "d", nested), work("b", "d", nested[:1])], "a", "b")
    assert same.kappa.value == 1
    assert outer_only.kappa.observed == pytest.approx(0.9)


def test_without_tokens_the_token_measures_say_so():
    works = [
        work("a", "d1", [(0, 4, "X")]),
        work("b", "d1", [(0, 4, "X")]),
        work("a", "d2", [(0, 4, "X")], tokens=None),
        work("b", "d2", [(0, 4, "X")], tokens=None),
    ]
    layer = entities(works)
    assert layer.scores.strict.f1 == 1
    for agreement in (layer.alpha, layer.pairs[0].kappa):
        assert (agreement.value, agreement.undefined) == (None, NO_TOKENS)


def test_alpha_takes_all_annotators_and_lets_documents_be_missing():
    works = [
        work("a", "d1", [(0, 4, "X")]),
        work("b", "d1", [(0, 9, "X")]),
        work("a", "d2", [(5, 9, "X")]),
        work("c", "d2", [(5, 9, "X")]),
        work("c", "d3", [(0, 49, "X")]),
    ]
    rows = ["X.........", "XX........", "??????????"], [".X........", "??????????", ".X........"]
    ratings = [
        [None if category == "?" else category for row in pieces for category in row]
        for pieces in zip(*rows, strict=True)
    ]
    expected = krippendorff_alpha(ratings)
    assert entities(works).alpha.value == pytest.approx(expected)
    assert entities(works).alpha.tokens == 20


@pytest.mark.parametrize(
    ("documents", "spans", "small"), [(10, 5, False), (9, 9, True), (10, 4, True), (60, 1, False)]
)
def test_few_documents_or_few_spans_are_too_small_to_trust(documents, spans, small):
    marks = [(5 * i, 5 * i + 4, "X") for i in range(spans)]
    works = [work(name, f"d{i}", marks) for i in range(documents) for name in "ab"]
    assert pair(works, "a", "b").is_small is small


def test_the_interval_holds_the_score():
    marks = [(0, 4, "X"), (5, 9, "X"), (10, 14, "Y")]
    works = [
        one
        for i in range(12)
        for one in (work("a", f"d{i:02}", marks), work("b", f"d{i:02}", marks[: 1 + i % 3]))
    ]
    layer = report(works).layers["entities"]
    low, high = layer.pairs[0].interval
    assert low < layer.pairs[0].scores.strict.f1 < high
    assert layer.interval == layer.pairs[0].interval
    assert report(works, draws=0).layers["entities"].interval is None


def test_two_works_on_one_document_are_refused():
    with pytest.raises(ValueError, match="two works"):
        report([work("a", "d"), work("a", "d")])


def test_two_texts_of_one_document_are_refused():
    one = work("a", "d")
    for other in (replace(work("b", "d"), length=60), work("b", "d", tokens=TOKENS[:-1])):
        with pytest.raises(ValueError, match="same text"):
            report([one, other])


def test_a_mark_beyond_the_text_is_refused():
    with pytest.raises(ValueError, match="50 code points"):
        work("a", "d", [(40, 51, "X")])


def test_the_json_has_its_promised_keys():
    works = [work("a", "d", [(0, 4, "X")]), work("b", "d", [(0, 4, "X"), (5, 9, "Y")])]
    found = report(works).as_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert list(found) == ["schema", "annotators", "layers"]
    assert (found["schema"], found["annotators"]) == (1, ["a", "b"])
    assert list(found["layers"]) == ["entities", "triggers"]
    score = {"f1": 2 / 3, "precision": 0.5, "recall": 1.0, "both": 1, "only_a": 0, "only_b": 1}
    three = {"strict": score, "relaxed": score, "unlabelled": score}
    undefined = {"f1": None, "precision": None, "recall": None, "both": 0, "only_a": 0, "only_b": 0}
    kappa = {
        "value": cohen_kappa([[1, 0, 0], [0, 0, 0], [0, 1, 8]]),
        "observed": 0.9,
        "tokens": 10,
        "undefined": "",
    }
    entity_layer = found["layers"]["entities"]
    assert entity_layer["pairs"] == [
        {
            "annotators": ["a", "b"],
            "documents": 1,
            "spans": [1, 2],
            "too_small": True,
            **three,
            "strict_interval": None,
            "token_kappa": kappa,
            "labels": {
                "X": {**score, "f1": 1.0, "precision": 1.0, "recall": 1.0, "only_b": 0},
                "Y": {**undefined, "f1": 0.0, "precision": 0.0, "only_b": 1},
            },
            "by_document": {"d": three},
        }
    ]
    assert list(entity_layer) == [
        "pooled",
        "pooled_strict_interval",
        "mean_strict_f1",
        "token_alpha",
        "labels",
        "pairs",
    ]
    assert found["layers"]["triggers"]["pooled"]["strict"] == undefined


@given(projects(), st.randoms())
def test_the_order_of_the_works_does_not_matter(works, random):
    shuffled = random.sample(works, len(works))
    assert report(shuffled, draws=20).as_json() == report(works, draws=20).as_json()


@given(projects(), st.permutations("abc"))
def test_the_names_of_the_annotators_do_not_matter(works, names):
    new = dict(zip("abc", names, strict=True))
    renamed = entities([replace(one, annotator=new[one.annotator]) for one in works])
    layer = entities(works)
    for match in ("strict", "relaxed", "unlabelled"):
        one, other = getattr(layer.scores, match), getattr(renamed.scores, match)
        assert (one.both, one.f1) == (other.both, other.f1)
    assert renamed.mean_strict_f1 == pytest.approx(layer.mean_strict_f1)
    assert renamed.alpha.value == pytest.approx(layer.alpha.value)
    for found in layer.pairs:
        a, b = (new[name] for name in found.annotators)
        same = next(p for p in renamed.pairs if set(p.annotators) == {a, b})
        assert same.kappa.value == pytest.approx(found.kappa.value)
        assert same.scores.relaxed.f1 == found.scores.relaxed.f1


@given(projects())
def test_what_is_not_finished_changes_nothing(works):
    layer = entities(works)
    finished_only = entities([one for one in works if one.done])
    assert layer.scores == finished_only.scores
    assert layer.labels == finished_only.labels
    assert layer.alpha == finished_only.alpha or layer.alpha.value == pytest.approx(
        finished_only.alpha.value
    )
