"""Every published case that the measures here cover comes out as it was printed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from annotator.agreement import (
    MucCounts,
    Score,
    cohen_kappa,
    contingency,
    dawid_skene,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_f1,
    muc_counts,
    observed_agreement,
    pooled,
    randolph_kappa,
    scott_pi,
    span_f1,
    span_f1_by_label,
    u_alpha,
)

CASES = Path(__file__).parents[2].parent / "shared" / "agreement_cases"

NOT_OURS = {
    # historic, replaced in 2016 by the u-alpha family
    "alpha_u_1995",
    "alpha_u_1995_category",
    "alpha_u_1995_expected",
    "alpha_u_1995_observed",
    # the highest kappa that the margins allow
    "cohen_kappa_max",
    # labels are names: there is no order and no distance between them
    "krippendorff_alpha (interval)",
    "krippendorff_alpha (ordinal)",
    "krippendorff_alpha (ratio)",
}


def index():
    path = CASES / "INDEX.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def measure_of(row):
    level = row["params"].get("level", "nominal")
    return row["measure"] if level == "nominal" else f"{row['measure']} ({level})"


def ratings_of(row, data):
    if row["kind"] == "coding":
        return data["ratings"]
    cells = [
        (i, j) for i, counts in enumerate(data["table"]) for j, n in enumerate(counts) if n
        for _ in range(n)
    ]  # fmt: skip
    return list(zip(*cells, strict=True))


def table_of(row, data):
    if row["kind"] == "contingency":
        return data["table"]
    return contingency(Counter(zip(*data["ratings"], strict=True)))


def counts_of(row, data):
    if row["kind"] == "counts":
        return data["counts"]
    ratings = ratings_of(row, data)
    categories = sorted({value for values in ratings for value in values})
    return [[unit.count(c) for c in categories] for unit in zip(*ratings, strict=True)]


def marks_of(document):
    return [[tuple(mark) for mark in marks] for marks in document["annotators"].values()]


def expected_from(observed, corrected):
    """The chance agreement that turns `observed` into `corrected`."""
    return (observed - corrected) / (1 - corrected)


def category_kappa(row, data):
    """Fleiss' kappa of one category is that of the two categories "it" and "not it"."""
    wanted = row["params"]["category"]
    ratings = [[value == wanted for value in values] for values in data["ratings"]]
    return fleiss_kappa([[sum(u), len(u) - sum(u)] for u in zip(*ratings, strict=True)])


def missing_as_category(row, data):
    return krippendorff_alpha(
        [["missing" if v is None else v for v in values] for values in data["ratings"]]
    )


def muc_of(row, data):
    scheme = {"ent_type": "type"}.get(row["params"]["scheme"], row["params"]["scheme"])
    total = sum((muc_counts(*marks_of(d), scheme) for d in data["documents"]), MucCounts())
    return {
        "correct": total.correct,
        "incorrect": total.incorrect,
        "partial": total.partial,
        "missed": total.missing,
        "spurious": total.spurious,
    }


def f1_of(row, data):
    match = row["params"]["match"]
    documents = [marks_of(document) for document in data["documents"]]
    if match == "muc_partial_half_credit":
        return sum((muc_counts(*pair, "partial") for pair in documents), MucCounts()).f1
    ours = {"exact_boundaries": "unlabelled", "overlap_same_label": "relaxed"}.get(match, match)
    label = row["params"].get("label")
    if label is None:
        return pooled(span_f1(*pair, ours) for pair in documents).f1
    by_label = [span_f1_by_label(*pair, ours) for pair in documents]
    return pooled(table.get(label, Score()) for table in by_label).f1


def macro_f1_of(row, data):
    by_label = [span_f1_by_label(*marks_of(document)) for document in data["documents"]]
    labels = {label for table in by_label for label in table}
    return mean_f1(pooled(table.get(label, Score()) for table in by_label) for label in labels)


def pairwise_mean_of(row, data):
    """The mean over pairs of annotators, of which the case has one."""
    return mean_f1([pooled(span_f1(*marks_of(d)) for d in data["documents"])])


