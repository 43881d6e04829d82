"""What an import did, and what it could not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.project.extending import Extension


@dataclass(slots=True)
class Findings:
    """Things of one kind that are told one by one: how many, and the first of them in words."""

    MOST = 100

    count: int = 0
    first: list[str] = field(default_factory=list[str])

    def add(self, line: str) -> None:
        """Take one more; after the first hundred it is only counted."""
        self.count += 1
        if len(self.first) < self.MOST:
            self.first.append(line)


@dataclass(slots=True)
class ImportReport:
    """What an import did. It takes no more room for a million documents than for one."""

    added: int = 0
    """Documents that are new."""
    same: int = 0
    """Documents that were there, with the same text."""
    conflicts: Findings = field(default_factory=Findings)
    """Documents that are there with another text; they were left as they were."""
    duplicates: Findings = field(default_factory=Findings)
    """Documents whose text is there under another id; their annotations went to that one."""
    rejected: Findings = field(default_factory=Findings)
    """Records that could not be read."""
    annotated: Counter[str] = field(default_factory=Counter[str])
    """Entities, events and relations that are new, by annotator."""
    finished: Counter[str] = field(default_factory=Counter[str])
    """Documents that are finished now and were not, by annotator."""
    suggestions: int = 0
    differing: int = 0
    """Annotations whose id is there with other content; they were left as they were."""
    unknown: Mapping[str, int] = field(default_factory=dict[str, int])
    """Labels, roles and values that the scheme lacks, with how often they came."""
    left_out: Counter[str] = field(default_factory=Counter[str])
    """What the map leaves out, by its old name."""
    parts: dict[str, Findings] = field(default_factory=dict[str, Findings])
    """What records had that was not taken, or not as what it was, by its kind."""
    extension: Extension | None = None

    @property
    def is_clean(self) -> bool:
        """Whether everything in the files went in or was there already."""
        return not self.doubt

    @property
    def doubt(self) -> str:
        """The first thing that could not be taken, empty where there is none."""
        for findings in (self.rejected, self.conflicts, *self.parts.values()):
            if findings.count:
                return findings.first[0]
        if self.extension and self.extension.refused:
            return self.extension.refused[0].rstrip(".")
        if self.differing:
            return f"{self.differing:,} annotations are there with other content"
        return ""
