"""The part of the page on what is undefined, and why, and which numbers have no interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from annotator.agreement.measures.names import LAYERS, SCOPES, measure_words
from annotator.agreement.page.figures import counted, note, table
from annotator.agreement.page.markup import NOTHING, Markup, element
from annotator.agreement.report.rows import ReportRow

MOST_REASONS = 60
MOST_NAMES = 12

What = Counter[tuple[str, str, str]]
"""How many numbers of a layer, scope and measure."""


def gaps_part(rows: Iterable[ReportRow]) -> Markup:
    """Every reason with what it is the reason of."""
    undefined: dict[str, What] = {}
    without: dict[str, What] = {}
    for row in rows:
        one = row.estimate
        what = row.layer, row.scope, row.measure
        if one.value is None:
            undefined.setdefault(one.undefined, Counter())[what] += 1
        elif one.no_interval:
            without.setdefault(one.no_interval, Counter())[what] += 1
    return element(
        "section",
        element("h2", "What is undefined, and why"),
        note(
            "A number that is undefined is none: not 0, and not 1. Nothing is left out to get one."
        ),
        _reasons("Undefined numbers", undefined) if undefined else note("Nothing is."),
        _reasons("Numbers without an interval", without) if without else NOTHING,
        id="gaps",
    )


def _reasons(caption: str, found: Mapping[str, What]) -> Markup:
    ordered = sorted(found, key=lambda reason: (-found[reason].total(), reason))
    rows = [
        (reason, f"{found[reason].total():,}", _what(found[reason]))
        for reason in ordered[:MOST_REASONS]
    ]
    if left_out := len(ordered) - len(rows):
        total = sum(found[reason].total() for reason in ordered[MOST_REASONS:])
        rows.append((counted(left_out, "more reason"), f"{total:,}", ""))
    return table(caption, ("because", "numbers", "which"), rows, "reasons")


def _what(found: What) -> str:
    """What the reason is the reason of, layer by layer."""
    measures: dict[str, dict[str, None]] = {}
    for layer, scope, measure in found:
        key = f"{LAYERS[layer]}, {SCOPES[scope]}"
        measures.setdefault(key, {})[measure_words(measure)] = None
    parts = [f"{key}: {', '.join(_some(names))}" for key, names in measures.items()]
    return "; ".join(parts)


def _some(names: Mapping[str, None]) -> list[str]:
    kept = list(islice(names, MOST_NAMES))
    left_out = len(names) - len(kept)
    return [*kept, f"{left_out} more"] if left_out else kept
