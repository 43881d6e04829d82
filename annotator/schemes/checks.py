"""What is wrong with the names, keys and references of a scheme: a list, never an exception."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from annotator.model.scheme import ANY_ENTITY, ANY_EVENT, Role, Scheme
from annotator.schemes.files import Fault
from annotator.schemes.toml_lines import Field

_Named = tuple[Field, str]
"""A field and the name, key or value that stands there."""


def faults(scheme: Scheme) -> Iterator[Fault]:
    """Everything about `scheme` that a file must not say."""
    if not scheme.entities and not scheme.events:
        yield Fault(
            (),
            "neither an entity label nor an event type is defined",
            "Add a table such as [entities.PERSON].",
        )
    for name in ("name", "version", "language"):
        yield from _name_faults([((name,), getattr(scheme, name))])
    for group in _name_groups(scheme):
        yield from _name_faults(group)
        yield from _twice(group, _folded)
    for group in _key_groups(scheme):
        yield from _key_faults(group)
        yield from _twice(group, str)
    yield from _filler_faults(scheme)
    yield from _attribute_faults(scheme)


def suggested(name: str, known: Iterable[str]) -> str:
    """A hint with the known name that is most like `name`; empty where none is near."""
    folded = {_folded(candidate): candidate for candidate in known}
    near = difflib.get_close_matches(_folded(name), folded, n=1)
    return f"Did you mean {folded[near[0]]!r}?" if near else ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _name_groups(scheme: Scheme) -> Iterator[list[_Named]]:
    """Names of which no two may be the same."""
    entities: list[_Named] = [(("entities", e.name), e.name) for e in scheme.entities]
    events: list[_Named] = [(("events", e.name), e.name) for e in scheme.events]
    yield entities + events
    for event in scheme.events:
        yield [(("events", event.name, "roles", r.name), r.name) for r in event.roles]
    yield [(("attributes", a.name), a.name) for a in scheme.attributes]
    for attribute in scheme.attributes:
        field = ("attributes", attribute.name, "values")
        yield [((*field, index), value) for index, value in enumerate(attribute.values)]


def _key_groups(scheme: Scheme) -> Iterator[list[_Named]]:
    """Keys of which no two may be the same; labels without a key are left out."""
    yield [(("entities", e.name, "key"), e.key) for e in scheme.entities if e.key]
    yield [(("events", e.name, "key"), e.key) for e in scheme.events if e.key]
    for event in scheme.events:
        field = ("events", event.name, "roles")
        yield [((*field, r.name, "key"), r.key) for r in event.roles if r.key]
    yield [(("attributes", a.name, "key"), a.key) for a in scheme.attributes if a.key]


def _name_faults(group: Iterable[_Named]) -> Iterator[Fault]:
    for field, name in group:
        if not name:
            yield Fault(field, "a name is empty")
        elif name != name.strip():
            yield Fault(field, f"{name!r} begins or ends with white space")
        elif not name.isprintable():
            char = next(char for char in name if not char.isprintable())
            yield Fault(field, f"the name has a character that cannot be seen, U+{ord(char):04X}")
        elif "<" in name or ">" in name:
            yield Fault(
                field, f"{name!r} has a bracket", f"Only {ANY_ENTITY} and {ANY_EVENT} have them."
            )


def _key_faults(group: Iterable[_Named]) -> Iterator[Fault]:
    for field, key in group:
        visible = len(key) == 1 and key.isprintable() and not key.isspace()
        if not visible or unicodedata.category(key).startswith("M"):
            yield Fault(field, f"{key!r} is not one printable character", 'Write it as key = "p".')


def _twice(group: Iterable[_Named], same_as: Callable[[str], str]) -> Iterator[Fault]:
    first: dict[str, Field] = {}
    for field, name in group:
        other = first.setdefault(same_as(name), field)
        if other != field:
            place = ".".join(str(part) for part in other)
            yield Fault(field, f"{name!r} is taken by {place}", "Use another.")


def _filler_faults(scheme: Scheme) -> Iterator[Fault]:
    labels = [*(e.name for e in scheme.entities), *(e.name for e in scheme.events)]
    for event in scheme.events:
        for role in event.roles:
            field = ("events", event.name, "roles", role.name, "fillers")
            yield from _fillers_of(role, field, {*labels, ANY_ENTITY, ANY_EVENT})


def _fillers_of(role: Role, field: Field, known: set[str]) -> Iterator[Fault]:
    if not role.fillers:
        yield Fault(field, "is empty", f"Leave it out to take any entity, or name {ANY_ENTITY}.")
    for index, filler in enumerate(role.fillers):
        if filler not in known:
            message = f"{filler!r} is neither an entity label nor an event type"
            yield Fault((*field, index), message, suggested(filler, sorted(known)))


def _attribute_faults(scheme: Scheme) -> Iterator[Fault]:
    known = {event.name for event in scheme.events} | {ANY_EVENT}
    for attribute in scheme.attributes:
        field = ("attributes", attribute.name)
        if not attribute.values:
            yield Fault((*field, "values"), "is empty", "Name at least one value.")
        if attribute.default and attribute.default not in attribute.values:
            message = f"{attribute.default!r} is not one of the values"
            hint = suggested(attribute.default, attribute.values)
            yield Fault((*field, "default"), message, hint)
        if not attribute.applies_to:
            yield Fault((*field, "applies_to"), "is empty", f"Leave it out for {ANY_EVENT}.")
        for index, name in enumerate(attribute.applies_to):
            if name not in known:
                message = f"{name!r} is not an event type"
                yield Fault((*field, "applies_to", index), message, suggested(name, sorted(known)))
