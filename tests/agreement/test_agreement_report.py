"""The report: who agrees with whom, on what, over which documents."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import (
    SCHEMA,
    DocumentAnnotations,
    DocumentCounts,
    EntityMark,
    Score,
    cohen_kappa,
    krippendorff_alpha,
    muc_counts,
    report,
    span_f1,
    span_f1_by_label,
    token_f1,
)
from annotator.agreement.coefficients.estimate import ONE_DOCUMENT
from annotator.agreement.measures.chance import NO_TOKENS, ONE_CATEGORY, UNEVEN
from annotator.agreement.measures.spans import NO_DOCUMENT, NOTHING_MARKED
from annotator.agreement.report.rows import COLUMNS, rows

from works import TOKENS, corpus, marks, projects, work  # isort: skip


def entities(works, draws=0):
    return report(works, draws=draws).layers["entities"]


def pair(works, a, b, draws=0):
    return next(p for p in entities(works, draws).pairs if p.annotators == (a, b))


def values(numbers):
    return {name: one.value for name, one in numbers.items()}


def about(numbers):
    return {
        name: None if value is None else pytest.approx(value, abs=1e-9)
        for name, value in numbers.items()
    }


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
    assert found.documents == {"d1": DocumentCounts(2, 0, 0, 0, 0)}
    assert found.spans == (2, 0)
    assert found.numbers["span_f1"].value == 0


def test_a_document_that_both_left_empty_is_counted_and_undefined():
    found = pair([work("a", "d"), work("b", "d")], "a", "b")
    assert found.documents == {"d": DocumentCounts(0, 0, 0, 0, 0)}
    assert found.documents["d"].f1() is None
    strict, kappa = found.numbers["span_f1"], found.numbers["token_kappa"]
    assert (strict.value, strict.undefined, strict.n) == (None, NOTHING_MARKED, 0)
    assert (kappa.value, kappa.undefined, kappa.n) == (None, ONE_CATEGORY, 10)
    assert found.numbers["token_observed"].value == 1


def test_existence_boundary_and_label_are_told_apart():
    works = [
        work("a", "d", [(0, 4, "X"), (10, 14, "X"), (20, 24, "X")]),
        work("b", "d", [(0, 4, "X"), (10, 14, "Y"), (20, 29, "X")]),
    ]
    found = pair(works, "a", "b")
    assert found.documents["d"] == DocumentCounts(3, 3, 1, 2, 2)
    assert found.numbers["span_f1"].value == pytest.approx(1 / 3)
    assert found.numbers["relaxed_f1"].value == pytest.approx(2 / 3)
    assert found.numbers["unlabelled_f1"].value == pytest.approx(2 / 3)


def test_labels_and_documents_are_listed_and_add_up():
    works = [
        work("a", "d2", [(0, 4, "X"), (5, 9, "Y")]),
        work("b", "d2", [(0, 4, "X"), (5, 9, "Z")]),
        work("a", "d1", [(0, 4, "X")]),
        work("b", "d1", [(0, 4, "X")]),
    ]
    found = pair(works, "a", "b")
    counts = {label: (one.both, one.only_a, one.only_b) for label, one in found.labels.items()}
    assert counts == {"X": (2, 0, 0), "Y": (0, 1, 0), "Z": (0, 0, 1)}
    assert {name: one.strict for name, one in found.documents.items()} == {"d1": 1, "d2": 1}
    assert list(found.documents) == ["d1", "d2"]
    assert found.numbers["macro_f1"].value == pytest.approx(1 / 3)
    assert found.confusion == {("X", "X"): 2, ("Y", "Z"): 1}


def test_the_confusion_has_what_one_of_them_lacks():
    works = [work("a", "d", [(0, 4, "X")]), work("b", "d", [(10, 14, "Y"), (1, 9, "Y")])]
    assert pair(works, "a", "b").confusion == {("", "Y"): 1, ("X", "Y"): 1}


def test_the_pool_adds_up_pairs_and_the_mean_does_not_weigh_them():
    works = [
        *(work("a", f"d{i}", [(0, 4, "X")]) for i in range(3)),
        *(work("b", f"d{i}", [(0, 4, "X")]) for i in range(3)),
        work("c", "d0", [(5, 9, "X")]),
    ]
    layer = entities(works)
    assert layer.pooled.numbers["span_f1"].value == pytest.approx(6 / 10)
    assert layer.mean["span_f1"].value == pytest.approx((1 + 0 + 0) / 3)
    label = layer.pooled.labels["X"]
    assert (label.both, label.only_a, label.only_b) == (3, 2, 2)
    assert layer.one_versus_rest["a"].numbers["span_f1"].value == pytest.approx(6 / 8)
    assert layer.one_versus_rest["c"].numbers["span_f1"].value == 0


def test_a_pair_without_a_shared_document_is_listed_as_undefined():
    found = pair([work("a", "d1", [(0, 4, "X")]), work("b", "d2", [(0, 4, "X")])], "a", "b")
    assert (found.documents, found.spans, found.labels) == ({}, (0, 0), {})
    assert set(values(found.numbers).values()) == {None}
    assert found.numbers["span_f1"].undefined == NO_DOCUMENT
    assert found.numbers["token_kappa"].undefined == NO_DOCUMENT
    assert found.is_small


def test_one_annotator_alone_has_no_pairs():
    layer = entities([work("a", "d", [(0, 4, "X")])])
    assert layer.pairs == ()
    assert (layer.pooled.numbers["span_f1"].value, layer.mean) == (None, {})
    assert layer.everyone["token_alpha"].undefined == NO_DOCUMENT


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
    assert layers["entities"].pooled.numbers["span_f1"].value == 1
    assert layers["triggers"].pooled.numbers["span_f1"].value == 0
    assert layers["triggers"].pooled.numbers["unlabelled_f1"].value == 1


def test_token_kappa_is_cohens_kappa_over_all_tokens_or_the_marked_ones():
    works = [
        work("a", "d", [(0, 9, "X"), (20, 24, "Y")]),
        work("b", "d", [(0, 4, "X"), (20, 24, "Y")]),
    ]
    numbers = pair(works, "a", "b").numbers
    assert numbers["token_kappa"].value == pytest.approx(
        cohen_kappa([[1, 0, 1], [0, 1, 0], [0, 0, 7]])
    )
    assert numbers["marked_kappa"].value == pytest.approx(
        cohen_kappa([[1, 0, 1], [0, 1, 0], [0, 0, 0]])
    )
    assert (numbers["token_kappa"].n, numbers["marked_kappa"].n) == (10, 3)
    assert numbers["token_observed"].value == pytest.approx(0.9)


def test_a_token_under_nested_marks_is_of_a_category_of_its_own():
    nested = [(0, 9, "ORG"), (0, 4, "GPE")]
    same = pair([work("a", "d", nested), work("b", "d", nested)], "a", "b")
    outer_only = pair([work("a", "d", nested), work("b", "d", nested[:1])], "a", "b")
    assert same.numbers["token_kappa"].value == 1
    assert outer_only.numbers["token_observed"].value == pytest.approx(0.9)


def test_the_family_of_u_alpha_names_who_marked_overlapping_spans():
    works = [work("ann", "d", [(0, 9, "X"), (0, 4, "Y")]), work("ben", "d", [(0, 4, "X")])]
    found = pair(works, "ann", "ben").numbers["u_alpha"]
    assert (found.value, found.undefined) == (None, "spans of ann overlap one another")


def test_without_tokens_the_token_measures_say_so():
    works = [
        work(name, document, [(0, 4, "X")], tokens=tokens)
        for document, tokens in (("d1", TOKENS), ("d2", None))
        for name in "ab"
    ]
    layer = entities(works)
    assert layer.pooled.numbers["span_f1"].value == 1
    for number in (
        layer.everyone["token_alpha"],
        layer.pairs[0].numbers["token_kappa"],
        layer.pooled.numbers["token_f1"],
    ):
        assert (number.value, number.undefined) == (None, NO_TOKENS)


def test_alpha_takes_all_annotators_and_lets_documents_be_missing_which_fleiss_does_not():
    works = [
        work("a", "d1", [(0, 4, "X")]),
        work("b", "d1", [(0, 9, "X")]),
        work("c", "d1", [(0, 9, "X")]),
        work("a", "d2", [(5, 9, "X")]),
        work("c", "d2", [(5, 9, "X")]),
        work("c", "d3", [(0, 49, "X")]),
    ]
    pieces = (
        ["X.........", "XX........", "XX........"],
        [".X........", "??????????", ".X........"],
    )
    ratings = [
        [None if category == "?" else category for row in rows for category in row]
        for rows in zip(*pieces, strict=True)
    ]
    everyone = entities(works).everyone
    assert everyone["token_alpha"].value == pytest.approx(krippendorff_alpha(ratings))
    assert everyone["token_alpha"].n == 20
    assert (everyone["token_fleiss"].value, everyone["token_fleiss"].undefined) == (None, UNEVEN)
    assert "all annotators" in everyone["u_alpha"].undefined


@pytest.mark.parametrize(
    ("documents", "spans", "small"), [(10, 5, False), (9, 9, True), (10, 4, True), (60, 1, False)]
)
def test_few_documents_or_few_spans_are_too_small_to_trust(documents, spans, small):
    marks = [(5 * i, 5 * i + 4, "X") for i in range(spans)]
    works = [work(name, f"d{i}", marks) for i in range(documents) for name in "ab"]
    assert pair(works, "a", "b").is_small is small


def test_every_number_that_is_a_function_of_sums_has_an_interval_that_holds_it():
    found = list(rows(report(corpus(40), draws=200)))
    defined = [row for row in found if row.estimate.value is not None]
    assert {row.measure for row in defined} >= {
        "span_f1", "macro_f1", "token_f1", "muc_f1", "token_kappa", "label_kappa", "label_ac1",
        "token_alpha", "token_fleiss", "marked_ac1", "u_alpha", "bar_u_alpha", "cu_alpha",
        "ku_alpha", "trigger_classification_f1",
    }  # fmt: skip
    for row in defined:
        one = row.estimate
        if row.measure == "accuracy":
            assert (one.interval, bool(one.no_interval)) == (None, True)
        else:
            assert one.interval is not None, row
            assert one.interval[0] <= one.value <= one.interval[1]
            assert (one.documents, one.n) > (1, 0)


def test_a_number_of_one_document_has_no_interval_and_says_why():
    found = pair([work("a", "d", [(0, 4, "X")]), work("b", "d", [(0, 4, "X")])], "a", "b", 100)
    strict = found.numbers["span_f1"]
    assert (strict.value, strict.interval, strict.no_interval) == (1, None, ONE_DOCUMENT)


def test_gold_is_compared_with_everybody_and_is_nobody_among_them():
    works = [*corpus(5, "ab"), *corpus(5, ("gold",))]
    layer = entities(works)
    without = entities(corpus(5, "ab"))
    assert [one.annotators for one in layer.gold] == [("gold", "a"), ("gold", "b")]
    assert {"precision", "recall"} <= layer.gold[0].numbers.keys()
    assert values(layer.pooled.numbers) == values(without.pooled.numbers)
    assert values(layer.everyone) == values(without.everyone)
    assert report(works, draws=0).annotators == ("a", "b")
    assert without.gold == ()


def test_suggested_and_added_spans_are_told_apart_and_together_are_strict_f1():
    def suggested(name, sources):
        return DocumentAnnotations(name, "d", 50, TOKENS, tuple(
            EntityMark(f"e{i}", ((5 * i, 5 * i + 4),), "X", source) for i, source in sources
        ))  # fmt: skip

    works = [
        suggested("a", [(0, "patterns"), (1, "patterns"), (2, "")]),
        suggested("b", [(0, "patterns"), (1, ""), (3, "")]),
    ]
    numbers = pair(works, "a", "b").numbers
    assert (numbers["suggested_f1"].value, numbers["suggested_f1"].n) == (1, 3)
    assert (numbers["hand_f1"].value, numbers["hand_f1"].n) == (pytest.approx(1 / 3), 3)
    assert numbers["span_f1"].value == pytest.approx(4 / 6)


def test_dawid_and_skene_tell_who_errs_from_three_annotators_up():
    works = [one for one in corpus(30, "abc", rate=0.1) if one.annotator != "c"]
    wrong = corpus(30, "abc", seed=1, rate=0.9)
    found = entities([*works, *(one for one in wrong if one.annotator == "c")]).accuracy
    assert found["c"].value < found["a"].value
    assert [one.value for one in entities(corpus(5, "ab")).accuracy.values()] == [None, None]


def test_two_works_on_one_document_are_refused():
    with pytest.raises(ValueError, match="two works"):
        report([work("a", "d"), work("a", "d")])


def test_two_texts_of_one_document_are_refused():
    one = work("a", "d")
    for other in (replace(work("b", "d"), length=60), work("b", "d", tokens=TOKENS[:-1])):
        with pytest.raises(ValueError, match="same text"):
            report([one, other])


def test_a_mark_beyond_the_text_and_an_id_that_two_have_are_refused():
    with pytest.raises(ValueError, match="50 code points"):
        work("a", "d", [(40, 51, "X")])
    twice = (EntityMark("e1", ((0, 4),), "X"), EntityMark("e1", ((5, 9),), "X"))
    with pytest.raises(ValueError, match="an id twice"):
        DocumentAnnotations("a", "d", 50, TOKENS, twice)


def test_the_json_has_its_promised_keys():
    works = [work("a", "d", [(0, 4, "X")]), work("b", "d", [(0, 4, "X"), (5, 9, "Y")])]
    found = report(works).as_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert list(found) == [
        "schema", "annotators", "documents", "draws", "layers", "events", "practice",
    ]  # fmt: skip
    assert (found["schema"], found["annotators"], found["documents"]) == (SCHEMA, ["a", "b"], 1)
    assert list(found["layers"]) == ["entities", "triggers"]
    layer = found["layers"]["entities"]
    assert list(layer) == [
        "pooled", "mean_of_pairs", "everyone", "everyone_by_label", "pairs", "one_versus_rest",
        "gold", "accuracy",
    ]  # fmt: skip
    (one,) = layer["pairs"]
    assert list(one) == [
        "annotators", "documents", "spans", "too_small", "numbers", "labels", "muc", "confusion",
        "by_document",
    ]  # fmt: skip
    assert one["numbers"]["span_f1"] == {
        "value": 2 / 3,
        "interval": None,
        "documents": 1,
        "n": 3,
        "unit": "spans",
        "undefined": "",
        "no_interval": ONE_DOCUMENT,
    }
    assert one["confusion"] == [[None, "Y", 1], ["X", "X", 1]]
    assert one["muc"]["strict"]["spurious"] == 1
    assert list(found["events"]) == ["pooled", "pairs", "gold"]
    assert found["events"]["pooled"]["numbers"]["trigger_identification_f1"]["value"] is None


def test_a_row_has_a_cell_for_every_column():
    found = [row.cells() for row in rows(report(corpus(3), draws=10))]
    assert {len(cells) for cells in found} == {len(COLUMNS)}
    assert len({cells[:5] for cells in found}) == len(found)


@given(marks, marks)
def test_a_pairs_numbers_are_those_of_the_functions(a, b):
    found = pair([work("a", "d", a), work("b", "d", b)], "a", "b")
    for name, match in (
        ("span_f1", "strict"), ("relaxed_f1", "relaxed"), ("unlabelled_f1", "unlabelled"),
    ):  # fmt: skip
        assert found.numbers[name].value == span_f1(a, b, match).f1
    assert found.numbers["token_f1"].value == token_f1(a, b, TOKENS).f1
    assert found.numbers["muc_f1"].value == muc_counts(a, b, "partial").f1
    assert found.muc == {scheme: muc_counts(a, b, scheme) for scheme in found.muc}
    labels = {label: Score(one.both, one.only_a, one.only_b) for label, one in found.labels.items()}
    assert labels == span_f1_by_label(a, b)


@settings(max_examples=40)
@given(projects(), st.randoms())
def test_the_order_of_the_works_does_not_matter(works, random):
    shuffled = random.sample(works, len(works))
    assert report(shuffled, draws=20).as_json() == report(works, draws=20).as_json()


@settings(max_examples=40)
@given(projects(), st.permutations("abc"))
def test_the_names_of_the_annotators_do_not_matter(works, names):
    new = dict(zip("abc", names, strict=True))
    renamed = report([replace(one, annotator=new[one.annotator]) for one in works], draws=0)
    found = report(works, draws=0)
    for layer, other in zip(found.layers.values(), renamed.layers.values(), strict=True):
        assert values(other.pooled.numbers) == about(values(layer.pooled.numbers))
        assert values(other.mean) == about(values(layer.mean))
        defined = {n: v for n, v in values(layer.everyone).items() if v is not None}
        assert {n: v for n, v in values(other.everyone).items() if v is not None} == about(defined)
        for one in layer.pairs:
            a, b = (new[name] for name in one.annotators)
            same = next(p for p in other.pairs if set(p.annotators) == {a, b})
            assert values(same.numbers) == about(values(one.numbers))
    events, others = found.events.pooled, renamed.events.pooled
    assert values(others.numbers) == about(values(events.numbers))
    assert values(others.roles) == about(values(events.roles))
    assert others.matched == events.matched


@settings(max_examples=40)
@given(projects(), st.permutations(("d1", "d2", "d3")))
def test_which_document_is_which_does_not_matter(works, ids):
    new = dict(zip(("d1", "d2", "d3"), ids, strict=True))
    moved = [replace(one, document_id=new[one.document_id]) for one in works]
    for row, other in zip(rows(report(works, draws=0)), rows(report(moved, draws=0)), strict=True):
        value = row.estimate.value
        assert (row.scope, row.measure, row.label) == (other.scope, other.measure, other.label)
        assert other.estimate.value == (
            None if value is None else pytest.approx(value, rel=1e-4, abs=1e-4)
        )


@settings(max_examples=40)
@given(projects())
def test_no_number_is_above_one_and_every_interval_holds_its_number(works):
    for row in rows(report(works, draws=50)):
        one = row.estimate
        assert (one.value is None) == bool(one.undefined)
        assert (one.interval is None) == bool(one.no_interval)
        assert one.value is None or one.value <= 1 + 1e-9, row
        if one.interval:
            assert one.interval[0] <= one.value <= one.interval[1]


@settings(max_examples=40)
@given(st.data())
def test_annotators_who_did_the_same_agree_fully_where_it_is_defined(data):
    works = [one for one in data.draw(projects(names="a")) if one.done]
    same = [replace(one, annotator=name) for one in works for name in "ab"]
    for row in rows(report(same, draws=0)):
        if (
            row.measure not in ("accuracy", "accepted", "seconds")
            and row.estimate.value is not None
        ):
            assert row.estimate.value == pytest.approx(1), row


@settings(max_examples=40)
@given(projects())
def test_what_is_not_finished_changes_nothing(works):
    layer = entities(works)
    finished_only = entities([one for one in works if one.done])
    assert values(layer.pooled.numbers) == values(finished_only.pooled.numbers)
    assert values(layer.everyone) == values(finished_only.everyone)
