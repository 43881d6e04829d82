"""The header of a WebAnno TSV file: its layers and what their columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["SP", "CH", "RL"]
"""Spans, chains, relations."""
Role = Literal["mark", "value", "roles", "targets", "source", "element", "link"]
"""What a column holds: that there is an annotation, a feature's value, the roles of a slot feature
and their targets, where a relation comes from, the type of a chain's element, its link."""

ANY = "uima.tcas.Annotation"
"""The target type of a slot that any layer fills."""

_GRAMMAR = (
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
    "de.tudarmstadt.ukp.dkpro.core.api.transform.",
)
_LABELS = ("value", "label", "category", "type", "eventType")
_NO_LABELS = {"identifier", "id"}


@dataclass(frozen=True, slots=True)
class WebannoColumn:
    """One column; `index` counts from 0 after the token's."""

    index: int
    role: Role
    name: str
    """The feature."""
    target: str = ""
    """The layer that slots and relations point to."""


@dataclass(frozen=True, slots=True)
class WebannoLayer:
    """One layer with its columns."""

    kind: Kind
    type: str
    columns: tuple[WebannoColumn, ...]

    @property
    def name(self) -> str:
        """Its type without the package."""
        return self.type.rpartition(".")[2]

    @property
    def is_grammar(self) -> bool:
        """Whether it is about words: lemmas, parts of speech, morphology, syntax, spelling."""
        return self.type.startswith(_GRAMMAR)

    @property
    def has_slots(self) -> bool:
        """Whether its annotations have arguments."""
        return any(column.role == "roles" for column in self.columns)

    @property
    def label_feature(self) -> str:
        """The feature that labels come from: a known name, else the first that is no id."""
        names = [column.name for column in self.having("value", "element")]
        known = [name for name in _LABELS if name in names]
        return next(iter([*known, *(name for name in names if name not in _NO_LABELS)]), "")

    def having(self, *roles: Role) -> list[WebannoColumn]:
        """The columns that hold one of these."""
        return [column for column in self.columns if column.role in roles]


def layer(line: str, first: int) -> WebannoLayer:
    """The layer of a line `#T_SP=type|feature|...` whose first column is the `first`.

    Raises ValueError where there is no such kind of layer.
    """
    kind = line[3:5]
    if kind not in ("SP", "CH", "RL") or line[5:6] != "=":
        raise ValueError(f"{line[:40]!r} is no layer of spans, chains or relations")
    name, *features = line[6:].split("|")
    features = [feature.strip() for feature in features if feature.strip()]
    columns = tuple(_columns(kind, features, first)) or (WebannoColumn(first, "mark", ""),)
    return WebannoLayer(kind, name.strip(), columns)


def _columns(kind: Kind, features: Sequence[str], first: int) -> Iterator[WebannoColumn]:
    slot = ""
    for index, feature in enumerate(features, first):
        if slot:
            yield WebannoColumn(index, "targets", slot, feature)
            slot = ""
        elif kind == "SP" and feature.startswith("ROLE_"):
            slot = feature.partition(":")[2].partition("_")[0] or feature
            yield WebannoColumn(index, "roles", slot)
        elif kind == "RL" and feature.startswith("BT_"):
            yield WebannoColumn(index, "source", "", feature.removeprefix("BT_"))
        elif kind == "CH" and feature in ("referenceType", "referenceRelation"):
            yield WebannoColumn(index, "element" if feature == "referenceType" else "link", feature)
        else:
            yield WebannoColumn(index, "value", feature)
