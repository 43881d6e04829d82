"""A label scheme as the text of brat's `annotation.conf`.

Keys, colours and guidelines are left out; descriptions are comments. brat takes no role twice whose
name ends in a digit, since it numbers fillers so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.model.scheme import ANY_ENTITY, ANY_EVENT, Attribute, EventType, Role, Scheme
from annotator.schemes.brat_lines import ANY
from annotator.schemes.brat_terms import YES, term


def write(scheme: Scheme, relations: Iterable[str] = ()) -> str:
    """The text of a scheme, the same for the same scheme; `relations` are labels of relations."""
    return "\n".join(_lines(scheme, relations)) + "\n"


def _lines(scheme: Scheme, relations: Iterable[str]) -> Iterator[str]:
    yield from _comment(scheme.description)
    yield "[entities]"
    for label in scheme.entities:
        yield from _comment(label.description)
        yield term(label.name)
    yield "\n[relations]"
    yield f"<OVERLAP>\tArg1:{ANY}, Arg2:{ANY}, <OVL-TYPE>:{ANY}"
    for name in dict.fromkeys(term(name) for name in relations):
        yield f"{name}\tArg1:{ANY}, Arg2:{ANY}"
    yield "\n[events]"
    for event in scheme.events:
        yield from _comment(event.description)
        yield _event(event)
    yield "\n[attributes]"
    for attribute in scheme.attributes:
        yield from _comment(attribute.description)
        yield _attribute(attribute)


def _comment(text: str) -> Iterator[str]:
    if text:
        yield f"# {' '.join(text.split())}"


def _event(event: EventType) -> str:
    roles: dict[str, str] = {}
    for role in event.roles:
        roles.setdefault(term(role.name), _role(role))
    return f"{term(event.name)}\t{', '.join(roles.values())}".rstrip()


def _role(role: Role) -> str:
    name = term(role.name)
    repeatable = role.repeatable and not name[-1].isdigit()
    sign = {(True, True): "+", (True, False): "", (False, True): "*", (False, False): "?"}
    return f"{name}{sign[role.required, repeatable]}:{_types(role.fillers)}"


def _attribute(attribute: Attribute) -> str:
    words = [f"Arg:{_types(attribute.applies_to)}"]
    if attribute.values != (YES,):
        words.append(f"Value:{'|'.join(dict.fromkeys(term(value) for value in attribute.values))}")
    if attribute.default:
        words.append(f"<DEFAULT>:{term(attribute.default)}")
    return f"{term(attribute.name)}\t{', '.join(words)}"


def _types(names: Iterable[str]) -> str:
    kept = (name if name in (ANY_ENTITY, ANY_EVENT) else term(name) for name in names)
    return "|".join(dict.fromkeys(kept))
