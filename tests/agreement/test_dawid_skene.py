"""The model of Dawid and Skene."""

from __future__ import annotations

import random

import pytest

from annotator.agreement import dawid_skene


def simulated(accuracies, units=400, seed=3):
    """What annotators of known accuracy say of units of known truth."""
    rng = random.Random(seed)
    truth = {unit: rng.choices(["X", "Y", "Z"], [5, 3, 2])[0] for unit in range(units)}
    said = [
        (who, unit, label if rng.random() < share else rng.choice([x for x in "XYZ" if x != label]))
        for unit, label in truth.items()
        for who, share in accuracies.items()
    ]
    return truth, said


def test_it_finds_out_who_is_reliable():
    accuracies = {"good": 0.95, "fair": 0.8, "poor": 0.5, "steady": 0.85}
    truth, said = simulated(accuracies)
    model = dawid_skene(said)
    assert model.converged
    for who, share in accuracies.items():
        assert model.accuracy(who) == pytest.approx(share, abs=0.06)
    assert model.prevalence["X"] == pytest.approx(0.5, abs=0.06)
    right = sum(max(model.truth[u], key=model.truth[u].get) == label for u, label in truth.items())
    assert right > 0.93 * len(truth)


def test_every_distribution_sums_to_one():
    _, said = simulated({"a": 0.9, "b": 0.7, "c": 0.8}, units=60)
    model = dawid_skene(said)
    rows = [model.prevalence, *model.truth.values()]
    rows += [row for matrix in model.confusion.values() for row in matrix.values()]
    for row in rows:
        assert sum(row.values()) == pytest.approx(1)


def test_the_order_of_the_judgements_does_not_matter():
    _, said = simulated({"a": 0.9, "b": 0.7, "c": 0.8}, units=60)
    model, other = dawid_skene(said), dawid_skene(said[::-1])
    assert other.prevalence == pytest.approx(model.prevalence)
    for who in "abc":
        assert other.accuracy(who) == pytest.approx(model.accuracy(who))


def test_missing_and_repeated_judgements_are_taken():
    said = [("a", 1, "X"), ("a", 1, "X"), ("b", 1, "X"), ("c", 2, "Y"), ("a", 2, "Y")]
    model = dawid_skene(said)
    assert model.truth[1]["X"] == pytest.approx(1)
    assert model.truth[2]["Y"] == pytest.approx(1)


def test_what_an_annotator_never_met_is_not_made_up():
    said = [("a", 1, "X"), ("b", 1, "X"), ("c", 2, "Y"), ("d", 2, "Y")]
    model = dawid_skene(said)
    assert model.confusion["a"]["Y"] == {"X": 0, "Y": 0}


@pytest.mark.parametrize("annotators", [0, 1, 2])
def test_with_fewer_than_three_annotators_it_is_undefined(annotators):
    assert dawid_skene([(str(who), 1, "X") for who in range(annotators)]) is None


def test_it_says_when_it_was_stopped_early():
    _, said = simulated({"a": 0.9, "b": 0.6, "c": 0.7}, units=80)
    model = dawid_skene(said, max_rounds=1)
    assert (model.rounds, model.converged) == (1, False)
