"""Other people's libraries give the same numbers on random data."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from works import TOKENS, corpus

from annotator.agreement import (
    cohen_kappa,
    contingency,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    observed_agreement,
    randolph_kappa,
    report,
    scott_pi,
    span_f1,
    span_f1_by_label,
    token_labels,
)

SEEDS = range(8)


def sequences(seed, annotators, units, missing=0.0):
    """Ratings that agree in part, some of them missing."""
    rng = random.Random(seed)
    truth = rng.choices("OOOOXYZ", k=units)
    return [
        [
            None if rng.random() < missing else v if rng.random() < 0.7 else rng.choice("OXYZ")
            for v in truth
        ]
        for _ in range(annotators)
    ]


def spans(labels):
    """The runs of one label in a sequence of tags that names the start of each run."""
    found, start = [], None
    for index, tag in enumerate([*labels, "O"]):
        if start is not None and not tag.startswith("I-"):
            found.append((start, index, labels[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = index
    return found


def tags(seed, units):
    rng = random.Random(seed)
    found = []
    while len(found) < units:
        if rng.random() < 0.5:
            found.append("O")
        else:
            label, length = rng.choice("XY"), rng.randint(1, 3)
            found.extend([f"B-{label}", *[f"I-{label}"] * (length - 1)])
    return found[:units]


@pytest.mark.parametrize("seed", SEEDS)
def test_scikit_learn_has_the_same_cohens_kappa(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    a, b = sequences(seed, 2, 200)
    ours = cohen_kappa(contingency(Counter(zip(a, b, strict=True))))
    assert ours == pytest.approx(metrics.cohen_kappa_score(a, b))


@pytest.mark.parametrize("seed", SEEDS)
def test_scikit_learn_has_the_same_precision_recall_and_f1(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    a, b = spans(tags(seed, 300)), spans(tags(seed + 0.5, 300))
    rng = random.Random(seed)
    b = [mark if rng.random() < 0.6 else rng.choice(b) for mark in dict.fromkeys([*a, *b[:9]])]
    b = list(dict.fromkeys(b))
    items = list(dict.fromkeys([*a, *b]))
    in_a, in_b = [i in a for i in items], [i in b for i in items]
    ours = span_f1(a, b)
    assert ours.precision == pytest.approx(metrics.precision_score(in_a, in_b))
    assert ours.recall == pytest.approx(metrics.recall_score(in_a, in_b))
    assert ours.f1 == pytest.approx(metrics.f1_score(in_a, in_b))
    for label, score in span_f1_by_label(a, b).items():
        of_label = [i for i in items if i[2] == label]
        assert score.f1 == pytest.approx(
            metrics.f1_score([i in a for i in of_label], [i in b for i in of_label])
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_statsmodels_has_the_same_fleiss_and_randolph_kappa(seed):
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    units = list(zip(*sequences(seed, 4, 100), strict=True))
    counts = [[unit.count(c) for c in "OXYZ"] for unit in units]
    assert fleiss_kappa(counts) == pytest.approx(inter_rater.fleiss_kappa(counts))
    assert randolph_kappa(counts) == pytest.approx(inter_rater.fleiss_kappa(counts, "randolph"))


@pytest.mark.parametrize("missing", [0.0, 0.3])
@pytest.mark.parametrize("seed", SEEDS)
def test_nltk_has_the_same_alpha(seed, missing):
    agreement = pytest.importorskip("nltk.metrics.agreement")
    ratings = sequences(seed, 3, 60, missing)
    task = agreement.AnnotationTask(
        [
            (str(who), str(unit), value)
            for who, values in enumerate(ratings)
            for unit, value in enumerate(values)
            if value is not None
        ]
    )
    assert krippendorff_alpha(ratings) == pytest.approx(task.alpha())


@pytest.mark.parametrize("seed", SEEDS)
def test_nltk_has_the_same_scotts_pi(seed):
    agreement = pytest.importorskip("nltk.metrics.agreement")
    a, b = sequences(seed, 2, 80)
    task = agreement.AnnotationTask(
        [(who, str(unit), v) for who, row in (("a", a), ("b", b)) for unit, v in enumerate(row)]
    )
    assert scott_pi(contingency(Counter(zip(a, b, strict=True)))) == pytest.approx(task.pi())


@pytest.mark.parametrize("seed", SEEDS)
def test_scikit_learn_has_the_same_macro_f1(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    works = corpus(6, "ab", seed=seed)
    items = [
        {(one.document_id, item.mark) for one in works if one.annotator == name
         for item in one.entities}
        for name in "ab"
    ]  # fmt: skip
    every = sorted(items[0] | items[1])
    labels = sorted({mark[1] for _, mark in every})
    table = [[[mark[1] == x and (d, mark) in found for x in labels] for d, mark in every]
             for found in items]  # fmt: skip
    layer = report(works, draws=0).layers["entities"]
    assert layer.pooled.numbers["macro_f1"].value == pytest.approx(
        metrics.f1_score(*table, average="macro")
    )
    assert layer.pooled.numbers["span_f1"].value == pytest.approx(
        metrics.f1_score(*table, average="micro")
    )


def token_rows(works, names):
    """What the report's categories of tokens are, a row an annotator."""
    rows = {name: [] for name in names}
    for one in works:
        labels = token_labels([item.mark for item in one.entities], TOKENS)
        rows[one.annotator] += ["+".join(sorted(labels.get(t, ()))) for t in range(len(TOKENS))]
    return rows


