"""The project's scheme with what imported annotations use and it lacked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.model.scheme import (
    ANY_ENTITY,
    ANY_EVENT,
    Attribute,
    EntityLabel,
    EventType,
    Role,
    Scheme,
)
from annotator.paths import atomic_write, shipped
from annotator.project.keys import check_keys
from annotator.project.project import Project, find_scheme
from annotator.project.unknown_labels import UnknownLabels
from annotator.schemes import toml as scheme_toml
from annotator.schemes.checks import faults
from annotator.schemes.extension import extended
from annotator.schemes.files import read_text
from annotator.schemes.keys import with_keys


@dataclass(frozen=True, slots=True)
class Extension:
    """What became of the names that a scheme lacked."""

    path: Path
    added: tuple[str, ...]
    refused: tuple[str, ...]
    """Names that a scheme cannot have, each with the reason."""


def extend(project: Project, unknowns: UnknownLabels) -> Extension:
    """Add what is unknown to the scheme's file; on a trial copy, only say what would be added.

    A scheme that came with the program is copied to the project first. Raises SchemeError where
    the file cannot be added to, ConfigError where a label would get the key of an action.
    """
    path = find_scheme(project.layout, project.config.scheme)
    text = read_text(path)
    before = scheme_toml.scheme_of(path, text)
    after, refused = grown(before, unknowns)
    added = tuple(_added(before, after))
    if not added:
        return Extension(path, (), refused)
    found = extended(path, text, after)
    check_keys(project.layout, project.config, with_keys(after))
    if project.folder is None:
        path = _own(project, path)
        with atomic_write(path, is_own=True) as file:
            file.write(found.encode("utf-8"))
        project.scheme = scheme_toml.read(path)
    return Extension(path, added, refused)


def grown(scheme: Scheme, unknowns: UnknownLabels) -> tuple[Scheme, tuple[str, ...]]:
    """The scheme with what is unknown, and the names that it cannot have, with why.

    A new role takes any entity, and any event too where an event filled it.
    """
    growth = _Growth(scheme)
    for name in unknowns.entities:
        growth.add_entity(name)
    for name in unknowns.events:
        growth.add_event(name)
    for event, name in unknowns.roles:
        takes_events = (event, name) in unknowns.taking_events
        growth.add_role(event, name, (ANY_ENTITY, ANY_EVENT) if takes_events else (ANY_ENTITY,))
    for event, name, value in unknowns.values:
        growth.add_value(event, name, value)
    return growth.scheme, tuple(growth.refused)


class _Growth:
    """A scheme that gets one name after another, and stays one that can be."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.refused: list[str] = []

    def add_entity(self, name: str) -> None:
        labels = (*self.scheme.entities, EntityLabel(name))
        self._take(name, replace(self.scheme, entities=labels))

    def add_event(self, name: str) -> None:
        events = (*self.scheme.events, EventType(name))
        self._take(name, replace(self.scheme, events=events))

    def add_role(self, event: str, name: str, fillers: tuple[str, ...]) -> None:
        known = self.scheme.event(event)
        if known is not None:
            changed = replace(known, roles=(*known.roles, Role(name, fillers)))
            events = (changed if e is known else e for e in self.scheme.events)
            self._take(f"{event}.{name}", replace(self.scheme, events=tuple(events)))

    def add_value(self, event: str, name: str, value: str) -> None:
        if self.scheme.event(event) is None:
            return
        attributes = {a.name: a for a in self.scheme.attributes}
        known = attributes.get(name) or Attribute(name, (), applies_to=())
        is_told = event in known.applies_to or ANY_EVENT in known.applies_to
        attributes[name] = replace(
            known,
            values=known.values if value in known.values else (*known.values, value),
            applies_to=known.applies_to if is_told else (*known.applies_to, event),
        )
        changed = replace(self.scheme, attributes=tuple(attributes.values()))
        self._take(f"{name}={value}", changed)

    def _take(self, name: str, candidate: Scheme) -> None:
        fault = next(faults(candidate), None)
        if fault is None:
            self.scheme = candidate
        else:
            self.refused.append(f"{name}: {fault.message}.")


def _added(before: Scheme, after: Scheme) -> Iterator[str]:
    yield from (e.name for e in after.entities if before.entity(e.name) is None)
    for event in after.events:
        known = before.event(event.name)
        if known is None:
            yield event.name
        roles = known.roles if known else ()
        yield from (f"{event.name}.{r.name}" for r in event.roles if r not in roles)
    values = {(a.name, value) for a in before.attributes for value in a.values}
    for attribute in after.attributes:
        new = (value for value in attribute.values if (attribute.name, value) not in values)
        yield from (f"{attribute.name}={value}" for value in new)


def _own(project: Project, path: Path) -> Path:
    """The scheme's file in the project, made of the one that came with the program."""
    if path.parent != shipped("labels"):
        return path
    folder = project.layout.labels
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(path.parent.glob(f"{path.stem}.*")):
        if not (folder / file.name).exists():
            shutil.copyfile(file, folder / file.name)
    return folder / path.name
