"""How fast agreement is reckoned, against nltk and scikit-learn on the same measures in one run.

Run from the project's folder: `python benchmarks/agreement.py [DOCUMENTS [COMPARED]]`. The report
with all its intervals is of DOCUMENTS (10,000), the comparison with the libraries of COMPARED
(500) documents. Each has 500 tokens and some 25 spans, and three annotators who agree in part. What
is timed begins, for both sides, with the spans of each annotator and ends with the number; both
come to the same one.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations

from annotator.agreement import (
    DocumentAnnotations,
    EntityMark,
    Statistics,
    cohen_kappa,
    contingency,
    f1_interval,
    pooled,
    report_of,
    span_f1,
)
from annotator.agreement.coefficients.alpha import alpha_of_columns
from annotator.agreement.tallies.tokens import TokenPlaces
from annotator.agreement.tokens import token_columns

NAMES = ("anna", "ben", "cleo")
LABELS = tuple(f"L{i}" for i in range(8))
TOKENS = tuple((6 * i, 6 * i + 5) for i in range(500))
SPANS = 25
DRAWS = 1000
FEW_DRAWS = 5
"""Of a library that starts anew for each draw; the time is multiplied."""


def corpus(documents: int, seed: int = 1) -> list[DocumentAnnotations]:
    """Works with a tenth missed, a tenth with other edges, and a twelfth with other labels."""
    rng = random.Random(seed)
    found: list[DocumentAnnotations] = []
    for number in range(documents):
        starts = sorted(rng.sample(range(0, 496, 4), SPANS))
        truth = [(start, start + rng.randint(1, 3), rng.choice(LABELS)) for start in starts]
        for name in NAMES:
            marks = tuple(_said(rng, truth))
            found.append(DocumentAnnotations(name, f"d{number:05}", 3000, TOKENS, marks))
    return found


def _said(rng: random.Random, truth: Sequence[tuple[int, int, str]]):
    for number, (start, end, label) in enumerate(truth):
        if rng.random() < 0.1:
            continue
        last = end + 1 if rng.random() < 0.1 else end
        name = rng.choice(LABELS) if rng.random() < 1 / 12 else label
        yield EntityMark(f"e{number}", ((6 * start, 6 * last - 1),), name)


def by_name(works: Sequence[DocumentAnnotations]) -> dict[str, list[DocumentAnnotations]]:
    """The works of each annotator, in order of the documents."""
    return {name: [one for one in works if one.annotator == name] for name in NAMES}


# -- ours -----------------------------------------------------------------------------------------


def our_f1(works: Sequence[DocumentAnnotations]) -> float:
    """Strict F1 of all pairs."""
    found = by_name(works)
    return pooled(_scores(found)).f1 or 0


def our_f1_with_interval(works: Sequence[DocumentAnnotations]) -> float:
    """Strict F1 of all pairs, with its interval."""
    scores = list(_scores(by_name(works)))
    f1_interval(scores, draws=DRAWS)
    return pooled(scores).f1 or 0


def _scores(found: dict[str, list[DocumentAnnotations]]):
    marks = {n: [[i.mark for i in w.entities] for w in ones] for n, ones in found.items()}
    for a, b in combinations(NAMES, 2):
        yield from map(span_f1, marks[a], marks[b])


def our_kappa(works: Sequence[DocumentAnnotations]) -> float:
    """The mean over pairs of Cohen's kappa over tokens."""
    rows = _labelled(works)
    values = [
        cohen_kappa(contingency(_columns([rows[a], rows[b]]))) for a, b in combinations(NAMES, 2)
    ]
    return sum(value or 0 for value in values) / len(values)


def our_alpha(works: Sequence[DocumentAnnotations]) -> float:
    """Krippendorff's alpha over tokens, all annotators at once."""
    return alpha_of_columns(_columns(list(_labelled(works).values())).items()) or 0


def _labelled(works: Sequence[DocumentAnnotations]):
    places = TokenPlaces(TOKENS)
    found = by_name(works)
    return {name: [places.labels(w.entities) for w in ones] for name, ones in found.items()}


def _columns(rows):
    total: Counter = Counter()
    for labelled in zip(*rows, strict=True):
        total.update(token_columns(labelled, len(TOKENS)))
    return total


# -- scikit-learn and nltk ------------------------------------------------------------------------


def sklearn_f1(
    works: Sequence[DocumentAnnotations], documents: Sequence[int] | None = None
) -> float:
    """Strict F1 of all pairs, by whether each has each of the spans."""
    from sklearn.metrics import f1_score

    found = by_name(works)
    ours: list[bool] = []
    theirs: list[bool] = []
    places = range(len(found[NAMES[0]])) if documents is None else documents
    for a, b in combinations(NAMES, 2):
        for place in places:
            marks_a = {item.mark for item in found[a][place].entities}
            marks_b = {item.mark for item in found[b][place].entities}
            for mark in marks_a | marks_b:
                ours.append(mark in marks_a)
                theirs.append(mark in marks_b)
    return float(f1_score(ours, theirs))