@pytest.mark.parametrize("seed", SEEDS)
def test_scikit_learn_statsmodels_and_nltk_have_the_same_numbers_of_a_report(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    agreement = pytest.importorskip("nltk.metrics.agreement")
    works = corpus(6, "abc", seed=seed)
    rows = token_rows(works, "abc")
    layer = report(works, draws=0).layers["entities"]
    for pair in layer.pairs:
        a, b = (rows[name] for name in pair.annotators)
        assert pair.numbers["token_kappa"].value == pytest.approx(metrics.cohen_kappa_score(a, b))
    kappas = [metrics.cohen_kappa_score(rows[a], rows[b]) for a, b in ("ab", "ac", "bc")]
    assert layer.mean["token_kappa"].value == pytest.approx(sum(kappas) / 3)
    units = list(zip(*rows.values(), strict=True))
    counts = [[unit.count(c) for c in sorted({*sum(units, ())})] for unit in units]
    assert layer.everyone["token_fleiss"].value == pytest.approx(inter_rater.fleiss_kappa(counts))
    task = agreement.AnnotationTask(
        [(who, str(unit), v) for who, row in rows.items() for unit, v in enumerate(row)]
    )
    assert layer.everyone["token_alpha"].value == pytest.approx(task.alpha())


@pytest.mark.parametrize("seed", SEEDS)
def test_nltk_has_the_same_observed_agreement(seed):
    agreement = pytest.importorskip("nltk.metrics.agreement")
    ratings = sequences(seed, 3, 80)
    task = agreement.AnnotationTask(
        [(str(who), str(unit), v) for who, row in enumerate(ratings) for unit, v in enumerate(row)]
    )
    assert observed_agreement(ratings) == pytest.approx(task.avg_Ao())


@pytest.mark.parametrize("seed", SEEDS)
def test_ac1_is_what_statsmodels_tables_give_by_gwets_formula(seed):
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    numpy = pytest.importorskip("numpy")
    ratings = sequences(seed, 3, 90)
    table, categories = inter_rater.aggregate_raters(numpy.array(ratings).T)
    share = table.mean(axis=0) / 3
    expected = (share * (1 - share)).sum() / (len(categories) - 1)
    observed = ((table * (table - 1)).sum(axis=1) / 6).mean()
    assert gwet_ac1(ratings) == pytest.approx((observed - expected) / (1 - expected))
