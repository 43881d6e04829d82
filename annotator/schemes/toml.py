"""A label scheme as a TOML file that people write, and back.

The form is described in labels/README.md. Guidelines stand in a Markdown file beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from annotator.errors import SchemeError
from annotator.model.scheme import ANY_EVENT, Attribute, EntityLabel, EventType, Role, Scheme
from annotator.schemes import guidelines
from annotator.schemes.checks import faults, suggested
from annotator.schemes.files import Fault, read_text, scheme_error
from annotator.schemes.keys import with_keys
from annotator.schemes.toml_text import Fields, block
from annotator.shape import Misfit, ShapeError, shaped
from annotator.text.safe_text import pictured, shortened

MAX_NAME_BYTES = 255
"""The longest file name that file systems take."""

_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class _File:
    """What a scheme's file says; the values are those of the scheme."""

    name: str
    version: str = "1"
    language: str = "en"
    description: str = ""
    guidelines: str = ""
    patterns: str = ""
    entities: tuple[EntityLabel, ...] = ()
    events: tuple[EventType, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def to_model(self) -> Scheme:
        return Scheme(
            name=self.name,
            version=self.version,
            description=self.description,
            language=self.language,
            entities=self.entities,
            events=self.events,
            attributes=self.attributes,
            patterns_file=self.patterns,
        )


def read(path: Path) -> Scheme:
    """The scheme of a TOML file with its guidelines; raises SchemeError with line and field.

    Event types and roles that have no key get the first free letter of their names.
    """
    text = read_text(path)
    try:
        file = _parsed(path, text)
        scheme = file.to_model()
        found = [*faults(scheme), *_file_name_faults(path, file)]
        if found:
            raise scheme_error(path, text, found)
    except RecursionError as error:
        raise SchemeError(
            f"{pictured(str(path))}: lists or tables lie too deep in one another.",
            "A scheme has at most five levels; see labels/README.md.",
        ) from error
    texts = guidelines.read(path.parent / file.guidelines) if file.guidelines else {}
    return replace(with_keys(scheme), guidelines=texts)


def scheme_of(path: Path, text: str) -> Scheme:
    """What the text of a scheme's file says, less keys and guidelines; raises SchemeError."""
    scheme = _parsed(path, text).to_model()
    if found := [*faults(scheme)]:
        raise scheme_error(path, text, found)
    return scheme


def write(scheme: Scheme) -> str:
    """The TOML text of a scheme, the same for the same scheme; guidelines are left out."""
    blocks = [block([], _head_fields(scheme))]
    blocks += map(entity_block, scheme.entities)
    blocks += map(event_block, scheme.events)
    blocks += map(attribute_block, scheme.attributes)
    return "\n".join(blocks)


def entity_block(label: EntityLabel) -> str:
    """The table of an entity label."""
    fields = {"key": label.key, "colour": label.colour, "description": label.description}
    return block(["entities", label.name], fields)


def event_block(event: EventType) -> str:
    """The table of an event type, and that of its roles."""
    fields = {"key": event.key, "colour": event.colour, "description": event.description}
    own = block(["events", event.name], fields)
    if not event.roles:
        return own
    roles = {role.name: _role_fields(role) for role in event.roles}
    return f"{own}\n{block(['events', event.name, 'roles'], roles)}"


def role_block(event: EventType, role: Role) -> str:
    """One role as a table of its own, for an event type whose table is elsewhere."""
    return block(["events", event.name, "roles", role.name], _role_fields(role))


def attribute_block(attribute: Attribute) -> str:
    """The table of an attribute."""
    return block(["attributes", attribute.name], _attribute_fields(attribute))


def _parsed(path: Path, text: str) -> _File:
    try:
        return shaped(_File, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        match = _LINE.search(str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        raise SchemeError(
            pictured(f"{path}:{line}: not valid TOML: {error}."),
            "Texts need quotes, and a table or key may stand there only once.",
        ) from error
    except ShapeError as error:
        raise scheme_error(path, text, map(_fault, error.misfits)) from error


def _fault(misfit: Misfit) -> Fault:
    key = str(misfit.place[-1])
    if misfit.known:
        hint = suggested(key, misfit.known) or f"Known here: {', '.join(misfit.known)}."
        return Fault(misfit.place, misfit.message, hint)
    if misfit.value is None:
        return Fault(misfit.place, misfit.message, f"Add {key} = ..., as in labels/README.md.")
    return Fault(misfit.place, f"{misfit.message}, not {shortened(repr(misfit.value), 40)}")


def _file_name_faults(path: Path, file: _File) -> Iterator[Fault]:
    for field, name in (("guidelines", file.guidelines), ("patterns", file.patterns)):
        if name and not _is_plain(name):
            hint = "Put the file in the same folder and write its name only."
            yield Fault((field,), f"{name!r} is not the name of a file beside the scheme", hint)
        elif field == "guidelines" and name and not (path.parent / name).is_file():
            hint = "Make the file, or leave guidelines out."
            yield Fault((field,), f"there is no file {name!r} beside the scheme", hint)


def _is_plain(name: str) -> bool:
    """Whether this names a file in the same folder, on any system."""
    fits = name.isprintable() and len(name.encode()) <= MAX_NAME_BYTES
    return fits and PureWindowsPath(name).name == name and name != ".."


def _head_fields(scheme: Scheme) -> Fields:
    return {
        "name": scheme.name,
        "version": scheme.version,
        "language": scheme.language,
        "description": scheme.description,
        "patterns": scheme.patterns_file,
    }


def _role_fields(role: Role) -> Fields:
    required: Fields = {"required": True} if role.required else {}
    repeatable: Fields = {} if role.repeatable else {"repeatable": False}
    rest: Fields = {"key": role.key, "description": role.description}
    return {"fillers": role.fillers, **required, **repeatable, **rest}


def _attribute_fields(attribute: Attribute) -> Fields:
    any_event = attribute.applies_to == (ANY_EVENT,)
    applies_to: Fields = {} if any_event else {"applies_to": attribute.applies_to}
    rest: Fields = {"default": attribute.default, "description": attribute.description}
    return {"key": attribute.key, "values": attribute.values, **applies_to, **rest}
