"""A label scheme as a TOML file that people write, and back.

The form is described in labels/README.md. Guidelines stand in a Markdown file beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from annotator.errors import SchemeError
from annotator.formats import guidelines
from annotator.formats.scheme_check import faults, suggested
from annotator.formats.scheme_file import Fault, read_text, scheme_error
from annotator.formats.scheme_keys import with_keys
from annotator.formats.toml_text import Fields, block
from annotator.model.scheme import (
    ANY_ENTITY,
    ANY_EVENT,
    Attribute,
    EntityLabel,
    EventType,
    Role,
    Scheme,
)
from annotator.text.pictures import pictured, shortened

MAX_NAME_BYTES = 255
"""The longest file name that file systems take."""

_LINE = re.compile(r"at line (\d+)")
_WANTED = {
    "string_type": "should be text in quotes",
    "bool_type": "should be true or false",
    "list_type": "should be a list in brackets",
    "dict_type": "should be a table",
    "model_type": "should be a table",
}


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Entity(_Table):
    description: str = ""
    key: str = ""
    colour: str = ""

    def to_model(self, name: str) -> EntityLabel:
        return EntityLabel(name, self.description, self.key, self.colour)


class _Role(_Table):
    fillers: list[str] = [ANY_ENTITY]
    required: bool = False
    repeatable: bool = True
    description: str = ""
    key: str = ""

    def to_model(self, name: str) -> Role:
        return Role(
            name, tuple(self.fillers), self.required, self.repeatable, self.description, self.key
        )


class _Event(_Table):
    description: str = ""
    key: str = ""
    colour: str = ""
    roles: dict[str, _Role] = {}

    def to_model(self, name: str) -> EventType:
        roles = tuple(role.to_model(role_name) for role_name, role in self.roles.items())
        return EventType(name, roles, self.description, self.key, self.colour)


class _Attribute(_Table):
    values: list[str]
    default: str = ""
    applies_to: list[str] = [ANY_EVENT]
    description: str = ""
    key: str = ""

    def to_model(self, name: str) -> Attribute:
        values, applies_to = tuple(self.values), tuple(self.applies_to)
        return Attribute(name, values, self.default, applies_to, self.description, self.key)


class _File(_Table):
    name: str
    version: str = "1"
    language: str = "en"
    description: str = ""
    guidelines: str = ""
    patterns: str = ""
    entities: dict[str, _Entity] = {}
    events: dict[str, _Event] = {}
    attributes: dict[str, _Attribute] = {}

    def to_model(self) -> Scheme:
        return Scheme(
            name=self.name,
            version=self.version,
            description=self.description,
            language=self.language,
            entities=tuple(label.to_model(name) for name, label in self.entities.items()),
            events=tuple(event.to_model(name) for name, event in self.events.items()),
            attributes=tuple(attr.to_model(name) for name, attr in self.attributes.items()),
            patterns_file=self.patterns,
        )


_TABLES: dict[str, tuple[type[_Table], ...]] = {
    "entities": (_Entity,),
    "events": (_Event, _Role),
    "attributes": (_Attribute,),
}


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


def write(scheme: Scheme) -> str:
    """The TOML text of a scheme, the same for the same scheme; guidelines are left out."""
    blocks = [block([], _head_fields(scheme))]
    for label in scheme.entities:
        fields = {"key": label.key, "colour": label.colour, "description": label.description}
        blocks.append(block(["entities", label.name], fields))
    for event in scheme.events:
        fields = {"key": event.key, "colour": event.colour, "description": event.description}
        blocks.append(block(["events", event.name], fields))
        if event.roles:
            roles = {role.name: _role_fields(role) for role in event.roles}
            blocks.append(block(["events", event.name, "roles"], roles))
    blocks.extend(block(["attributes", a.name], _attribute_fields(a)) for a in scheme.attributes)
    return "\n".join(blocks)


def _parsed(path: Path, text: str) -> _File:
    try:
        return _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        match = _LINE.search(str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        raise SchemeError(
            pictured(f"{path}:{line}: not valid TOML: {error}."),
            "Texts need quotes, and a table or key may stand there only once.",
        ) from error
    except ValidationError as error:
        found = [_shape_fault(details) for details in error.errors(include_url=False)]
        raise scheme_error(path, text, found) from error


def _shape_fault(details: ErrorDetails) -> Fault:
    field = details["loc"]
    if details["type"] == "missing":
        return Fault(field, "is missing", f"Add {field[-1]} = ..., as in labels/README.md.")
    if details["type"] == "extra_forbidden":
        known = _model_at(field).model_fields
        hint = suggested(str(field[-1]), known) or f"Known here: {', '.join(known)}."
        return Fault(field, "there is no such key", hint)
    wanted = _WANTED.get(details["type"], details["msg"])
    return Fault(field, f"{wanted}, not {shortened(repr(details['input']), 40)}")


def _model_at(field: tuple[str | int, ...]) -> type[_Table]:
    """The table that a key belongs to: the file's, or one of `[entities.NAME]` and the like."""
    if len(field) == 1:
        return _File
    tables = _TABLES[str(field[0])]
    return tables[len(field) // 2 - 1]


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
