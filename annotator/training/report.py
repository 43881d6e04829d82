"""What went into a data set, what did not, and where it all comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.formats.record import Loss
from annotator.training.facts import Facts
from annotator.training.folder import FORMAT
from annotator.training.split import Part


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

    @classmethod
    def of(cls, chosen: Iterable[Facts]) -> PartCounts:
        """The counts of some documents."""
        counts = cls()
        for one in chosen:
            counts.documents += 1
            counts.unfinished += not one.is_done
            counts.tokens += one.tokens
            counts.rejected += one.rejected
            counts.entities.update(one.entities)
            counts.events.update(one.events)
            counts.roles.update(one.roles)
        return counts

    def record(self) -> Mapping[str, Any]:
        """The counts as JSON."""
        return {
            "documents": self.documents,
            "unfinished": self.unfinished,
            "tokens": self.tokens,
            "rejected": self.rejected,
            "entities": dict(sorted(self.entities.items())),
            "events": dict(sorted(self.events.items())),
            "roles": dict(sorted(self.roles.items())),
        }


@dataclass(frozen=True, slots=True)
class Background:
    """What the data itself does not tell; whoever keeps the annotations knows."""

    worked: tuple[str, str] | None = None
    """When the first and the last change was made, in UTC."""
    suggesters: tuple[str, ...] = ()
    """Every version of a suggester that has run."""
    agreement: Mapping[str, Any] | None = None
    """By layer `span_f1`, `relaxed_f1` and `token_alpha` with `value`, `interval` and `documents`,
    as JSON; None where there are not two annotators."""


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
    remarks: tuple[Loss, ...] = ()
    """What was written and is worth a look."""
    near_duplicates: tuple[tuple[str, ...], ...] = ()
    """The documents written that are near to others, group by group; each is on one side."""
    annotators: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many documents are taken from each annotator, or from several who say the same."""
    origins: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many entities and events each version of a suggester proposed, or nobody did."""
    background: Background = Background()
    has_events: bool = False
    """Whether there is anything for `events.jsonl`, be it that spaCy's tokens cannot hold it."""

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
        """The report as JSON; it holds no time of its own, so the same data gives the same file."""
        return {
            "format": FORMAT,
            "version": 1,
            **self.settings,
            "given": dict(self.given),
            "written": dict(self.counts),
            "left_out": dict(self.left_out),
            "parts": {part.value: counts.record() for part, counts in self.parts.items()},
            "leakage": {"pairs": 0, "near_duplicates": [list(g) for g in self.near_duplicates]},
            "provenance": self._provenance(),
            "agreement": self.background.agreement,
            "warnings": list(self.warnings),
            "remarks": [_loss_record(remark) for remark in self.remarks],
            "lost": dict(sorted(self.lost().items())),
            "losses": [_loss_record(loss) for loss in self.losses],
        }

    def _provenance(self) -> Mapping[str, Any]:
        return {
            "annotators": dict(sorted(self.annotators.items())),
            "origins": dict(sorted(self.origins.items())),
            "suggesters": sorted(self.background.suggesters),
            "worked": list(self.background.worked or ()),
        }


def _loss_record(loss: Loss) -> Mapping[str, Any]:
    return {
        "document": loss.document_id,
        "what": loss.what,
        "offsets": [list(pair) for pair in loss.ranges],
        "detail": loss.detail,
    }