def sklearn_f1_with_interval(works: Sequence[DocumentAnnotations]) -> float:
    """Strict F1 of all pairs, once and for some draws."""
    rng = random.Random(0)
    count = len(works) // len(NAMES)
    for _ in range(FEW_DRAWS):
        sklearn_f1(works, rng.choices(range(count), k=count))
    return sklearn_f1(works)


def sklearn_kappa(works: Sequence[DocumentAnnotations]) -> float:
    """The mean over pairs of Cohen's kappa over tokens."""
    from sklearn.metrics import cohen_kappa_score

    rows = _token_rows(works)
    values = [cohen_kappa_score(rows[a], rows[b]) for a, b in combinations(NAMES, 2)]
    return float(sum(values) / len(values))


def nltk_kappa(works: Sequence[DocumentAnnotations]) -> float:
    """The mean over pairs of Cohen's kappa over tokens."""
    return _nltk_task(works).kappa()


def nltk_alpha(works: Sequence[DocumentAnnotations]) -> float:
    """Krippendorff's alpha over tokens."""
    return _nltk_task(works).alpha()


def _nltk_task(works: Sequence[DocumentAnnotations]):
    from nltk.metrics.agreement import AnnotationTask

    rows = _token_rows(works)
    return AnnotationTask([(n, t, v) for n, row in rows.items() for t, v in enumerate(row)])


def _token_rows(works: Sequence[DocumentAnnotations]) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {name: [] for name in NAMES}
    for one in works:
        labels = [""] * len(TOKENS)
        for item in one.entities:
            for start, end in item.ranges:
                for token in range(start // 6, -(-end // 6)):
                    labels[token] = item.label
        rows[one.annotator] += labels
    return rows


COMPARED: tuple[tuple[str, Callable[..., float], str, Callable[..., float], float], ...] = (
    ("strict F1", our_f1, "scikit-learn", sklearn_f1, 1),
    ("strict F1 with interval", our_f1_with_interval, "scikit-learn, each draw anew",
     sklearn_f1_with_interval, DRAWS / FEW_DRAWS),
    ("token kappa", our_kappa, "scikit-learn", sklearn_kappa, 1),
    ("token kappa", our_kappa, "nltk", nltk_kappa, 1),
    ("token alpha", our_alpha, "nltk", nltk_alpha, 1),
)  # fmt: skip


def timed(
    function: Callable[..., float], works: Sequence[DocumentAnnotations]
) -> tuple[float, float]:
    """What a function gives, and the seconds that it takes, the better of two runs."""
    times: list[float] = []
    value = 0.0
    for _ in range(2):
        began = time.perf_counter()
        value = function(works)
        times.append(time.perf_counter() - began)
    return value, min(times)


def compare(documents: int) -> None:
    """Print a line for each measure and library."""
    works = corpus(documents)
    print(f"{documents:,} documents, 3 annotators\n")
    print(f"{'measure':<26} {'ours':>9} {'theirs':>9} {'times':>7}  library")
    for name, ours, library, theirs, factor in COMPARED:
        value, seconds = timed(ours, works)
        other, other_seconds = timed(theirs, works)
        if abs(value - other) > 1e-9:
            raise ValueError(f"{name}: {value} here, {other} by {library}")
        other_seconds *= factor
        times = other_seconds / seconds
        print(f"{name:<26} {seconds:8.3f}s {other_seconds:8.2f}s {times:7.1f}  {library}")


def whole(documents: int) -> None:
    """Print how long the report takes, and how long after one document changed."""
    works = corpus(documents)
    began = time.perf_counter()
    statistics = Statistics(works, draws=DRAWS)
    counted = time.perf_counter()
    found = report_of(statistics)
    reported = time.perf_counter()
    statistics.update([works[0]])
    updated = time.perf_counter()
    report_of(statistics)
    again = time.perf_counter()
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    strict = found.layers["entities"].pooled.numbers["span_f1"]
    print(
        f"\n{documents:,} documents, 3 annotators, {strict.n // 2:,} spans by pair, {DRAWS} draws"
    )
    print(f"strict F1 {strict.value:.4f}, 95 % {strict.interval}")
    print(f"counted in {counted - began:.2f} s, report with intervals {reported - counted:.2f} s")
    print(f"one document changed: {updated - counted - (reported - counted):.4f} s, "
          f"report {again - updated:.2f} s; {size:.0f} MB")  # fmt: skip


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]]
    compare(sizes[1] if len(sizes) > 1 else 500)
    whole(sizes[0] if sizes else 10_000)


if __name__ == "__main__":
    main()