def kappa_limit_of(row, data):
    d = row["params"]["d"]
    return cohen_kappa([[data["a"], data["b"]], [data["c"], d]])


def class_marginals_of(row, data):
    model = dawid_skene(
        (observer, unit, str(label))
        for unit, by in data["units"].items()
        for observer, labels in by.items()
        for label in labels
    )
    return [model.prevalence[str(category)] for category in data["categories"]]


def u_alpha_of(row, data):
    annotators = {who: [tuple(mark) for mark in marks] for who, marks in data["annotators"].items()}
    return u_alpha(data["continuum_length"], annotators)


def cohen_expected_of(row, data):
    kappa = cohen_kappa(table_of(row, data))
    return expected_from(observed_agreement(ratings_of(row, data)), kappa)


def fleiss_expected_of(row, data):
    kappa = fleiss_kappa(counts_of(row, data))
    return expected_from(observed_agreement(ratings_of(row, data)), kappa)


OURS = {
    "bennett_s": lambda row, data: randolph_kappa(counts_of(row, data)),
    "cohen_kappa": lambda row, data: cohen_kappa(table_of(row, data)),
    "cohen_kappa_expected_agreement": cohen_expected_of,
    "cohen_kappa_limit": kappa_limit_of,
    "dawid_skene_class_marginals": class_marginals_of,
    "fleiss_kappa": lambda row, data: fleiss_kappa(counts_of(row, data)),
    "fleiss_kappa_category": category_kappa,
    "fleiss_kappa_expected_agreement": fleiss_expected_of,
    "gwet_ac1": lambda row, data: gwet_ac1(ratings_of(row, data)),
    "krippendorff_alpha": lambda row, data: krippendorff_alpha(data["ratings"]),
    "krippendorff_alpha_missing_as_category": missing_as_category,
    "muc_counts": muc_of,
    "pairwise_span_f1_mean": pairwise_mean_of,
    "percent_agreement": lambda row, data: observed_agreement(ratings_of(row, data)),
    "percent_agreement_krippendorff": lambda row, data: observed_agreement(data["ratings"]),
    "positive_specific_agreement": lambda row, data: Score(data["a"], data["b"], data["c"]).f1,
    "randolph_kappa": lambda row, data: randolph_kappa(data["counts"]),
    "scott_pi": lambda row, data: scott_pi(table_of(row, data)),
    "span_f1": f1_of,
    "span_f1_macro_labels": macro_f1_of,
    "u_alpha": u_alpha_of,
}

ROWS = [row for row in index() if measure_of(row) not in NOT_OURS]

needs_cases = pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not here")


@needs_cases
def test_only_the_measures_that_are_named_are_left_out():
    measures = {measure_of(row) for row in index()}
    assert measures - OURS.keys() == NOT_OURS
    assert OURS.keys() <= measures


def computed(row):
    """What our function says of a case."""
    data = json.loads((CASES / row["data_file"]).read_text(encoding="utf-8"))["data"]
    return OURS[row["measure"]](row, data)


def shown(value):
    """A number, a list or counts, short."""
    if isinstance(value, dict):
        return " ".join(f"{name} {n}" for name, n in value.items())
    if isinstance(value, list):
        return " ".join(shown(each) for each in value)
    return "undefined" if value is None else f"{value:.6g}"


@needs_cases
@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_a_published_number_is_reproduced(row):
    value = computed(row)
    if row["expected"] is None:
        assert value is None
    elif isinstance(row["expected"], dict):
        assert value == row["expected"]
    else:
        assert value == pytest.approx(row["expected"], rel=0, abs=row["tolerance"])


@needs_cases
def test_the_list_of_published_numbers_can_be_read():
    """`pytest -s -k list_of_published` shows it."""
    lines = [
        f"{row['name']:<75} {shown(row['expected']):>24} {shown(computed(row)):>24}" for row in ROWS
    ]
    print(f"\n{'case':<75} {'expected':>24} {'computed':>24}", *lines, sep="\n")
    assert len(lines) == len(ROWS) > 50
