"""Alpha on real disagreement: the crowd's judgements of the Broad Twitter Corpus, section E."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.agreement import krippendorff_alpha, report
from annotator.project import agreeing
from annotator.project.importing import import_paths
from annotator.project.project import Project

CROWD = (
    Path(__file__).parents[2].parent / "shared/corpora/multi_annotator_btc_e/slim/btc_e_crowd.jsonl"
)


def ratings(tweets, label):
    """One unit a token, one row a worker: whether the worker clicked the token."""
    judgements = [
        (judgement["worker"], tweet["id"], token, token in judgement["tokens"])
        for tweet in tweets
        for judgement in tweet["judgments"]
        if judgement["label"] == label
        for token in range(len(tweet["tokens"]))
    ]
    units = {key: place for place, key in enumerate(dict.fromkeys(j[1:3] for j in judgements))}
    rows = {worker: [None] * len(units) for worker, *_ in judgements}
    for worker, tweet, token, clicked in judgements:
        rows[worker][units[tweet, token]] = clicked
    return list(rows.values())


def tweets():
    return [json.loads(line) for line in CROWD.read_text(encoding="utf-8").split("\n") if line]


def token_ranges(tweet):
    """Where the tokens of a tweet are, joined by single spaces."""
    found, start = [], 0
    for token in tweet["tokens"]:
        found.append((start, start + len(token)))
        start += len(token) + 1
    return tuple(found)


def as_record(tweet, label):
    """A tweet with what each worker who was asked for a label clicked, finished, in our format."""
    places = token_ranges(tweet)
    return {
        "format": "annotator",
        "version": 1,
        "id": tweet["id"],
        "text": " ".join(tweet["tokens"]),
        "annotations": [
            {
                "annotator": judgement["worker"],
                "entities": [
                    {"id": f"e{token}", "label": label, "ranges": [list(places[token])]}
                    for token in judgement["tokens"]
                ],
                "events": [],
                "relations": [],
                "comments": [],
                "flags": ["done"],
            }
            for judgement in tweet["judgments"]
            if judgement["label"] == label
        ],
    }


ALPHAS = [("LOC", 0.4391), ("PER", 0.5325), ("ORG", 0.1498)]
needs_crowd = pytest.mark.skipif(not CROWD.exists(), reason="the shared corpora are not here")


@needs_crowd
@pytest.mark.parametrize(("label", "alpha"), ALPHAS)
def test_the_crowds_alpha_is_what_others_found(label, alpha):
    assert krippendorff_alpha(ratings(tweets(), label)) == pytest.approx(alpha, abs=0.00005)


@needs_crowd
@pytest.mark.parametrize(("label", "alpha"), ALPHAS)
def test_the_crowds_alpha_is_that_of_a_project_that_imported_it(label, alpha, tmp_path):
    found = {tweet["id"]: tweet for tweet in tweets()}
    path = tmp_path / "crowd.jsonl"
    lines = [json.dumps(as_record(tweet, label)) for tweet in found.values()]
    path.write_text("\n".join(lines), encoding="utf-8")
    with Project.create(tmp_path / "project") as project:
        import_paths(project, [path])
        works = [
            # The corpus has tokens of its own, which are what its workers clicked.
            replace(work, tokens=token_ranges(found[work.document_id]))
            for work in agreeing.works(project, project.annotators())
        ]
    everyone = report(works, draws=0).layers["entities"].everyone
    assert everyone["token_alpha"].value == pytest.approx(alpha, abs=0.00005)
