"""A change: one entry of an annotation set before and after, as plain records.

Changes are what history keeps. They can be applied and undone without knowing the command that
made them, so a history stays readable when commands change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.model.records import Record

KINDS = ("entity", "event", "relation", "comment", "flag", "decision")

Key = tuple[str, str]
"""Kind and id of an entry."""

Entries = Mapping[Key, Record]
"""One annotator's whole state of one document, entry by entry."""


@dataclass(frozen=True, slots=True)
class Change:
    """The entry `kind`/`id` went from `before` to `after`; None stands for not there."""

    kind: str
    id: str
    before: Record | None
    after: Record | None

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.kind, self.id, self.after, self.before)


def changes_between(before: Entries, after: Entries) -> tuple[Change, ...]:
    """What turns `before` into `after`, in a fixed order."""
    keys = sorted({*before, *after}, key=lambda key: (KINDS.index(key[0]), key[1]))
    return tuple(
        Change(kind, item_id, before.get((kind, item_id)), after.get((kind, item_id)))
        for kind, item_id in keys
        if before.get((kind, item_id)) != after.get((kind, item_id))
    )


def applied(entries: Entries, changes: Iterable[Change]) -> dict[Key, Record]:
    """The entries after `changes`; raises ValueError where an entry is not as `before` says."""
    result = dict(entries)
    for change in changes:
        if result.get(change.key) != change.before:
            raise ValueError(f"{change.kind} {change.id} is not what the change expects")
        if change.after is None:
            del result[change.key]
        else:
            result[change.key] = change.after
    return result


def change_record(change: Change) -> Record:
    """`{"kind", "id", "before", "after"}`."""
    return {
        "kind": change.kind,
        "id": change.id,
        "before": change.before,
        "after": change.after,
    }


def change_from(record: Record) -> Change:
    """The change of a record."""
    return Change(record["kind"], record["id"], record["before"], record["after"])
