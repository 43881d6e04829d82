"""What PLOVER's records call things, in the words of the scheme `plover` that is shipped.

The scheme has the terms of PLOVER 2.0. Records are older: four types and some modes have another
name now, as labels/plover.md says, and a record may name several contexts where an event has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from annotator.formats.plover.markup import PLACE, SOURCE, TARGET
from annotator.model.scheme import Scheme
from annotator.paths import shipped
from annotator.schemes import toml as scheme_toml

ENTITIES = {SOURCE: "ACTOR", TARGET: "ACTOR", PLACE: "LOCATION"}
ROLES = {SOURCE: "Actor", TARGET: "Recipient", PLACE: "Location"}

_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_TYPES_AS_MODES = {"DISAPPROVE": "disapprove", "INVESTIGATE": "investigate"}
_TYPES_BY_MODE = {("ASSAULT", "deport"): "COERCE", ("COERCE", "destroy"): "ASSAULT"}
_MODES = {
    "host": "visit",
    "demo-org": "demo",
    "demo-spon": "demo",
    "riot-org": "riot",
    "riot-spon": "riot",
    "strike-gen": "strike",
    "strike-hun": "hunger",
    "confiscate": "seize",
    "detain": "arrest",
    "assassinate": "targeted",
}
_CONTEXTS = {"resource": "natural_resource", "religion": "religion_ethnicity"}


@dataclass(frozen=True, slots=True)
class Terms:
    """An event's type and attributes."""

    type: str
    attributes: dict[str, str]
    left: tuple[str, ...]
    """What the record says and these do not, in words."""


def terms(named: str, mode: str, context: str) -> Terms:
    """The type, mode and context of a record; a context may be several with commas between."""
    mode = mode.strip()
    now = _MODES.get(mode, mode) or _TYPES_AS_MODES.get(named, "")
    kind = _TYPES.get(named, named)
    kind = _TYPES_BY_MODE.get((kind, now), kind)
    values = {a.name: a.values for a in _scheme().attributes_of(kind)}
    attributes: dict[str, str] = {}
    left = [named] if kind != named else []
    mode_of_type = f"{kind.lower()}_mode"
    if now in values.get(mode_of_type, ()):
        attributes[mode_of_type] = now
    if mode and mode not in attributes.values():
        left.append(f"mode: {mode}")
    for one in filter(None, map(str.strip, context.split(","))):
        value = _CONTEXTS.get(one, one)
        name = next((name for name, known in values.items() if value in known), "")
        if name in ("", mode_of_type) or name in attributes:
            left.append(f"context: {one}")
        else:
            attributes[name] = value
    return Terms(kind, attributes, tuple(left))


@cache
def _scheme() -> Scheme:
    return scheme_toml.read(shipped("labels") / "plover.toml")
