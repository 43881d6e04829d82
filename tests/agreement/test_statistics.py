"""The kept counts: a change is counted alone, and sums are what the functions say of the whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from works import TOKENS, apart, corpus, full_works, projects, work

from annotator.agreement import (
    Statistics,
    bar_u_alpha,
    cohen_kappa,
    contingency,
    cu_alpha,
    dawid_skene,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    ku_alpha,
    ku_coverage,
    report,
    report_of,
    scott_pi,
    token_labels,
    u_alpha,
)
from annotator.agreement.report.rows import rows
from annotator.agreement.tallies.bootstrap_counts import BootstrapCounts, Draws

UNMARKED = frozenset()


def numbers(found):
    return {
        (r.layer, r.scope, r.annotators, r.label, r.measure): r.estimate.value for r in rows(found)
    }


def about(found):
    return {k: None if v is None else pytest.approx(v, abs=1e-9) for k, v in found.items()}


def category(marks):
    labels = token_labels(marks, TOKENS)
    return [labels.get(token, UNMARKED) for token in range(len(TOKENS))]


@settings(max_examples=40)
@given(projects(documents=("d1", "d2", "d3", "d4")), st.data())
def test_an_update_gives_what_counting_everything_anew_gives(works, data):
    names = {one.annotator for one in works}
    old = Statistics(works, draws=20)
    report_of(old)  # so that the sums of the draws are there and have to change
    changed = [
        replace(data.draw(full_works(name, document_id)), done=data.draw(st.booleans()))
        for name in sorted(names)
        for document_id in sorted(data.draw(st.sets(st.sampled_from(("d1", "d4")))))
    ]
    old.update(changed)
    keys = {(one.annotator, one.document_id) for one in changed}
    now = [one for one in works if (one.annotator, one.document_id) not in keys] + changed
    new = Statistics(now, draws=20)
    assert old.documents == new.documents
    assert numbers(report_of(old)) == about(numbers(report_of(new)))
    intervals = [[r.estimate.interval for r in rows(report_of(s))] for s in (old, new)]
    for one, other in zip(*intervals, strict=True):
        assert one == (None if other is None else pytest.approx(other, abs=1e-9))


def test_an_update_does_not_count_other_documents(monkeypatch):
    from annotator.agreement.tallies import statistics

    works = corpus(20)
    kept = Statistics(works, draws=20)
    report_of(kept)
    counted = []
    count = statistics.event_counts
    monkeypatch.setattr(
        statistics, "event_counts", lambda a, b: counted.append(a.document_id) or count(a, b)
    )
    kept.update([replace(works[0], entities=())])
    report_of(kept)
    assert counted == [works[0].document_id] * 3


def test_an_annotator_who_was_not_there_is_refused():
    with pytest.raises(ValueError, match="zoe had no work"):
        Statistics(corpus(2)).update([work("zoe", "d000")])


def test_the_finished_works_of_a_pair_come_in_order_of_the_documents():
    works = corpus(3, "ab")
    found = list(Statistics(works, draws=0).finished("b", "a"))
    assert [(one.annotator, one.document_id) for one, _ in found] == [
        ("b", "d000"), ("b", "d001"), ("b", "d002"),
    ]  # fmt: skip


def test_every_draw_takes_as_many_documents_as_there_are():
    draws = Draws([f"d{i}" for i in range(30)], 50, seed=1)
    assert draws.times.shape == (51, 30)
    assert (draws.times[0] == 1).all()
    assert (draws.times.sum(axis=1) == 30).all()
    assert len(np.unique(draws.times[1:], axis=0)) == 50
    assert (draws.times == Draws([f"d{i}" for i in range(30)], 50, seed=1).times).all()


def test_sums_of_a_draw_are_what_adding_its_documents_gives():
    counts = {f"d{i}": {("x",): i, ("y", i % 2): 1} for i in range(6)}
    sums = BootstrapCounts()
    for document_id, row in counts.items():
        sums.put(document_id, row)
    draws = Draws(tuple(counts), 9)
    sums.redraw(draws)
    for place, times in enumerate(draws.times):
        taken = Counter()
        for n, row in zip(times, counts.values(), strict=True):
            for key, value in row.items():
                taken[key] += n * value
        assert [sums[key][place] for key in (("x",), ("y", 0), ("y", 1))] == [
            taken["x",], taken["y", 0], taken["y", 1],
        ]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.lists(apart, min_size=3, max_size=3), min_size=1, max_size=3))
def test_the_u_family_of_a_corpus_is_that_of_its_documents_end_to_end(documents):
    works = [
        work(name, f"d{at}", marks)
        for at, row in enumerate(documents)
        for name, marks in zip("abc", row, strict=True)
    ]
    whole = {
        name: [
            (50 * at + start, 50 * at + end, label)
            for at, row in enumerate(documents)
            for start, end, label in row[place]
        ]
        for place, name in enumerate("abc")
    }
    length = 50 * len(documents)
    layer = report(works, draws=0).layers["entities"]
    two = {name: whole[name] for name in "ab"}
    for names, annotators in ((layer.everyone, whole), (layer.pairs[0].numbers, two)):
        for name, measure in (("u_alpha", u_alpha), ("bar_u_alpha", bar_u_alpha),
                              ("cu_alpha", cu_alpha)):  # fmt: skip
            expected = measure(length, annotators)
            assert names[name].value == (None if expected is None else pytest.approx(expected))
    for label, of_label in layer.labels.items():
        for name, measure in (("ku_alpha", ku_alpha), ("ku_coverage", ku_coverage)):
            expected = measure(length, whole, label)
            found = of_label[name].value
            assert found == (None if expected is None else pytest.approx(expected))


@settings(max_examples=60)
@given(st.lists(st.lists(apart, min_size=3, max_size=3), min_size=1, max_size=3))
def test_the_token_measures_are_those_of_the_functions(documents):
    works = [
        work(name, f"d{at}", marks)
        for at, row in enumerate(documents)
        for name, marks in zip("abc", row, strict=True)
    ]
    ratings = [[c for row in documents for c in category(row[place])] for place in range(3)]
    marked = [unit for unit in zip(*ratings, strict=True) if any(unit)]
    layer = report(works, draws=0).layers["entities"]
    names = sorted({c for row in ratings for c in row}, key=sorted)
    counts = [[unit.count(c) for c in names] for unit in zip(*ratings, strict=True)]
    columns = list(zip(*marked, strict=True)) or [(), ()]
    table = contingency(Counter(zip(ratings[0], ratings[1], strict=True)))
    pair = layer.pairs[0].numbers
    for found, expected in (
        (layer.everyone["token_alpha"], krippendorff_alpha(ratings)),
        (layer.everyone["marked_alpha"], krippendorff_alpha(columns)),
        (layer.everyone["marked_ac1"], gwet_ac1(columns)),
        (layer.everyone["token_fleiss"], fleiss_kappa(counts)),
        (pair["token_kappa"], cohen_kappa(table)),
        (pair["token_pi"], scott_pi(table)),
        (pair["token_alpha"], krippendorff_alpha(ratings[:2])),
    ):
        assert found.value == (None if expected is None else pytest.approx(expected, abs=1e-9))


@settings(max_examples=60)
@given(st.lists(st.tuples(apart, apart), min_size=1, max_size=3))
def test_the_label_measures_are_those_of_spans_with_the_same_edges(documents):
    works = [
        work(name, f"d{at}", marks)
        for at, pair in enumerate(documents)
        for name, marks in zip("ab", pair, strict=True)
    ]
    labels = [
        [label for start, end, label in a for s, e, _ in b if (start, end) == (s, e)]
        for a, b in ((a, b) for pair in documents for a, b in (pair,))
    ]
    first = [label for row in labels for label in row]
    second = [
        other
        for a, b in documents
        for start, end, _ in a
        for s, e, other in b
        if (start, end) == (s, e)
    ]
    numbers = report(works, draws=0).layers["entities"].pairs[0].numbers
    assert numbers["label_kappa"].n == len(first)
    for name, expected in (
        ("label_kappa", cohen_kappa(contingency(Counter(zip(first, second, strict=True))))),
        ("label_ac1", gwet_ac1([first, second])),
    ):
        assert numbers[name].value == (None if expected is None else pytest.approx(expected))


def test_the_counted_model_of_dawid_and_skene_is_that_of_single_tokens():
    works = corpus(8)
    ratings = {
        name: [
            c
            for one in works
            if one.annotator == name
            for c in category([(*item.ranges[0], item.label) for item in one.entities])
        ]
        for name in "abc"
    }
    some = [i for i, unit in enumerate(zip(*ratings.values(), strict=True)) if any(unit)]
    model = dawid_skene(
        (name, i, "+".join(sorted(row[i]))) for name, row in ratings.items() for i in some
    )
    found = report(works, draws=0).layers["entities"].accuracy
    for name in "abc":
        assert found[name].value == pytest.approx(model.accuracy(name), abs=1e-5)
        assert found[name].n == len(some)
