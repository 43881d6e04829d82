"""An event: a trigger span, typed arguments and attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Argument:
    """What fills a role: `target` is the id of an entity span or of another event."""

    role: str
    target: str

    def __post_init__(self) -> None:
        if not self.role or not self.target:
            raise ValueError(f"an argument needs a role and a target, not {self!r}")


@dataclass(frozen=True, slots=True)
class Event:
    """One event. The trigger's label is the event's type; a role may be filled several times.

    The event is named by its own id. The trigger has an id of its own, so that several events
    may share one trigger's words.
    """

    id: str
    trigger: Span
    arguments: tuple[Argument, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)

    def __post_init__(self) -> None:
        if len(set(self.arguments)) != len(self.arguments):
            raise ValueError(f"event {self.id!r} names an argument twice: {self.arguments}")

    @property
    def type(self) -> str:
        """The event type, which is the trigger's label."""
        return self.trigger.label

    def fillers(self, role: str) -> tuple[str, ...]:
        """The targets that fill `role`, in the order in which they were set."""
        return tuple(a.target for a in self.arguments if a.role == role)
