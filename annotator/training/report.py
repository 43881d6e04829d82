"""What went into a data set: counts, losses, and how to train with it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.formats.record import Loss
from annotator.text.pictures import pictured, shortened
from annotator.training.folder import FORMAT
from annotator.training.split import Part

_MOST = 50
"""Losses of one kind that the page lists one by one; `report.json` has them all."""


@dataclass(slots=True)
class PartCounts:
    """What is in one part."""

    documents: int = 0
    unfinished: int = 0
    """Documents that the annotator has not finished: `ner` learns from their entities only."""
    tokens: int = 0
    rejected: int = 0
    """Rejected suggestions, as examples of what is none."""
    entities: Counter[str] = field(default_factory=Counter[str])
    events: Counter[str] = field(default_factory=Counter[str])
    roles: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """What was written to `folder`."""

    folder: Path
    parts: Mapping[Part, PartCounts]
    settings: Mapping[str, Any]
    """Scheme, language, split, seed, alignment, components, longest spans, versions."""
    given: Mapping[str, int]
    """Documents and spans that came in, the left out ones too."""
    left_out: Mapping[str, int]
    """Documents that were left out, and the spans in them."""
    losses: tuple[Loss, ...]
    warnings: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Documents and spans that were written."""
        parts = self.parts.values()
        return {
            "documents": sum(part.documents for part in parts),
            "spans": sum(part.entities.total() + part.events.total() for part in parts),
        }

    def lost(self) -> Counter[str]:
        """How often something was lost, by what it is."""
        return Counter(loss.what for loss in self.losses)

    def record(self) -> Mapping[str, Any]:
        """The report as JSON; it holds no time, so the same data gives the same file."""
        return {
            "format": FORMAT,
            "version": 1,
            **self.settings,
            "given": dict(self.given),
            "written": dict(self.counts),
            "left_out": dict(self.left_out),
            "parts": {part.value: _part_record(counts) for part, counts in self.parts.items()},
            "warnings": list(self.warnings),
            "lost": dict(sorted(self.lost().items())),
            "losses": [
                {"document": loss.document_id, "what": loss.what, "detail": loss.detail}
                for loss in self.losses
            ],
        }


def page(report: DatasetReport) -> str:
    """The report as a Markdown page for whoever finds the folder."""
    settings = report.settings
    components = ", ".join(settings["components"])
    model = shlex.quote(f"../{report.folder.name}-model")
    files = ", ".join(f"`{part}.spacy`" for part in report.parts)
    lines = [
        f"# Training data: {pictured(settings['scheme']['name'])}",
        "",
        "Written by Annotator. To train, and to see how good it got, in this folder:",
        "",
        "```",
        f"python -m spacy train config.cfg --output {model}",
        f"python -m spacy evaluate {model}/model-best {_evaluated(report)}.spacy",
        "```",
        "",
        f"- {files}: the documents, split {settings['split']} with seed {settings['seed']}.",
        f"- `config.cfg`: {components} over one shared tok2vec, for a CPU.",
        "- `events.jsonl`: every document with its entities and events, in code point offsets.",
        "- `report.json`: these numbers, and every loss.",
        "",
        f"Tokenizer `{settings['tokenizer']}`, spaCy {settings['spacy']}.",
        *_table(report),
        *_warnings(report),
        *_losses(report),
    ]
    return "\n".join(lines) + "\n"


def _evaluated(report: DatasetReport) -> Part:
    return Part.TEST if Part.TEST in report.parts else Part.DEV


def _part_record(counts: PartCounts) -> Mapping[str, Any]:
    return {
        "documents": counts.documents,
        "unfinished": counts.unfinished,
        "tokens": counts.tokens,
        "rejected": counts.rejected,
        "entities": dict(sorted(counts.entities.items())),
        "events": dict(sorted(counts.events.items())),
        "roles": dict(sorted(counts.roles.items())),
    }


def _table(report: DatasetReport) -> Iterator[str]:
    parts = [part for part in Part if part in report.parts]
    yield from ("", "| | " + " | ".join(parts) + " |", "| --- |" + " ---: |" * len(parts))
    counts = [report.parts[part] for part in parts]
    yield _row("documents", [one.documents for one in counts])
    if any(one.unfinished for one in counts):
        yield _row("of them unfinished", [one.unfinished for one in counts])
    yield _row("tokens", [one.tokens for one in counts])
    for kind in ("entities", "events", "roles"):
        counters: list[Counter[str]] = [getattr(one, kind) for one in counts]
        for name in sorted({name for counter in counters for name in counter}):
            label = pictured(name).replace("|", "\\|")
            yield _row(f"{kind[:-1] if kind != 'entities' else 'entity'} {label}",
                       [counter[name] for counter in counters])  # fmt: skip
    if any(one.rejected for one in counts):
        yield _row("rejected suggestions", [one.rejected for one in counts])


def _row(name: str, numbers: list[int]) -> str:
    return f"| {name} | " + " | ".join(f"{number:,}" for number in numbers) + " |"


def _warnings(report: DatasetReport) -> Iterator[str]:
    if report.warnings:
        yield from ("", "## Look at this first", "")
        yield from (f"- {pictured(warning)}" for warning in report.warnings)


def _losses(report: DatasetReport) -> Iterator[str]:
    if not report.losses:
        yield from ("", "Nothing was lost.")
        return
    yield from ("", "## What could not be written", "")
    for what, number in sorted(report.lost().items()):
        yield f"- {what}: {number:,}"
        some = [loss for loss in report.losses if loss.what == what][:_MOST]
        yield from (
            f"  - {pictured(loss.document_id)}: {shortened(loss.detail, 200)}" for loss in some
        )
