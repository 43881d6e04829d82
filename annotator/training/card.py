"""The card of a data set: its report as a Markdown page, for whoever finds the folder."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from annotator.formats.record import Loss
from annotator.text.safe_text import pictured, shortened
from annotator.training.report import DatasetReport
from annotator.training.split import Part

_MOST = 50
"""Losses of one kind that the page lists one by one; `report.json` has them all."""


def card(report: DatasetReport) -> str:
    """The page."""
    lines = [
        f"# Training data: {pictured(report.settings['scheme']['name'])}",
        *_use(report),
        *_counts(report),
        *_warnings(report),
        *_provenance(report),
        *_agreement(report),
        *_sides(report),
        *_listed("Worth a look", report.remarks),
        *_losses(report),
    ]
    return "\n".join(lines) + "\n"


def model_folder(report: DatasetReport) -> str:
    """Where a model goes that is trained with the data set: beside it."""
    return f"../{report.folder.name}-model"


def _use(report: DatasetReport) -> Iterator[str]:
    settings = report.settings
    model = shlex.quote(model_folder(report))
    files = ", ".join(f"`{part}.spacy`" for part in report.parts)
    evaluated = Part.TEST if Part.TEST in report.parts else Part.DEV
    yield from (
        "",
        "Written by Annotator. To train, and to see how good it got, in this folder:",
        "",
        "```",
        f"python -m spacy train config.cfg --output {model}",
        f"python -m spacy evaluate {model}/model-best {evaluated}.spacy",
        "```",
        "",
        "`python -m spacy project run all` does both, and `project run debug` checks the data.",
        "",
        f"- {files}: the documents, split {settings['split']} with seed {settings['seed']}.",
        f"- `config.cfg`: {', '.join(settings['components'])} over one shared tok2vec, for a CPU.",
        "- `labels/`: what each component has to learn, so that training starts at once.",
        "- `project.yml`: the commands above as a spaCy project.",
    )
    if report.has_events:
        yield "- `events.jsonl`: documents with their entities and events, in code point offsets."
    yield from (
        "- `report.json`: these numbers, and every loss.",
        "",
        f"Tokenizer `{settings['tokenizer']}`, spaCy {settings['spacy']}.",
    )


def _counts(report: DatasetReport) -> Iterator[str]:
    parts = [part for part in Part if part in report.parts]
    yield from ("", "| | " + " | ".join(parts) + " |", "| --- |" + " ---: |" * len(parts))
    counts = [report.parts[part] for part in parts]
    yield _row("documents", [one.documents for one in counts])
    if any(one.unfinished for one in counts):
        yield _row("of them unfinished", [one.unfinished for one in counts])
    yield _row("tokens", [one.tokens for one in counts])
    for kind, plural in (("entity", "entities"), ("event", "events"), ("role", "roles")):
        counters: list[Counter[str]] = [getattr(one, plural) for one in counts]
        for name in sorted({name for counter in counters for name in counter}):
            yield _row(f"{kind} {_cell(name)}", [counter[name] for counter in counters])
    if any(one.rejected for one in counts):
        yield _row("rejected suggestions", [one.rejected for one in counts])
    yield from ("", _balance(report))


def _balance(report: DatasetReport) -> str:
    given, out, left = report.given, report.counts, report.left_out
    gone = given["spans"] - out["spans"] - left["spans"]
    return (
        f"{given['documents']:,} documents with {given['spans']:,} spans came in. "
        f"{out['documents']:,} with {out['spans']:,} were written, {left['documents']:,} with "
        f"{left['spans']:,} were left out, and {gone:,} spans of those written were lost."
    )


def _warnings(report: DatasetReport) -> Iterator[str]:
    if report.warnings:
        yield from ("", "## Look at this first", "")
        yield from (f"- {pictured(warning)}" for warning in report.warnings)


def _provenance(report: DatasetReport) -> Iterator[str]:
    scheme = report.settings["scheme"]
    yield from ("", "## Where it comes from", "")
    yield (
        f"- Scheme {pictured(scheme['name'])}, version {pictured(scheme['version'])}, "
        f"`{scheme['hash']}`."
    )
    for name, number in sorted(report.annotators.items()):
        yield f"- {number:,} documents as {pictured(name)} annotated them."
    for source, number in sorted(report.origins.items()):
        yield f"- {number:,} spans {'made' if source == 'by hand' else 'proposed'} {_by(source)}."
    if report.background.suggesters:
        yield f"- Suggesters that ran: {', '.join(map(_code, report.background.suggesters))}."
    if report.background.worked:
        first, last = report.background.worked
        yield f"- Annotated from {first[:10]} to {last[:10]}."


def _agreement(report: DatasetReport) -> Iterator[str]:
    layers = report.background.agreement
    if not layers:
        return
    yield from ("", "## Agreement", "")
    yield "On all documents of the project that two annotators have finished, not on these alone:"
    yield from ("", "| | span F1 | 95 % interval | relaxed F1 | token alpha | documents |")
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, layer in layers.items():
        strict = layer["span_f1"]
        between = "–".join(_number(edge) for edge in strict["interval"] or (None,))
        numbers = [_number(strict["value"]), between, _number(layer["relaxed_f1"]["value"])]
        numbers += [_number(layer["token_alpha"]["value"]), f"{strict['documents']:,}"]
        yield f"| {name} | {' | '.join(numbers)} |"


def _sides(report: DatasetReport) -> Iterator[str]:
    groups = report.near_duplicates
    yield from ("", "## Sides of the split", "")
    yield (
        f"{sum(map(len, groups)):,} documents have a near-duplicate here, in {len(groups):,} "
        f"groups, each on one side. Every document was held against all of the other sides: no two "
        f"share {report.settings['nearness']:.0%} or more of their runs of five words."
    )


def _losses(report: DatasetReport) -> Iterator[str]:
    if report.losses:
        yield from _listed("What could not be written", report.losses)
    else:
        yield from ("", "Nothing was lost.")


def _listed(title: str, losses: Sequence[Loss]) -> Iterator[str]:
    if losses:
        yield from ("", f"## {title}", "")
    for what, number in sorted(Counter(loss.what for loss in losses).items()):
        yield f"- {what}: {number:,}"
        some = [loss for loss in losses if loss.what == what][:_MOST]
        yield from (
            f"  - {pictured(loss.document_id)}: {shortened(loss.detail, 200)}" for loss in some
        )


def _row(name: str, numbers: list[int]) -> str:
    return f"| {name} | " + " | ".join(f"{number:,}" for number in numbers) + " |"


def _cell(name: str) -> str:
    return pictured(name).replace("|", "\\|")


def _by(source: str) -> str:
    return source if source == "by hand" else f"by {_code(source)}"


def _code(name: str) -> str:
    return f"`{pictured(name)}`"


def _number(value: Any) -> str:  # noqa: ANN401 - JSON
    return "undefined" if value is None else f"{value:.3f}"
