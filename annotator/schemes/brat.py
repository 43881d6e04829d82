"""brat's `annotation.conf` as a label scheme.

What a scheme has no place for is left out, and `left_out` tells it: relations, attributes of
entities, exact numbers of fillers, links to other data. A type that only has kinds is no label; as
a filler it stands for its kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.errors import SchemeError
from annotator.model.scheme import (
    ANY_ENTITY,
    ANY_EVENT,
    Attribute,
    EntityLabel,
    EventType,
    Role,
    Scheme,
)
from annotator.schemes import toml as scheme_toml
from annotator.schemes.brat_lines import ANY, ConfLines, ConfProblem, Entry, Slot
from annotator.schemes.brat_roles import Roles
from annotator.schemes.brat_terms import YES
from annotator.schemes.checks import faults
from annotator.schemes.files import MAX_TOLD, read_text
from annotator.schemes.keys import with_keys
from annotator.schemes.toml_lines import Field, line_of
from annotator.text.safe_text import pictured

FILE_NAME = "annotation.conf"
SUFFIX = ".conf"

_ARG, _VALUE, _DEFAULT = "Arg", "Value", "<DEFAULT>"


def read(path: Path) -> Scheme:
    """The scheme of a file, called after it or its folder; raises SchemeError with the lines."""
    conf = _Conf(read_text(path))
    folder = path.resolve().parent.name or path.stem
    scheme = conf.scheme(folder if path.name == FILE_NAME else path.stem)
    problems = [*conf.problems, *conf.faults_of(scheme)]
    if problems:
        raise _error(path, problems)
    return with_keys(scheme)


def toml_text(path: Path) -> str:
    """The scheme of a file as TOML, with what is left out as comments above; raises SchemeError."""
    missing = left_out(path)
    head = [f"# This scheme has no place for these lines of {path.name}:"] if missing else []
    lines = [pictured(line) for line in (*head, *(f"#   {line}" for line in missing))]
    return "".join(line + "\n" for line in lines) + scheme_toml.write(read(path))


def left_out(path: Path) -> tuple[str, ...]:
    """What the scheme of a file lacks, a line each with its number; raises SchemeError."""
    return tuple(_Conf(read_text(path)).left_out())


class RolesByFolder:
    """The roles of event types by the `annotation.conf` nearest above a folder."""

    def __init__(self) -> None:
        self._found: dict[Path, Roles] = {}

    def of(self, folder: Path) -> Roles:
        """The roles that hold in a folder; none where no file there or above can be read."""
        if folder not in self._found:
            places = (folder.resolve(), *folder.resolve().parents)
            path = next((p for p in (place / FILE_NAME for place in places) if p.is_file()), None)
            self._found[folder] = _roles(path) if path else {}
        return self._found[folder]


def _roles(path: Path) -> Roles:
    try:
        entries = ConfLines(read_text(path)).entries
    except SchemeError:
        return {}
    events = (entry for entry in entries if entry.section == "events")
    return {entry.name: {slot.name for slot in entry.slots} for entry in events}


class _Conf:
    """The types of a file, and what a scheme makes of them."""

    def __init__(self, text: str) -> None:
        lines = ConfLines(text)
        self.problems = lines.problems
        self._unknown = lines.unknown
        self._entries = lines.entries
        self._events = [entry.name for entry in self._of("events")]
        self._entities = [entry.name for entry in self._of("entities")]
        self._kinds: dict[str, list[str]] = {}
        for entry in lines.entries:
            for above in entry.above if not entry.is_abstract else ():
                self._kinds.setdefault(above, []).append(entry.name)
        self._abstract = {entry.name for entry in lines.entries if entry.is_abstract}
        self._known = {*self._events, *self._entities, *self._abstract, ANY_ENTITY, ANY_EVENT, ANY}

    def scheme(self, name: str) -> Scheme:
        """The scheme, right or wrong."""
        return Scheme(
            name,
            entities=tuple(EntityLabel(e.name, _kind_of(e)) for e in self._of("entities")),
            events=tuple(self._event(entry) for entry in self._of("events")),
            attributes=tuple(
                self._attribute(e) for e in self._of("attributes") if self._events_of(e)
            ),
        )

    def faults_of(self, scheme: Scheme) -> Iterator[ConfProblem]:
        """What is wrong with a scheme of this file, with the lines."""
        lines: dict[Field, int] = {}
        for entry in self._entries:
            first = lines.setdefault((entry.section, entry.name), entry.line)
            if first != entry.line and entry.section != "relations":
                yield ConfProblem(
                    entry.line, f"{entry.name!r} is there twice", f"See line {first}."
                )
        for fault in faults(scheme):
            yield ConfProblem(line_of(lines, fault.field), fault.message, fault.hint)
        for entry in self._of("attributes"):
            if not any(slot.name == _ARG for slot in entry.slots):
                yield ConfProblem(
                    entry.line, f"{entry.name} does not say what has it", "Add Arg:<EVENT>."
                )

    def left_out(self) -> Iterator[str]:
        """Each thing that the scheme lacks."""
        for line, section in self._unknown:
            yield f"{line}: [{section}] (a section that has no meaning)"
        for entry in self._entries:
            if entry.section == "relations":
                yield f"{entry.line}: {entry.text} (a relation)"
            elif entry.section == "attributes" and self._others_of(entry):
                others = ", ".join(self._others_of(entry))
                yield f"{entry.line}: {entry.text} (an attribute of {others})"
            for slot in entry.slots:
                for what in self._left_out_of(entry.section, slot):
                    yield f"{entry.line}: {entry.name} {slot.name} ({what})"

    def _left_out_of(self, section: str, slot: Slot) -> Iterator[str]:
        if slot.name == "<NORM>":
            yield f"links to {', '.join(slot.types)}"
        elif section == "events":
            if slot.is_counted:
                yield "the number of fillers"
            for name in slot.types:
                if name not in self._known:
                    yield f"{name} is defined nowhere"

    def _of(self, section: str) -> Iterator[Entry]:
        return (e for e in self._entries if e.section == section and not e.is_abstract)

    def _event(self, entry: Entry) -> EventType:
        roles = tuple(self._role(slot) for slot in entry.slots if not slot.name.startswith("<"))
        return EventType(entry.name, roles, _kind_of(entry))

    def _role(self, slot: Slot) -> Role:
        fillers = tuple(dict.fromkeys(self._fillers(slot.types)))
        return Role(slot.name, fillers, required=slot.least > 0, repeatable=slot.most != 1)

    def _fillers(self, types: Iterable[str]) -> Iterator[str]:
        for name in types:
            if name == ANY:
                yield from (ANY_ENTITY, ANY_EVENT)
            elif name in self._abstract:
                yield from self._kinds.get(name, ())
            elif name in self._known:
                yield name

    def _attribute(self, entry: Entry) -> Attribute:
        slots = {slot.name: slot.types for slot in entry.slots}
        default = slots.get(_DEFAULT, ("",))[0]
        return Attribute(entry.name, slots.get(_VALUE, (YES,)), default, self._events_of(entry))

    def _events_of(self, entry: Entry) -> tuple[str, ...]:
        """The event types that have an attribute."""
        return tuple(name for name in self._owners(entry) if self._is_event(name))

    def _others_of(self, entry: Entry) -> tuple[str, ...]:
        """The entities and whatever else has an attribute."""
        return tuple(name for name in self._owners(entry) if not self._is_event(name))

    def _is_event(self, name: str) -> bool:
        return name == ANY_EVENT or name in self._events

    def _owners(self, entry: Entry) -> tuple[str, ...]:
        types = next((slot.types for slot in entry.slots if slot.name == _ARG), ())
        return tuple(dict.fromkeys(self._fillers(types)))


def _kind_of(entry: Entry) -> str:
    return f"A kind of {entry.above[-1]}" if entry.above else ""


def _error(path: Path, problems: list[ConfProblem]) -> SchemeError:
    problems.sort(key=lambda problem: problem.line)
    shown = [(pictured(f"{path}:{p.line}: {p.message}."), pictured(p.hint)) for p in problems]
    if len(shown) == 1:
        return SchemeError(*shown[0])
    told = [" ".join(pair).rstrip() for pair in shown[:MAX_TOLD]]
    more = [f"and {len(shown) - MAX_TOLD} more"] if len(shown) > MAX_TOLD else []
    return SchemeError("\n".join([*told, *more]))
