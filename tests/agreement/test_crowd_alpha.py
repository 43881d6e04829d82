"""Alpha on real disagreement: the crowd's judgements of the Broad Twitter Corpus, section E."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.agreement import krippendorff_alpha

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


@pytest.mark.skipif(not CROWD.exists(), reason="the shared corpora are not here")
@pytest.mark.parametrize(("label", "alpha"), [("LOC", 0.4391), ("PER", 0.5325), ("ORG", 0.1498)])
def test_the_crowds_alpha_is_what_others_found(label, alpha):
    lines = CROWD.read_text(encoding="utf-8").split("\n")
    tweets = [json.loads(line) for line in lines if line]
    assert krippendorff_alpha(ratings(tweets, label)) == pytest.approx(alpha, abs=0.00005)
